"""What the words of a name are: odd ones, given names, titles; and where behind an office its holder's name begins."""

from claims_cli.names import folded_name
from claims_cli.pipeline.article import Name
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.rulebook.model import Rulebook

LONGEST_PERSON = 4  # words of a name
RANK_LETTERS = range(2, 5)


class NameWords:
    """Reads the words of the names of one article."""

    def __init__(self, syntax: Syntax, rulebook: Rulebook):
        self.syntax = syntax
        self.titles = rulebook.words("people.title")
        self.callings = rulebook.words("people.person") | rulebook.words("people.position")
        self.honorifics = rulebook.words("people.honorific")
        self.offices = self.titles | self.callings
        self.demonyms = rulebook.words("people.demonym")
        self.endings = tuple(rulebook.words("people.demonym_ending"))
        self.aged_endings = tuple(rulebook.words("people.aged_ending"))
        self.particles = rulebook.words("people.particle")
        self.bodies = rulebook.words("people.organization") | rulebook.words("people.media")
        self.seats = rulebook.words("people.seat")
        self.articles = rulebook.words("reference.definite") | rulebook.words("reference.indefinite")
        self.no_names = self.titles | rulebook.words("circumstances.days") | rulebook.words("people.peoples")
        self.given_male = rulebook.words("given_names.male")
        self.given_female = rulebook.words("given_names.female")

    def word(self, index: int) -> str:
        """A token's text."""
        return self.syntax.text[self.syntax.start[index] : self.syntax.end[index]]

    def is_foreign(self, index: int) -> bool:
        """Whether a word has a capital and is surely no English one, nor a title."""
        word, knows = self.word(index), self.syntax.reading.knows
        if knows is None or not word[:1].isupper() or not word.replace("-", "").isalpha() or word.isupper():
            return False
        if word.lower() in self.no_names:
            return False
        return not any(knows(part) or self.syntax.doc.vocab[part].is_stop for part in word.lower().split("-"))

    def by_given_name(self, name: str) -> bool | None:
        """Whether a given name is a woman's (True) or a man's (False)."""
        forms = {name} if name.isascii() else {name, folded_name(name)}
        return True if forms & self.given_female else False if forms & self.given_male else None

    def without_descriptions(self, names: list[Name]) -> list[Name]:
        """The names but for titles alone and words for an origin, which nobody of the text has as a surname."""
        names = [name for name in names if not self.is_seat(name)]
        surnames = {name.parts[-1] for name in names if len(name.parts) > 1 and self.opens_as_person(name.start)}
        told = [name for name in names if self.is_bare_title(name) or self.is_origin(name)]
        return [name for name in names if name.parts[-1] in surnames or name not in told]

    def is_origin(self, name: Name) -> bool:
        """Whether a single word, with an article or an age before it, says from where somebody is (`the Dubliner`)."""
        syntax, at = self.syntax, name.start
        word, kind = syntax.lower[at], syntax.ent_type[at]
        if name.end - at > 1 or syntax.tag[at] not in ("NN", "NNP") or syntax.dep[at] in ("compound", "amod", "nmod"):
            return False
        if kind not in ("", "NORP", "PERSON") and word not in self.demonyms:
            return False
        is_aged = syntax.lower[at - 1] == "old"
        is_one = word in self.demonyms or word.endswith(self.endings) or (is_aged and word.endswith(self.aged_endings))
        return is_one and (is_aged or syntax.child(at, "det") is not None)

    def is_seat(self, name: Name) -> bool:
        """Whether a name says for what place or party somebody sits, and not who that is (`the Dunford North MP`)."""
        lower, last = self.syntax.lower, name.end - 1
        return lower[last] in self.seats and lower[self.syntax.left[last]] in self.articles

    def is_bare_title(self, name: Name) -> bool:
        """Whether all that a name says is what somebody is (`Agent` of `Special Agent in Charge Jo Lee`)."""
        words, kind = name.parts, self.syntax.ent_type[name.head]
        told = self.callings & self.titles if kind == "ORG" else self.callings | self.honorifics
        if words[-1] not in told and f"{words[-1]}." not in self.titles:
            return False  # neither `Judge` nor `Gov.`
        before = [word for word in words[:-1] if word not in self.offices]
        if before and kind == "PERSON":
            return False
        is_odd = any(self.is_foreign(index) for index in range(name.start, name.end))
        return not is_odd and all(self.by_given_name(word) is None for word in before)

    def opens_as_person(self, index: int) -> bool:
        """Whether a word is one with which a person's name begins."""
        return self.by_given_name(self.syntax.lower[index]) is not None or self.is_foreign(index)

    def holder(self, first: int, last: int, is_body: bool) -> int | None:
        """Where in a run of words the name of who holds an office begins (`Council of Mayors Chair | Jo Lee`).

        The office stands before it in the run, or before the preposition before the run (`Director of | Works Jo Lee`).
        """
        begin = self.full_name(first, last)
        if begin is None and self.syntax.ent_type[last] == "PERSON" and self.syntax.pos[first - 1] == "ADP":
            begin = self.behind_field(first, last)
        if begin is None or begin == first or self.syntax.pos[begin - 1] == "ADP":
            return None
        if self.syntax.lower[begin - 1] in self.offices or self.is_rank(begin - 1, first):
            return begin
        is_given = self.by_given_name(self.syntax.lower[begin]) is not None
        says_body = not self.bodies.isdisjoint(self.syntax.lower[first:begin])
        return begin if self.is_behind_office(first) and (is_given or not (is_body or says_body)) else None

    def is_rank(self, index: int, first: int) -> bool:
        """Whether letters before a full name are a rank or an office (`Dover SHO Arun Mehta`), and not of a body."""
        word = self.word(index)
        is_short = word.isupper() and word.isalpha() and len(word) in RANK_LETTERS and word.lower() not in self.bodies
        return is_short and (index > first or self.by_given_name(self.syntax.lower[index + 1]) is not None)

    def full_name(self, first: int, last: int) -> int | None:
        """Where the longest full name begins that ends a run of words."""
        lower = self.syntax.lower
        for begin in range(max(first, last + 1 - LONGEST_PERSON), last):
            is_whole = all(self.word(i)[:1].isupper() or lower[i] in self.particles for i in range(begin, last + 1))
            is_free = self.offices.isdisjoint(lower[begin:last]) and self.bodies.isdisjoint(lower[begin : last + 1])
            is_given = self.by_given_name(lower[begin]) is not None
            is_odd = all(self.is_foreign(i) or lower[i] in self.particles for i in range(begin, last + 1))
            if is_whole and is_free and (is_given or is_odd):
                return begin
        return None

    def behind_field(self, first: int, last: int) -> int:
        """Where a person's name begins behind English words that opened it (`Agent in | Charge Wei Zhang`)."""
        begin = first
        while begin < last - 1 and not self.opens_as_person(begin):
            begin += 1
        return begin

    def is_behind_office(self, first: int) -> bool:
        """Whether a preposition, or nothing, stands between an office and a run of words."""
        syntax, index = self.syntax, first - 1
        if index < 1 or syntax.sentence[index] != syntax.sentence[first]:
            return False
        if syntax.pos[index] == "ADP":
            return syntax.lower[index - 1] in self.offices and self.word(index - 1)[:1].isupper()
        return syntax.lower[index] in self.offices and self.word(index)[:1].isupper()
