"""Organizations and outlets by what they are: `the group`, `the newspaper`."""

from bisect import bisect_left
from collections import Counter

from claims_cli.pipeline.article import Name, Speaker
from claims_cli.pipeline.resolve.issuers import Owners

PARAGRAPHS_NEAR = 4
CLEARLY = 1.5  # how much oftener the most often named organization must be named than the next


class Organizations(Owners):
    """Resolves descriptions of an organization to its name."""

    def last_medium(self, first: int) -> Speaker | None:
        """The outlet that was named last (`the newspaper`), in the paragraphs just before."""
        names = self.registry.names
        for name in reversed(names[: bisect_left(names, first, key=lambda name: name.start)]):
            if not self.is_close(name.head, first):
                return None
            if name.kind == "media":
                return self.of_name(name)
        return None

    def known_organization(self, head: int, first: int) -> Speaker | None:
        """The organization that `the group` means: the one its modifiers name, otherwise the most often named."""
        if self.syntax.lemma[head] in self.words("country"):
            return None
        wanted = self.modifiers(head, first)
        names = [name for name in self.registry.names if name.kind == "organization" and self.is_group(name)]
        return self.named_by(wanted, names) if wanted else self.most_named(head, first, names)

    def named_by(self, modifiers: set[str], names: list[Name]) -> Speaker | None:
        """The organization in whose name, or right before it, the modifiers of a description stand."""
        for name in names:
            begin = max(self.syntax.left[name.head], name.start - 3)
            before = {self.syntax.lower[i] for i in range(begin, name.head) if self.syntax.dep[i] != "poss"}
            if modifiers <= before | set(name.text.lower().split()[:-1]):
                return self.of_name(self.without_modifiers(name, modifiers))
        return None

    def without_modifiers(self, name: Name, modifiers: set[str]) -> Name:
        """The shorter name where the modifier was only taken along (`Lebanese Hizbullah` → `Hizbullah`)."""
        short = " ".join(word for word in name.text.split() if word.lower() not in modifiers)
        return next((other for other in self.registry.names if other.text == short), name)

    def most_named(self, head: int, first: int, names: list[Name]) -> Speaker | None:
        """The organization that was clearly named most often before a description that fits it."""
        lemma = self.syntax.lemma[head].lower()
        fits_any = lemma in self.words("any_organization")
        fitting = [name for name in names if name.start < first and (fits_any or lemma in name.parts)]
        if fits_any and not (fitting and self.is_close(fitting[-1].head, first)):
            return None
        ranked = Counter(name.text for name in fitting).most_common(2)
        if ranked and (len(ranked) == 1 or ranked[0][1] >= CLEARLY * ranked[1][1]):
            return self.of_name(next(name for name in fitting if name.text == ranked[0][0]))
        return None

    def is_close(self, index: int, first: int) -> bool:
        """Whether a token stands in the paragraphs just before another."""
        return self.syntax.paragraph[first] - self.syntax.paragraph[index] <= PARAGRAPHS_NEAR

    def is_group(self, name: Name) -> bool:
        """Whether a name is an organization and no place or people."""
        return self.syntax.ent_type[name.head] == "ORG" or (
            self.syntax.ent_type[name.head] == "NORP" and self.is_referent(name) and self.syntax.tag[name.head] == "NNP"
        )
