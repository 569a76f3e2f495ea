"""Claims for Label Studio: a folder with `tasks.json`, its predictions ready to correct, and the labelling setup.

Label Studio counts code points, as we do.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from claims_cli import __version__
from claims_cli.claim import QUOTES, TYPES, Claim, Document
from claims_cli.outputs.annotated import ROLES, by_document, whole
from claims_cli.outputs.background import Background
from claims_cli.outputs.layout import Layout
from claims_cli.outputs.tables import encoded

COLORS = {"Source": "#f4b183", "Cue": "#d9b3f0", "Content": "#9fd8cd"}
FURTHER = ("title", "outlet", "author", "date", "url")


def write(claims: Iterable[Claim], folder: Path, layout: Layout, background: Background) -> None:
    """`tasks.json`, a task a document that has a claim, and `labels.xml` for the settings of the project."""
    tasks = [encoded(task(document, members)) for document, members in by_document(claims, background)]
    (folder / "tasks.json").write_text("[\n" + ",\n".join(tasks) + "\n]\n", encoding="utf-8", newline="")
    (folder / "labels.xml").write_text(setup(), encoding="utf-8", newline="")


def setup() -> str:
    """The labelling setup: three labels, relations between them, and what is asked of a content."""
    labels = "\n".join(f'    <Label value="{name}" background="{color}"/>' for name, color in COLORS.items())
    return f"""<View>
  <Labels name="label" toName="text">
{labels}
  </Labels>
  <Relations>
    <Relation value="source"/>
    <Relation value="cue"/>
    <Relation value="continued"/>
  </Relations>
  <Text name="text" value="$text" granularity="word"/>
{choices("type", TYPES)}
{choices("quote", QUOTES)}
  <TextArea name="speaker" toName="text" perRegion="true" whenTagName="label" whenLabelValue="Content" editable="true"/>
</View>
"""


def choices(name: str, values: Iterable[str]) -> str:
    """A question about a content."""
    offered = "\n".join(f'    <Choice value="{value}"/>' for value in values)
    return (
        f'  <Choices name="{name}" toName="text" perRegion="true" whenTagName="label" whenLabelValue="Content">\n'
        f"{offered}\n  </Choices>"
    )


def task(document: Document, claims: list[Claim]) -> dict[str, Any]:
    """A text with its claims as one prediction."""
    told = {name: whole(value) for name in FURTHER if (value := getattr(document, name))}
    results = [result for number, claim in enumerate(claims) for result in results_of(claim, document.text, number)]
    score = sum(claim.confidence for claim in claims) / len(claims)
    return {
        "data": {"doc": whole(document.path), "doc_sha256": document.sha256, **told, "text": whole(document.text)},
        "predictions": [{"model_version": f"claims {__version__}", "score": round(score, 4), "result": results}],
    }


def results_of(claim: Claim, text: str, number: int) -> Iterator[dict[str, Any]]:
    """The regions of a claim, what is said of its content, and the relations that bind them to the first content."""
    content = f"{claim.id}-{number}-content-0"
    for role in ROLES:
        span = getattr(claim, role)
        for place, (start, end) in enumerate(span.spans if span else ()):
            region = f"{claim.id}-{number}-{role}-{place}"
            words = {"start": start, "end": end, "text": whole(text[start:end])}
            yield answer(region, "label", "labels", words, [role.capitalize()], round(claim.confidence, 4))
            if region == content:
                yield answer(region, "type", "choices", words, [claim.type])
                yield answer(region, "quote", "choices", words, [claim.quote])
                if claim.speaker:
                    named = {"start": start, "end": end}
                    yield answer(region, "speaker", "textarea", named, [whole(claim.speaker)])
            else:
                label = "continued" if role == "content" else role
                relation = {"from_id": content, "to_id": region, "direction": "right", "labels": [label]}
                yield {"type": "relation", **relation}


def answer(
    region: str, name: str, kind: str, words: dict[str, Any], values: list[str], score: float | None = None
) -> dict[str, Any]:
    """One answer to one question about a region."""
    value = {**words, "text" if kind == "textarea" else kind: values}
    scored = {} if score is None else {"score": score}
    return {"id": region, "from_name": name, "to_name": "text", "type": kind, "value": value, **scored}
