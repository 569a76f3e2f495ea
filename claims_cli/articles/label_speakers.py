"""Whom labels name: titles off, surnames joined with full names of the text, letters with who is interviewed."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from claims_cli.articles.labels import Label, either
from claims_cli.claim import Document
from claims_cli.rulebook import Rulebook

LabelSpeaker = tuple[str, str | None, bool, str]  # name, role, whether it is a name, kind
CAPITALIZED = re.compile(r"[A-Z][\w'’-]++(?: [A-Z][\w'’-]++)*+")
MOST_NAMES = 3
MOST_IN_BRACKETS = 6  # words of a name behind an office
OPENING = re.compile(r"(?:\w+\s)?[a-z\s,’'-]{0,60}")  # before the subject of a first sentence
QUOTES = "'\"‘“"
NEAR = 90  # characters behind words of interviewing
LEAD = 800  # characters of title and introduction in which such words tell; and the last ones before the questions
LAST_WORDS = 400
ENDS = (". ", "\n", "; ", "? ")
INITIAL = re.compile(r"[A-Z]\.?")
INITIALS = re.compile("[A-Z]{2,4}")
SMALL = re.compile(r"(?<=[A-Z])[A-Z'’]+")


@dataclass(frozen=True)
class Told:
    """What an article tells of who speaks in it.

    Attributes:
        text: its title and its words; outlet: as the document tells it.
        full: the names of more than one word in its labels; answers: who is interviewed.
    """

    text: str
    outlet: str
    full: tuple[str, ...]
    answers: str | None


class LabelSpeakers:
    """Tells speakers by the words of a rulebook."""

    def __init__(self, rulebook: Rulebook):
        words = rulebook.words
        self.articles = words("turns.articles")
        self.titles = words("people.title") | words("turns.before_names") | words("turns.addressed") | self.articles
        self.nouns = (
            words("people.person") | words("people.position") | words("people.anonymous") | words("turns.chorus")
        ) | words("turns.by_office")
        self.personal = words("turns.personal")
        self.never_surnames = words("turns.vocatives") | words("turns.presiding") | words("turns.never_surnames")
        self.media = words("people.media")
        self.outlets = {name.casefold() for name in words("outlets.names")}
        self.asks = words("turns.asks")
        self.answers = words("turns.answers")
        self.known = self.nouns | self.asks | self.answers
        self.given = {name.casefold() for group in ("male", "female") for name in words(f"given_names.{group}")}
        self.common = words("languages.english") | self.titles | self.nouns
        self.behind = words("turns.behind_names")
        self.styles = words("turns.styles")
        self.behind_members = words("turns.behind_members")
        self.days = words("circumstances.days")
        self.asking = re.compile(rf"\b(?:{either(words('turns.interviewing'))})\b", re.IGNORECASE)
        self.particles = words("turns.particles")
        self.joining = words("turns.joining") - self.particles - self.titles
        particles = either(self.particles)
        self.before_surname = rf"((?:[A-Z][\w'’-]+\.? ){{1,3}}(?:(?:{particles}) )?)"
        self.person = re.compile(rf"\b[A-Z][a-z'’-]+(?: [A-Z]\.)?(?: (?:{particles}))?(?: [A-Z][\w'’-]+){{1,5}}")

    def of(self, document: Document, start: int, end: int, labels: Sequence[Label]) -> list[LabelSpeaker]:
        """Who speaks under each label of an article, a stretch of a document."""
        names = [self.without_titles(label.name)[1] for label in labels]
        told = Told(
            f"{document.title or ''}\n{document.text[start:end]}",
            document.outlet or "",
            tuple(dict.fromkeys(" ".join(words) for words in names if len(words) > 1)),
            self.interviewed(document, start, labels),
        )
        found: dict[tuple[str, str | None, str | None], LabelSpeaker] = {}
        speakers = []
        for label in labels:
            key = label.key, label.role, label.bracketed
            if key not in found:
                found[key] = self.speaker(label, told)
            if label.bracketed:  # `The Minister (Ms Reed):` is meant where `The Minister:` follows
                found[label.key, label.role, None] = found[key]
            speakers.append(found[key])
        return speakers

    def speaker(self, label: Label, told: Told) -> LabelSpeaker:
        """Who speaks under one label."""
        if label.key in self.answers and told.answers:
            return told.answers, None, True, "person"
        if label.key in self.asks and told.answers and told.outlet:
            return told.outlet, None, True, "media"
        if label.key in self.asks | self.answers or label.kind == "counted":
            return label.name, None, False, "person"
        spelt = self.of_initials(label.name, told.text) if INITIALS.fullmatch(label.name) else None
        if spelt:
            return spelt, None, True, "media" if spelt.split()[-1].casefold() in self.media else "person"
        titles, words = self.without_titles(label.name)
        is_styled = any(title.casefold() in self.styles for title in titles)
        if label.name.split()[0].casefold() in self.articles and not (label.name.isupper() or is_styled):
            return self.in_office(label, told)
        if not words or words[0].casefold() in self.joining:
            return self.in_office(label, told)
        role = " ".join(filter(None, (cased(" ".join(titles)), label.role and self.cased_role(label.role)))) or None
        name = " ".join(words)
        spelt = self.of_initials(name, told.text) if INITIALS.fullmatch(name) else None
        if spelt:
            return spelt, role, True, "media" if spelt.split()[-1].casefold() in self.media else "person"
        outlet = told.outlet.casefold()
        if name and name.casefold() in {*self.outlets, outlet, self.without_article(outlet)}:
            return cased(name), None, True, "media"
        if not words or (self.is_noun(words[-1]) and not self.is_called(titles, words)):
            return cased(label.name), None, False, "person"
        return self.full_name(words, told), role, True, "person"

    def in_office(self, label: Label, told: Told) -> LabelSpeaker:
        """Who speaks under the label of an office: whom the brackets behind it name, else whoever holds it."""
        titles, words = self.without_titles(label.bracketed or "")
        is_name = 0 < len(words) <= MOST_IN_BRACKETS and all(
            word[0].isupper() or word in self.particles for word in words
        )
        if is_name and (titles or len(words) > 1):
            return self.full_name(words, told), cased(" ".join(label.name.split())), True, "person"
        return cased(" ".join(label.name.split())), None, False, "person"

    def without_titles(self, name: str) -> tuple[list[str], list[str]]:
        """The titles before a name, and its words; none where titles and nouns are all it has."""
        words = re.sub(r"\([^)]{0,400}\)|\[[^]]{0,400}\]", " ", name).split()
        titles: list[str] = []
        while len(words) > 1 and words[0].casefold().replace("’", "'") in self.titles:
            if self.is_called(titles, words[:1]) and words[1].casefold() in self.joining:
                break  # `Mr. Bishop of Utah`
            titles.append(words.pop(0))
        while len(words) > 1 and words[-1].isupper() and words[-1].casefold() in self.behind_members:
            words.pop()
        if all(map(self.is_noun, words)) and not self.is_called(titles, words):
            return [], []
        return [title for title in titles if title.casefold() not in self.articles], words

    def is_noun(self, word: str) -> bool:
        """Whether a word is a title or tells what somebody is."""
        return word.casefold().rstrip(".") in self.titles | self.nouns

    def is_called(self, titles: Sequence[str], words: Sequence[str]) -> bool:
        """Whether words are a name though the last may tell what somebody is: behind `Mr.` or a given name."""
        last = words[-1].casefold().rstrip(".") if words else ""
        is_after_title = len(words) == 1 and bool(titles) and titles[-1].casefold() in self.personal
        is_given = len(words) > 1 and words[0].casefold() in self.given
        return last not in self.never_surnames and (is_after_title or is_given)

    def cased_role(self, role: str) -> str:
        """A role as it is written in prose; letters behind the name of a member of a parliament stay."""
        return role if role.casefold() in self.behind_members else cased(role)

    def without_article(self, name: str) -> str:
        """A name without the article before it."""
        first, _, rest = name.partition(" ")
        return rest if first in self.articles else name

    def full_name(self, words: Sequence[str], told: Told) -> str:
        """The fullest name that labels or the text give somebody, as the text writes it where it does."""
        surname = words[-1]
        if len(words) == 1:
            last, first = (
                [name for name in told.full if name.split()[end].casefold() == surname.casefold()] for end in (-1, 0)
            )
            labelled = last or first
            if len(set(map(str.casefold, labelled))) == 1:
                return self.full_name(labelled[0].split(), told)
            given = self.given_names(surname, told.text)
            if given:
                return given
        name = " ".join(words)
        full = self.of_initial(words, told) if len(words) == 2 and INITIAL.fullmatch(words[0]) else None
        if full or not name.isupper():
            return full or name
        written = (match.group() for match in re.finditer(rf"\b{re.escape(name)}\b", told.text, re.IGNORECASE))
        return next((case for case in written if case[0].isupper() and not case.isupper()), cased(name))

    def of_initial(self, words: Sequence[str], told: Told) -> str | None:
        """The full name of an initial and a surname (`A. Roe`), where the text gives one that begins so."""
        given = self.given_names(words[1], told.text)
        return given if given and given[0] == words[0][0] else None

    def given_names(self, surname: str, text: str) -> str | None:
        """The full name before a surname that the text has most often; None where it has none, or two people's."""
        found: Counter[str] = Counter()
        for match in re.finditer(rf"\b{self.before_surname}({re.escape(surname)})\b", text, re.IGNORECASE):
            words = match.group(1).split()
            joined = [place for place, word in enumerate(words) if not word[0].isupper() and word not in self.particles]
            given = [word for word in words[joined[-1] + 1 if joined else 0 :] if word[0].isupper()]
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
        """The person whom a title and an introduction say is interviewed; None where they do not tell.

        That is who stands right behind the words that say so; where only others do, who stands in the headline; where
        none do, whom both name most: a known given name tells a person from a place or a body, a name taken up counts.
        """
        headline, _, rest = text.lstrip().partition("\n")
        parts = f"{title} {headline}", rest
        whole = " ".join(parts)
        asked = [phrase.end() for phrase in self.asking.finditer(whole)]
        for end in asked:
            is_told = end < LEAD or len(whole) - end < LAST_WORDS
            name = self.named_behind(whole, end) if is_told else None
            if name:
                return name
        weights: Counter[str] = Counter()
        for place, part in enumerate(parts):
            for match in self.person.finditer(part):
                name = self.person_name(match.group())
                before = part[part.rfind("\n", 0, match.start()) + 1 : match.start()].strip()
                opens = OPENING.fullmatch(before) is not None and not self.asking.search(before)
                is_given = name.split()[:1] and name.split()[0].casefold() in self.given
                is_subject = not asked or opens or (is_given and place == 0)
                is_name = " " in name and name.casefold() not in self.outlets and is_subject
                if is_name and name not in weights:
                    weights[name] = 3 * bool(is_given) + 3 * (place == 0) + whole.count(name.split()[-1])
        return max(weights, key=lambda name: weights[name]) if weights else None

    def named_behind(self, text: str, start: int) -> str | None:
        """The person whom a text names right behind a place, titles and a description between them."""
        end = min(start + NEAR, *(place for mark in ENDS if (place := text.find(mark, start)) >= 0), len(text))
        match = self.person.search(text, start, end + 1)
        if match is None or text[match.start() - 1] in QUOTES:
            return None
        name, behind = self.person_name(match.group()), re.match(r" ([a-z]+)", text[match.end() :])
        is_alone = behind is None or behind[1] in self.behind  # no `New York bar owner`
        is_person = " " in name and (name.split()[0].casefold() in self.given or is_alone)
        return name if is_person and name.casefold() not in self.outlets else None

    def person_name(self, words: str) -> str:
        """A name without what stands before it (titles, what somebody is) and behind it (a day)."""
        name = words.split()
        while name and name[0].casefold() in self.common:
            name.pop(0)
        while name and name[-1].casefold() in self.days:
            name.pop()
        given = next((place for place, word in enumerate(name[:-1]) if word.casefold() in self.given), 0)
        name = name[given:]
        return " ".join(name if len(name) <= MOST_NAMES else name[-2:])

    def of_initials(self, letters: str, text: str) -> str | None:
        """The first name of a text that has these initials: a person, an outlet."""
        for match in CAPITALIZED.finditer(text):
            words = match.group().split()
            for start in range(len(words)):
                if "".join(word[0] for word in words[start:]) == letters:
                    return " ".join(words[start:])
        return None


def cased(name: str) -> str:
    """A name in capitals as it is written in prose; any other as it stands."""
    if not name.isupper():
        return name
    return re.sub(r"(?<=['’])[a-z](?=[a-z])", lambda match: match.group().upper(), SMALL.sub(lower, name))


def lower(match: re.Match) -> str:
    """What was matched, in small letters."""
    return match.group().lower()
