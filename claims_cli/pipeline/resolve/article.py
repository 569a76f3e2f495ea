"""What the resolution of speakers knows of one article, and how it reads a phrase."""

from dataclasses import dataclass, field

from claims_cli.pipeline.article import Attribution, Name, Speaker
from claims_cli.pipeline.parse.quotation_index import QuotationIndex
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.pipeline.resolve.names import Registry
from claims_cli.rulebook.model import Rulebook

SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass
class Context:
    """One article while its sources are resolved.

    Attributes:
        spoken: (token, speaker) of the outermost statements resolved so far.
        spoken_at: the tokens of these; spoken_in: their places in `spoken` by the number of their sentence.
        by_claim: speakers by the place of their attribution.
        by_head: speakers by the head word of their source.
        called: what persons whose role stands beside no mention of their name are called (`the former mayor`).
        genders: whether a name is a woman's (True), a man's (False), or not told (None).
        roles: the role that stands at some mention of a name; word_kinds: what `word_kind` found, by token.
        of_names: what `of_name` found, which rests on `called`.
    """

    syntax: Syntax
    marks: QuotationIndex
    rulebook: Rulebook
    registry: Registry
    attributions: tuple[Attribution, ...]
    spoken: list[tuple[int, Speaker]] = field(default_factory=list)
    spoken_at: set[int] = field(default_factory=set)
    spoken_in: dict[int, list[int]] = field(default_factory=dict)
    by_claim: dict[int, Speaker] = field(default_factory=dict)
    by_head: dict[int, Speaker] = field(default_factory=dict)
    called: dict[Name, str] = field(default_factory=dict)
    genders: dict[Name, bool | None] = field(default_factory=dict)
    of_names: dict[Name, Speaker] = field(default_factory=dict)
    roles: dict[Name, str | None] = field(default_factory=dict)
    word_kinds: dict[int, str | None] = field(default_factory=dict)

    def note_spoken(self, where: int, speaker: Speaker) -> None:
        """Add to what was spoken."""
        self.spoken_in.setdefault(self.syntax.sentence_number[where], []).append(len(self.spoken))
        self.spoken_at.add(where)
        self.spoken.append((where, speaker))

    def spoken_before(self, head: int, sentences: int) -> list[tuple[int, Speaker]]:
        """What was spoken before a token, in its sentence and so many before it, as it was noted."""
        number = self.syntax.sentence_number[head]
        places = sorted(
            place for near in range(number - sentences, number + 1) for place in self.spoken_in.get(near, ())
        )
        return [self.spoken[place] for place in places if self.spoken[place][0] < head]

    def words(self, group: str) -> frozenset[str]:
        """A word group of the people lexicon."""
        return self.rulebook.words(f"people.{group}")

    def is_reference(self, index: int, group: str) -> bool:
        """Whether a token is one of a word group of the reference lexicon."""
        return self.syntax.lower[index] in self.rulebook.words(f"reference.{group}")

    def text_of(self, first: int, last: int) -> str:
        """The words from one token to another, white space collapsed."""
        text = self.syntax.surface[self.syntax.start[first] : self.syntax.end[last]]
        return " ".join(text.split())

    def is_pronoun(self, index: int) -> bool:
        """Whether a word is a pronoun, and no name that the tagger took for one."""
        is_tagged = self.syntax.pos[index] == "PRON" or self.syntax.tag[index] in ("PRP", "PRP$")
        return is_tagged and (
            self.registry.at(index) is None or not self.is_capital(index) or self.is_known_pronoun(index)
        )

    def is_known_pronoun(self, index: int) -> bool:
        """Whether a word stands in a lexicon of pronouns."""
        groups = ("self", "male", "female", "plural", "thing", "pair", "quantity")
        return any(self.syntax.lower[index] in self.words(group) for group in groups)

    def is_name(self, index: int) -> bool:
        """Whether a word is part of a name."""
        return self.syntax.pos[index] == "PROPN" and self.registry.at(index) is not None

    def is_capital(self, index: int) -> bool:
        """Whether a word begins with a capital letter."""
        return self.syntax.text[self.syntax.start[index]].isupper()

    def of_name(self, name: Name) -> Speaker:
        """The speaker that a name stands for."""
        found = self.of_names.get(name)
        if found is None:
            found = self.of_names[name] = self.found_of_name(name)
        return found

    def found_of_name(self, name: Name) -> Speaker:
        """What `of_name` remembers."""
        full = self.registry.fullest(name) if name.kind in ("person", "unknown") else self.registry.plainest(name)
        role = full.role or name.role or self.any_role(full)
        text = full.text if full.kind == "media" else self.without_article(full.text)
        return Speaker(text, (text,), full.kind, True, role, full, name.head)

    def without_article(self, text: str) -> str:
        """A name without a determiner before it (`The US`)."""
        first, _, rest = text.partition(" ")
        return rest if rest and first.lower() in self.rulebook.words("reference.definite") else text

    def any_role(self, full: Name) -> str | None:
        """The role that stands at another mention of the same person."""
        if full not in self.roles:
            others = (name for name in self.registry.alike(full) if name.role and self.registry.fullest(name) == full)
            self.roles[full] = next((name.role for name in others), None)
        return self.roles[full] or self.called.get(full)

    def word_kind(self, head: int) -> str | None:
        """The kind of speaker that a noun names."""
        if head not in self.word_kinds:
            self.word_kinds[head] = self.found_word_kind(head)
        return self.word_kinds[head]

    def found_word_kind(self, head: int) -> str | None:
        """What `word_kind` remembers."""
        lemma, lower = self.syntax.lemma[head], self.syntax.lower[head]
        if lower in self.words("peoples") or lemma in self.words("position"):
            return "person"
        for kind in ("person", "media", "organization", "document"):
            if lemma in self.words(kind) or lower in self.words(kind):
                return kind
        return None

    def is_plural(self, head: int) -> bool:
        """Whether a head word names several."""
        several = self.syntax.lower[head] in self.words("quantity") and not self.is_reference(head, "singular")
        return several or self.syntax.tag[head] in ("NNS", "NNPS")

    def as_it_stands(self, head: int, first: int, last: int) -> Speaker:
        """The words themselves."""
        kind = self.word_kind(head) or "unknown"
        plural = self.is_plural(head)
        if plural and kind in ("person", "unknown"):
            kind = "group"
        text = self.text_of(first, self.before_examples(head, last))
        named = kind == "organization" and self.is_of_named(head)
        return Speaker(text, (text,), kind, named, None, None, head, plural)

    def is_of_named(self, head: int) -> bool:
        """Whether a name says whose an organization is (`Ann Roe's campaign`)."""
        owner = self.syntax.child(head, "poss")
        return owner is not None and self.is_name(owner)

    def before_examples(self, head: int, last: int) -> int:
        """The last token before a list of examples (`officials, including A and B`)."""
        syntax = self.syntax
        for child in syntax.children[head]:
            if head < child <= last and syntax.dep[child] == "prep" and syntax.lower[child - 1] == ",":
                return child - 2
        return last

    def phrase(self, head: int) -> tuple[int, int]:
        """First and last token of a noun phrase, without `, which …`, trailing clauses and punctuation."""
        syntax = self.syntax
        end = head
        for child in syntax.children[head]:
            if child > head and syntax.dep[child] in ("prep", "acl", "amod", "advcl") and child == end + 1:
                if syntax.dep[child] == "prep" or syntax.dep[child] == "amod":
                    end = syntax.right[child]
        begin = syntax.left[head]
        while begin < head and syntax.pos[begin] in ("PUNCT", "SPACE", "CCONJ"):
            begin += 1
        return begin, end

    def is_definite(self, first: int, head: int) -> bool:
        """Whether a phrase begins with a definite determiner (`the`, `this`, `all the`)."""
        words = [self.syntax.lower[index] for index in range(first, head)]
        return any(word in self.rulebook.words("reference.definite") for word in words[:2])

    def is_referent(self, name: Name) -> bool:
        """Whether a name stands for itself here, not as part of another phrase (`the Trump campaign`).

        A single word of a headline is no sure name.
        """
        if len(name.parts) == 1 and all(other.heading for other in self.registry.alike(name)):
            return False
        return self.syntax.dep[name.head] not in ("compound", "amod", "nmod")

    def following(self, head: int, last: int) -> int | None:
        """The next speaker of a list: joined by `and`, or a further subject of the same verb."""
        joined = self.syntax.child(head, "conj")
        if joined is None and self.syntax.dep[head] == "nsubj":
            siblings = self.syntax.children[self.syntax.head[head]]
            joined = next((i for i in siblings if i > head and self.syntax.dep[i] == "nsubj"), None)
        return joined if joined is not None and joined <= last else None

    def together(self, parts: list[Speaker], first: int, last: int, heads: list[int]) -> Speaker:
        """One joint speaker from several."""
        each = tuple(part.text for part in parts if part.text)
        kinds = {part.kind for part in parts}
        text = each[0] if len(each) == 1 else f"{', '.join(each[:-1])} and {each[-1]}" if each else None
        if not any(part.named for part in parts):
            text = self.text_of(first, last)
        kind = "organization" if kinds == {"organization"} else "media" if kinds == {"media"} else "group"
        named = any(part.named for part in parts)
        return Speaker(text, each, kind, named, None, None, heads[0], plural=True)

    def gender(self, speaker: Speaker) -> bool | None:
        """Whether the article calls a person she (True) or he (False) by title; None where it does not tell."""
        if speaker.name is None:
            return self.gender_of_noun(speaker.head) if speaker.head is not None else None
        if speaker.name not in self.genders:
            alike = [name for name in self.registry.alike(speaker.name) if self.registry.fullest(name) == speaker.name]
            told = (name.female for name in (*alike, speaker.name) if name.female is not None)
            self.genders[speaker.name] = next(told, None)
        return self.genders[speaker.name]

    def gender_of_noun(self, head: int) -> bool | None:
        """Whether a noun names a woman (True) or a man (False)."""
        lemma = self.syntax.lemma[head]
        return True if lemma in self.words("feminine") else False if lemma in self.words("masculine") else None
