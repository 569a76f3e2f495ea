"""Titles and roles that stand beside a person's name."""

from claims_cli.pipeline.parse.subjects import NOMINAL
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.rulebook.model import Rulebook

FULL = 2  # tokens between the first and the last of a full name behind a calling


class RoleReader:
    """Reads the roles at the names of one article."""

    def __init__(self, syntax: Syntax, rulebook: Rulebook):
        self.syntax = syntax
        self.text = syntax.text
        self.titles = rulebook.words("people.title")
        self.particles = rulebook.words("people.particle")
        self.masculine = rulebook.words("people.masculine")
        self.feminine = rulebook.words("people.feminine")
        self.peoples = rulebook.words("people.peoples")
        self.anonymous = rulebook.words("people.anonymous")
        self.callings = rulebook.words("people.person") | rulebook.words("people.position")
        self.months = rulebook.words("statements.months")
        self.given = rulebook.words("given_names.female") | rulebook.words("given_names.male")
        self.persons = self.callings | rulebook.words("kinds_of_person.persons")

    def behind_titles(self, first: int, last: int) -> int:
        """Where a name begins behind its titles (`Sen. Ann Roe`, `Phoenix Mayor Greg Stanton`)."""
        lower = self.syntax.lower
        titles = [i for i in range(first, last) if lower[i] in self.titles and lower[i + 1] not in self.particles]
        begin = titles[-1] + 1 if titles else first
        if not titles and last - first >= FULL and lower[first] in self.callings - self.given:
            begin = first + 1  # `Nurse Kim Ade`
        while begin < last and not self.is_wordy(begin):
            begin += 1  # `Lt. Col. Roe`, the dot read as a word
        return begin

    def title(self, start: int, first: int, kind: str) -> tuple[str | None, bool | None]:
        """The role that stands before a name, and the gender that it tells."""
        syntax = self.syntax
        begin = start
        if (
            start > 0
            and kind == "person"
            and syntax.lemma[start - 1] in self.persons
            and self.apposes(first, start - 1)
        ):
            begin -= 1  # `pollster Jo Lee`, the name read as the apposition
        while begin > 0 and self.is_title_word(begin - 1, kind):
            begin -= 1
        if begin == first:
            return None, None
        words = {syntax.lower[index] for index in range(begin, first)}
        female = True if words & self.feminine else False if words & self.masculine else None
        role = syntax.surface[syntax.start[begin] : syntax.end[first - 1]].strip()
        is_address = all(word in (self.masculine | self.feminine) - self.callings for word in words)
        is_role = any(syntax.pos[i] in NOMINAL or syntax.lower[i] in self.titles for i in range(begin, first))
        return (role if is_role and not is_address else None), female

    def role_behind(self, last: int) -> str | None:
        """The role that stands behind a name (`Jo Lee, a senior researcher at the institute,`)."""
        syntax = self.syntax
        if last + 2 >= syntax.length or syntax.lower[last + 1] != ",":
            return None
        for child in syntax.children[last]:
            if child > last and syntax.dep[child] == "appos" and syntax.left[child] == last + 2:
                if syntax.lemma[child] in self.anonymous:
                    return None
                if {syntax.lemma[child], syntax.lower[child]} & (self.persons | self.peoples | self.titles):
                    return syntax.surface[syntax.start[last + 2] : syntax.end[self.role_end(child)]].strip()
        return None

    def role_before(self, last: int) -> str | None:
        """The role that a name stands in apposition to (`The minister, Jo Lee, said`)."""
        syntax, noun = self.syntax, self.syntax.head[last]
        if syntax.dep[last] != "appos" or noun >= last or syntax.lower[syntax.left[last] - 1] != ",":
            return None
        if syntax.tag[noun] not in ("NN", "NNP") or not {syntax.lemma[noun], syntax.lower[noun]} & self.callings:
            return None
        start = syntax.left[noun]
        while start < noun and syntax.dep[start] in ("det", "punct", "case"):
            start += 1
        return syntax.surface[syntax.start[start] : syntax.end[noun]]

    def role_of_all(self, last: int) -> str | None:
        """The plural title before joined names (`candidates Ann Roe and Jim Lee`), for one that is not the first."""
        syntax = self.syntax
        noun = syntax.left[syntax.head[last]] - 1
        if (
            syntax.dep[last] != "conj"
            or noun < 0
            or syntax.tag[noun] != "NNS"
            or syntax.lemma[noun] not in self.persons
        ):
            return None
        return syntax.surface[syntax.start[syntax.left[noun]] : syntax.end[noun]]

    def role_end(self, head: int) -> int:
        """The last word of a role: its prepositions are part of it, clauses and what stands behind a comma are not."""
        syntax, end = self.syntax, head
        for child in syntax.children[head]:
            if child == end + 1 and syntax.dep[child] == "prep":
                inside = range(child, syntax.right[child] + 1)
                stop = (i for i in inside if syntax.pos[i] in ("PUNCT", "SPACE", "VERB", "AUX"))
                end = next(stop, syntax.right[child] + 1) - 1
        return end

    def apposes(self, first: int, noun: int) -> bool:
        """Whether the name that begins at a token stands in apposition to the noun right before it."""
        syntax, head = self.syntax, first
        while syntax.dep[head] == "compound":
            head = syntax.head[head]
        if syntax.dep[head] == "appos":
            return syntax.head[head] == noun
        return syntax.dep[head] == syntax.dep[noun] == "nsubj" and syntax.head[head] == syntax.head[noun]

    def is_title_word(self, index: int, kind: str) -> bool:
        """Whether the word before a person's name belongs to the role."""
        if kind not in ("person", "unknown"):
            return False
        syntax = self.syntax
        if syntax.dep[index] not in ("compound", "amod", "nmod", "poss", "case", "punct", "det"):
            return False
        lower = syntax.lower[index]
        if lower in self.months:
            return False  # `In May Helix Robotics`
        if lower == "-" and syntax.start[index] == syntax.end[index - 1]:
            return True  # Secretary-General
        return lower in self.titles or (syntax.pos[index] in NOMINAL | {"ADJ"} and lower not in (",", ";"))

    def word(self, index: int) -> str:
        """A token's text."""
        return self.text[self.syntax.start[index] : self.syntax.end[index]]

    def is_wordy(self, index: int) -> bool:
        """Whether a token is a word."""
        return any(letter.isalnum() for letter in self.word(index))
