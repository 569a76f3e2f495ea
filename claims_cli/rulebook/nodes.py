"""Nodes of a pattern as the matcher takes them, from what a rule file says of them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import yaml

from claims_cli.rulebook.language import NodeText, QuotationText, StretchText, TestText
from claims_cli.rulebook.model import (
    LABELS,
    ORDERS,
    QUOTATION_SIDES,
    RELATIONS,
    STRETCH_SIDES,
    TOKEN_KEYS,
    Label,
    Node,
    TokenTest,
)
from claims_cli.rulebook.yaml_nodes import SourceFile


def node_of(name: str, text: NodeText) -> Node:
    """A node as the matcher takes it."""
    relations = [(key, getattr(text, key)) for key in RELATIONS if getattr(text, key)]
    return Node(
        name=name,
        test=test_of(text),
        relation=relations[0] if relations else None,
        orders=tuple((key, getattr(text, key)) for key in ORDERS if getattr(text, key)),
        quotation=quotation_of(text.quotation) if text.quotation else None,
        alone=text.quotation is not None and text.quotation.alone,
        stretch=stretch_of(text.stretch) if text.stretch else None,
        standing="inside" if text.inside else "outside" if text.outside else None,
        extent=text.extent,
        extends=text.extends,
        optional=text.optional,
    )


def test_of(text: TestText) -> TokenTest:
    """A token test as the matcher takes it."""
    return TokenTest(
        tuple((key, getattr(text, key)) for key in TOKEN_KEYS if getattr(text, key) is not None),
        *(tuple(map(test_of, tests)) for tests in (text.any_of, text.has, text.lacks, text.none_of)),
    )


def quotation_of(text: QuotationText) -> tuple[str, str, tuple[str, ...]]:
    """(side, node, allowed links)."""
    side = next(side for side in QUOTATION_SIDES if getattr(text, side))
    return side, getattr(text, side), text.link


def stretch_of(text: StretchText) -> tuple[str, str]:
    """(`before`, `after` or `below`, node)."""
    return next((side, getattr(text, side)) for side in STRETCH_SIDES if getattr(text, side))


def joined(named: Node, own: Node, text: NodeText) -> Node:
    """A named node with what a node says beside it; `text` knows which keys that are."""
    said = text.model_fields_set
    fields: dict[str, Any] = {key: getattr(own, key) for key in ("extent", "extends", "optional") if key in said}
    for key in ("relation", "quotation", "stretch", "standing"):
        if getattr(own, key) is not None:
            fields[key] = getattr(own, key)
    orders = tuple({**dict(named.orders), **dict(own.orders)}.items())
    return replace(named, name=own.name, test=with_test(named.test, own.test), orders=orders, **fields)


def with_test(named: TokenTest, own: TokenTest) -> TokenTest:
    """The test of a named node with that of the node that uses it; an attribute that both test is the latter's."""
    attributes = {**dict(named.attributes), **dict(own.attributes)}
    return TokenTest(
        tuple((key, attributes[key]) for key in TOKEN_KEYS if key in attributes),
        own.alternatives or named.alternatives,
        named.has + own.has,
        named.lacks + own.lacks,
        named.barred + own.barred,
    )


def references(node: Node) -> set[str]:
    """Names of the nodes that this one refers to."""
    names = {target for _, target in node.orders}
    names |= {place[1] for place in (node.relation, node.quotation, node.stretch) if place}
    return names | {node.extends} if node.extends else names


def labels_of(source: SourceFile, node: yaml.Node, where: str) -> Iterator[Label]:
    """The model's labels that a token test names, each with what to say should the model not have it."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from labels_of(source, item, where)
    if not isinstance(node, yaml.MappingNode):
        return
    for key_node, value in node.value:
        if key_node.value in LABELS:
            for item in value.value if isinstance(value, yaml.SequenceNode) else [value]:
                if not item.value.startswith("$"):
                    problem = source.place(item, f"{where}: the model has no {key_node.value} '{item.value}'")
                    yield Label(key_node.value, item.value, problem)
        else:
            yield from labels_of(source, value, where)
