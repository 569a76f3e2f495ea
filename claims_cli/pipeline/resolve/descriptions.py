"""Descriptions: what a definite one takes up."""

from dataclasses import replace

from claims_cli.pipeline.article import Attribution, Speaker
from claims_cli.pipeline.resolve.article import SUBJECTS
from claims_cli.pipeline.resolve.epithets import Epithets
from claims_cli.pipeline.resolve.organizations import Organizations


class Descriptions(Epithets, Organizations):
    """Resolves descriptions."""

    def description(self, head: int, first: int, last: int, one: Attribution) -> Speaker:
        """A description: what it takes up where it is definite, otherwise its own words."""
        own = self.as_it_stands(head, first, last)
        if own.kind == "organization" and self.syntax.child(head, "poss") is not None:
            return self.fullest_phrase(head, own, first)
        if not self.is_definite(first, head) and not (own.kind == "person" and self.is_in_headline(head)):
            return own
        if self.is_told_by_clause(head):
            return own
        earlier = self.taken_up(head, own, first, one)
        return earlier or own

    def is_in_headline(self, head: int) -> bool:
        """Whether a description stands in the first line, where no article stands before it."""
        return self.syntax.paragraph[head] == 0 and self.syntax.child(head, "det") is None and self.is_capital(head)

    def taken_up(self, head: int, own: Speaker, first: int, one: Attribution) -> Speaker | None:
        """The earlier mention that a definite description takes up.

        A word for the unnamed (`the official`) takes up the same word before anybody's role.
        """
        if own.kind == "organization":
            return self.same_noun(head, own, first) or self.known_organization(head, first)
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
            or self.by_role(head, own, first, self.rulebook.words_of("titles", lemma))
            or self.epithet(head, own, first, one)
        )

    def same_noun(self, head: int, own: Speaker, first: int) -> Speaker | None:
        """The earlier phrase with the same noun: a source before others, a subject before others, the nearest first."""
        alike = self.alike_before(head, first)[::-1]
        alike.sort(key=lambda index: (index not in self.by_head, self.syntax.dep[index] not in SUBJECTS))
        for index in alike:
            if not self.is_antecedent(index, head, first):
                continue
            author = self.author_of(index)
            if author is not None:
                return replace(author, medium=(first, head + 1))
            if index in self.by_head:
                earlier = self.by_head[index]
                if len(earlier.each) > 1 and not own.plural:
                    return self.as_it_stands(index, *self.phrase(index))
                return replace(earlier, medium=(first, head + 1)) if earlier.medium else earlier
            begin, end = self.phrase(index)
            owner = self.owner(index, begin, end) if self.syntax.lemma[index] in self.carriers else None
            if owner is not None:
                return replace(owner, medium=(first, head + 1))
            if not (self.is_definite(begin, index) and own.kind != "document"):
                return self.as_it_stands(index, begin, end)
        return None

    def last_voice(self, head: int, own: Speaker, first: int) -> Speaker | None:
        """Who spoke last, where a description without a noun of its own in the text can only mean that speaker."""
        is_statement = own.kind == "document"
        for where, speaker in reversed(self.spoken):
            if where >= first:
                continue
            if is_statement:
                if speaker.medium is not None and self.syntax.lemma[speaker.medium[1] - 1] == self.syntax.lemma[head]:
                    return replace(speaker, medium=(first, head + 1))
                continue
            if self.syntax.paragraph[first] - self.syntax.paragraph[where] > 2:
                return None
            fits = speaker.kind in ("person", "unknown") and not speaker.plural and not speaker.named
            return speaker if fits else None
        return None
