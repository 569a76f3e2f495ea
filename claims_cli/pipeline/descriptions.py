"""Names and descriptions: what they stand for, and what a definite description takes up."""

from bisect import bisect_left
from collections.abc import Set
from dataclasses import replace

from claims_cli.pipeline.context import SUBJECTS, Context, Speaker
from claims_cli.pipeline.mentions import Name, Registry
from claims_cli.pipeline.spans import Attribution
from claims_cli.pipeline.subjects import NOMINAL

# Where the person of an epithet is looked for: how many paragraphs back, and whether among subjects only.
MOST_NAMES = 100  # names before a place that are looked at
WINDOWS = ((0, True), (0, False), (1, True), (1, False), (2, False))
PARAGRAPHS_NEAR = 4


class Descriptions(Context):
    """Resolves names and descriptions."""

    def leading_name(self, first: int, last: int) -> Speaker | None:
        """A person whose name opens the phrase and is followed by more (`Jo Lee of the town's think tank`)."""
        name = self.registry.at(first)
        if name is None or name.kind != "person" or name.last >= last:
            return None
        behind = name.last + 1
        if self.syntax.lower[behind] in self.rulebook.words("circumstances.days"):
            return self.of_name(name)
        return self.of_name(name) if len(name.parts) > 1 and self.syntax.pos[behind] in ("ADP", "PUNCT") else None

    def apposed_name(self, head: int, first: int, last: int) -> Speaker | None:
        """The person whom a description names behind a comma (`the governor's chief of staff, Jo Lee`)."""
        if self.word_kind(head) not in ("person", None) or self.is_plural(head):
            return None
        for child in self.syntax.children[head]:
            name = self.registry.at(child)
            if (
                head < child <= last
                and self.syntax.dep[child] == "appos"
                and name is not None
                and name.kind == "person"
            ):
                role = self.text_of(first, self.before_comma(head, name.first))
                return replace(self.of_name(name), role=role)
        return None

    def before_comma(self, head: int, place: int) -> int:
        """The last word before a place that is no title of the name there, and no comma."""
        commas = [i for i in range(head, place) if self.syntax.lower[i] == ","]
        return commas[-1] - 1 if commas else head

    def mention(self, head: int, first: int, last: int) -> Speaker | None:
        """A name, or a thing that a named one said or wrote (`the Hizbullah statement`)."""
        if self.syntax.lemma[head] in self.carriers() and not self.is_name(head):
            owner = self.owner(head, first, last)
            if owner is not None:
                return replace(owner, medium=(first, last))
        name = self.registry.at(head)
        if name is None or self.syntax.pos[head] not in ("PROPN", "NOUN", "ADJ", "X", "PRON"):
            return None
        if self.syntax.pos[head] == "NOUN" and self.word_kind(head) is not None and not self.is_capital(head):
            return None
        return self.of_name(name)

    def carriers(self) -> frozenset[str]:
        """Nouns for what carries the words of whoever made it."""
        return self.words("carrier") | self.words("carried")

    def owner(self, head: int, first: int, last: int) -> Speaker | None:
        """Whose statement or report a carrier is: its possessor, the name before it, or who stands behind `by`."""
        syntax = self.syntax
        for index in range(first, head):
            name = self.registry.at(index)
            if name is not None and name.kind in ("organization", "media", "person", "unknown"):
                is_owner = syntax.dep[name.last] in ("compound", "poss", "nmod", "amod")
                if is_owner and syntax.is_under(name.last, head) and not self.is_where(name, head):
                    return self.of_name(name)
        verb = syntax.head[head]
        if syntax.dep[head] == "dobj" and syntax.pos[verb] == "VERB":
            subject = syntax.child(verb, "nsubj")  # `Roe put out a statement saying …`
            if subject is not None and subject in self.by_head:
                return self.by_head[subject]
            name = self.registry.at(subject) if subject is not None else None
            if name is not None:
                return self.of_name(name)
        for preposition in syntax.children[head]:
            if syntax.dep[preposition] in ("prep", "agent") and self.is_reference(preposition, "authors"):
                person = syntax.child(preposition, "pobj")
                if person is not None and person <= last:
                    return self.behind(person, last)
        return None

    def is_where(self, name: Name, head: int) -> bool:
        """Whether a name says of what place a survey is (`New Hampshire polls`), and not whose."""
        is_place = self.syntax.ent_type[name.last] in ("GPE", "LOC") and self.syntax.dep[name.last] != "poss"
        return is_place and self.syntax.lemma[head] in self.words("survey")

    def behind(self, person: int, last: int) -> Speaker | None:
        """The author or authors behind `by`."""
        heads = [person]
        while (following := self.following(heads[-1], last)) is not None:
            heads.append(following)
        names = [name for name in map(self.registry.at, heads) if name is not None]
        if not names and len(heads) == 1 and self.word_kind(person) == "organization":
            first = self.syntax.left[person]
            own = self.as_it_stands(person, first, self.phrase(person)[1])
            return self.fullest_phrase(person, own, first)
        if len(names) != len(heads):
            return None
        parts = [self.of_name(name) for name in names]
        return parts[0] if len(parts) == 1 else self.together(parts, person, last, heads)

    def description(self, head: int, first: int, last: int, one: Attribution) -> Speaker:
        """A description: what it takes up where it is definite, otherwise its own words."""
        own = self.as_it_stands(head, first, last)
        if own.kind == "organization" and self.syntax.child(head, "poss") is not None:
            return self.fullest_phrase(head, own, first)
        if not self.is_definite(first, head) and not (own.kind == "person" and self.is_in_headline(head)):
            return own
        earlier = self.taken_up(head, own, first, one)
        return earlier or own

    def is_in_headline(self, head: int) -> bool:
        """Whether a description stands in the first line, where no article stands before it."""
        return self.syntax.paragraph[head] == 0 and self.syntax.child(head, "det") is None and self.is_capital(head)

    def modifiers(self, head: int, first: int) -> set[str]:
        """The words before a noun that say which one."""
        skipped = ("det", "predet", "case", "punct", "advmod")
        return {self.syntax.lower[i] for i in range(first, head) if self.syntax.dep[i] not in skipped}

    def taken_up(self, head: int, own: Speaker, first: int, one: Attribution) -> Speaker | None:
        """The earlier mention that a definite description takes up.

        A word for the unnamed (`the official`) takes up the same word before anybody's role.
        """
        if own.kind == "organization":
            return self.same_noun(head, own, first) or self.known_organization(head, first, own)
        if own.kind == "media":
            return self.last_medium(first) or self.same_noun(head, own, first)
        if own.kind != "person":
            return self.same_noun(head, own, first) or (
                self.last_voice(head, own, first) if own.kind == "document" else None
            )
        lemma = self.syntax.lemma[head].lower()
        if lemma in self.words("unnamed") | self.words("anonymous"):
            return (
                self.same_noun(head, own, first)
                or self.last_voice(head, own, first)
                or self.by_role(head, own, first, {lemma})
            )
        by_role = self.by_role(head, own, first, {lemma})
        if by_role is not None and not self.is_near(by_role, first):
            by_role = self.epithet(head, own, first, one) or by_role
        return (
            by_role
            or self.same_noun(head, own, first)
            or self.last_voice(head, own, first)
            or self.by_role(head, own, first, self.rulebook.words(f"titles.{lemma}"))
            or self.epithet(head, own, first, one)
        )

    def same_noun(self, head: int, own: Speaker, first: int) -> Speaker | None:
        """The earlier phrase with the same noun: a source before others, a subject before others, the nearest first."""
        found = [index for index in range(first - 1, -1, -1) if self.is_antecedent(index, head, first)]
        found.sort(key=lambda index: (index not in self.by_head, self.syntax.dep[index] not in SUBJECTS))
        for index in found:
            author = self.author_of(index)
            if author is not None:
                return replace(author, medium=(first, head))
            if index in self.by_head:
                earlier = self.by_head[index]
                if len(earlier.each) > 1 and not own.plural:
                    return self.as_it_stands(index, *self.phrase(index))
                return replace(earlier, medium=(first, head)) if earlier.medium else earlier
            begin, end = self.phrase(index)
            owner = self.owner(index, begin, end) if self.syntax.lemma[index] in self.carriers() else None
            if owner is not None:
                return replace(owner, medium=(first, head))
            if not (self.is_definite(begin, index) and own.kind != "document"):
                return self.as_it_stands(index, begin, end)
        return None

    def author_of(self, index: int) -> Speaker | None:
        """Who spoke through a statement or report that stands at a token (`the ministry said in a statement`)."""
        if self.syntax.lemma[index] not in self.carriers():
            return None
        for one in self.attributions:
            if any(first <= index <= last for first, last in one.medium):
                return self.by_claim.get(id(one))
        return None

    def fullest_phrase(self, head: int, own: Speaker, first: int) -> Speaker:
        """The earlier phrase with the same noun and possessor that says most (`Ann Roe's office`)."""
        found = [self.phrase(index) for index in range(first) if self.is_antecedent(index, head, first)]
        begin, end = max(found, key=lambda phrase: phrase[1] - phrase[0], default=(0, -1))
        if end - begin <= head - first:
            return own
        return self.as_it_stands(end, begin, end)

    def is_antecedent(self, index: int, head: int, first: int) -> bool:
        """Whether a noun can be what a definite description takes up: same word and number, nothing said against it."""
        syntax = self.syntax
        if syntax.lemma[index] != syntax.lemma[head] or syntax.pos[index] not in NOMINAL:
            return False
        if (syntax.tag[index] == "NNS") != (syntax.tag[head] == "NNS"):
            return False
        if self.marks.holder[index] is not None and self.marks.holder[index] is not self.marks.holder[head]:
            return False
        begin, end = self.phrase(index)
        words = {syntax.lower[i] for i in range(begin, end + 1)}
        if index in self.by_head:
            words.update((self.by_head[index].text or "").lower().split())
        return begin <= index <= end and self.telling_words(head, first) <= words

    def telling_words(self, head: int, first: int) -> set[str]:
        """The words of a description that say which one, those behind its noun included."""
        syntax = self.syntax
        _begin, end = self.phrase(head)
        behind = {syntax.lower[i] for i in range(head + 1, end + 1) if syntax.pos[i] in NOMINAL | {"ADJ", "NUM"}}
        return self.modifiers(head, first) | behind

    def by_role(self, head: int, own: Speaker, first: int, nouns: Set[str]) -> Speaker | None:
        """The named person whose role has one of the nouns (`the governor`): the only one, or the last met."""
        if own.plural:
            return None
        wanted = self.modifiers(head, first)
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

    def is_another(self, speaker: Speaker, head: int, first: int) -> bool:
        """Whether a person's own office speaks against a description (`the French president` is not President Roe)."""
        if speaker.role is None:
            return False
        lower, lemma = self.syntax.lower[head], self.syntax.lemma[head].lower()
        role = set(speaker.role.lower().split())
        same = role & ({lemma, lower} | self.rulebook.words(f"titles.{lemma}"))
        if same:
            return not self.modifiers(head, first) <= role
        if self.is_office_of(head, first):
            return True
        runs_for = self.rulebook.words("titles.candidate") | self.rulebook.words("titles.nominee")
        offices = self.words("title") - self.words("peoples") - runs_for
        return lower in offices and not role.isdisjoint(offices)

    def is_office_of(self, head: int, first: int) -> bool:
        """Whether a description names an office of some place or body (`the FBI director`): not just anybody's."""
        runs_for = self.rulebook.words("titles.candidate") | self.rulebook.words("titles.nominee")
        if self.syntax.lower[head] not in self.words("title") - runs_for - self.words("peoples"):
            return False
        return any(self.syntax.ent_type[index] in ("ORG", "GPE", "NORP") for index in range(first, head))

    def is_near(self, speaker: Speaker, first: int) -> bool:
        """Whether a person was named in the paragraphs just before, or is only named later."""
        paragraph = self.syntax.paragraph
        names = self.registry.alike(speaker.name) if speaker.name else []
        places = [paragraph[first] - paragraph[name.last] for name in names if name.first < first]
        return min(places, default=0) <= PARAGRAPHS_NEAR

    def persons_before(self, first: int, back: int = 1, subjects: bool = True) -> list[Speaker]:
        """The named persons that were subjects (or anything) or spoke, from some paragraphs before up to a place.

        The nearest come first.
        """
        syntax = self.syntax
        found: dict[int, Speaker] = {}
        names = self.registry.names
        end = bisect_left(names, first, key=lambda name: name.first)
        for name in reversed(names[max(0, end - MOST_NAMES) : end]):
            if syntax.paragraph[first] - syntax.paragraph[name.last] > back:
                break
            fits = syntax.dep[name.last] in SUBJECTS or not subjects
            if name.kind == "person" and fits and self.marks.holder[name.last] is None:
                found.setdefault(name.last, self.of_name(name))
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
        if own.plural:
            return None
        windows = (self.persons_before(first, back, subjects) for back, subjects in WINDOWS)
        near = next((found for found in windows if found), [])
        outer = self.by_claim.get(id(one.outer))
        saying = outer.text if outer is not None else None
        before = [speaker for speaker in near if speaker.text != saying and not self.is_another(speaker, head, first)]
        if len(before) != 1:
            return None
        role = before[0].role or self.without_article(self.text_of(first, head))
        return replace(before[0], role=role)

    def last_voice(self, head: int, own: Speaker, first: int) -> Speaker | None:
        """Who spoke last, where a description without a noun of its own in the text can only mean that speaker."""
        is_statement = own.kind == "document"
        for where, speaker in reversed(self.spoken):
            if where >= first:
                continue
            if is_statement:
                if speaker.medium is not None and self.syntax.lemma[speaker.medium[1]] == self.syntax.lemma[head]:
                    return replace(speaker, medium=(first, head))
                continue
            if self.syntax.paragraph[first] - self.syntax.paragraph[where] > 2:
                return None
            fits = speaker.kind in ("person", "unknown") and not speaker.plural and not speaker.named
            return speaker if fits else None
        return None

    def last_medium(self, first: int) -> Speaker | None:
        """The outlet that was named last (`the newspaper`), in the paragraphs just before."""
        for name in reversed(self.registry.names):
            if name.first < first and self.syntax.paragraph[first] - self.syntax.paragraph[name.last] > PARAGRAPHS_NEAR:
                return None
            if name.first < first and name.kind == "media":
                return self.of_name(name)
        return None

    def known_organization(self, head: int, first: int, own: Speaker) -> Speaker | None:
        """The organization that `the group` means: the one its modifiers name, otherwise the most often named."""
        if self.syntax.lemma[head] in self.words("country"):
            return None
        wanted = self.modifiers(head, first)
        names = [name for name in self.registry.names if name.kind == "organization" and self.is_group(name)]
        if wanted:
            for name in names:
                begin = max(self.syntax.left[name.last], name.first - 3)
                before = {self.syntax.lower[i] for i in range(begin, name.last) if self.syntax.dep[i] != "poss"}
                if wanted <= before | set(name.text.lower().split()[:-1]):
                    return self.of_name(replace_name(name, self.registry, wanted))
            return None
        counts: dict[str, int] = {}
        lemma = self.syntax.lemma[head].lower()
        for name in names:
            if name.first < first and (lemma in self.words("any_organization") or lemma in name.parts):
                counts[name.text] = counts.get(name.text, 0) + 1
        ranked = sorted(counts.items(), key=lambda pair: -pair[1])
        if ranked and (len(ranked) == 1 or ranked[0][1] >= 1.5 * ranked[1][1]):
            return self.of_name(next(name for name in names if name.text == ranked[0][0]))
        return None

    def is_group(self, name: Name) -> bool:
        """Whether a name is an organization and no place or people."""
        return self.syntax.ent_type[name.last] == "ORG" or (
            self.syntax.ent_type[name.last] == "NORP" and self.is_referent(name) and self.syntax.tag[name.last] == "NNP"
        )


def replace_name(name: Name, registry: Registry, wanted: set[str]) -> Name:
    """The shorter name where the modifier was only taken along (`Lebanese Hizbullah` → `Hizbullah`)."""
    words = name.text.split()
    short = " ".join(word for word in words if word.lower() not in wanted)
    return next((other for other in registry.names if other.text == short), name)
