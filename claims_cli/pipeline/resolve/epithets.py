"""Persons by what they are: the one whose role a description names, or of whom the text just spoke."""

from bisect import bisect_left
from collections.abc import Set
from dataclasses import replace
from functools import cached_property

from claims_cli.pipeline.article import Attribution, Speaker
from claims_cli.pipeline.resolve.article import SUBJECTS
from claims_cli.pipeline.resolve.issuers import Owners

MOST_NAMES = 100  # names before a place that are looked at
# Where the person of an epithet is looked for: how many paragraphs back, and whether among subjects only.
WINDOWS = ((0, True), (0, False), (1, True), (1, False), (2, False))
PARAGRAPHS_NEAR = 4


class Epithets(Owners):
    """Resolves descriptions of a person to the person."""

    def by_role(self, head: int, own: Speaker, first: int, nouns: Set[str]) -> Speaker | None:
        """The named person whose role has one of the nouns (`the governor`): the only one, or the last met."""
        if own.plural:
            return None
        wanted = self.telling_words(head, first)
        fitting: dict[str, Speaker] = {}
        for name in self.registry.names:
            role = set((name.role or "").lower().replace("’s", "").replace("'s", "").split())
            if name.kind == "person" and role & nouns and wanted <= role | set(name.parts):
                speaker = self.of_name(name)
                fitting[speaker.text or ""] = speaker
        if len(fitting) <= 1:
            return next(iter(fitting.values()), None)
        near = [speaker for speaker in self.persons_before(first) if speaker.text in fitting]
        return near[0] if near else None

    def learn_roles(self) -> None:
        """Note what the text calls persons: a subject with modifiers that can only be the one subject before it."""
        syntax = self.syntax
        for head in range(syntax.length):
            if syntax.dep[head] not in SUBJECTS or syntax.tag[head] not in ("NN", "NNP") or self.marks.holder[head]:
                continue
            first = syntax.left[head]
            if self.word_kind(head) != "person" or not self.is_definite(first, head) or not self.modifiers(head, first):
                continue
            name = self.registry.at(head)
            if name is not None and name.kind == "person":
                continue
            near = self.persons_before(first, 0)
            if len(near) == 1 and near[0].name is not None and not self.is_another(near[0], head, first):
                self.called.setdefault(near[0].name, self.without_article(self.text_of(first, head)))
                self.of_names.clear()

    def is_another(self, speaker: Speaker, head: int, first: int) -> bool:
        """Whether a person's own office speaks against a description (`the French president` is not President Roe).

        So does gender (`the wife`).
        """
        described, known = self.gender_of_noun(head), self.gender(speaker)
        if None not in (described, known) and described != known:
            return True
        if speaker.role is None:
            return False
        lower, lemma = self.syntax.lower[head], self.syntax.lemma[head].lower()
        role = set(speaker.role.lower().split())
        same = role & ({lemma, lower} | self.rulebook.words_of("titles", lemma))
        if same:
            return not self.modifiers(head, first) <= role
        if self.is_office_of(head, first):
            return True
        return lower in self.offices and not role.isdisjoint(self.offices)

    @cached_property
    def offices(self) -> frozenset[str]:
        """Titles that one person has, so that who has another one is somebody else; any number may run for one."""
        runs_for = self.rulebook.words("titles.candidate") | self.rulebook.words("titles.nominee")
        return self.words("title") - self.words("peoples") - runs_for

    def is_office_of(self, head: int, first: int) -> bool:
        """Whether a description names an office of some place or body (`the FBI director`): not just anybody's."""
        if self.syntax.lower[head] not in self.offices:
            return False
        return any(self.syntax.ent_type[index] in ("ORG", "GPE", "NORP") for index in range(first, head))

    def is_near(self, speaker: Speaker, first: int) -> bool:
        """Whether a person was named in the paragraphs just before, or is only named later."""
        paragraph = self.syntax.paragraph
        names = self.registry.alike(speaker.name) if speaker.name else []
        places = [paragraph[first] - paragraph[name.head] for name in names if name.start < first]
        return min(places, default=0) <= PARAGRAPHS_NEAR

    def persons_before(self, first: int, back: int = 1, subjects: bool = True) -> list[Speaker]:
        """The named persons that were subjects (or anything) or spoke, from some paragraphs before up to a place.

        The nearest come first.
        """
        syntax = self.syntax
        found: dict[int, Speaker] = {}
        names = self.registry.names
        end = bisect_left(names, first, key=lambda name: name.start)
        for name in reversed(names[max(0, end - MOST_NAMES) : end]):
            if syntax.paragraph[first] - syntax.paragraph[name.head] > back:
                break
            fits = syntax.dep[name.head] in SUBJECTS or not subjects
            if name.kind == "person" and fits and self.marks.holder[name.head] is None:
                found.setdefault(name.head, self.of_name(name))
        for where, speaker in self.spoken:
            near = where < first and syntax.paragraph[first] - syntax.paragraph[where] <= back
            if near and speaker.kind == "person" and speaker.named:
                found.setdefault(where, speaker)
        ordered = {found[place].text: found[place] for place in sorted(found, reverse=True)}
        return list(ordered.values())

    def epithet(self, head: int, own: Speaker, first: int, one: Attribution) -> Speaker | None:
        """The one person that the text just spoke of, called by what they are (`the New York billionaire`).

        Who says the statement in which it stands is not meant: `Roe said that the minister had agreed`.
        """
        if own.plural or self.syntax.lemma[head] in self.words("collective"):
            return None
        windows = (self.persons_before(first, back, subjects) for back, subjects in WINDOWS)
        near = next((found for found in windows if found), [])
        outer = self.by_claim.get(-1 if one.outer is None else one.outer)
        saying = outer.text if outer is not None else None
        before = [speaker for speaker in near if speaker.text != saying and not self.is_another(speaker, head, first)]
        if len(before) != 1:
            return None
        role = before[0].role or self.without_article(self.text_of(first, head))
        return replace(before[0], role=role)
