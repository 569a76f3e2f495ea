"""Names as speakers, and whose a statement, report or post is that speaks for somebody."""

from dataclasses import replace
from functools import cached_property

from claims_cli.pipeline.article import Name, Speaker
from claims_cli.pipeline.resolve.antecedents import Antecedents


class Owners(Antecedents):
    """Resolves names and what named ones said or wrote."""

    def leading_name(self, first: int, last: int) -> Speaker | None:
        """A person whose name opens the phrase and is followed by more (`Jo Lee of the town's think tank`)."""
        name = self.registry.at(first)
        if name is None or name.kind != "person" or name.head >= last:
            return None
        behind = name.head + 1
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
                role = self.text_of(first, self.before_comma(head, name.start))
                return replace(self.of_name(name), role=role)
        return None

    def before_comma(self, head: int, place: int) -> int:
        """The last word before a place that is no title of the name there, and no comma."""
        commas = [i for i in range(head, place) if self.syntax.lower[i] == ","]
        return commas[-1] - 1 if commas else head

    def mention(self, head: int, first: int, last: int) -> Speaker | None:
        """A name, or a thing that a named one said or wrote (`the Hizbullah statement`)."""
        if self.syntax.lemma[head] in self.carriers and not self.is_name(head):
            owner = self.owner(head, first, last)
            if owner is not None:
                return replace(owner, medium=(first, last + 1))
        place = self.place_of(head)
        if place is not None:
            named = self.behind(place, last)
            return named and replace(named, kind="organization")
        name = self.registry.at(head)
        if name is None or self.syntax.pos[head] not in ("PROPN", "NOUN", "ADJ", "X", "PRON"):
            return None
        if self.syntax.pos[head] == "NOUN" and self.word_kind(head) is not None and not self.is_capital(head):
            return None
        return self.of_name(name)

    def place_of(self, head: int) -> int | None:
        """The name behind `of` where a noun only says that it is a place (`the city of X`)."""
        if self.syntax.lemma[head] not in self.words("place") or self.syntax.lower[head + 1 : head + 2] != ["of"]:
            return None
        place = self.syntax.child(head + 1, "pobj")
        return place if place is not None and self.registry.at(place) is not None else None

    @cached_property
    def carriers(self) -> frozenset[str]:
        """Nouns for what carries the words of whoever made it."""
        return self.words("carrier") | self.words("carried")

    def owner(self, head: int, first: int, last: int) -> Speaker | None:
        """Whose statement or report a carrier is: its possessor, the name before it, or who stands behind `by`."""
        syntax = self.syntax
        for index in range(first, head):
            name = self.registry.at(index)
            if name is not None and name.kind in ("organization", "media", "person", "unknown"):
                is_owner = syntax.dep[name.head] in ("compound", "poss", "nmod", "amod")
                if is_owner and syntax.is_under(name.head, head) and not self.is_where(name, head):
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
        is_place = self.syntax.ent_type[name.head] in ("GPE", "LOC") and self.syntax.dep[name.head] != "poss"
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

    def author_of(self, index: int) -> Speaker | None:
        """Who spoke through a statement or report that stands at a token (`the ministry said in a statement`)."""
        if self.syntax.lemma[index] not in self.carriers:
            return None
        return self.by_claim.get(self.by_medium.get(index, -1))

    @cached_property
    def by_medium(self) -> dict[int, int]:
        """The place of the first attribution through whose medium it speaks, by each token of the medium."""
        found: dict[int, int] = {}
        for place, one in enumerate(self.attributions):
            for start, end in one.medium:
                for index in range(start, end):
                    found.setdefault(index, place)
        return found
