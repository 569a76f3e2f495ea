"""Whether a run into a store that is killed again and again ends with the same store as one that nobody disturbs.

    python -m benchmarks.kills [KILLS [FOLDER]]        by default 50, over the articles of seeds/

Each run is killed (SIGKILL) after a random part of the time that an undisturbed one takes, and goes on, until one ends
before it is killed; then the next store is begun. Only kills that met a run count.
"""

import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from claims_cli.codec import all_columns

DOCUMENT = "path, sha256, text_sha256, title, date, encoding, notes, articles, furniture, made_with, text"
COMPARED = {
    "documents": f"SELECT {DOCUMENT} FROM documents",
    "claims": "SELECT {} FROM claims".format(", ".join(f'"{name}"' for name in all_columns())),
    "speakers": "SELECT * FROM speakers",
    "names": "SELECT speaker, name FROM speaker_names",
    "who said what": "SELECT doc, id, claim_speakers.speaker, name FROM claim_speakers JOIN claims ON number = claim",
    "found by name": "SELECT doc, claims.id, names.name FROM claim_names JOIN names ON names.id = claim_names.name "
    "JOIN claims ON number = claim",
}


def contents(path: Path) -> dict[str, list]:
    """All that a store holds, but for when it was read: the same for two stores of the same documents."""
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert not connection.execute("PRAGMA foreign_key_check").fetchall()
    connection.execute("INSERT INTO claims_fts(claims_fts, rank) VALUES ('integrity-check', 1)")
    connection.rollback()
    found = {name: sorted(map(repr, connection.execute(query))) for name, query in COMPARED.items()}
    connection.close()
    return found


def command(folder: str, path: Path) -> list[str]:
    """The command that stores a folder's claims."""
    return [sys.executable, "-m", "claims_cli", "extract", folder, "--db", str(path), "--quiet"]


def killed(words: list[str], after: float) -> bool:
    """Start a command and kill it after some seconds; whether it was still running then."""
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return False


def differing(one: dict[str, list], other: dict[str, list]) -> list[str]:
    """In which tables two stores differ."""
    return [name for name in COMPARED if one[name] != other[name]]


def main() -> None:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    texts = sys.argv[2] if len(sys.argv) > 2 else "seeds"
    chance = random.Random()
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.db"
        begin = time.perf_counter()
        subprocess.run(command(texts, whole), check=True)
        lasts = time.perf_counter() - begin
        wanted = contents(whole)
        counts = ", ".join(f"{len(rows)} {name}" for name, rows in wanted.items())
        print(f"an undisturbed run takes {lasts:.1f} s and stores {counts}")
        done = stores = wrong = 0
        while done < kills:
            stores += 1
            path = Path(folder) / f"{stores}.db"
            goes_on = True
            while goes_on and done < kills:
                goes_on = killed(command(texts, path), chance.uniform(0, lasts))
                done += goes_on
            subprocess.run(command(texts, path), check=True)
            found = differing(wanted, contents(path))
            wrong += bool(found)
            verdict = f"differs in {', '.join(found)}" if found else "the same"
            print(f"{done} kills, store {stores}: {verdict}", flush=True)
        print(f"{wrong} stores of {stores} differ from the undisturbed one")
        sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
