"""Pronouns: the nearest earlier mention that fits them in number, kind and, where the text tells it, gender."""

from bisect import bisect_left
from functools import cached_property
from operator import itemgetter

from claims_cli.pipeline.article import Attribution, Name, Speaker
from claims_cli.pipeline.parse.subjects import NOMINAL
from claims_cli.pipeline.resolve.article import SUBJECTS, Context

SENTENCES_BACK = 8
SAME_THING = 40  # tokens
TOKENS_BACK = 120
DESCRIBED = frozenset({"nsubj", "nsubjpass", "dobj"})
# What speaks for a mention, in the scale of one sentence's distance being APART.
APART = 1.0
SUBJECT = 1.0
MAIN = 0.3  # a subject of the sentence's own verb
SPOKEN = 1.5
OBLIQUE = 1.0
OTHER_QUOTATION = 1.5
AROUND = 2.0
GOVERNING = 5.0  # above SPOKEN and AROUND: `Roe said that Lee was right when he said …` is Lee
KNOWN = 0.5  # the text tells that the gender fits
UNNAMED = 1.0


class Pronouns(Context):
    """Resolves pronouns."""

    def pronoun(self, head: int, lower: str, one: Attribution) -> Speaker | None:
        """Who a pronoun stands for; None where nothing fits."""
        if self.syntax.dep[head] == "poss":
            owner = self.owner_of_same(head)
            if owner is not None:
                return owner
        if lower in self.words("self"):
            return self.first_person(head)
        if lower in self.words("male"):
            return self.back(head, one, female=False)
        if lower in self.words("female"):
            return self.back(head, one, female=True)
        if lower in self.words("plural") | self.words("pair"):
            return self.back(head, one, plural=True)
        if lower in self.words("thing"):
            if self.syntax.dep[one.head] == "xcomp" and self.syntax.head[head] != one.head:
                return None  # `it is fair to say`
            return self.back(head, one, thing=True)
        return None

    def owner_of_same(self, head: int) -> Speaker | None:
        """Whose the same thing was shortly before (`Roe's proposals, in particular her proposal …`)."""
        syntax, noun = self.syntax, self.syntax.head[head]
        if syntax.lower[head] not in self.words("male") | self.words("female"):
            return None
        for index in range(head - 1, max(0, head - SAME_THING), -1):
            owner = syntax.child(index, "poss") if syntax.lemma[index] == syntax.lemma[noun] else None
            name = self.registry.at(owner) if owner is not None else None
            if name is not None and name.kind == "person":
                return self.of_name(name)
        return None

    def first_person(self, head: int) -> Speaker | None:
        """`I` and `we` inside a quotation are its speaker; of a quotation that no claim has, the paragraph's."""
        holder = self.marks.holder[head]
        if holder is None:
            return None
        return self.quoted_by(head) or self.quoted_in_paragraph(head)

    def quoted_by(self, head: int) -> Speaker | None:
        """Whose words a quotation is in which a token stands."""
        holder = self.marks.holder[head]
        if holder is None:
            return None
        for place, one in enumerate(self.attributions):
            if one.holds(head) and self.marks.holder[one.head] is not holder and place in self.by_claim:
                return self.by_claim[place]
        return None

    def quoted_in_paragraph(self, head: int) -> Speaker | None:
        """The only speaker whose quotations stand in a token's paragraph."""
        syntax, found = self.syntax, {}
        for place, one in enumerate(self.attributions):
            same = syntax.paragraph[one.head] == syntax.paragraph[head] and self.marks.holder[one.head] is None
            if same and self.marks.holder[one.content[0][0]] is not None and place in self.by_claim:
                found[self.by_claim[place].text] = self.by_claim[place]
        speaker = next(iter(found.values())) if len(found) == 1 else None
        return speaker if speaker is not None and speaker.kind in ("person", "group") else None

    def back(self, head: int, one: Attribution, female=None, plural=False, thing=False) -> Speaker | None:
        """The best earlier mention for a pronoun: nearest sentence, subjects and speakers first."""
        best, best_score = None, -100.0
        around, quoted = self.speaker_around(head, one), self.quoted_by(head)
        for index, speaker in self.earlier(head, one):
            apart = self.sentences_between(index, head)
            if apart > SENTENCES_BACK:
                continue
            as_people = plural and apart == 0 and speaker.kind == "organization" and speaker.name is None  # a team
            gender = self.gender(speaker)
            if not as_people and not fits(speaker, female, plural, thing, gender):
                continue
            if quoted is not None and speaker.text == quoted.text:
                continue  # who is quoted says `I`
            score = self.closeness(index, head, apart) + (SPOKEN if index in self.spoken_at else 0.0)
            score += KNOWN if female is not None and gender == female else 0.0
            score -= UNNAMED if speaker.kind == "person" and not speaker.named and index not in self.spoken_at else 0.0
            score += AROUND if around is not None and speaker.text == around.text else 0.0
            if score > best_score:
                best, best_score = speaker, score
        return best

    def closeness(self, index: int, head: int, apart: int) -> float:
        """How near a mention is to a pronoun, in the text and in what it does in its sentence."""
        syntax = self.syntax
        score = -APART * apart + index / (10.0 * syntax.length)
        if syntax.dep[index] in SUBJECTS:
            verb = syntax.head[index]
            score += SUBJECT + (MAIN if syntax.head[verb] == verb else 0.0)
        if syntax.dep[index] in ("poss", "pobj") and not (apart == 0 and syntax.dep[head] == "poss"):
            score -= OBLIQUE
        if self.marks.holder[index] is not self.marks.holder[head]:
            score -= OTHER_QUOTATION
        return score + (GOVERNING if self.is_governing(index, head) else 0.0)

    def is_governing(self, index: int, head: int) -> bool:
        """Whether a mention is the subject of the clause that a pronoun's adverbial clause hangs on."""
        syntax, verb = self.syntax, self.syntax.head[head]
        above = syntax.head[verb]
        of_adverbial = syntax.dep[head] in SUBJECTS and syntax.dep[verb] == "advcl" and index < head
        return of_adverbial and syntax.head[index] == above and syntax.dep[index] in SUBJECTS

    def speaker_around(self, head: int, one: Attribution) -> Speaker | None:
        """Who says the indirect statement in which a pronoun stands: `he` is most often that speaker."""
        if one.outer is None or self.marks.holder[head] is not self.marks.holder[self.attributions[one.outer].head]:
            return None
        return self.by_claim.get(one.outer)

    def earlier(self, head: int, one: Attribution) -> list[tuple[int, Speaker]]:
        """Mentions before a pronoun that it may take up: names, speakers and their descriptions."""
        # who says what stands before `he said` may be named in it, not in what stands in quotation marks
        content = {
            index
            for start, end in one.content
            for index in range(start, end)
            if index > head or self.marks.holder[index] is not self.marks.holder[head]
        }
        found = self.spoken_before(head, SENTENCES_BACK)
        names = self.registry.names
        for place in range(bisect_left(names, head, key=lambda name: name.start) - 1, -1, -1):
            name = names[place]
            if self.sentences_between(name.head, head) > SENTENCES_BACK:
                break
            if name.head in content or not self.is_referent(name):
                continue
            found.append((name.head, self.of_name(name)))
            joint = self.joint_names(name)
            if joint is not None:
                found.append((name.head, joint))
        found += self.nouns_before(head, content)
        return found

    def joint_names(self, name: Name) -> Speaker | None:
        """The names that are joined to one (`Roe and Lee`), as one."""
        if self.syntax.dep[name.head] == "conj":
            return None
        heads = [name.head]
        while (following := self.following(heads[-1], self.syntax.length)) is not None:
            heads.append(following)
        names = [one for one in map(self.registry.at, heads) if one is not None]
        if len(names) < 2 or len(names) != len(heads):
            return None
        return self.together([self.of_name(one) for one in names], name.start, names[-1].head, heads)

    @cached_property
    def described(self) -> list[tuple[int, Speaker]]:
        """Descriptions of persons and groups that are subjects or objects, in order."""
        syntax, found = self.syntax, []
        for index in range(syntax.length):
            if syntax.pos[index] not in NOMINAL or syntax.dep[index] not in DESCRIBED or self.registry.at(index):
                continue
            if self.word_kind(index) is None or syntax.lemma[index] in self.words("anyone"):
                continue
            first, last = self.phrase(index)
            if self.is_definite(first, index) and not self.is_plural(index):
                continue
            found.append((index, self.as_it_stands(index, first, last)))
        return found

    def nouns_before(self, head: int, content: set[int]) -> list[tuple[int, Speaker]]:
        """The descriptions in the sentences just before."""
        begin = bisect_left(self.described, head - TOKENS_BACK, key=itemgetter(0))
        end = bisect_left(self.described, head, key=itemgetter(0))
        return [(index, speaker) for index, speaker in self.described[begin:end] if index not in content]

    def sentences_between(self, index: int, head: int) -> int:
        """How many sentence starts lie between two tokens."""
        return self.syntax.sentence_number[head] - self.syntax.sentence_number[index]


def fits(speaker: Speaker, female: bool | None, plural: bool, thing: bool, gender: bool | None) -> bool:
    """Whether a mention can be what a pronoun stands for."""
    if plural:
        return speaker.plural or speaker.kind == "group"
    if thing:
        return speaker.kind in ("organization", "media", "document") and not speaker.plural
    if speaker.kind != "person" or speaker.plural:
        return False
    return gender is None or female is None or gender == female
