"""Downloads of news databases and parted texts: a document an article, with what its head tells, and its text alone."""

import random

import pytest

from claims_cli.claim import Document
from claims_cli.errors import InputError
from tests.formats import WORD, packed
from tests.test_formats import documents_of

FIRST = "Warden Tom Beck said the weir would stay open."
SECOND = "He said the herring were gone. Olga Stein, a fisher, said that three boats had been sold."

NEXIS = """User Name: = Library Reader
Date and Time: = Friday, June 7, 2024 9:11:00 AM EDT
Job Number: = 224466880

Documents (2)

1. Weir stays open

Client/Matter: -None-
Search Terms: weir or herring
Search Type: NAND

2. Fishers sell their boats as herring go

Client/Matter: -None-

Weir stays open

Lakeside Post

June 3, 2024 Monday 10:15 AM GMT

Copyright 2024 Lakeside Post Ltd All Rights Reserved

Section: LOCAL; Pg. B7

Length: 212 words

Byline: Nell Hart, Staff Writer

Body

Warden Tom Beck said the weir would stay open.

Page 1 of 3

“Nobody asked us,” he added.

Classification

Language: ENGLISH

Subject: RIVERS (90%)

Load-Date: June 4, 2024

End of Document

Fishers sell their boats as herring go

The Daily Quay (London)

5 June 2024 Wednesday

Edition 1, National Edition

Copyright 2024 Quay Press All Rights Reserved

Section: NEWS; Pg. 3

Length: 1,050 words

Body

He said the herring were gone. Olga Stein, a fisher, said that three boats had been sold.

Graphic

A boat, which the harbour master said was the last.

Load-Date: June 5, 2024

End of Document
"""
LEXIS = """                               1 of 2 DOCUMENTS

                        Copyright 2003 Lakeside Post Ltd
                              Lakeside Post

                        June 3, 2003, Tuesday, Final Edition

SECTION: LOCAL; Pg. B7

LENGTH: 212 words

HEADLINE: Weir stays open

BYLINE: By Nell Hart, Staff Writer

BODY:
   Warden Tom Beck said the weir would stay open.

LOAD-DATE: June 4, 2003

                               2 of 2 DOCUMENTS

                             The Daily Quay (London)

                              June 5, 2003 Thursday
                                  Late Edition

Fishers sell their boats as herring go

SECTION: NEWS; Pg. 3

LENGTH: 1050 words

He said the herring were gone. Olga Stein, a fisher, said that three boats had been sold.

SUBJECT: FISHING (90%)

LOAD-DATE: June 5, 2003

LANGUAGE: ENGLISH

                    Copyright 2003 Quay Press
                            All Rights Reserved
"""
FACTIVA = """Weir stays open

By Nell Hart
212 words
3 June 2024
10:15 GMT
Lakeside Post
LKPST
B7
English
Copyright 2024, Lakeside Post Ltd.

Warden Tom Beck said the weir would stay open.

“Nobody asked us,” he added.

Document LKPST00020240603ek630002x


Fishers sell their boats as herring go

1,050 words
5 June 2024
The Daily Quay
DQUAY
National
3
English
(c) 2024 Quay Press. All rights reserved

He said the herring were gone. Olga Stein, a fisher, said that three boats had been sold.

Document DQUAY00020240605ek650001p

Search Summary
Text\tweir or herring
Date\tAll Dates
"""
CODES = """SE  Local
HD  Weir stays open
BY  By Nell Hart
WC  212 words
PD  3 June 2024
ET  10:15
SN  Lakeside Post
SC  LKPST
PG  B7
LA  English
CY  Copyright 2024, Lakeside Post Ltd.

LP
Warden Tom Beck said the weir would stay open.

TD
“Nobody asked us,” he added.

NS  gfish : Fishing
RE  eu : Europe
AN
Document LKPST00020240603ek630002x

HD  Fishers sell their boats as herring go
WC  1,050 words
PD  5 June 2024
SN  The Daily Quay
SC  DQUAY
LA  English
CY  (c) 2024 Quay Press

LP
He said the herring were gone. Olga Stein, a fisher, said that three boats had been sold.

AN  Document DQUAY00020240605ek650001p
"""
PROQUEST = """____________________________________________________________

Report Information from ProQuest
7 June 2024 09:11
____________________________________________________________

Table of contents

1. Weir stays open
2. Fishers sell their boats as herring go

____________________________________________________________

Document 1 of 2

Weir stays open

Author: Hart, Nell

Publication info: Lakeside Post ; Lakeside [Lakeside]03 June 2024: B.7.

ProQuest document link

Abstract: The weir is open, an abstract says.

Links: Check for full text

Full text: Warden Tom Beck said the weir would stay open.

“Nobody asked us,” he added.

Subject: Rivers

Title: Weir stays open

Publication title: Lakeside Post

Pages: B.7

Publication year: 2024

Publication date: Jun 3, 2024

Section: Local

Publisher: Lakeside Post Ltd

ISSN: 00000000

Copyright: Copyright Lakeside Post Ltd Jun 3, 2024

____________________________________________________________

Document 2 of 2

Fishers sell their boats as herring go

Publication info: The Daily Quay ; London [London]05 June 2024: 3.

Full text:
He said the herring were gone. Olga Stein, a fisher, said that three boats had been sold.

Title: Fishers sell their boats as herring go

Publication title: The Daily Quay

Publication date: Jun 5, 2024

____________________________________________________________

Contact us at: http://desk.example/contact

Database copyright © 2024 ProQuest LLC. All rights reserved.
"""
EUROPRESSE = """Lakeside Post

Monday, June 3, 2024 - p. B7

Weir stays open

By Nell Hart

Warden Tom Beck said the weir would stay open.

© 2024 Lakeside Post. All rights reserved.

The present document is protected under international copyright laws.

news·20240603·LKP·0012

The Daily Quay

mercredi 5 juin 2024

Fishers sell their boats as herring go

He said the herring were gone. Olga Stein, a fisher, said that three boats had been sold.

© 2024 Quay Press. Tous droits réservés.

news·20240605·DQ·7788
"""
LABELLED = """Title: Weir stays open
Source: Lakeside Post
Author: Nell Hart
Date: 3 June 2024

Warden Tom Beck said the weir would stay open.

========================================

Title: Fishers sell their boats as herring go
Source: The Daily Quay
Date: 5 June 2024

He said the herring were gone. Olga Stein, a fisher, said that three boats had been sold.
"""
BUNDLES = {
    "nexis": NEXIS, "lexis": LEXIS, "factiva": FACTIVA, "codes": CODES, "proquest": PROQUEST, "europresse": EUROPRESSE,
    "labelled": LABELLED,
}  # fmt: skip
TITLES = ["Weir stays open", "Fishers sell their boats as herring go"]


def docx(text: str) -> bytes:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line.strip()}</w:t></w:r></w:p>" for line in text.splitlines())
    return packed({"word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{paragraphs}</w:body></w:document>'})


def rtf(text: str) -> bytes:
    escaped = "".join(sign if ord(sign) < 128 else f"\\u{ord(sign)}?" for sign in text)
    return ("{\\rtf1\\ansi " + "".join(line.strip() + "\\par\n" for line in escaped.splitlines()) + "}").encode()


def html(text: str) -> bytes:
    cells = (cell.strip() for line in text.splitlines() for cell in line.strip().split("  "))
    body = "".join(f"<p>{cell}</p>" for cell in cells if cell)
    return f"<html><head><title>Download</title></head><body><div>{body}</div></body></html>".encode()


WRITTEN = {
    ".txt": str.encode, ".docx": docx, ".rtf": rtf, ".html": html,
}  # fmt: skip


def read(folder, name: str, data: bytes) -> list[Document | InputError]:
    (folder / name).write_bytes(data)
    return documents_of(folder / name)


@pytest.mark.parametrize("suffix", list(WRITTEN))
@pytest.mark.parametrize("vendor", list(BUNDLES))
def test_each_article_of_a_bundle_is_a_document(tmp_path, vendor, suffix):
    if (vendor, suffix) == ("labelled", ".html"):
        pytest.skip("labels are looked for in what is read of a page")
    first, second = read(tmp_path, f"a{suffix}", WRITTEN[suffix](BUNDLES[vendor]))
    assert [first.path, second.path] == [f"a{suffix}#1", f"a{suffix}#2"]
    assert [first.row, second.row] == [1, 2]
    assert [first.title, second.title] == TITLES
    assert [first.outlet, second.outlet.removesuffix(" (London)")] == ["Lakeside Post", "The Daily Quay"]
    year = "2003" if vendor == "lexis" else "2024"
    assert [first.date, second.date] == [f"{year}-06-03", f"{year}-06-05"]
    assert first.author.removesuffix(", Staff Writer") in ("Nell Hart", "Hart, Nell")
    assert second.author is None
    paragraphs = [line.strip() for line in first.text.splitlines() if line.strip()]
    assert paragraphs[:2] == [TITLES[0], FIRST]
    assert paragraphs[2:] in ([], ["“Nobody asked us,” he added."])
    assert [line for line in second.text.splitlines() if line] == [TITLES[1], SECOND]
    assert first.notes == second.notes == ()


@pytest.mark.parametrize("vendor", ["nexis", "lexis", "proquest", "codes", "europresse"])
def test_section_page_and_length_go_along(tmp_path, vendor):
    first, _ = read(tmp_path, "a.txt", BUNDLES[vendor].encode())
    told = {key: value.replace(".", "") for key, value in first.metadata}
    wanted = {"section": "LOCAL", "page": "B7", "length": "212 words"}
    assert told
    assert {key: value.upper() for key, value in told.items()} == {key: wanted[key].upper() for key in told}


def test_he_is_nobody_of_the_article_before(tmp_path, extractor):
    for vendor, text in BUNDLES.items():
        found = read(tmp_path, f"{vendor}.txt", text.encode())
        for document, claims in extractor.extract(found):
            for claim in claims:
                assert claim.content.text == document.text[claim.content.spans[0][0] : claim.content.spans[0][1]]
                if document.row == 2:
                    assert claim.speaker != "Tom Beck", vendor


@pytest.mark.parametrize(
    "text",
    [
        "Weir stays open\n\nThe form ends with the words\n\nEnd of Document\n\nwhich the clerk said was enough.\n",
        "A list of 1 of 2 documents, the clerk said, was lost.\n\n1 of 2 documents\n\nHe said that it was found.\n",
        "Title: Mayor\n\nThe sign read so, Tom Beck said.\n\nTitle: Warden\n\nThe other read so, he said.\n",
        "Document 12 was lost, Tom Beck said.\n\nDocument 13\n\nThat one was found, he said.\n",
        "Date: soon\nSource: a clerk\n\nOne head alone is no bundle, he said.\n",
    ],
)
def test_words_that_look_like_a_mark_make_no_bundle(tmp_path, text):
    (document,) = read(tmp_path, "a.txt", text.encode())
    assert (document.path, document.text, document.row) == ("a.txt", text, None)


def test_heads_of_markdown_and_a_label_over_the_text(tmp_path):
    parts = [f"**Headline:** {title}\n\n**Published:** {day} June 2024\n\n**Text:**\n\n{text}\n"
             for title, day, text in zip(TITLES, "35", (FIRST, SECOND), strict=True)]  # fmt: skip
    first, second = read(tmp_path, "a.md", "\n---\n\n".join(parts).encode())
    assert [first.title, second.title] == TITLES
    assert [first.date, second.date] == ["2024-06-03", "2024-06-05"]
    assert [line for line in second.text.splitlines() if line.strip("- ")] == [TITLES[1], SECOND]


def test_labels_at_the_end_of_articles_begin_none(tmp_path):
    text = f"{FIRST}\n\nSource: Lakeside Post\nDate: 3 June 2024\n\n{SECOND}\n\nSource: Quay\nDate: 5 June 2024\n"
    assert len(read(tmp_path, "a.txt", text.encode())) == 1


def test_the_head_of_a_page_that_repeats_the_title(tmp_path):
    text = NEXIS.replace("Weir stays open\n\nLakeside", "Page 1 of 2\nWeir stays open\n\nWeir stays open\n\nLakeside")
    text = text.replace("Page 1 of 3", "Page 2 of 2\nWeir stays open")
    first, _ = read(tmp_path, "a.txt", text.replace("\n", "\r\n").encode())
    assert first.title == TITLES[0]
    assert first.text.count(TITLES[0]) == 1


def test_the_name_of_a_section_over_the_headline_is_not_the_title(tmp_path):
    first, _ = read(tmp_path, "a.txt", f"Local\n{FACTIVA.replace('LKPST000', 'J000000')}".encode())
    assert (first.title, first.outlet, first.date) == (TITLES[0], "Lakeside Post", "2024-06-03")


def test_outlet_and_date_of_a_citation_alone(tmp_path):
    kept = [line for line in PROQUEST.splitlines() if not line.startswith(("Publication title", "Publication date"))]
    first, second = read(tmp_path, "a.txt", "\n".join(kept).encode())
    assert [first.outlet, second.outlet] == ["Lakeside Post", "The Daily Quay"]
    assert [first.date, second.date] == ["2024-06-03", "2024-06-05"]


def test_a_section_before_the_date(tmp_path):
    text = EUROPRESSE.replace("Monday, June", "Local, Monday, June").replace("mercredi", "Pêche et ports, mercredi")
    first, second = read(tmp_path, "a.txt", text.encode())
    assert [first.date, second.date] == ["2024-06-03", "2024-06-05"]
    assert [first.outlet, second.outlet] == ["Lakeside Post", "The Daily Quay"]
    assert [first.title, second.title] == TITLES


def test_a_byline_that_was_broken_at_a_width(tmp_path):
    long = "BYLINE: Nell Hart, the Lakeside Post; Rosa Blum, the Daily\nQuay\n\nSECTION"
    first, _ = read(tmp_path, "a.txt", LEXIS.replace("SECTION", long, 1).encode())
    assert first.author == "Nell Hart, the Lakeside Post; Rosa Blum, the Daily Quay"
    assert first.title == TITLES[0]


def test_one_article_keeps_the_name_of_its_file(tmp_path):
    (document,) = read(
        tmp_path, "a.txt", NEXIS[NEXIS.index("Fishers sell their boats as herring go\n\nThe") :].encode()
    )
    assert (document.path, document.row, document.title, document.page_of(0)) == ("a.txt", None, TITLES[1], None)


def test_a_part_without_a_head_is_told(tmp_path):
    odd = "The words of this part stand under no head, and nobody knows whose they are, he said.\n\nEnd of Document\n"
    first, _ = read(tmp_path, "a.txt", (NEXIS + odd).encode())
    assert first.notes == ("parts of this file in which no head of an article is known, left out: 1",)


def test_lines_of_a_vendor_of_ones_own(tmp_path):
    from claims_cli.inputs.layouts import layouts_of
    from claims_cli.inputs.options import ReadOptions

    groups = {"bundles.own_ends": frozenset(["finis {number}"]), "bundles.own_order": frozenset(["title date outlet"]),
              "bundles.months_06": frozenset(["june"])}  # fmt: skip
    (tmp_path / "a.txt").write_text("Weir open\n3 June 2024\nPost\n\nIt is, he said.\n\nFinis 4\n", encoding="utf-8")
    (document,) = documents_of(tmp_path / "a.txt", options=ReadOptions(layouts=layouts_of(groups)))
    assert (document.title, document.date) == ("Weir open", "2024-06-03")


@pytest.mark.parametrize("vendor", list(BUNDLES))
def test_damaged_bundles_are_documents(tmp_path, vendor):
    chance = random.Random(vendor)
    for _ in range(100):
        lines = BUNDLES[vendor].splitlines()
        for _ in range(chance.randrange(1, 12)):
            place = chance.randrange(len(lines))
            lines[place : place + chance.choice([0, 1, 9])] = chance.choices(lines, k=chance.choice([0, 1, 3]))
            lines = lines or [""]
        text = "\n".join(lines)[: chance.randrange(1, 4000)]
        for item in read(tmp_path, "a.txt", text.encode()):
            assert isinstance(item, InputError) or item.text.strip()
