"""What furniture costs: articles of PolNeAR dev put into scraped pages, against the same articles bare.

    python -m benchmarks.furniture                    every article, as scraped plain text and as HTML
    python -m benchmarks.furniture --articles 12      fewer, evenly chosen
    python -m benchmarks.furniture --show 40          and the claims from furniture, and those lost or changed

The furniture is drawn with a fixed seed from `furniture_pool.yaml`: captions that attribute, buttons, notices, other
articles' headlines, bylines, comments. Its half `seen` was looked at while the rules were written; of `unseen` only
what leaked of it, once (a credit of two agencies).

- from furniture: claims of which cue and content stand in a line that was put in, as share of all claims of the page
- lost: claims of the bare article that the page does not have, nor one at the same cue whose content overlaps
- changed: those of which the page has speaker, cue or content in other words
"""

import argparse
import html
import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from benchmarks.polnear import FOLDER
from claims_cli.claim import Claim, Document
from claims_cli.errors import InputError
from claims_cli.extraction import Extractor
from claims_cli.formats import plain
from claims_cli.inputs.options import ReadOptions
from claims_cli.inputs.readers import documents

POOL = Path(__file__).with_name("furniture_pool.yaml")
HALVES = ("seen", "unseen")
SEED = 7
LEAST = 0.4
BETWEEN = 0.5  # how often something stands between two paragraphs
Pool = dict[str, list[str]]


@dataclass
class Page:
    """An article with furniture put in: the file that a reader gets, and what was put in."""

    name: str
    content: str
    put_in: list[str] = field(default_factory=list)


@dataclass
class Figures:
    """What pages gave, against their bare articles."""

    bare: int = 0
    found: int = 0
    furniture: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)

    def show(self, title: str) -> None:
        """Print them in a line."""
        shares = (
            f"from furniture {len(self.furniture) / max(1, self.found):6.2%} of {self.found}",
            f"lost {len(self.lost) / max(1, self.bare):6.2%} of {self.bare}",
            f"changed {len(self.changed) / max(1, self.bare):6.2%}",
        )
        print(f"{title:24} {'   '.join(shares)}")


@cache
def pool(half: str) -> Pool:
    """The lines of a half of the pool, by kind."""
    return yaml.safe_load(POOL.read_text(encoding="utf-8"))[half]


def articles(most: int | None = None) -> list[tuple[str, list[str]]]:
    """(name, paragraphs, the headline first) of articles of PolNeAR dev, evenly chosen."""
    paths = sorted((FOLDER / "dev" / "text").glob("*.txt"))
    found = []
    for path in paths[:: max(1, len(paths) // (most or len(paths)))][:most]:
        paragraphs = [line.strip() for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        found.append((path.stem, [paragraphs[0].removesuffix("."), *paragraphs[1:]]))
    return found


def separator(name: str) -> str:
    """What stands between the lines of a scraped text: an empty line, in a third of them none."""
    return "\n" if random.Random(f"{SEED} lines {name}").random() < 1 / 3 else "\n\n"


def bare_text(name: str, paragraphs: list[str]) -> Page:
    """The article alone."""
    return Page(name, separator(name).join(paragraphs))


def scraped_text(name: str, paragraphs: list[str], kinds: Pool) -> Page:
    """The article as plain text with its page's furniture still in it."""
    draw = random.Random(f"{SEED} {name}")
    lines, put_in = [paragraphs[0]], []

    def put(*chosen: str, times: int = 1) -> None:
        items = draw.sample([line for kind in chosen for line in kinds[kind]], times)
        put_in.extend(items)
        lines.extend(items)

    if draw.random() < 0.5:
        lines.append(paragraphs[0])
    put("head", times=2)
    put("share")
    put("caption")
    for number, paragraph in enumerate(paragraphs[1:], 1):
        lines.append(paragraph)
        if draw.random() < BETWEEN and number < len(paragraphs) - 1:
            put("share", "notice", "caption", "link", "block")
    put("foot", times=3)
    put("block")
    put("notice")
    return Page(name, separator(name).join(lines), put_in)


def element(name: str, text: str, role: str = "") -> str:
    """One HTML element."""
    lines = "<br>".join(html.escape(line) for line in text.split("\n"))
    return f'<{name} class="{role}">{lines}</{name}>' if role else f"<{name}>{lines}</{name}>"


def headline_list(text: str) -> str:
    """A list of other articles in a sidebar."""
    heading, *titles = text.split("\n")
    entries = "".join(f'<li><a href="/a">{html.escape(title)}</a></li>' for title in titles)
    return f'<aside class="related sidebar"><h3>{html.escape(heading)}</h3><ul>{entries}</ul></aside>'


def web_page(name: str, paragraphs: list[str], kinds: Pool) -> Page:
    """The article in an HTML page with navigation, captions, a sidebar and comments."""
    draw = random.Random(f"{SEED} page {name}")
    put_in: list[str] = []

    def pick(kind: str) -> str:
        put_in.append(draw.choice(kinds[kind]))
        return put_in[-1]

    def between() -> str:
        makers: tuple[Callable[[], str], ...] = (
            lambda: f'<figure><img src="a.jpg">{element("figcaption", pick("caption"))}</figure>',
            lambda: f'<div class="related-link"><a href="/a">{html.escape(pick("link"))}</a></div>',
            lambda: element("div", pick("notice"), "newsletter-signup"),
            lambda: element("div", pick("share"), "share-buttons"),
        )
        return draw.choice(makers)()

    body = [element("p", paragraph) + (between() if draw.random() < BETWEEN else "") for paragraph in paragraphs[1:]]
    menu = "".join(f'<li><a href="/s">{word}</a></li>' for word in ("Home", "World", "Politics", "Sport"))
    comments = "".join(element("div", pick("comment"), "comment") for _ in range(3))
    content = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{html.escape(paragraphs[0])} | The Mercury</title></head><body>
<div class="cookie-banner">{html.escape(pick("notice"))}</div>
<header><nav><ul>{menu}</ul></nav></header>
<main><article><h1>{html.escape(paragraphs[0])}</h1>
{element("p", pick("head"), "byline")}{element("div", pick("share"), "social-share")}
<figure><img src="a.jpg">{element("figcaption", pick("caption"))}</figure>
{chr(10).join(body)}
</article></main>
{headline_list(pick("block"))}
<section id="comments" class="comments"><h2>Comments</h2>{comments}</section>
<footer>{element("p", pick("foot"))}{element("p", pick("foot"))}</footer>
</body></html>"""
    return Page(name, content, put_in)


def read_page(page: Page) -> Document | InputError:
    """The document of an HTML page."""
    return next(documents(page.name, page.content.encode(), ".html", ReadOptions()))


def read_text(page: Page) -> Document:
    """The document of a plain text."""
    return plain.read(page.name, page.content.encode())


def claims_of(extractor: Extractor, documents: Iterable[Document | InputError]) -> list[list[Claim]]:
    """The claims of each document from the default threshold on, of every type."""
    return [[one for one in claims if one.confidence >= LEAST] for _, claims in extractor.extract(documents)]


def plainly(text: str) -> str:
    """A text with its white space collapsed."""
    return " ".join(text.split())


def words_of(claim: Claim) -> tuple[str, str, str]:
    """Speaker, cue and content."""
    cue = claim.cue.text if claim.cue else ""
    return plainly(claim.speaker or ""), plainly(cue), plainly(claim.content.text)


def told(claim: Claim) -> str:
    """A claim in a line."""
    return " | ".join((claim.doc, *words_of(claim)))[:300]


def is_like(one: Claim, other: Claim) -> bool:
    """Whether two claims say the same of the same words, in a longer or shorter piece of them."""
    (_, cue, content), (_, other_cue, other_content) = words_of(one), words_of(other)
    shared = set(content.split()) & set(other_content.split())
    same_cue = bool(set(cue.split()) & set(other_cue.split()))
    return same_cue and 2 * len(shared) >= min(len(set(content.split())), len(set(other_content.split())))


def stands_in(claim: Claim, lines: list[str]) -> bool:
    """Whether cue and content both stand in one of the lines."""
    _, cue, content = words_of(claim)
    return any(cue in line and all(piece in line for piece in content.split(" … ")) for line in lines)


def compare(figures: Figures, page: Page, bare: list[Claim], found: list[Claim]) -> None:
    """Count what a page gave against its bare article."""
    lines = [plainly(item) for item in page.put_in]
    own = [claim for claim in found if not stands_in(claim, lines)]
    figures.bare += len(bare)
    figures.found += len(found)
    figures.furniture += [told(claim) for claim in found if stands_in(claim, lines)]
    left = Counter(map(words_of, own))
    missing = []
    for claim in bare:
        if left[words_of(claim)]:
            left[words_of(claim)] -= 1
        else:
            missing.append(claim)
    others = [claim for claim in own if left[words_of(claim)] > 0]
    for claim in missing:
        near = next((other for other in others if is_like(claim, other)), None)
        if near is None:
            figures.lost.append(told(claim))
        else:
            others.remove(near)
            figures.changed.append(f"{told(claim)}\n      -> {' | '.join(words_of(near))[:300]}")
    figures.added += [told(claim) for claim in others]


def measure(extractor: Extractor, most: int | None = None) -> dict[str, Figures]:
    """The figures of scraped text and of HTML, for both halves of the pool."""
    rows = articles(most)
    pages: dict[str, list[Page]] = {"bare": [bare_text(*row) for row in rows]}
    for half in HALVES:
        pages[f"scraped text, {half}"] = [scraped_text(*row, pool(half)) for row in rows]
        pages[f"HTML, {half}"] = [web_page(*row, pool(half)) for row in rows]
    read = [
        read_page(page) if title.startswith("HTML") else read_text(page)
        for title, group in pages.items()
        for page in group
    ]
    found = iter(claims_of(extractor, read))
    claims = {title: [next(found) for _ in group] for title, group in pages.items()}
    results = {}
    for title in list(pages)[1:]:
        results[title] = Figures()
        for page, bare, given in zip(pages[title], claims["bare"], claims[title], strict=True):
            compare(results[title], page, bare, given)
    return results


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, metavar="N", help="only so many articles")
    options.add_argument("--show", type=int, default=0, metavar="N", help="so many claims of each kind")
    arguments = options.parse_args()
    for title, figures in measure(Extractor(), arguments.articles).items():
        figures.show(title)
        for name in ("furniture", "lost", "changed", "added"):
            for line in getattr(figures, name)[: arguments.show]:
                print(f"    {name}: {line}")


if __name__ == "__main__":
    main()
