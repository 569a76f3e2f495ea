"""Whom labels name: titles off, surnames joined with full names of the text, letters with who is interviewed."""

import re
from collections import Counter
from collections.abc import Sequence

from claims_cli.articles.labels import Label
from claims_cli.claim import Document
from claims_cli.rulebook import Rulebook

LabelSpeaker = tuple[str, str | None, bool, str]  # name, role, whether it is a name, kind
FULL_NAME = r"((?:[A-Z][\w'’-]+\.? ){1,3}(?:(?:de|van|von|der|al|bin) )?)"
PERSON_NAME = re.compile(r"\b[A-Z][a-z'’-]+(?: [A-Z]\.)?(?: (?:de|van|von|der|al|bin))?(?: [A-Z][\w'’-]+){1,5}")
CAPITALIZED = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)+")
MOST_NAMES = 3
INITIALS = re.compile("[A-Z]{2,4}")
SMALL = re.compile(r"(?<=[A-Z])[A-Z'’]+")


class LabelSpeakers:
    """Tells speakers by the words of a rulebook."""

    def __init__(self, rulebook: Rulebook):
        words = rulebook.words
        self.titles = words("people.title") | words("turns.before_names")
        self.nouns = words("people.person") | words("people.position") | words("people.anonymous")
        self.definite = words("reference.definite") | {"an", "a"}
        self.media = words("people.media")
        self.outlets = {name.casefold() for name in words("outlets.names")}
        self.asks = words("turns.asks")
        self.answers = words("turns.answers")
        self.known = self.nouns | self.asks | self.answers
        self.given = {name.casefold() for group in ("male", "female") for name in words(f"given_names.{group}")}
        self.common = words("languages.english") | {word for title in self.titles for word in title.split()}

    def of(self, document: Document, start: int, end: int, labels: Sequence[Label]) -> list[LabelSpeaker]:
        """Who speaks under each label of an article, a stretch of a document."""
        text = f"{document.title or ''}\n{document.text[start:end]}"
        split = {label.key: self.without_titles(label.name) for label in labels}
        full = [" ".join(words) for _, words in split.values() if len(words) > 1]
        answers = self.interviewed(document, start, labels)
        told: dict[str, LabelSpeaker] = {}
        for label in labels:
            if label.key not in told:
                titles, words = split[label.key]
                told[label.key] = self.speaker(label, titles, words, full, text, answers, document)
        return [told[label.key] for label in labels]

    def speaker(
        self,
        label: Label,
        titles: list[str],
        words: list[str],
        full: Sequence[str],
        text: str,
        answers: str | None,
        document: Document,
    ) -> LabelSpeaker:
        """Who speaks under one label."""
        if label.key in self.answers and answers:
            return answers, None, True, "person"
        if label.key in self.asks | self.answers:
            return label.name, None, False, "person"
        role = " ".join(filter(None, (cased(" ".join(titles)), label.role and cased(label.role)))) or None
        described = label.name.split()[0].casefold() in self.definite
        if described and label.bracketed and PERSON_NAME.fullmatch(label.bracketed):
            return label.bracketed, label.name, True, "person"
        if described and not label.name.isupper():
            return label.name, None, False, "person"
        if not words or all(word.casefold() in self.nouns for word in words):
            return cased(label.name), None, False, "person"
        name = " ".join(words)
        spelt = self.of_initials(name, text) if INITIALS.fullmatch(name) else None
        if spelt:
            return spelt, role, True, "media" if words_end(spelt) in self.media else "person"
        if self.is_outlet(name, document):
            return cased(name), None, True, "media"
        if words[-1].casefold().rstrip(".") in self.nouns:
            return cased(label.name), None, False, "person"
        return self.full_name(words, full, text), role, True, "person"

    def without_titles(self, name: str) -> tuple[list[str], list[str]]:
        """The titles before a name, and its words."""
        words = re.sub(r"\([^)]*\)|\[[^]]*\]", " ", name).split()
        titles = []
        while len(words) > 1 and words[0].casefold() in self.titles | {"the"}:
            titles.append(words.pop(0))
        if len(words) == 1 and words[0].casefold() in self.titles and not titles:
            return [], []
        if titles and words and all(word.casefold().rstrip(".") in self.titles | self.nouns for word in words):
            return [], []
        return [title for title in titles if title.casefold() != "the"], words

    def is_outlet(self, name: str, document: Document) -> bool:
        """Whether a label names the outlet that asks."""
        outlet = (document.outlet or "").casefold()
        return name.casefold() in self.outlets or (
            bool(outlet) and name.casefold() in (outlet, outlet.removeprefix("the "))
        )

    def full_name(self, words: Sequence[str], full: Sequence[str], text: str) -> str:
        """The fullest name that labels or the text give somebody, as the text writes it where it does."""
        surname = words[-1]
        if len(words) == 1:
            labelled = {name for name in full if name.casefold().split()[-1] == surname.casefold()}
            if len(labelled) == 1:
                return self.full_name(labelled.pop().split(), full, text)
            given = self.given_names(surname, text)
            if given:
                return given
        name = " ".join(words)
        written = re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) if name.isupper() else None
        cases = (
            [match.group() for match in re.finditer(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)] if written else []
        )
        mixed = next((case for case in cases if case[0].isupper() and not case.isupper()), None)
        return mixed or cased(name)

    def given_names(self, surname: str, text: str) -> str | None:
        """The full name before a surname that the text has most often; None where it has none, or two people's."""
        found: Counter[str] = Counter()
        for match in re.finditer(rf"\b{FULL_NAME}({re.escape(surname)})\b", text, re.IGNORECASE):
            given = [word for word in match.group(1).split() if word[0].isupper()]
            if not match.group(2)[0].isupper() or match.group(2).isupper():
                continue  # a part of an address, another label
            titled = [place for place, word in enumerate(given) if word.casefold() in self.titles | self.nouns]
            given = given[titled[-1] + 1 :] if titled else given
            if given:
                found[" ".join([*given[-2:], match.group(2)])] += 1
        names = [name for name, times in found.most_common(2) if times > 1 or len(found) == 1]
        return names[0] if names else None

    def interviewed(self, document: Document, start: int, labels: Sequence[Label]) -> str | None:
        """Who answers where only `A:` does: the first person that title or introduction name; None where none is."""
        if not any(label.key in self.answers for label in labels):
            return None
        first = min(label.start for label in labels if label.key in self.asks | self.answers)
        return self.named_first(document.title or "", document.text[start:first])

    def named_first(self, title: str, text: str) -> str | None:
        """The person whom a title and an introduction name most, titles left out; None where they name none in full.

        A known given name tells a person from a place or a body; the headline speaks for one, and a name taken up.
        """
        weights: Counter[str] = Counter()
        headline, _, rest = text.lstrip().partition("\n")
        parts = f"{title} {headline}", rest
        whole = " ".join(parts)
        for place, part in enumerate(parts):
            for match in PERSON_NAME.finditer(part):
                words = match.group().split()
                while words and words[0].casefold() in self.titles | self.nouns | self.common:
                    words.pop(0)
                words = words if len(words) <= MOST_NAMES else words[-2:]
                name = " ".join(words)
                if len(words) > 1 and name not in weights and name.casefold() not in self.outlets:
                    weights[name] = 3 * (words[0].casefold() in self.given) + 3 * (place == 0) + whole.count(words[-1])
        return max(weights, key=lambda name: weights[name]) if weights else None

    def of_initials(self, letters: str, before: str) -> str | None:
        """The name before the first label that has these initials: a person, an outlet."""
        for match in CAPITALIZED.finditer(before):
            words = match.group().split()
            for start in range(len(words)):
                if "".join(word[0] for word in words[start:]) == letters:
                    return " ".join(words[start:])
        return None


def words_end(name: str) -> str:
    """The last word of a name, in small letters."""
    return name.split()[-1].casefold()


def cased(name: str) -> str:
    """A name in capitals as it is written in prose; any other as it stands."""
    if not name.isupper():
        return name
    return re.sub(r"(?<=['’])[a-z](?=[a-z])", lambda match: match.group().upper(), SMALL.sub(lower, name))


def lower(match: re.Match) -> str:
    """What was matched, in small letters."""
    return match.group().lower()
