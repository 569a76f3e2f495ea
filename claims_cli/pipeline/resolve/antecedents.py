"""Earlier phrases with the same noun as a description."""

from bisect import bisect_left
from functools import cached_property

from claims_cli.pipeline.article import Speaker
from claims_cli.pipeline.parse.subjects import NOMINAL
from claims_cli.pipeline.resolve.article import Context


class Antecedents(Context):
    """Tells which earlier noun a description can take up."""

    def modifiers(self, head: int, first: int) -> set[str]:
        """The words before a noun that say which one."""
        skipped = ("det", "predet", "case", "punct", "advmod")
        return {self.syntax.lower[i] for i in range(first, head) if self.syntax.dep[i] not in skipped}

    def is_inside_name(self, index: int) -> bool:
        """Whether a noun is only a part of a longer name (`the Institute for Climate Research`)."""
        name = self.registry.at(index)
        return name is not None and name.start != name.head

    def is_told_by_clause(self, head: int) -> bool:
        """Whether a clause behind a noun says which one it is, so that it takes up nothing (`the man shot today`)."""
        syntax = self.syntax
        return any(child > head and syntax.dep[child] in ("acl", "relcl") for child in syntax.children[head])

    def telling_words(self, head: int, first: int) -> set[str]:
        """The words of a description that say which one, those behind its noun included."""
        syntax = self.syntax
        _begin, end = self.phrase(head)
        behind = {syntax.lower[i] for i in range(head + 1, end + 1) if syntax.pos[i] in NOMINAL | {"ADJ", "NUM"}}
        return self.modifiers(head, first) | behind

    @cached_property
    def nouns(self) -> dict[str, list[int]]:
        """The nouns of the article by their lemma, in order."""
        found: dict[str, list[int]] = {}
        for index, pos in enumerate(self.syntax.pos):
            if pos in NOMINAL:
                found.setdefault(self.syntax.lemma[index], []).append(index)
        return found

    def alike_before(self, head: int, first: int) -> list[int]:
        """The same noun as a description's before it, in order."""
        alike = self.nouns.get(self.syntax.lemma[head], [])
        return alike[: bisect_left(alike, first)]

    def is_antecedent(self, index: int, head: int, first: int) -> bool:
        """Whether a noun can be what a definite description takes up: same word and number, nothing said against it."""
        syntax = self.syntax
        if syntax.lemma[index] != syntax.lemma[head] or syntax.pos[index] not in NOMINAL:
            return False
        if (syntax.tag[index] == "NNS") != (syntax.tag[head] == "NNS"):
            return False
        if self.is_inside_name(index):
            return False
        if self.marks.holder[index] is not None and self.marks.holder[index] is not self.marks.holder[head]:
            return False
        begin, end = self.phrase(index)
        words = {syntax.lower[i] for i in range(begin, end + 1)}
        if index in self.by_head:
            words.update((self.by_head[index].text or "").lower().split())
        return begin <= index <= end and self.telling_words(head, first) <= words

    def fullest_phrase(self, head: int, own: Speaker, first: int) -> Speaker:
        """The earlier phrase with the same noun and possessor that says most (`Ann Roe's office`)."""
        before = self.alike_before(head, first)
        found = [self.phrase(index) for index in before if self.is_antecedent(index, head, first)]
        begin, end = max(found, key=lambda phrase: phrase[1] - phrase[0], default=(0, -1))
        if end - begin <= head - first:
            return own
        return self.as_it_stands(end, begin, end)
