"""What rules refer to by name."""

from dataclasses import dataclass, field

from claims_cli.rulebook.model import NamedNode, Prior


@dataclass
class Vocabulary:
    """What rules refer to by name.

    Attributes:
        words: the words of lexicon groups, by `lexicon.group`.
        priors: classes of cues with a rate of their own, by the lexicon group that holds them.
        nodes: the named nodes that rules share.
    """

    words: dict[str, frozenset[str]] = field(default_factory=dict)
    priors: dict[str, Prior] = field(default_factory=dict)
    nodes: dict[str, NamedNode] = field(default_factory=dict)
