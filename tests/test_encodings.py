"""Bytes that do not say their encoding: what they are read as, and what is said of it."""

import pytest

from claims_cli.errors import InputError, UsageError
from claims_cli.formats import plain
from claims_cli.formats.encodings import named

TEXTS = {
    "English with curly quotes": ("windows-1252", "“The bridge is unsafe,” said Ann Roe. It’s closed.\n"),
    "English with one accent": ("windows-1252", "Ann Roe said that the café on the quay had been closed since May.\n"),
    "English with dashes": (
        "windows-1252",
        "LEEDS (Reuters) – The ferry’s engine – a new one – was late, John Lee said.\n",
    ),
    "English from an old Macintosh": ("macintosh", "“The bridge is unsafe,” said Ann Roe. “It’s closed.”\n"),
    "French": ("windows-1252", "Le maire a déclaré mardi que le pont serait fermé jusqu’à la fin de l’année.\n"),
    "Polish": (
        "windows-1250",
        "Burmistrz powiedział we wtorek, że most pozostanie zamknięty do końca roku, ponieważ inżynierowie znaleźli "
        "pęknięcia w filarach, ale nie chciał powiedzieć, ile będą kosztować prace.\n",
    ),
    "Russian": ("windows-1251", "Мэр заявил во вторник, что мост останется закрытым до конца года.\n"),
    "Russian from an old Unix": ("koi8-r", "Мэр заявил во вторник, что мост останется закрытым до конца года.\n"),
    "Arabic": ("windows-1256", "قال رئيس البلدية يوم الثلاثاء إن الجسر سيبقى مغلقا حتى نهاية العام.\n"),
    "Hebrew": ("windows-1255", "ראש העיר אמר ביום שלישי כי הגשר יישאר סגור עד סוף השנה.\n"),
    "Greek": ("windows-1253", "Ο δήμαρχος δήλωσε την Τρίτη ότι η γέφυρα θα παραμείνει κλειστή.\n"),
    "Japanese": (
        "shift_jis",
        "市長は火曜日、技術者が橋脚にひび割れを見つけたため、橋は年末まで閉鎖されると述べたが、工事にいくらかかるのか、"
        "誰が費用を支払うのかについては明らかにしなかった。\n",
    ),
    "Chinese": ("gb18030", "市长星期二说，由于工程师在桥墩上发现了裂缝，这座桥将关闭到年底。\n"),
    "Korean": ("euc-kr", "시장은 화요일 기술자들이 균열을 발견했기 때문에 다리가 연말까지 폐쇄될 것이라고 말했다.\n"),
}
CODECS = {"macintosh": "mac_roman"}


@pytest.mark.parametrize("language", list(TEXTS))
def test_what_is_no_utf_8_is_read_as_what_it_most_likely_is_and_said(language):
    encoding, text = TEXTS[language]
    document = plain.read("a.txt", text.encode(CODECS.get(encoding, encoding)))
    assert (document.text, document.encoding) == (text, encoding)
    assert len(document.notes) == 1
    assert document.notes[0].lower().startswith(f"is no utf-8; read as {encoding} (")


def test_a_letter_far_down_in_a_long_text_decides():
    text = "Ann Roe said that the ferry was late.\n" * 10_000 + "“It’s closed,” said Ann Roe.\n"
    document = plain.read("a.txt", text.encode("cp1252"))
    assert document.text == text


def test_an_encoding_that_is_given_is_believed():
    text = "“Никто не знает”, said Ann Roe.\n"
    document = plain.read("a.txt", text.encode("cp1251"), named("Windows-1251"))
    assert (document.text, document.encoding, document.notes) == (text, "cp1251", ())
    utf_16 = plain.read("a.txt", text.encode("utf-16-le"), named("UTF-16LE"))
    assert utf_16.text == text
    marked = plain.read("a.txt", text.encode("utf-8-sig"), named("utf8"))
    assert marked.text == text


def test_bytes_that_an_encoding_does_not_have_are_said():
    document = plain.read("a.txt", "It’s late, said Ann Roe.\n".encode("cp1252"), named("utf-8"))
    assert document.text == "It�s late, said Ann Roe.\n"
    assert document.notes == ("1 character could not be read as UTF-8; in their place stands �",)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", bytes(range(256)) * 40, b"\0\1\2\3" * 100])
def test_what_is_no_text_is_refused_in_any_encoding(data):
    for name in ("cp1252", "utf-8", "utf-32"):
        with pytest.raises(InputError):
            plain.read("a.txt", data, named(name))


@pytest.mark.parametrize(
    ("name", "near"), [("utf88", "utf8"), ("windows1252x", "windows-1252"), ("shiftjs", "shiftjis"), ("", "utf-8")]
)
def test_an_unknown_encoding_is_answered_with_near_names(name, near):
    with pytest.raises(UsageError, match=f"there is no encoding '{name}'; nearest: .*{near}"):
        named(name)


@pytest.mark.parametrize("name", ["base64", "rot13", "zlib", "undefined"])
def test_what_python_calls_an_encoding_and_is_none_of_text_is_unknown(name):
    with pytest.raises(UsageError):
        named(name)


MISREAD = {
    "curly quotes": ("â€œWe wonâ€™t pay,â€\x9d said Ann Roe.", "“We won’t pay,” said Ann Roe."),
    "a closing quote cut short": ("â€œWe wonâ€™t pay,â€ said Ann Roe.", "“We won’t pay,” said Ann Roe."),
    "cut short at the end of a line": ("Ann Roe said: â€œWe wonâ€™t pay.â€", "Ann Roe said: “We won’t pay.”"),
    "an accent": ("JosÃ© Prado said so.", "José Prado said so."),
    "two accents": ("FranÃ§ois BÃ©rard said so.", "François Bérard said so."),
    "a dash": ("The pier â€” closed since May â€” is safe.", "The pier — closed since May — is safe."),
    "three dots": ("â€œWell â€¦ no,â€\x9d she said.", "“Well … no,” she said."),
    "a currency": ("It would cost Â£40, she said.", "It would cost £40, she said."),
    "twice": ("Ã¢â‚¬Å“No,Ã¢â‚¬Â\x9d she said.", "“No,” she said."),
    "Cyrillic's encoding": ("вЂњWe wonвЂ™t pay,вЂќ said Ann Roe.", "“We won’t pay,” said Ann Roe."),
}
MEANT = [
    "“L’été arrive”, said Ann Roe — naïve as ever…",
    "SÃO PAULO (Reuters) – The mayor said “não”.",
    "It was 20 °C at noon, £40 or €50 a head, ½ of it wasted.",
    "Âge d’or, said the façade of the café; ‘â’ is a letter.",
    "„Wir zahlen nicht“, said Herr Groß.",
    "Мэр заявил во вторник, что мост останется закрытым.",
]


@pytest.mark.parametrize("kind", list(MISREAD))
def test_letters_once_read_in_the_wrong_encoding_are_put_back_and_said(kind):
    wrong, meant = MISREAD[kind]
    document = plain.read("a.txt", f"{wrong}\nThe pier is old.\n".encode())
    assert document.text == f"{meant}\nThe pier is old.\n"
    assert document.notes == ("letters of 1 line that were once read in the wrong encoding (`â€œ`) were put back",)


@pytest.mark.parametrize("text", MEANT)
def test_letters_that_were_meant_stay(text):
    document = plain.read("a.txt", text.encode())
    assert (document.text, document.notes) == (text, ())


def test_texts_that_annotations_count_in_are_left_as_they_stand():
    wrong = MISREAD["two accents"][0]
    assert plain.read("a.txt", wrong.encode(), mend=False).text == wrong
