"""Whether a line is what a rule of furniture says: a test of the rulebook made ready, and asked of many lines.

In come a rule and the lines of `lines`; out comes whether the line, or a label at its head, is set aside.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from claims_cli.articles.lines import Line, Tokens, folded, is_mark, tokens_of
from claims_cli.rulebook.furniture import FurnitureRule, LineTest

LABEL_OF_PARAGRAPH = re.compile(r"(?:—|–|--|\s-)(?=\s|[A-Z“\"])|(?<=\))(?!\s*(?:[-—–]|,))")
ENCLOSING = {"round": ("(", ")"), "square": ("[", "]")}
LONGEST = 2_000  # characters of a line that is looked at
LONGEST_LABEL = 120
SHORTEST_IN_CAPITALS = 3


class Phrases:
    """Phrases to look for at a place among tokens."""

    def __init__(self, phrases: Iterable[str]):
        self.by_first: dict[str, list[Tokens]] = {}
        for phrase in phrases:
            tokens = folded(tokens_of(phrase))
            if tokens:
                self.by_first.setdefault(tokens[0], []).append(tokens)

    def lengths_at(self, tokens: Tokens, index: int) -> list[int]:
        """How many tokens each phrase takes that stands at a place."""
        phrases = self.by_first.get(tokens[index], ())
        return [len(phrase) for phrase in phrases if tokens[index : index + len(phrase)] == phrase]

    def begin(self, tokens: Tokens) -> bool:
        """Whether one of them begins the tokens."""
        return bool(tokens) and bool(self.lengths_at(tokens, 0))

    def may_stand(self, tokens: Tokens) -> bool:
        """Whether the first word of one is among the tokens, which is quickly told of most lines."""
        return not self.by_first.keys().isdisjoint(tokens)

    def end(self, tokens: Tokens) -> bool:
        """Whether one of them ends the tokens, marks behind it aside."""
        if not self.may_stand(tokens):
            return False
        last = len(tokens)
        while last and is_mark(tokens[last - 1]):
            last -= 1
        return any(index + length in (last, len(tokens)) for index, length in self.places(tokens))

    def equal(self, tokens: Tokens) -> bool:
        """Whether one of them is all the tokens, marks at both ends aside."""
        places = list(self.places(tokens))
        if not places:
            return False
        words = [index for index, token in enumerate(tokens) if not is_mark(token)] or range(len(tokens))
        return any(index <= words[0] and index + length > words[-1] for index, length in places)

    def inside(self, tokens: Tokens) -> bool:
        """Whether one of them stands anywhere."""
        return self.may_stand(tokens) and any(True for _ in self.places(tokens))

    def places(self, tokens: Tokens) -> Iterator[tuple[int, int]]:
        """(index, length) wherever one stands."""
        for index, token in enumerate(tokens):
            if token in self.by_first:
                for length in self.lengths_at(tokens, index):
                    yield index, length


class LineMatcher:
    """A test, made ready to be asked of many lines: the checks that it makes, the quickest first."""

    def __init__(self, test: LineTest):
        self.test = test
        self.material = Phrases(test.made_of or ())
        self.checks: list[Callable[[Line], bool]] = []
        self.add(self.has_size, test.most_words, test.least_words)
        self.add(self.has_capitals, test.capitals)
        self.add(self.is_enclosed, test.enclosed)
        for phrases, stands in (
            (test.begins, Phrases.begin),
            (test.equals, Phrases.equal),
            (test.holds, Phrases.inside),
            (test.ends, Phrases.end),
        ):
            if phrases:
                self.checks.append(standing(Phrases(phrases), stands))
        self.add(self.is_made_of, test.made_of)
        for name in ("label", "brackets", "tail"):
            part = getattr(test, name)
            if part is not None:
                self.checks.append(part_passing(name, LineMatcher(part)))
        self.alternatives = [LineMatcher(part) for part in test.alternatives]
        self.barred = [LineMatcher(part) for part in test.barred]

    def add(self, check: Callable[[Line], bool], *asked: object) -> None:
        """Make a check where the test asks for something that it looks at."""
        if any(value is not None for value in asked):
            self.checks.append(check)

    def passes(self, line: Line | None) -> bool:
        """Whether a line, or a part of one, is what the test says; None, a part that is not there, never is."""
        if line is None:
            return False
        for check in self.checks:
            if not check(line):
                return False
        return (not self.alternatives or any(matcher.passes(line) for matcher in self.alternatives)) and not any(
            matcher.passes(line) for matcher in self.barred
        )

    def has_size(self, line: Line) -> bool:
        """Whether the line has neither too many words nor too few."""
        most, least = self.test.most_words, self.test.least_words
        return (most is None or line.words <= most) and (least is None or line.words >= least)

    def has_capitals(self, line: Line) -> bool:
        """Whether its first word, or each, is written in capitals."""
        words = [token for token in line.raw if token[0].isalpha()]
        asked = words[:1] if self.test.capitals == "first" else words
        return bool(asked) and len(asked[0]) >= SHORTEST_IN_CAPITALS and all(word.isupper() for word in asked)

    def is_enclosed(self, line: Line) -> bool:
        """Whether brackets stand around all of it."""
        opened, closed = ENCLOSING[self.test.enclosed or "round"]
        return line.text[0] == opened and line.text[-1] == closed and line.text.count(opened) == 1

    def is_made_of(self, line: Line) -> bool:
        """Whether the line has nothing but the words of the test and marks; the phrases are laid end to end."""
        tokens, size = line.tokens, len(line.tokens)
        reached = [True] + [False] * size
        for index in range(size):
            if not reached[index]:
                continue
            for length in self.material.lengths_at(tokens, index):
                reached[index + length] = True
            if is_mark(tokens[index]) or self.is_of_class(line.raw[index]):
                reached[index + 1] = True
        return reached[size] and not all(map(is_mark, tokens))

    def is_of_class(self, token: str) -> bool:
        """Whether a token is a capitalized word, or a figure, where these may stand."""
        return (self.test.names and token[0].isupper()) or (self.test.numbers and token[0].isdigit())


def standing(phrases: Phrases, stands: Callable[[Phrases, Tokens], bool]) -> Callable[[Line], bool]:
    """The check that a phrase stands where it must."""
    return lambda line: stands(phrases, line.tokens)


def part_passing(name: str, matcher: LineMatcher) -> Callable[[Line], bool]:
    """The check that a part of the line passes a test."""
    return lambda line: matcher.passes(getattr(line, name))


class FurnitureMatcher:
    """A rule of furniture, made ready."""

    def __init__(self, rule: FurnitureRule):
        self.rule = rule
        self.matcher = LineMatcher(rule.test)

    def matches(self, line: Line) -> bool:
        """Whether the rule sets aside a whole line, and perhaps others with it."""
        if self.rule.sets_aside == "label" or line.end - line.start > LONGEST:
            return False
        return (self.rule.sentences or not line.is_sentence) and self.matcher.passes(line)

    def label_end(self, text: str, line: Line) -> int | None:
        """Where the label ends that the rule sets aside at the head of a line; None for none."""
        if self.rule.sets_aside != "label":
            return None
        for mark in LABEL_OF_PARAGRAPH.finditer(text, line.start, min(line.end, line.start + LONGEST_LABEL)):
            label = line.part(" ".join(text[line.start : mark.start()].split()))
            behind = text[mark.end() : min(line.end, mark.end() + LONGEST_LABEL)]
            if begins_prose(behind) and self.matcher.passes(label):
                return mark.end()
        return None


def begins_prose(text: str) -> bool:
    """Whether a text begins as a sentence does: with a capital, a figure or a quotation mark."""
    first = text.lstrip()[:1]
    return first.isupper() or first.isdigit() or first in set("“\"‘'«")
