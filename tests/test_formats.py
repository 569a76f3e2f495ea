"""One article in every format yields the claims of its plain text with their places; and what is each format's own."""

import hashlib

import pytest

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats.table import BY_SUFFIX, suffix_of
from claims_cli.inputs.readers import read
from claims_cli.inputs.sources import Input
from tests.formats import PARAGRAPHS, TEXT, TITLE, TOLD

WHOLE = {"title": TITLE, **TOLD}
PERSONAL = {"title": TITLE, "author": TOLD["author"], "date": TOLD["date"]}
FORMATS = {
    "a.txt": {}, "a.md": {}, "b.txt.gz": {}, "a.html": WHOLE, "a.zip!in/a.html": WHOLE, "a.pdf": PERSONAL,
    "a.docx": PERSONAL, "a.odt": PERSONAL, "a.rtf": PERSONAL, "a.eml": PERSONAL, "a.epub": PERSONAL, "a.mhtml": WHOLE,
    "a.warc#1": WHOLE, "a.warc.gz#1": WHOLE, "a.warc.wet.gz#1": WHOLE, "a.wacz#1": WHOLE, "a.har#1": WHOLE,
    "a.rss#1": WHOLE, "a.atom#1": WHOLE,
    "a.mbox#2": PERSONAL, "a.msg": PERSONAL, "a.xml": {**PERSONAL, "outlet": TOLD["outlet"]},
    "a.csv#3": WHOLE,
    "semicolons.csv#3": WHOLE, "a.tsv#3": WHOLE, "a.xlsx#3": WHOLE, "a.parquet#2": WHOLE,
    "a.json#2": WHOLE, "a.jsonl#2": WHOLE,
    "b.csv.gz#3": WHOLE, "a.zip!in/a.csv#3": WHOLE,
}  # fmt: skip


def documents_of(path, name=None, options=None) -> list[Document | InputError]:
    return list(read(Input(name or path.name, path), options))


@pytest.fixture(scope="module")
def found(articles, extractor):
    """Each document of all formats with its claims, by its name."""
    documents = [item for path in articles for item in documents_of(path)]
    assert [item for item in documents if isinstance(item, InputError)] == []
    return {document.path: (document, claims) for document, claims in extractor.extract(documents)}


def said(claims):
    shown = [claim for claim in claims if claim.confidence >= 0.4]
    return [
        (one.speaker, one.cue and " ".join(one.cue.text.split()), " ".join(one.content.text.split()), one.type)
        for one in shown
    ]


def test_every_format_is_there(found, articles):
    assert set(found) == set(FORMATS)
    recordings = {".srt", ".vtt", ".ttml", ".dfxp"}  # see test_recordings
    others = {".nitf", ".newsml", ".htm", ".xhtml", ".text", ".ndjson", ".tab", ".mht", ".pq"} | recordings
    kinds = {suffix_of(path.name) for path in articles} | others
    assert kinds == set(BY_SUFFIX)


@pytest.mark.parametrize("name", list(FORMATS))
def test_the_claims_of_the_plain_text_with_their_places(found, name):
    document, claims = found[name]
    assert len(said(claims)) >= 9
    assert said(claims) == said(found["a.txt"][1])
    lines = document.text.splitlines()
    for claim in claims:
        assert claim.doc == name
        assert claim.row == (int(name.partition("#")[2]) if "#" in name else None)
        assert claim.cue.text.split()[0] in lines[claim.line - 1]
        for span in filter(None, (claim.source, claim.cue, claim.content)):
            assert span.text == " … ".join(document.text[start:end] for start, end in span.spans)


@pytest.mark.parametrize("name", list(FORMATS))
def test_what_the_document_tells_of_itself(found, name):
    document, claims = found[name]
    told = {field: getattr(document, field) for field in ("title", "outlet", "author", "date", "url")}
    assert {field: value for field, value in told.items() if value} == FORMATS[name]
    for claim in claims:
        assert {field: getattr(claim, field) for field in told} == {**told, "title": TITLE}


def test_hashes_are_of_the_files_bytes_and_of_the_members(found, articles):
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in articles}
    assert found["a.pdf"][0].sha256 == digests["a.pdf"]
    assert found["a.csv#3"][0].sha256 == digests["a.csv"]
    assert found["a.zip!in/a.csv#3"][0].sha256 == digests["a.csv"]


def test_pages_are_kept_and_their_heads_and_numbers_set_aside(found):
    document, claims = found["a.pdf"]
    aside = [document.text[start:end] for start, end in document.furniture]
    assert aside == [f"{text}" for page in "123" for text in (f"The Eastport Courier {page}", f"- {page} -")]
    assert document.text.startswith("The Eastport Courier 1\n\n- 1 -\n\n" + TITLE)
    for paragraph in PARAGRAPHS:
        assert paragraph in document.text, "a paragraph is not whole"
    assert len(document.pages) == 3
    assert document.text[document.pages[1] - 1] == " ", "no paragraph goes on over the end of a page"
    assert [claim.page for claim in claims] == [document.page_of(claim.cue.spans[0][0]) for claim in claims]
    assert {claim.page for claim in claims} == {1, 2, 3}
    assert {claim.page for claim in found["a.txt"][1]} == {None}


def test_the_other_columns_go_along(found):
    assert found["a.csv#3"][0].metadata == (("id", "2"), ("desk", "local"))
    assert found["a.json#2"][0].metadata == (("id", "2"), ("desk", "local"))


def test_what_is_doubtful_is_noted_once_a_file(found):
    notes = found["a.csv#3"][0].notes
    assert notes == (
        "the text is taken from the column 'body' (--text-column takes another)",
        "rows without text in this file: 1 (2)",
    )
    assert found["a.txt"][0].notes == ()


def test_a_page_whole_and_its_main_text(articles, tmp_path):
    from claims_cli.formats.options import FormatOptions
    from claims_cli.inputs.options import ReadOptions

    page = next(path for path in articles if path.name == "a.html")
    (main,), (whole,) = documents_of(page), documents_of(page, options=ReadOptions(FormatOptions(whole_page=True)))
    assert main.text == TEXT.rstrip("\n")
    for words in ("Minister says taxes will rise", "reader7: I said that", "All rights reserved", PARAGRAPHS[0]):
        assert words in whole.text
    for words in ("color: red", "He said no"):
        assert words not in whole.text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (b"<p>One <b>two</b><br>three</p><div>four<span>!</span></div>", "One two\nthree\n\nfour!"),
        (b"<p>shown</p><p hidden>a</p><p style='display: none'>b</p><template>c</template>", "shown"),
        ("<meta charset=windows-1251><p>Мэр сказал</p>".encode("windows-1251"), "Мэр сказал"),
        ("<p>Jürgen – “no”</p>".encode(), "Jürgen – “no”"),
        (b"<p>a &lt; b &amp; c &#8212; d</p><!-- e -->", "a < b & c — d"),
    ],
)
def test_what_is_visible_of_a_page(tmp_path, source, text):
    from claims_cli.formats.options import FormatOptions
    from claims_cli.inputs.options import ReadOptions

    path = tmp_path / "a.html"
    path.write_bytes(source)
    (document,) = documents_of(path, options=ReadOptions(FormatOptions(whole_page=True)))
    assert document.text == text


def test_a_mail_without_plain_text_and_with_attachments(tmp_path):
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["Subject"] = "press@town.example", "No bridge"
    message.set_content("<p>The mayor<br>said no.</p>", subtype="html")
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="a.pdf")
    (tmp_path / "a.eml").write_bytes(bytes(message))
    (document,) = documents_of(tmp_path / "a.eml")
    assert document.text == "The mayor\nsaid no."
    assert (document.author, document.title) == ("press@town.example", "No bridge")
    assert document.notes == ("attachments that were not read: 1",)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", b"He said no.", "is broken (File is not a zip file)"),
        ("a.xlsx", b"He said no.", "is broken (File is not a zip file)"),
        ("a.parquet", b"He said no.", "is no Parquet file, or broken"),
        ("a.parquet", b"PAR1 He said no. PAR1", "is no Parquet file, or broken"),
        ("a.pdf", b"He said no.", "is no PDF"),
        ("a.rtf", b"He said no.", "is no RTF"),
        ("a.msg", b"He said no.", "is no message of Outlook"),
        ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "is no message of Outlook"),
        ("a.eml", b"\n\nHe said no.", "is no e-mail"),
        ("a.json", b"He said no.", "is no JSON"),
        ("a.json", b"[1, 2]", "is no JSON object"),
        ("a.csv", b"a,b\n1,2\n", "has no one column that must be the text: a, b"),
        ("a.csv", b"text\n\n", "holds no rows"),
        ("a.csv", b"id,text\n1,\n", "no row has text in the column 'text'"),
        ("a.csv", b'id,text\n1,"He said no.\n2,x\n', "a quotation mark that opens in row 2 is never closed"),
        ("a.csv", b"He said no. " * 90 + b"\nHe said no.", "its first row is text and no names"),
        (
            "a.csv",
            b"speaker,speaker_role,content,cue,quote,speaker_confidence\n1,a,b,c,d,1\n",
            "is what claims extract",
        ),
        ("a.csv", b"id,doc_sha256,speaker_kind,cue_lemma,content\n1,a,b,c,d\n", "is what claims extract writes"),
        ("a.zip", b"He said no.", "is broken (File is not a zip file)"),
        ("a.gz", b"He said no.", "is broken (Not a gzipped file"),
        ("a.zip.gz", b"", "is an archive in an archive"),
        ("a.html", b"<html></html>", "holds no text"),
    ],
)
def test_what_a_file_is_not(tmp_path, name, data, reason):
    path = tmp_path / name
    path.write_bytes(data)
    (error,) = documents_of(path)
    assert isinstance(error, InputError)
    assert reason in str(error)
    assert error.remedy


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".odt", ".rtf", ".html", ".zip", ".parquet"])
def test_what_comes_without_a_known_suffix_is_told_by_its_content(articles, tmp_path, suffix):
    path = next(path for path in articles if path.suffix == suffix)
    bare = tmp_path / "download"
    bare.write_bytes(path.read_bytes())
    assert [one.text for one in documents_of(bare)] == [one.text for one in documents_of(path)]


def test_prose_about_html_is_no_page(tmp_path):
    path = tmp_path / "notes"
    path.write_text("The <html> tag opens a page, Ann Roe said.\n", encoding="utf-8")
    assert [one.format for one in documents_of(path)] == ["text"]
