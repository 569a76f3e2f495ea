"""Annotations as UIMA CAS XMI, one file a text, as INCEpTION exports it with our layers.

Spans of one claim have its id as their feature `claim`, or are linked by relations, as an annotator links new ones.
"""

from collections import defaultdict
from importlib.util import find_spec
from typing import Any

from claims_cli.claim import Document
from claims_cli.errors import AnnotationError
from claims_cli.evaluation.attributions import AnnotationReading
from claims_cli.evaluation.brat import BratReader, BratSheet, BratSpan, Link
from claims_cli.outputs.inception import RELATION, SPAN, type_system

EXPORT = (
    "export it from INCEpTION as UIMA CAS XMI (XML 1.0), with the layers that claims extract --format inception wrote"
)


def sheets(file: str, path: str, content: str) -> tuple[list["XmiSheet"], list[AnnotationError]]:
    """The one text that a file annotates."""
    return [XmiSheet(file, path, content)], []


class XmiSheet(BratSheet):
    """What one file annotates; its text is found as that of a file of brat's is."""

    def of(self, document: Document) -> AnnotationReading:
        """What it says of a document."""
        reader = BratReader(self.file, document)
        try:
            gather(reader, self.content)
        except AnnotationError as error:
            return AnnotationReading(errors=[error])
        return reader.put_together()


def gather(reader: BratReader, content: str) -> None:
    """Hand the spans of a file to a reader, with what puts them together.

    Raises:
        AnnotationError: it is no XMI, or the library that reads it is not installed.
    """
    cas = loaded(reader.file, content)
    claims: dict[str, set[str]] = defaultdict(set)
    for span in cas.select(SPAN):
        name = f"T{span.xmiID}"
        reader.marks[name] = BratSpan(1, (span.role or "").lower(), [(span.begin, span.end)], [span.get_covered_text()])
        if span.claim:
            claims[span.claim].add(name)
    relations = [relation for relation in cas.select(RELATION) if relation.Governor and relation.Dependent]
    loose = adopt(claims, [(f"T{one.Governor.xmiID}", f"T{one.Dependent.xmiID}") for one in relations])
    reader.relations += [Link(1, "relation", (("", head), ("", part))) for head, part in loose]
    for claim, names in claims.items():
        ends = sorted((reader.marks[name].label, name) for name in names)
        reader.events.append(Link(1, claim, tuple(ends)))


def adopt(claims: dict[str, set[str]], links: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Add to each claim the spans without an id that relations link to its own; what links no claim is given back."""
    own = {name: claim for claim, names in claims.items() for name in names}
    loose = []
    for head, part in links:
        known, other = (head, part) if head in own else (part, head)
        if known not in own:
            loose.append((head, part))
        elif other not in own:
            claims[own[known]].add(other)
    return loose


def loaded(file: str, content: str) -> Any:
    """The annotations of a file.

    Raises:
        AnnotationError: it is no XMI, or the library that reads it is not installed.
    """
    if find_spec("cassis") is None:
        raise AnnotationError(file, 1, "needs cassis, which is not installed", "pip install 'source-claims[inception]'")
    if "<!DOCTYPE" in content or "<!ENTITY" in content:
        raise AnnotationError(file, 1, "declares a document type, which no export does", EXPORT)
    import cassis

    try:
        cas = cassis.load_cas_from_xmi(content, type_system(), lenient=True)
        if not isinstance(cas.sofa_string, str):
            raise ValueError("it has no text")
        return cas
    except Exception as error:  # whatever lxml and cassis raise of a file that anybody made
        raise AnnotationError(file, 1, f"is no XMI of these layers: {str(error)[:80]}", EXPORT) from None
