"""The worked example of docs/trust.md: an invented corpus, invented coders, the commands, and every figure of the page.

    python -m benchmarks.trust_example [FOLDER]     in this folder, otherwise in one that is thrown away

No sentence is anybody's: names, outlets and topics are put together by a seed. What is true of a claim is decided by a
seed too, so that doubtful claims are wrong more often; each coder then slips now and then. So the figures say nothing
of how good the tool is, only how a corpus is measured.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

ARTICLES, PARAGRAPHS, SEED = 240, 6, 2024
OUTLETS = ("Morning Post", "Evening Times")
NAMES = ("Ann Roe", "John Lee", "Mia Poe", "David Lang", "Ruth Bell", "Omar Reed", "Ivy Shaw", "Paul West")
TOPICS = ("bridge", "ferry", "harbour", "school", "market", "station", "library", "stadium")
SHAPES = (
    "{name} said that the {topic} would open in {year}.",
    "“The {topic} is unsafe,” said {name}.",
    "{name} denied that the {topic} had been sold.",
    "According to {name}, the {topic} costs too much.",
    "{name} called for a new {topic} by {year}.",
    "A senior official said the {topic} was closed.",
    "The report shows that the {topic} lost money in {year}.",
    "{name} told reporters the “{topic} question” would be settled in {year}.",
    "The {topic} has stood beside the river since {year}.",
    "Nobody was at the {topic} when the rain began in {year}.",
    "Visitors to the {topic} paid more in {year} than before.",
    "The council spent the “{topic} fund” in {year}.",
)
SLIPS = 0.02  # of a coder's cells
COMMANDS = """claims extract corpus.csv --db claims.db -q
claims sample claims.db -o sample.csv --claims 200 --sentences 200 --seed 1
claims agreement sample-A.csv sample-B.csv -o sample-decided.csv
claims evaluate --sample sample.csv
claims stats claims.db --corrected sample.csv --by type -q
claims calibrate --marks claims.db --sample sample.csv -q"""
SENTENCE = """We drew a random sample of {claims} of the {found} claims that the tool found, stratified by confidence, \
outlet and rule, and of {sentences} of the {bare} sentences in which it found none, stratified by outlet and by signs \
of a quotation. Two coders judged both blind (Krippendorff's alpha {alpha} for whether it is a claim, {alpha_type} for \
its type) and settled their differences. Precision is {precision}, recall {recall}; of the right claims {speaker} have \
the right speaker. Denials are {denials} of the true claims (prediction-powered estimate), where the tool counts \
{counted}."""


def corpus(random: Random) -> list[dict[str, str]]:
    """The rows of the invented corpus."""
    rows = []
    for number in range(ARTICLES):
        told = [
            random.choice(SHAPES).format(
                name=random.choice(NAMES), topic=random.choice(TOPICS), year=random.randint(1990, 2030)
            )
            for _ in range(PARAGRAPHS)
        ]
        day = f"2024-{1 + number % 12:02}-{1 + number % 28:02}"
        rows.append({"text": "\n\n".join(told), "outlet": random.choice(OUTLETS), "date": day})
    return rows


def truth_of(unit: dict[str, str]) -> dict[str, str]:
    """What is true of a unit of a key, by its id."""
    random = Random(f"{SEED} {unit['id']}")
    if unit["unit"] == "sentence":
        missed = random.random() < (0.15 if "“" in unit["sentence"] else 0.03)
        return {"missed": "1", "type": random.choice(("statement", "denial"))} if missed else {"missed": "0"}
    if random.random() > float(unit["confidence"]) - 0.04:
        return {"claim": "wrong", "missed": "0"}
    kind = "denial" if unit["found_type"] == "statement" and random.random() < 0.04 else unit["found_type"]
    speaker = "right" if random.random() < 0.95 else "wrong"
    return {"claim": "right", "speaker_right": speaker, "content_right": "right", "type": kind, "missed": "0"}


def slipped(said: dict[str, str], random: Random) -> dict[str, str]:
    """What a coder writes, who slips now and then."""
    turned = {"right": "wrong", "wrong": "right", "0": "1", "1": "0", "statement": "denial", "denial": "statement"}
    return {column: turned.get(word, word) if random.random() < SLIPS else word for column, word in said.items()}


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a sheet."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    """Write a sheet."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def fill(folder: Path, name: str) -> None:
    """Fill in the sheet of a coder, or with the truth that of what they differed in."""
    truths = {unit["id"]: truth_of(unit) for unit in read(folder / "sample.csv")}
    random = Random(f"{SEED} {name}")
    path = folder / f"sample-{name}.csv"
    filled = []
    for row in read(path):
        said = truths[row["id"]]
        filled.append({**row, **(said if name == "decided" else slipped(said, random))})
    write(path, filled)


def run(line: str, folder: Path) -> str:
    """What a command prints, what it says beside it included."""
    words = [sys.executable, "-m", "claims_cli", *line.split()[1:]]
    here = str(Path(__file__).resolve().parent.parent)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH")]))}
    done = subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, encoding="utf-8", check=True)
    return done.stdout + done.stderr


def work(folder: Path) -> str:
    """Run the example in a folder; all that the page shows."""
    write(folder / "corpus.csv", corpus(Random(SEED)))
    printed = {}
    for line in COMMANDS.splitlines():
        printed[line] = run(line, folder)
        name = line.split()[1]
        for sheet in {"sample": ("A", "B"), "agreement": ("decided",)}.get(name, ()):
            fill(folder, sheet)
    told = "".join(f"$ {line}\n{text}" for line, text in printed.items())
    return f"{told}\n{sentence(folder, printed)}\n"


def sentence(folder: Path, printed: dict[str, str]) -> str:
    """The sentences for a methods section, every figure from what the commands print and the key tells."""
    figures = json.loads(run("claims evaluate --sample sample.csv --format json -q", folder))["figures"]
    found = {one["figure"]: one for one in figures if one["section"] == "all"}
    shares = json.loads(run("claims stats claims.db --corrected sample.csv --by type --format json -q", folder))
    denials = next(one for one in shares if one["name"] == "denial")
    mended = (denials[f"corrected_{end}"] for end in ("share", "from", "to"))
    alphas = dict(line.split("\t")[:2] for line in printed[COMMANDS.splitlines()[2]].splitlines() if "\t" in line)
    key = read(folder / "sample.csv")
    claims = [unit for unit in key if unit["unit"] == "claim"]
    sizes = {unit["stratum"]: int(unit["stratum_size"]) for unit in key}
    whole = sum(size for name, size in sizes.items() if name.startswith("claim"))
    return SENTENCE.format(
        claims=len(claims), found=f"{whole:,}", sentences=len(key) - len(claims),
        bare=f"{sum(sizes.values()) - whole:,}", alpha=alphas["claim"], alpha_type=alphas["type"],
        precision=share(found["precision"]), recall=share(found["recall"]), speaker=share(found["speaker"]),
        denials=share(dict(zip(("share", "low", "high"), mended, strict=True))),
        counted=f"{denials['counted_share']:.1%}",
    )  # fmt: skip


def share(one: dict[str, float]) -> str:
    """A share with its interval."""
    return f"{one['share']:.1%} (95 % interval {100 * one['low']:.1f}–{100 * one['high']:.1f})"


def main() -> None:
    """Print the example."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", nargs="?", type=Path)
    given = options.parse_args().folder
    if given is not None:
        given.mkdir(parents=True, exist_ok=True)
        print(work(given), end="")
        return
    with tempfile.TemporaryDirectory() as folder:
        print(work(Path(folder)), end="")


if __name__ == "__main__":
    main()
