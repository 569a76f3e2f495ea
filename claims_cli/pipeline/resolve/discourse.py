"""What the sieves know of one article: who is named in it, and who has spoken so far.

`Discourse` is all that changes while sources are resolved, in the order of the text; everything else in this room is
functions of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from claims_cli.pipeline.article import Article, Attribution, Name, Speaker
from claims_cli.pipeline.parse.quotation_index import QuotationIndex
from claims_cli.pipeline.parse.subjects import NOMINAL
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.pipeline.resolve.names import Registry, spelt_out
from claims_cli.rulebook.model import Rulebook

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
KINDS = ("person", "media", "organization", "document")


@dataclass(frozen=True)
class Mention:
    """Words of a source that stand for one speaker.

    Attributes:
        head: index of its head word; start, end: its tokens.
        attribution: the attribution whose source it is (a part of).
    """

    head: int
    start: int
    end: int
    attribution: Attribution


@dataclass
class Discourse:
    """One article while its sources are resolved.

    Attributes:
        by_place: speakers by the place of their attribution; by_head: by the head word of their source.
        spoken: (token, speaker) of the outermost statements resolved so far; spoken_at: the tokens of these.
        told_genders: by a person's fullest name whether the text says `her` (True) or `his` (False) of that person.
        called: what persons whose role stands beside no mention of their name are called (`the former mayor`).
        in_lead: the person whom the lead describes and who speaks next, and the head of that description.
    """

    article: Article
    registry: Registry
    rulebook: Rulebook
    by_place: dict[int, Speaker] = field(default_factory=dict)
    by_head: dict[int, Speaker] = field(default_factory=dict)
    spoken: list[tuple[int, Speaker]] = field(default_factory=list)
    spoken_at: set[int] = field(default_factory=set)
    told_genders: dict[str, bool] = field(default_factory=dict)
    called: dict[Name, str] = field(default_factory=dict)
    in_lead: tuple[Name, int] | None = None
    _spoken_in: dict[int, list[int]] = field(default_factory=dict)
    _genders: dict[Name, bool | None] = field(default_factory=dict)
    _speakers: dict[Name, Speaker] = field(default_factory=dict)
    _roles: dict[Name, str | None] = field(default_factory=dict)
    _described: list[tuple[int, Speaker]] | None = None

    @cached_property  # a property would be a call each of the many times that it is asked for
    def syntax(self) -> Syntax:
        """Its syntax."""
        return self.article.syntax

    @cached_property
    def quotations(self) -> QuotationIndex:
        """Its quotations."""
        return self.article.quotations

    def words(self, group: str) -> frozenset[str]:
        """A word group of the lexicon of people."""
        return self.rulebook.words(f"people.{group}")

    def refers(self, index: int, group: str) -> bool:
        """Whether a token is one of a word group of the lexicon of reference."""
        return self.syntax.lower[index] in self.rulebook.words(f"reference.{group}")

    def same_titles(self, title: str) -> frozenset[str]:
        """Other words for a title; none for most."""
        return self.rulebook.words_of("titles", title)

    def note_spoken(self, token: int, speaker: Speaker) -> None:
        """Add to what was spoken."""
        self._spoken_in.setdefault(self.syntax.sentence_number[token], []).append(len(self.spoken))
        self.spoken_at.add(token)
        self.spoken.append((token, speaker))

    def spoken_before(self, token: int, sentences: int) -> list[tuple[int, Speaker]]:
        """What was spoken before a token, in its sentence and so many before it, as it was noted."""
        number = self.syntax.sentence_number[token]
        near = (place for at in range(number - sentences, number + 1) for place in self._spoken_in.get(at, ()))
        return [self.spoken[place] for place in sorted(near) if self.spoken[place][0] < token]

    def note_called(self, name: Name, role: str) -> None:
        """Note what a person is called where no role stands beside the name."""
        self.called.setdefault(name, role)
        self._speakers.clear()

    def speaker_around(self, attribution: Attribution) -> Speaker | None:
        """Who speaks in the attribution in whose content another one stands."""
        return None if attribution.outer is None else self.by_place.get(attribution.outer)

    def speaker_of(self, name: Name) -> Speaker:
        """The speaker that a name stands for: by the fullest form of it."""
        if name not in self._speakers:
            is_personal = name.kind in ("person", "unknown")
            full = self.registry.fullest(name) if is_personal else self.registry.plainest(name)
            full = name if name in self.spelt_out.values() else self.spelt_out.get(full.text, full)
            role = full.role or name.role or self.role_of(full)
            text = full.text if full.kind == "media" else self.without_article(full.text)
            self._speakers[name] = Speaker(text, (text,), full.kind, True, role, full, name.head)
        return self._speakers[name]

    def without_article(self, text: str) -> str:
        """A name without a determiner before it (`The US`)."""
        first, _, rest = text.partition(" ")
        return rest if rest and first.lower() in self.rulebook.words("reference.definite") else text

    def role_of(self, full: Name) -> str | None:
        """The role that stands at another mention of the same person."""
        if full not in self._roles:
            others = (name for name in self.registry.alike(full) if name.role and self.registry.fullest(name) == full)
            self._roles[full] = next((name.role for name in others), None)
        return self._roles[full] or self.called.get(full)

    def gender_of(self, name: Name) -> bool | None:
        """Whether the article calls a person she (True) or he (False) by a title; None where it does not tell."""
        if name.text in self.told_genders:
            return self.told_genders[name.text]
        if name not in self._genders:
            alike = [other for other in self.registry.alike(name) if self.registry.fullest(other) == name]
            told = (other.female for other in (*alike, name) if other.female is not None)
            self._genders[name] = next(told, None)
        return self._genders[name]

    def described(self, find: Callable[["Discourse"], list[tuple[int, Speaker]]]) -> list[tuple[int, Speaker]]:
        """The descriptions that pronouns may take up, found once."""
        if self._described is None:
            self._described = find(self)
        return self._described

    @cached_property
    def spelt_out(self) -> dict[str, Name]:
        """By each acronym the name that it stands for."""
        return spelt_out(self.registry, self.syntax)

    @cached_property
    def nouns(self) -> dict[str, list[int]]:
        """The nouns of the article by their lemma, in order."""
        by_lemma: dict[str, list[int]] = {}
        for index, pos in enumerate(self.syntax.pos):
            if pos in NOMINAL:
                by_lemma.setdefault(self.syntax.lemma[index], []).append(index)
        return by_lemma

    @cached_property
    def kinds(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """The nouns for each kind of speaker; the first kind that has a noun counts."""
        further = {"person": self.rulebook.words("kinds_of_person.persons") - self.words("any_organization")}
        return tuple((kind, self.words(kind) | further.get(kind, frozenset())) for kind in KINDS)

    @cached_property
    def carriers(self) -> frozenset[str]:
        """Nouns for what carries the words of whoever made it."""
        return self.words("carrier") | self.words("carried")

    @cached_property
    def by_medium(self) -> dict[int, int]:
        """The place of the first attribution through whose medium somebody speaks, by each token of the medium."""
        places: dict[int, int] = {}
        for place, attribution in enumerate(self.article.attributions):
            for start, end in attribution.medium:
                for index in range(start, end):
                    places.setdefault(index, place)
        return places
