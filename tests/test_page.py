"""The HTML page in a real browser: what a reader sees, does and is safe from. Skipped where there is no Chromium."""

import re
import time
from collections import defaultdict
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims_cli import outputs
from claims_cli.claim import ArticleSpan, Basis, Claim, Document, Span, Voice
from claims_cli.corpus import Corpus
from claims_cli.errors import UsageError
from claims_cli.formats import plain
from claims_cli.outputs.background import Background
from claims_cli.outputs.layout import Layout
from claims_cli.outputs.page.marking import Marker
from claims_cli.rulebook import load
from claims_cli.store import marks_file
from tests.conftest import ROOT

FACTS = {
    "versions": {
        "claims": "0.1", "python": "3.11", "spacy": "3.8", "model": "m", "model_version": "1", "rulebook": "ab" * 32,
    },
    "shown": {"types": ["statement"], "confidence": 0.4},
    "started": "2026-01-02T03:04:05+00:00",
    "counts": {
        "documents": 3, "failed": 1, "claims": 9, "shown": 6, "kept_back_by_limit": 0,
        "kept_back_by_type": {"thought": 2}, "kept_back_by_confidence": 1, "not_read_in_folders": {},
    },
}  # fmt: skip
BRIDGE = """The bridge

The ministry said Ann Roe had warned the council that the bridge was unsafe. Nothing else was known.

“It will fall,” she told AFP on Monday, “and soon.”

A spokesman denied it.
"""
FERRY = "The ferry\n\nJohn Lee asked whether the ferry was late. The harbour was quiet that day.\n"
HOSTILE = (
    "Eva Lund said that <script>hacked=1</script><img src=x onerror=hacked=2></script>&amp;{{ 7*7 }} "
    "\x1b[31mred \u202eevil\u202c fell\u2028down.\n"
)


def span(text: str, *words: str) -> Span:
    return Span.of(text, tuple((text.index(one), text.index(one) + len(one)) for one in words))


def make(document: Document, number: int, source: str, cue: str, content: tuple[str, ...], **more) -> Claim:
    """A claim of words of a document."""
    text = document.text
    told = span(text, *content)
    start, end = told.spans[0]
    sentences = re.split(r"(?<=[.”])\s+|\n\n", text)
    sentence = next((" ".join(part.split()) for part in sentences if text[start:end] in part), "")
    claim = Claim(
        id=f"{number:016x}", doc=document.path, doc_sha256=document.sha256, title=None, outlet=document.outlet,
        author=None, date=document.date, url=document.url, article=1, line=document.line_of(start), page=None, row=None,
        time=None, start=start, end=end, sentence=sentence, speaker=source, speakers=(source,), speaker_id=None,
        speaker_basis="named", speaker_confidence=1.0, pronoun=None, anonymity=None,
        speaker_kind="person", named=True, speaker_role=None, source=span(text, source), cue=span(text, cue),
        cue_lemma=cue, content=told, addressee=None, medium=None, when=None, quote="indirect", type="statement",
        negated=False, via=(), citing=(), rule="said", confidence=0.9, same_as=(),
    )  # fmt: skip
    return replace(claim, **more)


def document(path: str, text: str, **more) -> Document:
    return replace(
        plain.read(path, text.encode()), articles=(ArticleSpan(1, 0, len(text), text.split("\n")[0]),), **more
    )


def background(documents: list[Document]) -> Background:
    rulebook = load()
    return Background(
        {one.path: one for one in documents},
        lambda claims: Corpus(claims, rulebook).identities,
        lambda: FACTS,
        {"said": "X says Y"},
    )


def story() -> tuple[list[Claim], list[Document]]:
    """Two articles and six claims: one inside another, one in two pieces, one unnamed, one with a chain."""
    bridge = document(
        "secret/folder/bridge.txt", BRIDGE, outlet="The Post", date="2026-01-01", url="https://example.org/b"
    )
    ferry = document("secret/folder/ferry.txt", FERRY, url="javascript:alert(1)")
    warned = "Ann Roe had warned the council that the bridge was unsafe"
    minister = make(bridge, 1, "The ministry", "said", (warned,), speaker_kind="organization")
    roe = make(
        bridge, 2, "Ann Roe", "had warned", ("that the bridge was unsafe",), addressee=span(BRIDGE, "the council"),
        via=(Voice("The ministry", "said", minister.id),), speaker_role="engineer", sentence=minister.sentence,
    )  # fmt: skip
    fall = make(
        bridge, 3, "she", "told", ("“It will fall,”", "“and soon.”"), speaker="Ann Roe", speakers=("Ann Roe",),
        medium=span(BRIDGE, "AFP"), when=span(BRIDGE, "on Monday"), quote="direct", confidence=0.97,
        speaker_basis="pronoun", speaker_confidence=0.84,
        sentence="“It will fall,” she told AFP on Monday, “and soon.”",
    )  # fmt: skip
    denied = make(
        bridge, 4, "A spokesman", "denied", ("it.",), named=False, type="denial", confidence=0.45, negated=True,
        citing=(Basis("a memo", span(BRIDGE, "it.")),),
    )  # fmt: skip
    late = make(ferry, 5, "John Lee", "asked", ("whether the ferry was late",), type="question", quote="indirect")
    return [minister, roe, fall, denied, late], [bridge, ferry]


def written(path, claims: list[Claim], documents: list[Document], **layout) -> str:
    outputs.write_file(path, "html", claims, Layout(**layout), background(documents))
    return path.as_uri()


@pytest.fixture
def visit(browser):
    """Open a page; in the end it must have loaded nothing, broken no policy and reported no error."""
    opened, told, loaded = [], [], []

    def opens(address: str, width: int = 1400, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        page = context.new_page()
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("request", lambda request: loaded.append(request.url))
        page.add_init_script(
            "document.addEventListener('securitypolicyviolation', e => console.error(e.violatedDirective))"
        )
        page.goto(address)
        opened.append(context)
        return page

    yield opens
    for context in opened:
        context.close()
    assert told == []
    assert {address.partition(":")[0] for address in loaded} <= {"file"}


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    return written(tmp_path_factory.mktemp("page") / "report.html", *story())


def status(page) -> str:
    return page.locator("#status").inner_text()


def speakers(page) -> list[str]:
    return page.locator("#rows .by b").all_inner_texts()


def lit(page, role: str) -> list[str]:
    """The words that are lit up as a part of the claim in the card, claim numbers left out."""
    script = """(found) => found.map((element) => {
      const copy = element.cloneNode(true);
      copy.querySelectorAll('.mark').forEach((mark) => mark.remove());
      return copy.textContent;
    })"""
    return page.locator(f".on.{role}").evaluate_all(script)


def settles(read, expected) -> None:
    """What a page comes to show once its events have run."""
    last = time.monotonic() + 5
    while read() != expected and time.monotonic() < last:
        time.sleep(0.02)
    assert read() == expected


def lights(page, role: str, *expected: str) -> None:
    settles(lambda: lit(page, role), list(expected))


def test_typing_narrows_the_list_and_the_articles(visit, address):
    page = visit(address)
    settles(lambda: status(page), "5 claims")
    page.locator("#text").fill("bridge unsafe")
    settles(lambda: status(page), "2 of 5 claims")
    settles(lambda: speakers(page), ["The ministry", "Ann Roe"])
    assert page.locator("main > article:visible h2").all_inner_texts() == ["The bridge"]
    settles(page.locator(".cue.off:visible").all_inner_texts, ["told", "denied"])
    page.locator("#text").fill("nobody said this")
    settles(lambda: status(page), "0 of 5 claims")
    page.locator("#clear").click()
    settles(lambda: (status(page), len(speakers(page))), ("5 claims", 5))
    settles(page.locator(".off").count, 0)


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("speaker", "ann", ["Ann Roe", "Ann Roe"]),
        ("speaker_kind", "organization", ["The ministry"]),
        ("type", "question", ["John Lee"]),
        ("quote", "direct", ["Ann Roe"]),
        ("named", "unnamed", ["A spokesman"]),
        ("confidence", "0.95", ["Ann Roe"]),
        ("inferred", "inferred", ["Ann Roe"]),
        ("marked", "none", ["The ministry", "Ann Roe", "Ann Roe", "A spokesman", "John Lee"]),
    ],
)
def test_each_field_filters(visit, address, field, value, expected):
    page = visit(address)
    page.locator(".more summary").click()
    control = page.locator(f"#{field}")
    if field in ("speaker", "confidence"):
        control.fill(value)
    else:
        control.select_option(value)
    settles(lambda: speakers(page), expected)


def test_a_claim_that_is_clicked_is_lit_up_told_of_and_in_the_address_and_back_goes_back(visit, address):
    page = visit(address)
    page.locator("#rows a").nth(2).click()
    assert page.url.endswith("#0000000000000003")
    lights(page, "source", "she")
    lights(page, "cue", "told")
    lights(page, "content", "“It will fall,”", "“and soon.”")
    card = page.locator("#card").inner_text()
    for words in ("Ann Roe", "AFP", "on Monday", "0.97", "direct quotation", "X says Y", "bridge.txt", "line 5"):
        assert words in card
    original = page.locator("#card a", has_text="original")
    assert original.get_attribute("href").startswith("https://example.org/b#:~:text=")
    assert "noopener" in original.get_attribute("rel")
    page.locator(".cue", has_text="denied").click()
    assert page.url.endswith("#0000000000000004")
    assert "negated" in page.locator("#card").inner_text()
    page.go_back()
    assert page.url.endswith("#0000000000000003")
    lights(page, "cue", "told")
    assert page.locator("#rows a[aria-current]").inner_text().startswith("Ann Roe")
    page.go_back()
    settles(page.locator(".on").count, 0)


def test_a_claim_inside_another_is_lit_up_alone_and_its_chain_leads_to_the_outer_one(visit, address):
    page = visit(address + "#0000000000000002")
    lights(page, "content", "that the bridge was unsafe")
    lights(page, "source", "Ann Roe")
    page.locator("#card a", has_text="The ministry").click()
    assert page.url.endswith("#0000000000000001")
    lights(page, "content", "Ann Roe had warned the council that the bridge was unsafe")


def test_pointing_at_a_claim_shows_its_card_until_the_pointer_leaves(visit, address):
    page = visit(address)
    page.locator(".source", has_text="John Lee").hover()
    page.locator("#card .who", has_text="John Lee").wait_for()
    page.locator("h1").hover()
    page.locator("main").hover(position={"x": 5, "y": 5})
    page.locator("#card .hint").wait_for()
    assert page.url == address


def test_the_keyboard_alone_does_everything(visit, address):
    page = visit(address)
    press = page.keyboard.press
    press("/")
    page.keyboard.type("ann roe")
    settles(lambda: speakers(page), ["The ministry", "Ann Roe", "Ann Roe"])
    press("Enter")
    press("ArrowDown")
    press("Enter")
    lights(page, "cue", "had warned")
    settles(lambda: page.evaluate("document.activeElement.id"), "0000000000000002")
    press("j")
    lights(page, "cue", "told")
    assert page.locator("#told").text_content() == "Claim 3: Ann Roe told"
    assert status(page) == "3 of 5 claims"
    press("k")
    press("k")
    lights(page, "cue", "said")
    press("l")
    assert page.evaluate("document.activeElement.closest('#rows') !== null")
    press("Escape")
    settles(page.locator(".on").count, 0)
    press("/")
    press("Escape")
    settles(lambda: status(page), "5 claims")


def test_letters_do_nothing_where_that_is_switched_off(visit, address):
    page = visit(address)
    page.locator(".keys summary").click()
    page.locator("#shortcuts").uncheck()
    page.keyboard.press("j")
    settles(page.locator(".on").count, 0)


def test_a_voice_of_the_chart_filters_and_its_table_tells_the_same(visit, address):
    page = visit(address)
    page.locator("[data-to=charts]").click()
    figure = page.locator("figure", has_text="Who speaks")
    figure.locator("summary").click()
    rows = [row.split("\t") for row in figure.locator("tbody tr").all_inner_texts()]
    assert rows[0][:3] == ["Ann Roe", "2", "1"]
    figure.locator("button", has_text="John Lee").click()
    settles(lambda: speakers(page), ["John Lee"])
    relays = page.locator("figure", has_text="Who relays whom")
    relays.locator("summary").click()
    assert relays.locator("tbody tr").all_inner_texts() == ["The ministry\tAnn Roe\t1"]


def test_the_header_tells_the_run_and_what_was_kept_back(visit, address):
    page = visit(address)
    page.locator(".facts summary").click()
    told = page.locator(".facts").inner_text()
    for words in (
        "3 documents; 1 could not be read",
        "2 thought",
        "1 below that confidence",
        "0.40",
        "rulebook ababababab",
    ):
        assert words in told


def test_markup_scripts_and_escapes_of_a_document_are_text(visit, tmp_path):
    bad = document("a<b>\u202e.txt", HOSTILE, title="</title><script>hacked=3</script>", url="https://e.org/?a=\"'><b>")
    bad = replace(bad, articles=(ArticleSpan(1, 0, len(HOSTILE), None),))
    claim = make(bad, 1, "Eva Lund", "said", (HOSTILE[14:-2],), speaker="</script><script>hacked=4</script>\u202e")
    page = visit(written(tmp_path / "bad.html", [claim], [bad]) + "#0000000000000001")
    assert page.evaluate("typeof hacked") == "undefined"
    text = page.locator("article p[data-line]").inner_text()
    assert "<script>hacked=1</script><img src=x onerror=hacked=2></script>&amp;{{ 7*7 }} ␛[31mred" in text
    assert "[U+202E]evil" in text
    assert page.locator("main img").count() == 0
    assert "</script><script>hacked=4</script>" in page.locator("#card .who").inner_text()
    assert not set("\x1b\u202e\u202c") & set((tmp_path / "bad.html").read_text(encoding="utf-8"))


def test_only_web_addresses_are_links(visit, address):
    page = visit(address)
    for link in page.locator("main article > header a").all():
        assert link.get_attribute("href") == "https://example.org/b"
        assert "noopener" in link.get_attribute("rel")
    assert page.locator("main article > header a").count() == 1
    assert "javascript:" not in page.content().partition("<script>")[0]


@pytest.mark.parametrize("view", ["claims", "articles", "charts"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_no_accessibility_violation(visit, address, scheme, width, view):
    from axe_playwright_python.sync_playwright import Axe

    page = visit(address + "#0000000000000003", width, color_scheme=scheme)
    page.locator("#wrong").click()
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.evaluate(f"document.querySelector('[data-to={view}]').click()")
    if view == "claims":
        page.evaluate("document.getElementById('close').click()")
    page.wait_for_timeout(250)  # until colours have changed
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("width", [360, 800, 1400])
def test_nothing_sticks_out_at_the_side(visit, address, width):
    page = visit(address + "#0000000000000002", width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator("#card").bounding_box()
    mark = page.locator(".mark.on").bounding_box()
    assert 0 <= mark["y"] < 900
    assert not (box["x"] <= mark["x"] <= box["x"] + box["width"] and box["y"] <= mark["y"] <= box["y"] + box["height"])


def scrolled_inside(page) -> list[str]:
    """The elements, but for the sheet with the claim, that scroll inside the page."""
    return page.evaluate(
        """() => [...document.body.querySelectorAll('*')].filter((one) => one.id !== 'card' && !one.closest('.unseen')
          && /auto|scroll/.test(getComputedStyle(one).overflowY) && one.clientHeight && !one.matches('input, select'))
          .map((one) => one.id || one.className)"""
    )


@pytest.mark.parametrize("view", ["claims", "articles", "charts"])
def test_on_a_phone_nothing_scrolls_inside_the_page(visit, tmp_path, view):
    page = visit(written(tmp_path / "many.html", *crowd(120)), 390)
    page.locator(f"[data-to={view}]").click()
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert scrolled_inside(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_a_phone_the_articles_come_first_and_a_claim_of_the_list_leads_to_its_place(visit, address):
    page = visit(address, 390)
    assert page.locator("main > article").first.is_visible()
    assert not page.locator(".panel").is_visible()
    page.locator("[data-to=claims]").click()
    assert not page.locator("main").is_visible()
    page.locator("#rows a", has_text="John Lee").click()
    settles(page.locator(".panel").is_visible, False)
    assert page.locator("#card .who").inner_text() == "John Lee"
    box, sheet = page.locator(".mark.on").bounding_box(), page.locator("#card").bounding_box()
    assert 0 <= box["y"] < sheet["y"]


def test_the_list_of_a_phone_goes_on_as_it_is_read(visit, tmp_path):
    page = visit(written(tmp_path / "many.html", *crowd(120)), 390)
    page.locator("[data-to=claims]").click()
    for _ in range(20):
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_timeout(30)
    assert page.locator("#rows li").count() == 120
    assert not page.locator("#further").is_visible()


def test_a_claim_far_down_stands_in_the_list_with_those_around_it(visit, tmp_path):
    page = visit(written(tmp_path / "many.html", *crowd(240)) + f"#{199:016x}")
    current = page.locator("#rows a[aria-current]")
    settles(lambda: current.locator(".by span").inner_text(), "200")
    before = current.bounding_box()["y"]
    assert 0 < before < 900
    page.locator("#earlier").evaluate("(one) => one.click()")
    settles(page.locator("#rows li").count, 80)
    assert abs(current.bounding_box()["y"] - before) < 40
    page.keyboard.press("k")
    settles(lambda: current.locator(".by span").inner_text(), "199")
    page.keyboard.press("l")
    page.keyboard.press("Home")
    settles(lambda: page.evaluate("document.activeElement.dataset.place"), "0")
    page.keyboard.press("End")
    settles(lambda: page.evaluate("document.activeElement.dataset.place"), "239")
    page.locator("#text").fill("ann")
    settles(lambda: page.locator("#rows .by span").first.inner_text(), "1")
    assert page.locator("#rows a[tabindex='0']").count() == 1


def test_from_article_to_article(visit, address):
    page = visit(address, 390)
    assert page.locator("#jump option").all_inner_texts() == ["1. The bridge", "2. The ferry"]
    page.locator("[data-to=claims]").click()
    page.locator("#jump").select_option("2")
    assert page.locator("#article-2").is_visible()
    settles(lambda: page.locator("#title-2").bounding_box()["y"] < 600, True)


def test_what_is_inferred_relayed_and_negated_stands_on_the_cards_of_the_list(visit, address):
    page = visit(address)
    cards = page.locator("#rows a").all_inner_texts()
    assert ["inferred" in card for card in cards] == [False, False, True, False, False]
    assert "inferred from “she”" in cards[2]
    assert ["via" in card for card in cards] == [False, True, False, False, False]
    assert "via The ministry" in cards[1]
    assert "negated" in cards[3]
    assert all("The bridge" in card for card in cards[:4])
    assert "bridge.txt" not in cards[0]
    assert page.locator("#rows .title").first.get_attribute("title") == "secret/folder/bridge.txt"
    page.locator("#rows a").nth(2).click()
    assert "Speaker inferred from “she”" in page.locator("#card .doubt").inner_text()
    assert "0.84" in page.locator("#card .doubt").inner_text()


def test_cards_are_as_high_as_their_text(visit, address):
    page = visit(address)
    heights = [round(row.bounding_box()["height"]) for row in page.locator("#rows li").all()]
    assert len(set(heights)) > 2
    for row in page.locator("#rows a").all():
        assert row.bounding_box()["y"] + row.bounding_box()["height"] - row.locator(".small").bounding_box()["y"] < 40


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("place", ["1", "2", "3", "4", "5"]),
        ("speaker", ["4", "2", "3", "5", "1"]),
        ("surest", ["3", "1", "2", "5", "4"]),
        ("doubtful", ["4", "1", "2", "5", "3"]),
    ],
)
def test_the_list_is_sorted(visit, address, order, expected):
    page = visit(address)
    page.locator("#sort").select_option(order)
    settles(lambda: page.locator("#rows .by span").all_inner_texts(), expected)
    page.keyboard.press("Escape")
    page.locator("#rows a").first.click()
    page.keyboard.press("j")
    settles(lambda: page.locator("#card-title").inner_text(), f"Claim {expected[1]} of 5")


def test_nothing_found_says_so_and_which_filter_keeps_it_out(visit, address):
    page = visit(address)
    page.locator(".more summary").click()
    page.locator("#type").select_option("question")
    page.locator("#text").fill("<b>xyz</b>")
    settles(lambda: status(page), "0 of 5 claims")
    told = page.locator("#nothing")
    assert "No claim fits." in told.inner_text()
    assert told.locator("button").all_inner_texts() == ["Without Find “<b>xyz</b>”: 1 claim"]
    assert "No article holds a claim" in page.locator("main").inner_text()
    told.locator("button").click()
    settles(lambda: speakers(page), ["John Lee"])
    assert not told.is_visible()
    page.locator("#text").fill("xyz")
    page.locator("#speaker").fill("nobody of that name")
    settles(lambda: told.inner_text(), "No claim fits. No single filter keeps them out: clear them all.")
    page.locator("#clear").click()
    settles(lambda: status(page), "5 claims")


def test_the_counts_say_what_they_count(visit, tmp_path):
    claims, documents = story()
    joint = replace(claims[0], speakers=("The ministry", "The council"))
    page = visit(written(tmp_path / "a.html", [joint, *claims[1:]], documents))
    told = page.locator("header .sum").inner_text()
    assert "5 claims from 3 documents, in 2 articles." in told
    assert "4 by named speakers, 1 by unnamed; of 1 the speaker is inferred" in told
    page.locator("[data-to=charts]").click()
    assert "Where several speak together (1), each is counted." in page.locator(".charts").inner_text()
    assert page.locator("#confidence").get_attribute("min") == "0.45"


LEADS = [
    ("BRIDGETON (AP) — ", "Mayor Tom Hale said the plan was dead."),
    ("LONDON, Aug 1 (Newswire) - ", "The council closed the bridge, Ann Roe said."),
    ("(CNN) ", "The ferry sank on Monday."),
    ("PARIS — ", "Nobody spoke."),
]


@pytest.mark.parametrize(("dateline", "rest"), LEADS)
def test_of_a_lead_only_the_dateline_is_set_aside(visit, tmp_path, dateline, rest):
    text = f"Caption of a photo\n\n{dateline}{rest} It was over.\n"
    start = text.index(dateline)
    one = document("a.txt", text, furniture=((0, 18), (start, start + len(dateline.rstrip()))))
    page = visit(written(tmp_path / "a.html", [make(one, 1, "It", "was", ("over",))], [one]))
    caption, lead = page.locator("article p[data-line]").all()
    assert caption.get_attribute("class") == "furniture"
    assert "furniture" not in (lead.get_attribute("class") or "")
    assert lead.locator(".aside").all_text_contents() == [dateline.rstrip()]
    script = "(one) => [getComputedStyle(one).color, getComputedStyle(one).fontSize]"
    ink = page.evaluate("getComputedStyle(document.body).color")
    assert lead.evaluate(script) == [ink, "18px"]
    assert lead.locator(".aside").evaluate(script)[0] != ink


BODY = (
    "The council met on Monday and said that the bridge would be closed for three months from May on, and nobody spoke."
)


@pytest.mark.parametrize(
    ("head", "given", "expected"),
    [
        (
            "FOR IMMEDIATE RELEASE\n\nHelix opens a plant in Leeds",
            "FOR IMMEDIATE RELEASE",
            "Helix opens a plant in Leeds",
        ),
        ("PRESS RELEASE\nCouncil closes the old bridge", "PRESS RELEASE", "Council closes the old bridge"),
        ("NEWS\nMay 1\nCouncil closes the old bridge", "NEWS", "Council closes the old bridge"),
        ("EMBARGOED UNTIL NOON\n\nCouncil: bridge is to close", "EMBARGOED UNTIL NOON", "Council: bridge is to close"),
        ("MAYOR RESIGNS", "MAYOR RESIGNS", "MAYOR RESIGNS"),
        ("Mayor resigns\nCouncil closes the old bridge", "Mayor resigns", "Mayor resigns"),
        ("Security\n\nGroups agree to 'keep coordinating'", None, "Groups agree to 'keep coordinating'"),
        ("World\nShare", None, "a.txt"),
        ("Contact: press@example.org for all four\nhttp://example.org is one two", None, "a.txt"),
        ("", None, "a.txt"),
    ],
)
def test_a_title_says_something_of_its_article(visit, tmp_path, head, given, expected):
    text = f"{head}\n\n{BODY}\n"
    one = document("folder/a.txt", text)
    one = replace(one, articles=(ArticleSpan(1, 0, len(text), given),))
    page = visit(written(tmp_path / "a.html", [make(one, 1, "The council", "said", ("nobody spoke",))], [one]))
    assert page.locator("article h2").inner_text() == expected
    assert "folder/a.txt" in page.locator("article .told").inner_text()


def test_a_title_that_several_documents_have_is_passed_over(visit, tmp_path):
    texts = [f"Our city weekly\n\nThe {name} is to be closed\n\n{BODY}\n" for name in ("bridge", "ferry")]
    both = [document(f"{place}.txt", text) for place, text in enumerate(texts)]
    claims = [make(one, place, "The council", "said", ("nobody spoke",)) for place, one in enumerate(both)]
    page = visit(written(tmp_path / "a.html", claims, both))
    assert page.locator("article h2").all_inner_texts() == ["The bridge is to be closed", "The ferry is to be closed"]


def test_marks_stay_in_the_browser_and_are_saved_as_a_file(visit, address, tmp_path):
    page = visit(address + "#0000000000000003")
    assert not page.locator("#saving").is_visible()
    page.locator("#right").click()
    page.locator("#remark").fill("<i>I was there</i>")
    page.locator("#rows a", has_text="A spokesman").click()
    page.locator("#wrong").click()
    page.locator("#other").fill("David Lang")
    page.reload()
    settles(lambda: page.locator("#kept").inner_text(), "2 marks kept in this browser")
    cards = page.locator("#rows a").all_inner_texts()
    assert "✓ right" in cards[2]
    assert "✗ wrong" in cards[3]
    assert "speaker: David Lang" in cards[3]
    assert page.locator("#wrong").get_attribute("aria-pressed") == "true"
    assert page.locator("#other").input_value() == "David Lang"
    with page.expect_download() as download:
        page.locator("#save").click()
    assert download.value.suggested_filename == "claims-marks.jsonl"
    download.value.save_as(tmp_path / "marks.jsonl")
    saved = [(claim, mark) for _, claim, mark in marks_file.read(tmp_path / "marks.jsonl", "Ann")]
    assert [(claim, mark.verdict, mark.speaker, mark.note) for claim, mark in saved] == [
        ("0000000000000003", "right", None, "<i>I was there</i>"),
        ("0000000000000004", "wrong", "David Lang", None),
    ]
    page.locator("#wrong").click()
    page.locator("#other").fill("")
    settles(lambda: page.locator("#kept").inner_text(), "1 mark kept in this browser")
    page.locator(".more summary").click()
    page.locator("#marked").select_option("right")
    settles(lambda: speakers(page), ["Ann Roe"])


def test_marks_go_from_a_page_into_the_store_it_was_made_with(visit, claims, tmp_path):
    story, db, report = (tmp_path / name for name in ("story.txt", "claims.db", "report.html"))
    story.write_text("“No,” said Ann Roe.\n\nJohn Lee said that the ferry was late.\n", encoding="utf-8")
    assert claims("extract", str(story), "--db", str(db)).returncode == 0
    assert claims("list", str(db), "-o", str(report)).returncode == 0
    page = visit(report.as_uri())
    page.locator("#rows a", has_text="ferry").click()
    page.locator("#wrong").click()
    page.locator("#other").fill("Omar Diaz")
    with page.expect_download() as download:
        page.locator("#save").click()
    download.value.save_as(tmp_path / "marks.jsonl")
    done = claims("mark", "--from", str(tmp_path / "marks.jsonl"), str(db), "--by", "Ann")
    assert done.returncode == 0, done.stderr
    told = claims("list", str(db), "--marked", "wrong", "--format", "csv").stdout.decode()
    assert "Omar Diaz" in told
    assert "Ann Roe" not in told


def test_where_the_browser_keeps_nothing_marks_hold_as_long_as_the_page_is_open(visit, address):
    page = visit("about:blank")
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    page.goto(address + "#0000000000000003")
    page.locator("#right").click()
    assert "save before you leave" in page.locator("#kept").inner_text()
    assert "✓ right" in page.locator("#rows a").nth(2).inner_text()
    with page.expect_download() as download:
        page.locator("#save").click()
    assert download.value.suggested_filename == "claims-marks.jsonl"


def test_marks_of_another_kind_in_the_browser_do_no_harm(visit, address):
    page = visit(address)
    for kept in ("7", "{", "null", '[{"id":"0000000000000001","verdict":"<b>","note":"<img src=x>"},7,null]'):
        page.evaluate(
            "(kept) => { for (const key of Object.keys(localStorage)) localStorage.setItem(key, kept); }", kept
        )
        page.reload()
        settles(lambda: len(speakers(page)), 5)
        assert not page.locator("#saving").is_visible()
    page.locator("#rows a").first.click()
    page.locator("#right").click()
    assert page.locator("#kept").inner_text() == "1 mark kept in this browser"


def test_what_is_typed_into_a_note_moves_nothing(visit, address):
    page = visit(address + "#0000000000000003")
    page.locator("#remark").click()
    page.keyboard.type("jk/l")
    page.locator(".source", has_text="John Lee").hover()
    page.wait_for_timeout(500)
    assert page.locator("#remark").input_value() == "jk/l"
    assert page.locator("#card-title").inner_text() == "Claim 3 of 5"


@pytest.mark.parametrize("allowed", [True, False])
def test_a_quotation_is_copied_with_speaker_outlet_date_and_link(visit, address, allowed):
    page = visit(address + "#0000000000000003", permissions=["clipboard-read", "clipboard-write"])
    if not allowed:
        page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject(new Error('denied')))")
    page.locator("#copy").click()
    settles(lambda: page.locator("#done").inner_text(), "Copied.")
    quotation, voice, link = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert quotation == "“It will fall,” … “and soon.”"
    assert voice == "— Ann Roe (inferred from “she”), The Post, 2026-01-01"
    assert link.startswith("https://example.org/b#:~:text=")


def test_on_paper_the_articles_stand_alone_with_a_note_a_claim(visit, address):
    page = visit(address)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert not page.locator(".panel").is_visible()
    notes = page.locator(".notes li").all_inner_texts()
    assert len(notes) == 5
    assert "via The ministry" in notes[1]
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".notes").count() == 0


def test_without_scripts_the_articles_and_their_links_are_there(visit, address):
    page = visit(address + "#0000000000000003", java_script_enabled=False)
    assert "will fall" in page.locator("article").first.inner_text()
    assert page.locator(":target").inner_text() == "3"
    assert not page.locator(".panel").is_visible()


def test_of_excerpts_nothing_but_the_sentences_around_claims_is_in_the_file(visit, tmp_path):
    path = tmp_path / "excerpts.html"
    page = visit(written(path, *story(), excerpts=True))
    content = path.read_text(encoding="utf-8")
    for words in ("secret", "folder", "Nothing else was known", "The harbour", "The bridge", "The ferry"):
        assert words not in content
    lines = page.locator("article p:not(.told)").all_text_contents()
    assert [re.sub(r"\d", "", line) for line in lines] == [
        "…", "The ministry said Ann Roe had warned the council that the bridge was unsafe.",
        "…", "“It will fall,” she told AFP on Monday, “and soon.”",
        "…", "A spokesman denied it.",
        "…", "John Lee asked whether the ferry was late.",
    ]  # fmt: skip
    assert page.locator("article h2").all_inner_texts() == ["bridge.txt", "ferry.txt"]


def test_excerpts_and_full_texts_go_with_pages_only(claims, tmp_path):
    done = claims("extract", "seeds/", "-o", str(tmp_path / "a.csv"), "--excerpts")
    assert done.returncode == 2
    assert b"--excerpts goes with --format html" in done.stderr
    with pytest.raises(UsageError, match="shows the articles"):
        outputs.write_file(tmp_path / "a.html", "html", story()[0], Layout())
    assert list(tmp_path.iterdir()) == []


def test_the_command_makes_the_page_of_a_folder(visit, claims, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "story.txt").write_text("The mayor spoke.\n\n“No,” said Ann Roe.\n", encoding="utf-8")
    done = claims("extract", str(tmp_path / "in"), "-o", str(tmp_path / "report.html"))
    assert done.returncode == 0
    page = visit((tmp_path / "report.html").as_uri())
    settles(lambda: speakers(page), ["Ann Roe"])
    assert "The mayor spoke." in page.locator("article").inner_text()
    page.locator("#rows a").click()
    assert "quote" in page.locator("#card dl").inner_text().lower()


@pytest.fixture(scope="session")
def seeds(extractor):
    """The claims of two sample articles, and the articles."""
    read = [plain.read(str(path), path.read_bytes()) for path in sorted((ROOT / "seeds").glob("*.txt"))[2:4]]
    found = list(extractor.extract(read))
    return [claim for _, claims in found for claim in claims], [one for one, _ in found]


PLACES = st.lists(st.tuples(st.integers(0, 39), st.integers(1, 40)), min_size=1, max_size=4)
CLAIMS = st.lists(st.tuples(PLACES, PLACES, st.lists(st.integers(0, 40), min_size=2, max_size=6)), max_size=5)


class Words(HTMLParser):
    """The text of HTML, and of each mark by claim and role; elements must close in the order they opened."""

    def __init__(self, html: str):
        super().__init__()
        self.text, self.marked, self.opened, self.in_link = "", defaultdict(str), [], False
        self.feed(html)
        assert self.opened == []

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        self.in_link = tag == "a"
        self.opened.append((tag, (told.get("data-c"), told["class"].split()[0])))

    def handle_endtag(self, tag):
        assert self.opened.pop()[0] == tag
        self.in_link = False

    def handle_data(self, data):
        if not self.in_link:
            self.text += data
            for key in {key for tag, key in self.opened if tag == "span"}:
                self.marked[key] += data


@given(CLAIMS)
def test_marks_that_cross_and_nest_however_keep_the_text_and_their_words(found):
    text = "<one> & two\nthree “four” five\r\n six seven!"[:40]
    whole = document("a.txt", text)
    (pattern, *_), _ = story()
    claims = []
    for number, (source, cue, borders) in enumerate(found):
        pieces = tuple(zip(sorted(set(borders))[::2], sorted(set(borders))[1::2], strict=False)) or ((0, 1),)
        one, other = (((min(a, b - 1), max(a + 1, b)),) for (a, b), *_ in (source, cue))
        spans = {"source": Span.of(text, one), "cue": Span.of(text, other), "content": Span.of(text, pieces)}
        claims.append((number, replace(pattern, **spans), str(number)))
    read = Words("".join(line.html for line in Marker(whole, claims).lines(0, len(text))))
    assert "".join(read.text.split()) == "".join(text.split())
    for number, claim, _ in claims:
        for role in ("source", "cue", "content"):
            words = "".join(text[start:end] for start, end in getattr(claim, role).spans)
            assert "".join(read.marked[str(number), role].split()) == "".join(words.split())


def test_every_word_of_every_claim_is_marked_and_no_other(visit, seeds, tmp_path):
    claims, documents = seeds
    page = visit(written(tmp_path / "seeds.html", claims, documents))
    script = """() => {
      const found = {};
      for (const piece of document.querySelectorAll('article [data-c]')) {
        const copy = piece.cloneNode(true);
        copy.querySelectorAll('.mark').forEach((mark) => mark.remove());
        const key = piece.dataset.c + ' ' + piece.classList[0];
        found[key] = (found[key] || '') + copy.textContent;
      }
      return found;
    }"""
    marked = page.evaluate(script)
    for number, claim in enumerate(claims):
        text = next(one.text for one in documents if one.path == claim.doc)
        for role in ("source", "cue", "content"):
            own = getattr(claim, role)
            words = "".join(text[start:end] for start, end in own.spans) if own else ""
            assert "".join(marked.get(f"{number} {role}", "").split()) == "".join(words.split())


def moved(span: Span | None, by: int) -> Span | None:
    return span and Span(span.text, tuple((start + by, end + by) for start, end in span.spans))


def crowd(number: int) -> tuple[list[Claim], list[Document]]:
    """Articles of 24 claims each, with prose between them."""
    claims, _ = story()
    block = BRIDGE + "\n" + "In this paragraph nobody said a word. " * 16 + "\n\n"
    many, texts = [], []
    while len(many) < number:
        one = document(f"{len(texts)}.txt", block * 6)
        texts.append(one)
        for place in range(6):
            for claim in claims[:4]:
                spans = {name: moved(getattr(claim, name), place * len(block)) for name in ("source", "cue", "content")}
                many.append(replace(claim, doc=one.path, id=f"{len(many):016x}", **spans))
    return many, texts


def test_ten_thousand_claims_are_painted_and_filtered_without_a_wait(visit, tmp_path):
    many, texts = crowd(10_000)
    page = visit(written(tmp_path / "many.html", many, texts))
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert paint < 2000
    page.wait_for_function("document.querySelectorAll('#rows li').length > 3")
    timed = """(words) => {
      const field = document.getElementById('text');
      field.value = words;
      const start = performance.now();
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      document.body.offsetHeight;
      return performance.now() - start;
    }"""
    page.wait_for_timeout(1500)
    typed = ("b", "br", "bri", "bridge", "bridge ann", "xyz", "")
    rounds = [[page.evaluate(timed, words) for words in typed] for _ in range(3)]
    assert max(map(min, zip(*rounds, strict=True))) < 100
    assert page.locator("#rows li").count() < 100
