"""Texts in other languages are told and not parsed as English."""

from dataclasses import replace

import pytest

from claims_cli.articles import languages
from claims_cli.articles.arranger import Arranger
from claims_cli.articles.languages import Linguist
from claims_cli.claim import ArticleSpan
from claims_cli.extraction import Extractor
from claims_cli.formats import plain
from claims_cli.rulebook import load

ENGLISH = "“The bridge is unsafe,” said Ann Roe on Monday, and the ferry did not leave the port that day.\n"
FRENCH = (
    "Le maire a déclaré mardi que le pont serait fermé jusqu’à la fin de l’année, parce que les ingénieurs avaient "
    "trouvé des fissures dans les piliers, mais il a refusé de dire combien coûteraient les travaux.\n"
)
SPANISH = (
    "El alcalde dijo el martes que el puente permanecerá cerrado hasta finales de año porque los ingenieros "
    "encontraron grietas en los pilares, pero se negó a decir cuánto costarán las obras a la ciudad."
)
OTHERS = {
    "French": FRENCH,
    "Spanish": SPANISH,
    "German": "Der Bürgermeister sagte am Dienstag, die Brücke bleibe bis zum Ende des Jahres geschlossen, weil die "
    "Ingenieure Risse in den Pfeilern gefunden hätten, doch er wollte nicht sagen, was die Arbeiten kosten würden.",
    "Dutch": "De burgemeester zei dinsdag dat de brug tot het einde van het jaar gesloten blijft omdat de ingenieurs "
    "scheuren in de pijlers hebben gevonden.",
    "Danish": "Borgmesteren sagde tirsdag, at broen forbliver lukket indtil årets udgang, fordi ingeniørerne har "
    "fundet revner i pillerne, og at ingen ved, hvad det kommer til at koste byen.",
    "Polish": "Burmistrz powiedział we wtorek, że most pozostanie zamknięty do końca roku, to jest do czasu prac.",
    "Russian": "Мэр заявил во вторник, что мост останется закрытым до конца года.",
    "Arabic": "قال رئيس البلدية يوم الثلاثاء إن الجسر سيبقى مغلقا حتى نهاية العام لأن المهندسين عثروا على شقوق.",
    "Chinese": "市长星期二说，由于工程师在桥墩上发现了裂缝，这座桥将关闭到年底，但他拒绝透露工程将花费多少钱。",
    "Japanese": "市長は火曜日、技術者が橋脚にひび割れを見つけたため、橋は年末まで閉鎖されると述べた。",
}
NAMES = (
    "Iowa: Tim Albrecht, Brad Anderson, Rob Barron, Jeff Boeyink, Bonnie Campbell, Dave Caris, Sam Clovis, Sara Craig, "
    "Jerry Crawford, John Davis, Steve Deace, Mohammed al-Sayed, Yusuf Abu Hassan, Li Wei, Zhang Min.\n"
)
HERE = "only English is read, no claims were looked for (--language any does)"


@pytest.fixture(scope="module")
def recognised():
    """A text with its language told; its articles may be given by where they begin."""
    arranger, linguist = Arranger(load()), Linguist(load())

    def recognise(text, *starts, reader=linguist):
        document = arranger.arrange(plain.read("a.txt", text.encode()))
        if starts:
            ends = [*starts[1:], len(text)]
            places = enumerate(zip(starts, ends, strict=True), start=1)
            document = replace(document, articles=tuple(ArticleSpan(n, start, end) for n, (start, end) in places))
        return reader.recognise(document)

    return recognise


def english(number):
    """Some lines in English, none twice."""
    return "".join(ENGLISH.replace("the ferry", f"ferry {place}") for place in range(number))


def aside(document):
    return [document.text[start:end] for start, end in document.foreign]


@pytest.mark.parametrize("language", list(OTHERS))
def test_a_document_in_another_language_is_told_and_set_aside(recognised, language):
    document = recognised(OTHERS[language])
    assert document.notes == (f"is in {language}; {HERE}",)
    assert aside(document) == [OTHERS[language]]
    assert document.language not in ("en", None)


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        NAMES,
        "MAYOR SAYS BRIDGE CLOSED UNTIL YEAR END AFTER ENGINEERS DISCOVER CRACKS IN PILLARS; COUNCIL FURIOUS\n",
        "The mayor, 王小明, said that 北京市 had closed the bridge because 李雷 and 韩梅梅 found cracks in it.\n",
        "“C’est la vie,” Renée Dupré said of the café in the Rue de la Paix, où tout le monde va, she added.\n",
        " ".join(f"{number},{number}.5" for number in range(60)),
        "No comment.\n",
    ],
    ids=["plain", "names", "capitals", "names in another script", "foreign phrases", "numbers", "short"],
)
def test_english_names_and_numbers_are_not_taken_for_another_language(recognised, text):
    document = recognised(text)
    assert (document.foreign, document.notes) == ((), ())
    assert document.language in ("en", None)


def test_a_long_paragraph_in_another_language_is_set_aside_and_its_line_told(recognised):
    document = recognised(english(1) + "\n" + FRENCH + "\n" + ENGLISH)
    assert aside(document) == [FRENCH.strip()]
    assert document.notes == ("line 3 is in French and set aside (--language any reads it)",)
    assert document.language == "en"


def test_lines_broken_at_a_width_are_one_paragraph(recognised):
    words = FRENCH.split()
    lines = "\r\n".join(" ".join(words[place : place + 11]) for place in range(0, 33, 11))
    document = recognised(english(4) + "\r\n" + lines + "\r\n\r\n" + ENGLISH)
    assert aside(document) == [lines]


def test_what_knows_languages_is_not_loaded_for_a_story_in_english(recognised, monkeypatch):
    monkeypatch.setattr(languages, "identifier", lambda: pytest.fail("it was loaded"))
    headline, credit = "Anna Roe, Bob Lee, Harbour Town, Monday Night, Live\n\n", "\n\n" + NAMES[:60] + "\n"
    document = recognised(headline + english(4) + credit)
    assert (document.language, document.foreign, document.notes) == ("en", (), ())


def test_a_short_paragraph_in_another_language_stays(recognised):
    document = recognised(english(3) + "\nLe pont est fermé jusqu’à la fin de l’année, a déclaré le maire.\n")
    assert (document.foreign, document.notes) == ((), ())


def test_a_long_quotation_in_another_language_is_told_and_stays_with_its_speaker(recognised, extractor):
    text = english(2) + f"\nThe mayor said: “{SPANISH}”\n"
    document = recognised(text)
    assert document.notes == ("line 4 quotes Spanish at length, which is read as it stands",)
    ((_, claims),) = extractor.extract([plain.read("a.txt", text.encode())])
    assert f"“{SPANISH}”" in [claim.content.text for claim in claims]


def test_many_paragraphs_in_another_language_are_told_in_one_line(recognised):
    lines = (english(30).splitlines(True)[number] + FRENCH.replace("mardi", f"le {number}") for number in range(12))
    document = recognised("".join(lines))
    lines = ", ".join(str(2 * number) for number in range(1, 11))
    assert document.notes == (f"lines {lines} and 2 more are in French and set aside (--language any reads them)",)
    assert len(document.foreign) == 12


def test_one_article_of_several_may_be_in_another_language(recognised):
    document = recognised(english(3) + FRENCH, 0, len(english(3)))
    assert document.notes == (f"article 2 is in French; {HERE}",)
    assert aside(document) == [FRENCH]


def test_every_language_is_parsed_where_it_is_asked_for(recognised):
    document = recognised(FRENCH, reader=Linguist(load(), reads_all=True))
    assert (document.language, document.foreign, document.notes) == ("fr", (), ())


def test_no_claim_comes_from_a_text_in_another_language_and_none_is_lost_beside_it(extractor):
    french = FRENCH + "\nAnn Roe a dit : « Le pont est fermé. » Elle a ajouté que le ferry ne partait plus du port.\n"
    documents = [plain.read(f"{number}.txt", text.encode()) for number, text in enumerate([french, ENGLISH + FRENCH])]
    (_, none), (mixed, found) = extractor.extract(documents)
    assert none == []
    assert [claim.speaker for claim in found] == ["Ann Roe"]
    assert mixed.text[found[0].start :].startswith("“The bridge is unsafe,” said")
    ((_, wrong),) = Extractor(language="any").extract(documents[:1])
    assert wrong, "there was nothing to set aside"
