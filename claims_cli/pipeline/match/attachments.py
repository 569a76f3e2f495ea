"""Rules that add a role (when, medium, citing) to attributions that other rules found."""

from spacy.language import Language
from spacy.tokens import Doc

from claims_cli.pipeline.match.candidates import Candidate
from claims_cli.pipeline.match.patterns import Pattern
from claims_cli.pipeline.match.prefilter import Prefilter
from claims_cli.pipeline.parse.quotation_index import QuotationIndex
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.rulebook import RuleSources, load
from claims_cli.rulebook.model import ROLES, Rulebook


class Attacher:
    """Pipeline component: fills the roles that attaching rules find at the cues of ``doc.user_data["decided"]``."""

    def __init__(self, rulebook: Rulebook):
        self.anchors = Prefilter([Pattern(rule, None) for rule in rulebook.rules if rule.attach_to])

    def __call__(self, doc: Doc) -> Doc:
        syntax, marks = doc.user_data["syntax"], doc.user_data["marks"]
        for candidate in doc.user_data["decided"]:
            for pattern in self.anchors.at(syntax, marks, candidate.cue):
                attach(syntax, marks, pattern, candidate)
        return doc


def attach(syntax: Syntax, marks: QuotationIndex, pattern: Pattern, candidate: Candidate) -> None:
    """Add the roles of the pattern's first match whose words play no role yet."""
    taken = set(candidate.tokens.values())
    if any(node.name in candidate.tokens for node in pattern.others):
        return
    for match in pattern.matches(syntax, marks, candidate.tokens):
        new = {name: index for name, index in match.tokens.items() if name in ROLES and name not in candidate.tokens}
        if new and taken.isdisjoint(new.values()) and not is_content(syntax, candidate, new):
            candidate.tokens.update(new)
            return


def is_content(syntax: Syntax, candidate: Candidate, new: dict[str, int]) -> bool:
    """Whether a word of the new roles is part of what was said."""
    content = candidate.tokens.get("content")
    if content is None or syntax.is_under(candidate.cue, content):
        return False
    return any(syntax.is_under(index, content) for index in new.values())


@Language.factory("claims_attachments", default_config={"rules": None})
def make_attachments(nlp: Language, name: str, rules: dict | None) -> Attacher:
    """The component for `nlp.add_pipe`; `rules` is what `RuleSources.to_config` gives."""
    return Attacher(load(RuleSources.from_config(rules)))
