"""Files that are made to take a reader's time or memory, each a function that writes one."""

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

MEGABYTE = 1_000_000
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
ENTITIES = f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "ha">{LAUGHS}]>'


def package(path: Path, **parts: bytes) -> None:
    """A zip file of parts; two underscores in a name stand for a slash, one for a point."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)


def word(text: str, before: str = "") -> bytes:
    """The text part of a Word document."""
    body = f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>"
    return f'{before}<w:document xmlns:w="{WORD}">{body}</w:document>'.encode()


def spaces(path: Path, name: str, before: str = "", after: str = "") -> None:
    """A zip file with one part of half a gigabyte of spaces."""
    archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with archive, archive.open(name, "w", force_zip64=True) as part:
        part.write(before.encode())
        for _ in range(500):
            part.write(b" " * MEGABYTE)
        part.write(after.encode())


def zip_of_spaces(path: Path) -> None:
    spaces(path, "a.txt")


def zip_of_many(path: Path) -> None:
    entry = b"PK\x01\x02" + b"\0" * 42
    count = 150_000
    ending = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, count * len(entry), 0, 0)
    path.write_bytes(entry * count + ending)


def zip_that_overlaps(path: Path) -> None:
    """Five thousand entries of one megabyte each that are one and the same."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"The mayor said that it rains. " * (MEGABYTE // 30))
    data = buffer.getvalue()
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entries, count = data[start:end] * 5000, 5000
    ending = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(entries), start, 0)
    path.write_bytes(data[:start] + entries + ending)


def gzip_of_spaces(path: Path) -> None:
    with gzip.open(path, "wb", compresslevel=1) as stream:
        for _ in range(500):
            stream.write(b" " * MEGABYTE)


def word_of_spaces(path: Path) -> None:
    before, _, after = word("|").decode().partition("|")
    spaces(path, "word/document.xml", before, after)


def word_with_entities(path: Path) -> None:
    package(path, word__document_xml=word("&l11;", ENTITIES))


def word_with_entities_in_utf_16(path: Path) -> None:
    source = word("&l11;", ENTITIES.replace("?>", ' encoding="UTF-16"?>')).decode()
    package(path, word__document_xml=source.encode("utf-16"))


def word_nested(path: Path) -> None:
    deep = 300_000
    body = "<w:p>" * deep + "</w:p>" * deep
    package(path, word__document_xml=f'<w:document xmlns:w="{WORD}">{body}</w:document>'.encode())


def open_document_with_entities(path: Path) -> None:
    package(path, content_xml=f"{ENTITIES}<a>&l11;</a>".encode())


def workbook(path: Path, sheet: bytes) -> None:
    kinds = "http://schemas.openxmlformats.org/package/2006/content-types"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{kinds}"><Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>'
            f'<Override PartName="/xl/s.xml" ContentType="{main}.worksheet+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{SHEET}" xmlns:r="{office}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets>'
            "</workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}/worksheet" Target="s.xml"/>'
            "</Relationships>",
        )
        archive.writestr("xl/s.xml", sheet)


def workbook_of_cells(path: Path) -> None:
    """Ten million cells in a sheet that packs to little."""
    cells = b'<row><c t="inlineStr"><is><t>x</t></is></c></row>'
    start = f'<worksheet xmlns="{SHEET}"><sheetData>'.encode()
    workbook(path, start + cells * 1_000_000 + b"</sheetData></worksheet>")


def workbook_with_entities(path: Path) -> None:
    workbook(path, f'{ENTITIES}<worksheet xmlns="{SHEET}"><sheetData>&l11;</sheetData></worksheet>'.encode())


def page_nested(path: Path) -> None:
    path.write_text("<html><body>" + "<div>" * 100_000 + "<p>He said no.</p>" + "</div>" * 100_000, encoding="utf-8")


def page_nested_in_line(path: Path) -> None:
    path.write_text("<html><body>" + "<b>" * 100_000 + "He said no.", encoding="utf-8")


def page_of_tags(path: Path) -> None:
    path.write_text("<html><body>" + "<p>He said no.</p>\n" * 1_000_000, encoding="utf-8")


def pdf(path: Path, content: bytes, pages: int = 1, more: bytes = b"", xref: bool = True) -> None:
    """A PDF whose pages all show the same packed content."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, b"3 0 R " * pages),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 6/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (more, len(data))
    path.write_bytes(data + (table + end if xref else b"xref\n0 99\ngarbage\ntrailer<</Root 1 0 R>>\n"))


def packed(piece: bytes, number: int, before: bytes = b"") -> bytes:
    """A piece again and again, packed."""
    packer = zlib.compressobj(9)
    return packer.compress(before) + b"".join(packer.compress(piece) for _ in range(number)) + packer.flush()


SHOWN = b"BT /F1 12 Tf 50 700 Td (The mayor said that the bridge was unsafe.) Tj ET"


def pdf_of_words(path: Path) -> None:
    pdf(path, packed(b"(said that) Tj " * 100_000, 30, b"BT /F1 10 Tf 50 700 Td "))


def pdf_of_pages(path: Path) -> None:
    pdf(path, zlib.compress(SHOWN), pages=200_000)


def pdf_without_a_table(path: Path) -> None:
    pdf(path, zlib.compress(SHOWN), xref=False)


def pdf_with_a_password(path: Path) -> None:
    from fpdf import FPDF

    document = FPDF()
    document.add_page()
    document.set_font("Helvetica", size=12)
    document.cell(text="The mayor said that the bridge was unsafe.")
    document.set_encryption(owner_password="a", user_password="b")
    document.output(str(path))


def pdf_cut_short(path: Path) -> None:
    pdf(path, zlib.compress(SHOWN))
    path.write_bytes(path.read_bytes()[:60])


def json_nested(path: Path) -> None:
    path.write_bytes(b"[" * 5_000_000)


def table_of_commas(path: Path) -> None:
    path.write_bytes(b"text" + b"," * 10 * MEGABYTE)


def table_with_an_open_quotation(path: Path) -> None:
    path.write_bytes(b'id,text\n1,"He said no.\n' + b"2,He said yes.\n" * 1_000_000)


def rich_text_of_braces(path: Path) -> None:
    path.write_bytes(b"{\\rtf1 " + b"{" * 1_000_000)


def mail_in_mail(path: Path) -> None:
    """Parts in parts, ten thousand deep."""
    lines = ["From: a@b.example", "Subject: s"]
    for number in range(10_000):
        lines += [f'Content-Type: multipart/mixed; boundary="b{number}"', "", f"--b{number}"]
    path.write_text("\n".join([*lines, "Content-Type: text/plain", "", "He said no."]), encoding="utf-8")


def table_of_one_letter(path: Path) -> None:
    """Five texts of 200 MB, packed to next to nothing: a page of a column that unpacks too far."""
    import pyarrow
    from pyarrow.parquet import write_table

    texts = pyarrow.array(["a" * 200 * MEGABYTE] * 5, pyarrow.large_string())
    write_table(pyarrow.table({"text": texts}), path, compression="zstd", use_dictionary=False)


def table_without_its_footer(path: Path) -> None:
    table_of_one_row(path)
    path.write_bytes(path.read_bytes()[:-40])


def table_with_a_footer_of_gigabytes(path: Path) -> None:
    table_of_one_row(path)
    path.write_bytes(path.read_bytes()[:-8] + (0x7FFFFFF0).to_bytes(4, "little") + b"PAR1")


def table_of_numbers(path: Path) -> None:
    import pyarrow
    from pyarrow.parquet import write_table

    write_table(pyarrow.table({"one": [1], "two": [2.0]}), path)


def table_of_one_row(path: Path) -> None:
    import pyarrow
    from pyarrow.parquet import write_table

    write_table(pyarrow.table({"text": ["He said no."]}), path)


def gigabyte(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(1 << 30)


FILES: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "zip of spaces": (".zip", zip_of_spaces, "unpacks to more than"),
    "zip of many": (".zip", zip_of_many, "holds more than 100,000 files"),
    "zip that overlaps": (".zip", zip_that_overlaps, "its files are one and the same"),
    "gzip of spaces": (".txt.gz", gzip_of_spaces, "unpacks to more than"),
    "docx of spaces": (".docx", word_of_spaces, "unpacks to more than"),
    "docx with entities": (".docx", word_with_entities, "declares entities"),
    "docx with entities in UTF-16": (".docx", word_with_entities_in_utf_16, "declares entities"),
    "docx nested": (".docx", word_nested, "holds no text"),
    "odt with entities": (".odt", open_document_with_entities, "declares entities"),
    "xlsx of cells": (".xlsx", workbook_of_cells, "unpacks to more than"),
    "xlsx with entities": (".xlsx", workbook_with_entities, "declares entities"),
    "html nested": (".html", page_nested, "nested deeper"),
    "html nested in line": (".html", page_nested_in_line, "nested deeper"),
    "html of tags": (".html", page_of_tags, "far larger than web pages"),
    "pdf of words": (".pdf", pdf_of_words, "ran out of memory"),
    "pdf of pages": (".pdf", pdf_of_pages, "has more than 5,000 pages"),
    "pdf with a password": (".pdf", pdf_with_a_password, "is locked with a password"),
    "pdf cut short": (".pdf", pdf_cut_short, "is no PDF, or broken beyond repair"),
    "json nested": (".json", json_nested, "is nested too deep"),
    "csv of commas": (".csv", table_of_commas, "holds no rows"),
    "csv with an open quotation": (".csv", table_with_an_open_quotation, "is never closed"),
    "parquet of one letter": (".parquet", table_of_one_letter, "memory"),
    "parquet without its footer": (".parquet", table_without_its_footer, "is no Parquet file, or broken"),
    "parquet with a footer of gigabytes": (".parquet", table_with_a_footer_of_gigabytes, "is no Parquet file"),
    "parquet of numbers": (".parquet", table_of_numbers, "has no one column that must be the text: one, two"),
    "rtf of braces": (".rtf", rich_text_of_braces, "holds no text"),
    "mail in mail": (".eml", mail_in_mail, "is nested too deep"),
    "1 GB of text": (".txt", gigabyte, "is larger than 200 MB"),
    "1 GB of a page": (".html", gigabyte, "is larger than 200 MB"),
}
