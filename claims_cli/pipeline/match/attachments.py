"""Rules that add a role (when, medium, citing) to attributions that other rules found."""

from collections.abc import Iterable
from dataclasses import replace

from claims_cli.pipeline.article import Candidate
from claims_cli.pipeline.match.patterns import Pattern
from claims_cli.pipeline.match.prefilter import Prefilter
from claims_cli.pipeline.parse.quotation_index import QuotationIndex
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.rulebook.model import ROLES, Rule


class Attacher:
    """Fills the roles that attaching rules find at the cues of chosen candidates."""

    def __init__(self, rules: Iterable[Rule]):
        self.prefilter = Prefilter([Pattern(rule, None) for rule in rules if rule.attach_to])

    def attached(self, syntax: Syntax, quotations: QuotationIndex, candidate: Candidate) -> Candidate:
        """A candidate with the roles that are attached to it."""
        for pattern in self.prefilter.at(syntax, quotations, candidate.cue):
            candidate = attach(syntax, quotations, pattern, candidate)
        return candidate


def attach(syntax: Syntax, quotations: QuotationIndex, pattern: Pattern, candidate: Candidate) -> Candidate:
    """The candidate with the roles of the pattern's first match whose words play no role yet."""
    taken = set(candidate.tokens.values())
    if any(node.name in candidate.tokens for node in pattern.others):
        return candidate
    for match in pattern.matches(syntax, quotations, dict(candidate.tokens)):
        added = {name: index for name, index in match.tokens.items() if name in ROLES and name not in candidate.tokens}
        if added and taken.isdisjoint(added.values()) and not is_content(syntax, candidate, added):
            return replace(candidate, tokens={**candidate.tokens, **added})
    return candidate


def is_content(syntax: Syntax, candidate: Candidate, added: dict[str, int]) -> bool:
    """Whether a word of the new roles is part of what was said."""
    content = candidate.tokens.get("content")
    if content is None or syntax.is_under(candidate.cue, content):
        return False
    return any(syntax.is_under(index, content) for index in added.values())
