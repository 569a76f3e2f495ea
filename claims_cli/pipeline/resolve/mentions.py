"""Who and what an article names: persons and organizations by their full names, and what their words tell of them."""

import re
from collections import Counter
from dataclasses import replace

from claims_cli.pipeline.article import Name
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.pipeline.resolve.name_words import LONGEST_PERSON, NameWords
from claims_cli.pipeline.resolve.names import Registry
from claims_cli.pipeline.resolve.roles import RoleReader
from claims_cli.rulebook.model import Rulebook

ENTITY_KINDS = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "organization",
    "NORP": "organization",
    "LOC": "organization",
    "FAC": "organization",
}
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
UNSURE = ("organization", "unknown")
NO_NAMES = ("VERB", "AUX", "ADP", "ADV", "CCONJ", "SCONJ")
FAR = 120  # tokens to a pronoun that may take up a name
SHORT_WORD = 4  # characters; a headline may write such a word small
SYLLABLES = re.compile(r"[^\W\d_]+ [^\W\d_]+-[a-z]+")  # `Han Mi-kyung`
MISREAD = re.compile(r"(?=[^\W\d_]*[A-Z]|\d)\w{0,20}\d[a-z]{1,20}")  # a digit inside a word, which ends in letters
LONGEST_NAME = 20  # tokens; more is a list, or no English


class NameFinder:
    """Finds the names of one article."""

    def __init__(self, syntax: Syntax, rulebook: Rulebook):
        self.syntax = syntax
        self.roles = RoleReader(syntax, rulebook)
        self.words = NameWords(syntax, rulebook)
        self.outlets = {name.lower() for name in rulebook.words("outlets.names")}
        self.outlet_endings = rulebook.words("outlets.endings")
        self.organizations = rulebook.words("people.organization") | rulebook.words("people.media")
        self.saying = rulebook.words("verbs.saying")
        self.pronouns = rulebook.words("people.male") | rulebook.words("people.female")
        self.suffixes = rulebook.words("people.suffix")
        self.days = rulebook.words("circumstances.days")
        self.months = rulebook.words("statements.months")
        self.body_endings = rulebook.words("people.body_ending")
        self.before_months = rulebook.words("circumstances.before_months")

    def registry(self) -> Registry:
        """All names, in order."""
        registry = Registry()
        covered: set[int] = set()
        # a given name may have been taken for a place or a body of its own: the person's surname goes first
        for entity in sorted(self.syntax.doc.ents, key=lambda entity: entity.label_ != "PERSON"):
            kind = ENTITY_KINDS.get(entity.label_)
            if kind is None or covered & set(range(entity.start, entity.end)):
                continue
            if self.is_people(entity.root.i) or (len(entity) == 1 and self.is_noun_of_headline(entity.start)):
                covered.update(range(entity.start, entity.end))
                continue
            is_body = kind == "organization"
            last = self.end_of_run(entity.end - 1) if is_body else self.end_of_person(entity.start, entity.end - 1)
            if kind == "organization" and self.is_titled_person(entity.start, last):
                kind = "person"
            first = self.start_of_run(entity.start, last) if is_body else entity.start
            name = self.holder(first, last, kind) or self.name(first, last, kind)
            if name is not None:
                registry.names.append(name)
                covered.update(range(name.start, name.end))
        for first, last in self.proper_runs(covered):
            name = self.holder(first, last, "unknown") or self.name(first, last, "unknown")
            if name is not None:
                registry.names.append(name)
        for index in self.lone_surnames(registry.names):
            name = self.name(index, index, "unknown")
            if name is not None:
                registry.names.append(name)
        registry.names = self.words.without_descriptions(registry.names)
        registry.counts = Counter(name.text for name in registry.names)
        registry.settle(sorted(registry.names, key=lambda name: name.start))
        for _ in range(2):  # a surname takes the kind that its full name was given
            registry.settle([self.with_kind(name, registry) for name in registry.names])
        return registry

    def holder(self, first: int, last: int, kind: str) -> Name | None:
        """The name of who holds the office that a run of words begins with, or that stands before it."""
        begin = self.words.holder(first, last, kind == "organization")
        name = self.name(begin, last, "person") if begin is not None else None
        return name and replace(name, role=self.roles.title(first, name.start, "person")[0])

    def is_titled_person(self, first: int, last: int) -> bool:
        """Whether what the model takes for a body is a title and a full name (`Bishop Emeka Udeh`)."""
        lower, begin = self.syntax.lower, first
        while begin < last and (lower[begin] in self.roles.titles or not self.roles.is_wordy(begin)):
            begin += 1
        words = [lower[index] for index in range(begin, last + 1)]
        if begin == first or not self.organizations.isdisjoint(words):
            return False
        if len(words) == 1:
            return self.words.is_foreign(last)  # `Cllr Prentice`, not `General Motors`
        return any(self.words.is_foreign(i) or self.words.by_given_name(lower[i]) is not None for i in (begin, last))

    def end_of_run(self, last: int) -> int:
        """Where a name ends of which the model saw only the words before its head (`Helix` of `Helix Robotics`)."""
        syntax, head = self.syntax, self.syntax.head[last]
        is_part = syntax.dep[last] == "compound" and last < head <= last + 2
        run = range(last + 1, head + 1)
        is_odd = self.words.is_foreign(last) and all(self.words.is_foreign(i) for i in run)
        is_name = is_part and all(syntax.pos[i] == "PROPN" and (is_odd or not syntax.ent_type[i]) for i in run)
        is_other = any(syntax.lower[i] in self.roles.titles | self.roles.peoples | self.roles.persons for i in run)
        return self.end_of_run(head) if is_name and not is_other else last

    def start_of_run(self, first: int, last: int) -> int:
        """Where a name begins of whose two odd words the model saw only the last (`Obi` of `Emeka Obi`)."""
        syntax, before = self.syntax, first - 1
        if first != last or first == 0 or syntax.dep[before] != "compound" or syntax.head[before] != first:
            return first
        is_odd = syntax.pos[before] == "PROPN" and not syntax.ent_type[before] and self.words.is_foreign(before)
        return before if is_odd and self.words.is_foreign(first) else first

    def end_of_person(self, first: int, last: int) -> int:
        """Where a person's name ends of which the model saw only the given name (`Ada` of `Ada Obi`)."""
        syntax = self.syntax
        is_part = last + 1 < syntax.length and syntax.dep[last] == "compound" and syntax.head[last] == last + 1
        is_odd = is_part and syntax.pos[last + 1] == "PROPN" and not syntax.ent_type[last + 1]
        if first == last and is_odd and (self.words.is_foreign(last + 1) or self.words.opens_as_person(first)):
            return last + 1
        return self.behind_misread(last)

    def behind_misread(self, last: int) -> int:
        """Where a name ends whose last word has a digit in it that a scanner read for a letter (`Ann R0we`)."""
        syntax = self.syntax
        is_part = last + 1 < syntax.length and syntax.dep[last] == "compound" and syntax.head[last] == last + 1
        return last + 1 if is_part and MISREAD.fullmatch(self.roles.word(last + 1)) else last

    def proper_runs(self, covered: set[int]) -> list[tuple[int, int]]:
        """Runs of proper nouns that the entity recognizer did not see."""
        syntax = self.syntax
        runs: list[tuple[int, int]] = []
        for index in range(syntax.length):
            if syntax.pos[index] != "PROPN" or index in covered or not self.roles.word(index)[:1].isupper():
                continue
            if self.is_people(index) or self.is_noun_of_headline(index) or syntax.lower[index] in self.suffixes:
                continue
            if self.is_when(index) or (syntax.ent_type[index] == "DATE" and syntax.lower[index] in self.days):
                continue
            if (runs and self.is_joined(runs[-1][1], index)) or (
                runs and runs[-1][1] == index - 1 and syntax.paragraph[index] == syntax.paragraph[index - 1]
            ):
                runs[-1] = (runs[-1][0], index)
            else:
                runs.append((index, index))
        return runs

    def is_when(self, index: int) -> bool:
        """Whether a month stands behind `in` and before a name that it was joined to (`In May Helix Robotics`)."""
        syntax = self.syntax
        is_behind_in = index > 0 and syntax.lower[index - 1] in self.before_months and syntax.head[index] > index
        return (
            is_behind_in
            and syntax.lower[index] in self.months
            and syntax.dep[index] == "compound"
            and syntax.pos[index + 1] == "PROPN"
        )

    def is_joined(self, last: int, index: int) -> bool:
        """Whether only a hyphen stands between two words (`Harpreet Singh Dhaliwal-Rai`)."""
        syntax = self.syntax
        is_hyphen = last == index - 2 and syntax.lower[index - 1] == "-" and syntax.end[last] == syntax.start[index - 1]
        return is_hyphen and syntax.end[index - 1] == syntax.start[index] and self.words.is_foreign(last)

    def lone_surnames(self, names: list[Name]) -> list[int]:
        """Words that the tagger took for other nouns or verbs, though a person of the article has that surname."""
        surnames = {name.parts[-1] for name in names if name.kind == "person" and len(name.parts) > 1}
        known = {index for name in names for index in range(name.start, name.end)}
        lower, pos = self.syntax.lower, self.syntax.pos
        found = (
            i for i in range(self.syntax.length) if lower[i] in surnames and pos[i] in ("NOUN", "VERB", "ADJ", "X")
        )
        return [index for index in found if index not in known and self.roles.word(index)[:1].isupper()]

    def is_people(self, index: int) -> bool:
        """Whether a noun says of what party, nation or faith people are (`Some Republicans`, `the Iowa Democrat`)."""
        syntax = self.syntax
        if syntax.lower[index] not in self.roles.peoples or syntax.dep[index] in ("compound", "amod", "nmod"):
            return False
        return syntax.tag[index] == "NNPS" or syntax.child(index, "det", "poss", "nummod") is not None

    def is_noun_of_headline(self, index: int) -> bool:
        """Whether a word that a headline writes with a capital is a noun that says what somebody is (`Pollster`)."""
        syntax = self.syntax
        if syntax.lower[index] not in self.roles.persons or syntax.dep[index] == "compound":
            return False
        sentence = range(syntax.sentence[index], syntax.sentence_end[index])
        words = [self.roles.word(i) for i in sentence if syntax.end[i] - syntax.start[i] > SHORT_WORD]
        return all(not word[0].islower() for word in words)

    def name(self, first: int, last: int, kind: str) -> Name | None:
        """The name in a run of tokens, without titles, possessive endings, line ends and odd marks."""
        syntax = self.syntax
        while first <= last and (
            (syntax.dep[first] == "det" and self.roles.word(first).islower()) or not self.roles.is_wordy(first)
        ):
            first += 1
        if 0 < first <= last and self.is_outlet_with_article(first - 1, last):
            first -= 1
        while last >= first and (syntax.tag[last] == "POS" or not self.roles.is_wordy(last)):
            last -= 1
        bracket = next((i for i in range(first, last) if syntax.lower[i] == "("), None)
        if bracket is not None and ")" not in syntax.lower[bracket : last + 1]:
            last = bracket - 1  # `Council of Mayors (CoM) Chair Jo Lee`
        if kind == "person":
            first, last = self.without_neighbours(first, last)
        last = self.behind_hyphen(first, last)
        start = first
        if kind in ("person", "unknown"):
            first = self.roles.behind_titles(first, last)
        if (
            first > last
            or last - first >= LONGEST_NAME
            or any(syntax.pos[index] == "SPACE" for index in range(first, last + 1))
        ):
            return None
        comma = last + 1 < syntax.length and syntax.lower[last + 1] == ","
        if last + 1 + comma < syntax.length and syntax.lower[last + 1 + comma] in self.suffixes:
            last += 1 + comma
        role, female = self.roles.title(start, first, kind)
        if role is None and kind in ("person", "unknown"):
            role = self.roles.role_behind(last) or self.roles.role_of_all(last)
        text = syntax.surface[syntax.start[first] : syntax.end[last]]
        if text[0].islower() and "-" in text and text.partition("-")[0] not in self.roles.particles:
            return None  # `pro-Clinton`
        parts = self.parts(text)
        if not parts:
            return None  # a title and a dot
        if female is None and (kind in ("person", "unknown") or len(parts) > 1):
            female = self.words.by_given_name(parts[0])
        if all(part in self.days for part in parts):
            return None
        return Name(first, last + 1, text, parts, kind, role, female, syntax.is_heading(last))

    def behind_hyphen(self, first: int, last: int) -> int:
        """Where a name ends whose last word goes on behind a hyphen (`Yoon Hye-rim`, `Obinna Nwachukwu-Bright`)."""
        syntax = self.syntax
        knows = syntax.reading.knows
        while last + 2 < syntax.length and syntax.lower[last + 1] == "-" and knows is not None:
            word = self.roles.word(last + 2)
            is_joined = syntax.end[last] == syntax.start[last + 1] and syntax.end[last + 1] == syntax.start[last + 2]
            is_syllable = word.isalpha() and word.islower() and not knows(word)
            is_second = word.isalpha() and word[0].isupper() and first < last and self.words.is_foreign(last)
            if not is_joined or not (is_syllable or is_second):
                break  # `Cruz-Rubio`, `Reagan-like`
            last += 2
        return last

    def is_outlet_with_article(self, first: int, last: int) -> bool:
        """Whether a name has an article of its own (`The Hill`)."""
        text = self.roles.text[self.syntax.start[first] : self.syntax.end[last]]
        return self.syntax.dep[first] == "det" and text[:1].isupper() and text.lower() in self.outlets

    def without_neighbours(self, first: int, last: int) -> tuple[int, int]:
        """A person's name without the verb before it and the day behind it that the recogniser took along."""
        syntax = self.syntax
        while first < last and syntax.pos[first] in NO_NAMES and not self.words.is_foreign(first):
            first += 1
        while 0 < first <= last and self.is_given_name_of(first - 1, first):
            first -= 1
        for index in range(first + 1, last + 1):
            is_word = syntax.pos[index] != "PROPN" and self.roles.word(index)[:1].islower()
            if is_word and syntax.lower[index - 1] == "-" and syntax.end[index - 1] == syntax.start[index]:
                continue  # `Yoon Hye-rim`
            if (
                syntax.lower[index] in self.days
                or syntax.tag[index] == "POS"
                or (is_word and syntax.lower[index] not in self.roles.particles)
            ):
                return first, index - 1
        return first, last

    def is_given_name_of(self, index: int, first: int) -> bool:
        """Whether a word before a name is part of it that the model took for another word, a place or a body."""
        syntax = self.syntax
        if syntax.sentence[index] != syntax.sentence[first]:
            return False
        if self.words.by_given_name(syntax.lower[index]) is not None and syntax.pos[index] == "PROPN":
            return syntax.dep[index] == "compound" and syntax.ent_type[index] in ("", "PERSON")
        if not self.words.is_foreign(index):
            return False
        is_taken = syntax.ent_type[index] in ("GPE", "NORP", "ORG") and syntax.dep[index] == "compound"
        return not syntax.ent_type[index] or (
            is_taken and syntax.ent_type[index - 1 : index] != [syntax.ent_type[index]]
        )

    def parts(self, text: str) -> tuple[str, ...]:
        """The telling words of a name: hyphens are spaces, particles and dots go."""
        words = text.lower().replace("-", " ").replace("’", "'").replace("'s", "").split()
        given = words[:1] if words and self.words.by_given_name(words[0]) is not None else []
        telling = (
            *given,
            *(word.strip(".,'") for word in words[len(given) :] if word.strip(".,") not in self.roles.particles),
        )
        return telling or tuple(words)

    def with_kind(self, name: Name, registry: Registry) -> Name:
        """The name with its kind settled by lexicons, titles, and the kinds that the same name has elsewhere."""
        kind = name.kind
        lower = name.text.lower()
        if (
            lower in self.outlets
            or lower.removeprefix("the ") in self.outlets
            or lower.split()[-1] in self.outlet_endings
        ):
            kind = "media"
        elif kind != "person" and (
            self.has_title(name)
            or SYLLABLES.fullmatch(name.text)
            or (kind in UNSURE and self.is_told_to_be_person(name, registry))
        ):
            kind = "person"
        elif kind == "unknown" and name.text.isupper() and 2 <= len(name.text) <= 6:
            kind = "organization"
        elif kind in ("organization", "unknown") and (
            self.is_full_name(name) or self.is_surname(name, registry) or self.is_of_family(name, registry)
        ):
            kind = "person"
        elif kind == "person" and self.is_firm(name):
            kind = "organization"
        role = name.role
        if kind == "person" and role is None:
            role = self.roles.title(name.start, name.start, kind)[0] or self.roles.role_behind(name.head)
            role = role or self.roles.role_before(name.head)
        return Name(name.start, name.end, name.text, name.parts, kind, role, name.female, name.heading)

    def is_firm(self, name: Name) -> bool:
        """Whether what the model takes for a person ends as names of bodies do (`Kestrel Air`)."""
        is_body = len(name.parts) > 1 and name.parts[-1] in self.body_endings
        return is_body and name.role is None and self.words.by_given_name(name.parts[0]) is None

    def has_title(self, name: Name) -> bool:
        """Whether a title stands before a name."""
        return name.role is not None and name.role.split()[-1].lower() in self.roles.titles

    def is_full_name(self, name: Name) -> bool:
        """Whether a name begins with a given name and ends with no word for an organization."""
        given = self.words.by_given_name(name.parts[0]) is not None
        return given and 2 <= len(name.parts) <= 3 and name.parts[-1] not in self.organizations and name.text.istitle()

    def is_told_to_be_person(self, name: Name, registry: Registry) -> bool:
        """Whether the text tells of a name that nothing knows that it is a person's.

        By what stands beside it (`, an engineer`; `the mayor, X`), by its last word alone that is taken up later (`Eze
        said`), by `he` or `she` in the next sentence, and by a verb of saying where the model takes it for nothing.
        """
        syntax, parts = self.syntax, name.parts
        if len(parts) == 1 and name.kind == "unknown":
            return self.is_sayer_taken_up(name, registry)
        if not 1 < len(parts) <= LONGEST_PERSON or not self.organizations.isdisjoint(parts):
            return False
        if syntax.child(name.head, "det") is not None or not all(word[:1].isupper() for word in name.text.split()):
            return False
        if any(syntax.tag[index] == "POS" for index in range(name.start, name.end)):
            return False
        if self.roles.role_behind(name.head) is not None or self.is_apposed(name):
            return True
        if not self.words.is_foreign(name.start) and self.words.by_given_name(parts[0]) is None:
            return False  # `Still Sanders`
        if any(len(one.parts) == 1 and one.start > name.end for one in registry.alike(name) if self.is_bare(one)):
            return True
        according = syntax.lower[name.start - 2 : name.start] == ["according", "to"]
        if syntax.dep[name.head] != "nsubj" and not according:
            return False
        odd = [self.words.is_foreign(index) for index in range(name.start, name.end)]
        is_sayer = according or syntax.lemma[syntax.head[name.head]] in self.saying
        is_like_one = any(odd) if name.kind == "unknown" else all(odd) and syntax.ent_type[name.head] == "ORG"
        return self.is_taken_up(name, registry) or (is_sayer and is_like_one)

    def is_apposed(self, name: Name) -> bool:
        """Whether a name stands in apposition to what somebody is (`the mayor, X`)."""
        syntax = self.syntax
        noun = syntax.head[name.head]
        is_person = syntax.lemma[noun] in self.roles.persons or syntax.lower[noun] in self.roles.titles
        return syntax.dep[name.head] == "appos" and is_person and syntax.tag[noun] != "NNS"

    def is_bare(self, name: Name) -> bool:
        """Whether a name stands without an article, and for itself."""
        syntax = self.syntax
        return syntax.child(name.head, "det") is None and syntax.dep[name.head] in ARGUMENTS

    def is_taken_up(self, name: Name, registry: Registry) -> bool:
        """Whether `he` or `she` opens the next sentence, and nobody else was named in the name's own."""
        syntax = self.syntax
        following = syntax.sentence_end[name.head]
        start = syntax.sentence[name.head]
        others = [one for one in registry.names if start <= one.start < following and one.kind == "person"]
        while following < syntax.length and syntax.pos[following] in ("PUNCT", "SPACE"):
            following += 1
        is_next = following < syntax.length and syntax.lower[following] in self.pronouns
        return is_next and not others

    def is_sayer_taken_up(self, name: Name, registry: Registry) -> bool:
        """Whether an odd word said something, and in the next sentence `he` or `she` says more (`Duma said …`)."""
        syntax, verb = self.syntax, self.syntax.head[name.head]
        if not self.words.is_foreign(name.start) or syntax.dep[name.head] != "nsubj":
            return False
        if syntax.lemma[verb] not in self.saying or syntax.child(name.head, "det") is not None:
            return False
        number = syntax.sentence_number[name.head]
        others = [
            one
            for one in registry.names
            if one.kind == "person" and number - 1 <= syntax.sentence_number[one.head] <= number + 1
        ]
        following = range(verb, min(syntax.length, verb + FAR))
        taken = (i for i in following if syntax.lower[i] in self.pronouns and syntax.dep[i] == "nsubj")
        return not others and any(
            syntax.sentence_number[i] - number in (1, 2) and syntax.lemma[syntax.head[i]] in self.saying for i in taken
        )

    def is_of_family(self, name: Name, registry: Registry) -> bool:
        """Whether a given name, or an odd word, stands before the surname of another person of the text."""
        if len(name.parts) != 2 or not (
            self.words.is_foreign(name.start) or self.words.by_given_name(name.parts[0]) is not None
        ):
            return False
        return any(other.kind == "person" and len(other.parts) > 1 for other in registry.alike(name))

    def is_surname(self, name: Name, registry: Registry) -> bool:
        """Whether a person of the article ends with this name, and it is used alone for that person."""
        if len(name.parts) > 1:
            return False
        is_place = self.syntax.ent_type[name.head] in ("GPE", "NORP", "LOC")
        full = registry.by_first_word.get(name.parts[0], ())  # `Wang Fang`, then `Wang`
        is_body = self.syntax.ent_type[name.head] == "ORG" and registry.counts[name.text] > 1
        is_known = not is_place and not is_body and any(not one.heading for one in full)
        return is_known or any(one.kind == "person" for one in registry.by_ending.get(name.parts, ()))
