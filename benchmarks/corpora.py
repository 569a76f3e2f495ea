"""Corpora for `benchmarks.table`: texts that people annotated, and how well what was found in them is what they marked.

Nothing is fetched. PolNeAR's test part is never read, and of GUM only the 84 texts of its train part that
`gum_texts.txt` names.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks import attributions_gum, gum
from benchmarks.annotated import GOLD, OTHER_GOLD, Annotated, annotated
from benchmarks.coreference import Chains, chains
from benchmarks.outcomes import MARKS
from benchmarks.polnear import ROOT
from benchmarks.verbnet import TABLE as VERBNET
from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.evaluation import gold
from claims_cli.evaluation.attributions import Attribution
from claims_cli.evaluation.fields import FIELDS
from claims_cli.evaluation.measuring import AS_THEY_STAND
from claims_cli.evaluation.pairing import outermost, pairs, worded
from claims_cli.evaluation.scoring import Figure, Scores
from claims_cli.evaluation.words import Words
from claims_cli.inputs.readers import read_one
from claims_cli.inputs.walking import inputs
from claims_cli.names import folded_name
from claims_cli.rulebook import load
from tests.golden_seeds import cues_in_line, golden, line_start, spans_of

GUM_TEXTS = Path(__file__).with_name("gum_texts.txt")
NOTHING = {name: None if one.read else () for name, one in FIELDS.items()}
Found = dict[str, list[Attribution]]


@dataclass
class Row:
    """One line of the table.

    Attributes:
        content: contents that pair; source, words: those of the same source, and of the same words too; None where
            the corpus cannot tell.
        speaker: how many speakers of what pairs are right, of how many that are annotated.
        precise: whether everything is marked, so that what is not marked is wrong.
    """

    name: str
    texts: int
    content: Figure
    source: Figure | None = None
    words: Figure | None = None
    speaker: tuple[int, int] = (0, 0)
    precise: bool = True


@dataclass
class Corpus(ABC):
    """Annotated texts.

    Attributes:
        types: which types of this tool's claims are compared.
        fast: whether this tool reads by its rules alone, its small reader having learned from these texts.
        broken: annotations that cannot be read, or do not fit their text; they are left out.
    """

    name: str
    documents: list[Document]
    types: str = "all"
    fast: bool = False
    broken: list[InputError] = field(default_factory=list)

    @abstractmethod
    def rows(self, found: Found) -> Iterator[Row]:
        """The lines of the table, of what was found by the paths of the texts."""


@dataclass
class Marked(Corpus):
    """Texts in which every attribution is marked.

    Attributes:
        gold: what is marked, by the paths of the texts.
        nested: whether attributions inside another's content are marked and compared too.
    """

    gold: Found = field(default_factory=dict)
    nested: bool = False

    def rows(self, found: Found) -> Iterator[Row]:
        """A line for all, then one for those that quotation marks hold whole, of which only recall can be told."""
        scores, quoted = Scores(), Figure()
        told = {name for rows in found.values() for one in rows for name in one.stated}
        for document in self.documents:
            words = Words(document.text)
            wanted = [comparable(one, told) for one in self.compared(self.gold.get(document.path, []))]
            there = [filled(one) for one in self.compared(found.get(document.path, []))]
            there, definite = without_doubtful(wanted, there, words), [one for one in wanted if not is_doubtful(one)]
            made = scores.add(words, definite, there)
            right = sum(is_quoted(document.text, pair.gold.attribution) for pair in made)
            quoted.add(right, right, sum(is_quoted(document.text, one) for one in definite))
        kinds, speaker = scores.figures, scores.fields["speaker"]
        shares = (kinds["detection"], kinds["attribution"], kinds["exact"])
        yield Row(self.name, len(self.documents), *shares, (speaker.right, speaker.compared))
        if quoted.gold:
            yield Row("  of these quoted", len(self.documents), quoted, precise=False)

    def compared(self, attributions: Sequence[Attribution]) -> list[Attribution]:
        """What is compared of a text: all, or the outermost."""
        if self.nested:
            return list(attributions)
        return [
            one for one in outermost(attributions) if not (one.claim.nested if one.claim else one.stated.get("via"))
        ]


def is_quoted(text: str, one: Attribution) -> bool:
    """Whether quotation marks hold all of a content."""
    held = [text[start:end].strip() for start, end in one.content]
    return all(part[:1] in MARKS and part[-1:] in MARKS for part in held if part)


def is_doubtful(one: Attribution) -> bool:
    """Whether two careful readers would differ on an annotation: it is neither demanded nor counted wrong."""
    return isinstance(one, Annotated) and one.doubtful


def without_doubtful(gold: list[Attribution], found: list[Attribution], words: Words) -> list[Attribution]:
    """What was found but for what pairs with a doubtful annotation."""
    made = pairs([worded(one, words) for one in gold], [worded(one, words) for one in found])
    aside = {id(pair.found.attribution) for pair in made if is_doubtful(pair.gold.attribution)}
    return [one for one in found if id(one) not in aside]


def comparable(one: Attribution, told: set[str]) -> Attribution:
    """An annotation with the fields that a tool tells of at least one of its claims."""
    return replace(one, stated={name: bare(name, value) for name, value in one.stated.items() if name in told})


def filled(one: Attribution) -> Attribution:
    """What was found, with nothing where it tells nothing."""
    return replace(one, stated={**NOTHING, **{name: bare(name, value) for name, value in one.stated.items()}})


def bare(name: str, value):
    """A speaker's name without an article before it: with or without, it is the same speaker."""
    if name != "speaker" or value is None:
        return value
    first, _, rest = value.partition(" ")
    return rest if rest and first.lower() in load().words("reference.definite") else value


@dataclass
class Gum(Corpus):
    """GUM's attributions, by kind of text: what is not marked there may be one too, so that only recall can be told."""

    read: dict[str, gum.GumText] = field(default_factory=dict)
    chains: dict[str, Chains] = field(default_factory=dict)

    def rows(self, found: Found) -> Iterator[Row]:
        """A line for all, then one for each kind of text."""
        genres = sorted({text.genre for text in self.read.values()})
        yield self.row("all", self.documents, found)
        for genre in genres:
            kept = [document for document in self.documents if self.read[document.path].genre == genre]
            yield self.row(genre, kept, found)

    def row(self, genre: str, documents: list[Document], found: Found) -> Row:
        """What is found in some of the texts."""
        figure, right, compared = Figure(), 0, 0
        for document in documents:
            there = found.get(document.path, [])
            for wanted in self.wanted(self.read[document.path]):
                fitting = [one for one in there if reaches(one, wanted)]
                figure.add(bool(fitting), bool(fitting), 1)
                verdict = self.speaker(document.path, fitting)
                right, compared = right + (verdict is True), compared + (verdict is not None)
        return Row(f"{self.name}, {genre}", len(documents), figure, speaker=(right, compared), precise=False)

    def speaker(self, path: str, fitting: list[Attribution]) -> bool | None:
        """Whether a speaker is told who is in the chain of the source; None where the chain or the tool has no name."""
        names = {name for one in fitting for name in self.names(path, one)}
        told = [folded_name(one.stated["speaker"]).split() for one in fitting if one.stated.get("speaker")]
        return any(words[-1] in names for words in told if words) if names and told else None

    def wanted(self, text: gum.GumText) -> Iterator[gum.Attribution]:
        """The attributions by a verb of saying; without VerbNet's table all of them."""
        if self.types == "all":
            return (one for one in text.attributions() if one.nucleus)
        return filter(attributions_gum.is_said, text.attributions())

    def names(self, path: str, one: Attribution) -> set[str]:
        """The words of the names of whom a source mentions."""
        known = self.chains[path]
        mention = known.at(one.source[0][0], one.source[-1][1]) if one.source else None
        return known.names.get(mention.chain, set()) if mention else set()


def reaches(one: Attribution, wanted: gum.Attribution) -> bool:
    """Whether what was found is an attribution of GUM's: its cue (or source) says it, its content is said."""
    return touches(one.cue or one.source, wanted.satellite) and touches(one.content, wanted.nucleus)


def touches(pieces, words: list[gum.Word]) -> bool:
    """Whether pieces have one of the words, or a part of it."""
    return any(start < word.end and word.start < end for start, end in pieces for word in words)


def polnear(folder: Path, part: str) -> Iterator[Corpus]:
    """PolNeAR's dev or train part, and the articles of train that were annotated by reading, where they are there."""
    yield of_folder(f"PolNeAR {part}", folder / part)
    articles = read_articles(folder)
    if articles:
        yield articles


def read_articles(folder: Path) -> Marked | None:
    """The 20 articles of PolNeAR's train part that were annotated by reading."""
    texts = {path.stem: path for path in (folder / "train" / "text").glob("*.txt")}
    names = sorted(path.stem for path in GOLD.glob("*.jsonl") if not path.stem.startswith(OTHER_GOLD))
    documents = [document_of(texts[name]) for name in names if name in texts]
    rows = {one.path: read_rows(one) for one in documents}
    return Marked("20 articles, all depths", documents, fast=True, gold=rows, nested=True) if documents else None


def read_rows(document: Document) -> list[Attribution]:
    """The annotations of one of the 20 articles."""
    lines = (GOLD / f"{Path(document.path).stem}.jsonl").read_text(encoding="utf-8").splitlines()
    return [annotated(document.text, json.loads(line)) for line in lines]


def document_of(path: Path) -> Document:
    """A text file as it stands."""
    (item,) = inputs([str(path)])
    return read_one(item, AS_THEY_STAND)


def of_folder(name: str, folder: Path, nested: bool = False) -> Marked:
    """A folder of texts and annotations in any format of `claims evaluate`.

    Raises:
        InputError, UsageError: there is no such folder, or a text cannot be read.
    """
    found = gold.find(str(folder))
    corpus = Marked(name, [], broken=list(found.errors), nested=nested)
    for item, sheet in found.texts:
        document = read_one(item, AS_THEY_STAND)
        reading = sheet.of(document)
        corpus.documents.append(document)
        corpus.gold[document.path] = reading.attributions
        corpus.broken += reading.errors
    if not found.texts:
        raise InputError(str(folder), "no text in this folder is annotated", "docs/benchmark.md says how", "find")
    return corpus


def gum_corpus(folder: Path) -> Gum:
    """The texts of a folder of GUM's CoNLL-U files that may be looked at.

    Raises:
        InputError: none of them is there.
    """
    paths = [folder / f"{name}.conllu" for name in GUM_TEXTS.read_text(encoding="utf-8").split()]
    known = {f"{path.stem}.txt": chains(path) for path in paths if path.exists()}
    if not known:
        raise InputError(
            str(folder), "holds none of the files of gum_texts.txt", "give the folder of GUM_….conllu", "find"
        )
    read = {name: one.text for name, one in known.items()}
    documents = [Document(name, text.text) for name, text in read.items()]
    is_told = VERBNET.exists()
    name = "GUM, said" if is_told else "GUM, attributed"
    return Gum(name, documents, "said" if is_told else "all", read=read, chains=known)


def seeds() -> Marked:
    """The five articles that lie in the repository, with all that is said in them."""
    documents = [document_of(path) for path in sorted((ROOT / "seeds").glob("*.txt"))]
    rows = {one.path: [seed_row(one.text, row) for row in golden(Path(one.path).stem)] for one in documents}
    return Marked("five seeds, all depths", documents, "said", gold=rows, nested=True)


def seed_row(text: str, row: dict) -> Annotated:
    """One expected claim of a seed."""
    near = line_start(text, row["line"])
    content, cue = spans_of(text, row["content"], near), cues_in_line(text, row["cue"], row["line"])
    cue = sorted(cue, key=lambda place: abs(place[0] - content[0][0]))[:1]
    source = spans_of(text, row["source"], cue[0][0] if cue else near) if row.get("source") else []
    stated = {"speaker": row["speaker"], "type": row["type"], "quote": row["quote"]}
    stated |= {name: row[name] for name in ("named", "speaker_kind") if name in row}
    pieces = (tuple(map(tuple, part)) for part in (source, cue, content))
    return Annotated(*pieces, stated, nested=bool(row.get("via")), doubtful="arguable" in row)
