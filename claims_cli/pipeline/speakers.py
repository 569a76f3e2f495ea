"""Who the words of a source stand for, inside one article.

Names take their fullest form; pronouns and definite descriptions are taken back to the nearest earlier mention that
fits them in number, kind and, where the text tells it, gender. Where nothing fits, the words themselves stand: a wrong
name is worse than none.
"""

from dataclasses import dataclass, field, replace

from spacy.language import Language
from spacy.tokens import Doc

from claims_cli.pipeline.marks import Marks
from claims_cli.pipeline.mentions import Name, NameFinder, Registry
from claims_cli.pipeline.spans import Attribution
from claims_cli.pipeline.subjects import NOMINAL
from claims_cli.pipeline.syntax import Syntax
from claims_cli.rulebook import load
from claims_cli.rulebook.model import Rulebook

SENTENCES_BACK = 8
SURE = 0.5
SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True)
class Speaker:
    """Who speaks.

    Attributes:
        text: the fullest name, the first full mention of a description, or the words themselves.
        each: the same, one by one where several speak together.
        name: the name behind it, None for a description.
        head: index of the head word of the mention that `text` was taken from.
        medium: (first, last) of the phrase that names a statement or report through which the speaker speaks.
    """

    text: str | None
    each: tuple[str, ...] = ()
    kind: str = "unknown"
    named: bool = False
    role: str | None = None
    name: Name | None = None
    head: int | None = None
    plural: bool = False
    medium: tuple[int, int] | None = None


NOBODY = Speaker(None)


@dataclass
class Resolver:
    """Resolves the sources of one article, in the order of the text."""

    syntax: Syntax
    marks: Marks
    rulebook: Rulebook
    registry: Registry
    attributions: list[Attribution]
    spoken: list[tuple[int, Speaker]] = field(default_factory=list)
    by_claim: dict[int, Speaker] = field(default_factory=dict)
    by_head: dict[int, Speaker] = field(default_factory=dict)

    def resolve_all(self) -> dict[int, Speaker]:
        """The speaker of every attribution, by the identity of the attribution.

        `I` and `we` come last, for their quotation's speaker may stand behind them.
        """
        in_order = sorted(self.attributions, key=lambda one: (place(one), -depth(one)))
        for one in sorted(in_order, key=self.is_first_person):
            speaker = self.speaker(one)
            self.by_claim[id(one)] = speaker
            if one.source:
                self.by_head[one.candidate.tokens["source"]] = speaker
            if speaker.text is not None and one.outer is None and self.is_speech(one):
                self.spoken.append((place(one), speaker))
        return self.by_claim

    def is_speech(self, one: Attribution) -> bool:
        """Whether an attribution is a likely one that says something was said, so that `he` takes its speaker up."""
        said = not set(one.candidate.key.split(" ")).isdisjoint(self.rulebook.words("types.statement"))
        return one.score >= SURE and said

    def is_first_person(self, one: Attribution) -> bool:
        """Whether an attribution's source is `I` or `we`."""
        return bool(one.source) and self.syntax.lower[one.candidate.tokens["source"]] in self.words("self")

    def words(self, group: str) -> frozenset[str]:
        """A word group of the people lexicon."""
        return self.rulebook.words(f"people.{group}")

    def text_of(self, first: int, last: int) -> str:
        """The words from one token to another, white space collapsed."""
        text = self.syntax.text[self.syntax.start[first] : self.syntax.end[last]]
        return " ".join(text.split())

    def speaker(self, one: Attribution) -> Speaker:
        """Who speaks in one attribution."""
        if not one.source:
            return NOBODY
        first, last = one.source[0]
        head = one.candidate.tokens["source"]
        if self.syntax.tag[head] in ("WP", "WDT") or self.syntax.lower[head] in ("that", "who", "which"):
            head, first, last = self.antecedent(one, head, first, last)
        joint = self.joint(head, first, last, one)
        return joint or self.single(head, first, last, one)

    def antecedent(self, one: Attribution, head: int, first: int, last: int) -> tuple[int, int, int]:
        """The noun that a relative pronoun takes up."""
        syntax, verb = self.syntax, one.head
        while syntax.head[verb] != verb and syntax.dep[verb] != "relcl":
            verb = syntax.head[verb]
        noun = syntax.head[verb]
        if noun == verb or syntax.pos[noun] not in NOMINAL | {"PRON"}:
            return head, first, last
        words = set(syntax.subtree(noun)) - set(syntax.subtree(verb))
        begin = noun
        while begin - 1 in words:
            begin -= 1
        end = noun
        while end + 1 in words and end + 1 < syntax.left[verb]:
            end += 1
        while syntax.pos[end] == "PUNCT":
            end -= 1
        return noun, begin, end

    def joint(self, head: int, first: int, last: int, one: Attribution) -> Speaker | None:
        """Speakers that are joined by `and`, together and one by one."""
        heads = [head]
        while (following := self.following(heads[-1], last)) is not None:
            heads.append(following)
        if len(heads) == 1:
            return None
        groups = [self.syntax.pos[index] in NOMINAL | {"PRON"} for index in heads]
        if not all(groups):
            return None
        parts = []
        bounds = [first, *(self.syntax.left[index] for index in heads[1:]), last + 1]
        for index, begin, end in zip(heads, bounds, bounds[1:], strict=False):
            stop = end - 1
            while stop > begin and (self.syntax.pos[stop] in ("PUNCT", "SPACE", "CCONJ")):
                stop -= 1
            if not begin <= index <= stop:
                return None
            parts.append(self.single(index, begin, stop, one))
        return self.together(parts, first, last, heads)

    def following(self, head: int, last: int) -> int | None:
        """The next speaker of a list: joined by `and`, or a further subject of the same verb."""
        joined = self.syntax.child(head, "conj")
        if joined is None and self.syntax.dep[head] == "nsubj":
            siblings = self.syntax.children[self.syntax.head[head]]
            joined = next((i for i in siblings if i > head and self.syntax.dep[i] == "nsubj"), None)
        return joined if joined is not None and joined <= last else None

    def together(self, parts: list[Speaker], first: int, last: int, heads: list[int]) -> Speaker:
        """One joint speaker from several."""
        each = tuple(part.text for part in parts if part.text)
        kinds = {part.kind for part in parts}
        text = each[0] if len(each) == 1 else f"{', '.join(each[:-1])} and {each[-1]}" if each else None
        if not any(part.named for part in parts):
            text = self.text_of(first, last)
        kind = "organization" if kinds == {"organization"} else "media" if kinds == {"media"} else "group"
        named = any(part.named for part in parts)
        return Speaker(text, each, kind, named, None, None, heads[0], plural=True)

    def single(self, head: int, first: int, last: int, one: Attribution) -> Speaker:
        """One speaker: a pronoun, a name, or a description."""
        lower = self.syntax.lower[head]
        if self.syntax.pos[head] == "PRON" or self.syntax.tag[head] in ("PRP", "PRP$"):
            return self.pronoun(head, lower, one) or self.as_it_stands(head, first, last)
        return (
            self.mention(head, first, last)
            or self.leading_name(first, last)
            or self.description(head, first, last, one)
        )

    def leading_name(self, first: int, last: int) -> Speaker | None:
        """A person whose name opens the phrase and is followed by more (`Jo Lee of the town's think tank`)."""
        name = self.registry.at(first)
        if name is None or name.kind != "person" or name.last >= last or len(name.parts) < 2:
            return None
        return self.of_name(name) if self.syntax.pos[name.last + 1] in ("ADP", "PUNCT") else None

    def mention(self, head: int, first: int, last: int) -> Speaker | None:
        """A name, or a thing that a named one said or wrote (`the Hizbullah statement`)."""
        if self.syntax.lemma[head] in self.words("carrier") and not self.is_name(head):
            owner = self.owner(head, first, last)
            if owner is not None:
                return replace(owner, medium=(first, last))
        name = self.registry.at(head)
        if name is None or self.syntax.pos[head] not in ("PROPN", "NOUN", "ADJ", "X"):
            return None
        if self.syntax.pos[head] == "NOUN" and self.word_kind(head) is not None and not self.is_capital(head):
            return None
        return self.of_name(name)

    def is_name(self, index: int) -> bool:
        """Whether a word is part of a name."""
        return self.syntax.pos[index] == "PROPN" and self.registry.at(index) is not None

    def is_capital(self, index: int) -> bool:
        """Whether a word begins with a capital letter."""
        return self.syntax.text[self.syntax.start[index]].isupper()

    def of_name(self, name: Name) -> Speaker:
        """The speaker that a name stands for."""
        full = self.registry.fullest(name) if name.kind in ("person", "unknown") else self.registry.plainest(name)
        role = full.role or name.role or self.any_role(full)
        text = full.text if full.kind == "media" else self.without_article(full.text)
        return Speaker(text, (text,), full.kind, True, role, full, name.last)

    def without_article(self, text: str) -> str:
        """A name without a determiner before it (`The US`)."""
        first, _, rest = text.partition(" ")
        return rest if rest and first.lower() in self.rulebook.words("reference.definite") else text

    def any_role(self, full: Name) -> str | None:
        """The role that stands at another mention of the same name."""
        return next((one.role for one in self.registry.alike(full) if one.text == full.text and one.role), None)

    def owner(self, head: int, first: int, last: int) -> Speaker | None:
        """Whose statement or report a carrier is: its possessor, the name before it, or who stands behind `by`."""
        syntax = self.syntax
        for index in range(first, head):
            name = self.registry.at(index)
            if name is not None and name.kind in ("organization", "media", "person", "unknown"):
                is_owner = syntax.dep[name.last] in ("compound", "poss", "nmod", "amod")
                if is_owner and syntax.is_under(name.last, head):
                    return self.of_name(name)
        for preposition in syntax.children[head]:
            if syntax.dep[preposition] in ("prep", "agent") and syntax.lower[preposition] in ("by", "from"):
                person = syntax.child(preposition, "pobj")
                if person is not None and person <= last:
                    return self.behind(person, last)
        return None

    def behind(self, person: int, last: int) -> Speaker | None:
        """The author or authors behind `by`."""
        first, end = self.syntax.left[person], min(self.syntax.right[person], last)
        joint = self.joint(person, first, end, self.attributions[0])
        if joint is not None and joint.named:
            return joint
        name = self.registry.at(person)
        return self.of_name(name) if name else None

    def word_kind(self, head: int) -> str | None:
        """The kind of speaker that a noun names."""
        lemma, lower = self.syntax.lemma[head], self.syntax.lower[head]
        for kind in ("person", "media", "organization", "document"):
            if lemma in self.words(kind) or lower in self.words(kind):
                return kind
        return None

    def is_plural(self, head: int) -> bool:
        """Whether a head word names several."""
        lower = self.syntax.lower[head]
        return self.syntax.tag[head] in ("NNS", "NNPS") or (lower in self.words("quantity") and lower != "one")

    def as_it_stands(self, head: int, first: int, last: int) -> Speaker:
        """The words themselves."""
        kind = self.word_kind(head) or "unknown"
        plural = self.is_plural(head)
        if plural and kind in ("person", "unknown"):
            kind = "group"
        text = self.text_of(first, self.before_examples(head, last))
        return Speaker(text, (text,), kind, False, None, None, head, plural)

    def before_examples(self, head: int, last: int) -> int:
        """The last token before a list of examples (`officials, including A and B`)."""
        syntax = self.syntax
        for child in syntax.children[head]:
            if head < child <= last and syntax.dep[child] == "prep" and syntax.lower[child - 1] == ",":
                return child - 2
        return last

    def description(self, head: int, first: int, last: int, one: Attribution) -> Speaker:
        """A description: what it takes up where it is definite, otherwise its own words."""
        own = self.as_it_stands(head, first, last)
        if not self.is_definite(first, head):
            return own
        earlier = self.taken_up(head, own, first, one)
        return earlier or own

    def is_definite(self, first: int, head: int) -> bool:
        """Whether a phrase begins with a definite determiner (`the`, `this`, `all the`)."""
        words = [self.syntax.lower[index] for index in range(first, head)]
        return any(word in self.rulebook.words("reference.definite") for word in words[:2])

    def modifiers(self, head: int, first: int) -> set[str]:
        """The words before a noun that say which one."""
        skipped = ("det", "predet", "case", "punct", "advmod")
        return {self.syntax.lower[i] for i in range(first, head) if self.syntax.dep[i] not in skipped}

    def taken_up(self, head: int, own: Speaker, first: int, one: Attribution) -> Speaker | None:
        """The earlier mention that a definite description takes up."""
        return (
            self.same_noun(head, own, first)
            or (self.by_role(head, own, first) if own.kind == "person" else None)
            or (self.last_voice(head, own, first) if own.kind in ("person", "document") else None)
            or (self.known_organization(head, first, own) if own.kind == "organization" else None)
        )

    def same_noun(self, head: int, own: Speaker, first: int) -> Speaker | None:
        """The earlier phrase with the same noun: a source before others, a subject before others, the nearest first."""
        found = [index for index in range(first - 1, -1, -1) if self.is_antecedent(index, head, first)]
        found.sort(key=lambda index: (index not in self.by_head, self.syntax.dep[index] not in SUBJECTS))
        for index in found:
            if index in self.by_head:
                return self.by_head[index]
            begin, end = self.phrase(index)
            owner = self.owner(index, begin, end) if self.syntax.lemma[index] in self.words("carrier") else None
            if owner is not None:
                return replace(owner, medium=(first, head))
            if not (self.is_definite(begin, index) and own.kind != "document"):
                return self.as_it_stands(index, begin, end)
        return None

    def is_antecedent(self, index: int, head: int, first: int) -> bool:
        """Whether a noun can be what a definite description takes up: same word and number, nothing said against it."""
        syntax = self.syntax
        if syntax.lemma[index] != syntax.lemma[head] or syntax.pos[index] not in NOMINAL:
            return False
        if (syntax.tag[index] == "NNS") != (syntax.tag[head] == "NNS"):
            return False
        if self.marks.holder[index] is not None and self.marks.holder[index] is not self.marks.holder[head]:
            return False
        begin, end = self.phrase(index)
        words = {syntax.lower[i] for i in range(begin, end + 1)}
        if index in self.by_head:
            words.update((self.by_head[index].text or "").lower().split())
        return begin <= index <= end and self.telling_words(head, first) <= words

    def telling_words(self, head: int, first: int) -> set[str]:
        """The words of a description that say which one, those behind its noun included."""
        syntax = self.syntax
        _begin, end = self.phrase(head)
        behind = {syntax.lower[i] for i in range(head + 1, end + 1) if syntax.pos[i] in NOMINAL | {"ADJ", "NUM"}}
        return self.modifiers(head, first) | behind

    def phrase(self, head: int) -> tuple[int, int]:
        """First and last token of a noun phrase, without `, which …`, trailing clauses and punctuation."""
        syntax = self.syntax
        end = head
        for child in syntax.children[head]:
            if child > head and syntax.dep[child] in ("prep", "acl", "amod", "advcl") and child == end + 1:
                if syntax.dep[child] == "prep" or syntax.dep[child] == "amod":
                    end = syntax.right[child]
        begin = syntax.left[head]
        while begin < head and syntax.pos[begin] in ("PUNCT", "SPACE", "CCONJ"):
            begin += 1
        return begin, end

    def by_role(self, head: int, own: Speaker, first: int) -> Speaker | None:
        """The one named person whose role is the description's noun (`the governor`), if there is only one."""
        if own.plural:
            return None
        lemma = self.syntax.lemma[head]
        wanted = self.modifiers(head, first)
        fitting = {}
        for name in self.registry.names:
            role_words = set((name.role or "").lower().split())
            if name.kind == "person" and lemma in role_words and wanted <= role_words:
                fitting[self.registry.fullest(name).text] = name
        return self.of_name(next(iter(fitting.values()))) if len(fitting) == 1 else None

    def last_voice(self, head: int, own: Speaker, first: int) -> Speaker | None:
        """Who spoke last, where a description without a noun of its own in the text can only mean that speaker."""
        is_statement = own.kind == "document"
        for where, speaker in reversed(self.spoken):
            if where >= first:
                continue
            if is_statement:
                if speaker.medium is not None and self.syntax.lemma[speaker.medium[1]] == self.syntax.lemma[head]:
                    return replace(speaker, medium=(first, head))
                continue
            if self.syntax.paragraph[first] - self.syntax.paragraph[where] > 2:
                return None
            fits = speaker.kind in ("person", "unknown") and not speaker.plural and not speaker.named
            return speaker if fits else None
        return None

    def known_organization(self, head: int, first: int, own: Speaker) -> Speaker | None:
        """The organization that `the group` means: the one its modifiers name, otherwise the most often named."""
        wanted = self.modifiers(head, first)
        names = [name for name in self.registry.names if name.kind == "organization" and self.is_group(name)]
        if wanted:
            for name in names:
                before = {self.syntax.lower[i] for i in range(max(0, name.first - 2), name.last)}
                if wanted <= before | set(name.text.lower().split()[:-1]):
                    return self.of_name(replace_name(name, self.registry, wanted))
            return None
        counts: dict[str, int] = {}
        for name in names:
            if name.first < first:
                counts[name.text] = counts.get(name.text, 0) + 1
        ranked = sorted(counts.items(), key=lambda pair: -pair[1])
        if ranked and (len(ranked) == 1 or ranked[0][1] >= 1.5 * ranked[1][1]):
            return self.of_name(next(name for name in names if name.text == ranked[0][0]))
        return None

    def is_group(self, name: Name) -> bool:
        """Whether a name is an organization and no place or people."""
        return self.syntax.ent_type[name.last] == "ORG" or (
            self.syntax.ent_type[name.last] == "NORP" and self.is_referent(name) and self.syntax.tag[name.last] == "NNP"
        )

    def pronoun(self, head: int, lower: str, one: Attribution) -> Speaker | None:
        """Who a pronoun stands for; None where nothing fits."""
        if lower in self.words("self"):
            return self.first_person(head)
        if lower in self.words("male"):
            return self.back(head, one, female=False)
        if lower in self.words("female"):
            return self.back(head, one, female=True)
        if lower in self.words("plural"):
            return self.back(head, one, plural=True)
        if lower in self.words("thing"):
            return self.back(head, one, thing=True)
        return None

    def first_person(self, head: int) -> Speaker | None:
        """`I` and `we` inside a quotation are its speaker."""
        holder = self.marks.holder[head]
        if holder is None:
            return None
        for one in self.attributions:
            inside = any(first <= head <= last for first, last in one.content)
            if inside and self.marks.holder[one.head] is not holder and id(one) in self.by_claim:
                return self.by_claim[id(one)]
        return None

    def back(self, head: int, one: Attribution, female=None, plural=False, thing=False) -> Speaker | None:
        """The best earlier mention for a pronoun: nearest sentence, subjects and speakers first."""
        syntax = self.syntax
        best, best_score = None, -100.0
        spoken = {where for where, _ in self.spoken}
        for index, speaker in self.earlier(head, one):
            if not fits(speaker, female, plural, thing, self.gender(speaker)):
                continue
            apart = self.sentences_between(index, head)
            score = -0.5 * apart
            score += 0.7 if syntax.dep[index] in SUBJECTS else 0.0
            score += 2.0 if index in spoken else 0.0
            score -= 1.0 if syntax.dep[index] in ("poss", "pobj") else 0.0
            score -= 1.5 if self.marks.holder[index] is not self.marks.holder[head] else 0.0
            score += index / (10.0 * syntax.length)
            if score > best_score and apart <= SENTENCES_BACK:
                best, best_score = speaker, score
        return best

    def earlier(self, head: int, one: Attribution) -> list[tuple[int, Speaker]]:
        """Mentions before a pronoun that it may take up: names, speakers and their descriptions."""
        content = {index for first, last in one.content for index in range(first, last + 1)}
        found = [(index, speaker) for index, speaker in self.spoken if index < head]
        for name in self.registry.names:
            if name.first >= head:
                break
            if name.last in content or not self.is_referent(name):
                continue
            found.append((name.last, self.of_name(name)))
        found += self.nouns_before(head, content)
        return found

    def is_referent(self, name: Name) -> bool:
        """Whether a name stands for itself here, not as part of another phrase (`the Trump campaign`).

        A single word of a headline is no sure name.
        """
        alike = self.registry.alike(name)
        if len(name.parts) == 1 and all(self.syntax.is_heading(other.last) for other in alike):
            return False
        return self.syntax.dep[name.last] not in ("compound", "amod", "nmod")

    def nouns_before(self, head: int, content: set[int]) -> list[tuple[int, Speaker]]:
        """Descriptions of persons and groups that are subjects or objects in the sentences just before."""
        syntax, found = self.syntax, []
        begin = max(0, head - 120)
        for index in range(begin, head):
            if syntax.pos[index] != "NOUN" or index in content or self.registry.at(index) is not None:
                continue
            if self.word_kind(index) is None or syntax.dep[index] not in ("nsubj", "nsubjpass", "dobj", "appos"):
                continue
            first, last = self.phrase(index)
            if self.is_definite(first, index):
                continue
            found.append((index, self.as_it_stands(index, first, last)))
        return found

    def sentences_between(self, index: int, head: int) -> int:
        """How many sentence starts lie between two tokens."""
        return self.syntax.sentence_number[head] - self.syntax.sentence_number[index]

    def gender(self, speaker: Speaker) -> bool | None:
        """Whether the article calls a person she (True) or he (False) by title; None where it does not tell."""
        if speaker.name is None:
            return None
        told = (name.female for name in self.registry.alike(speaker.name) if name.female is not None)
        return next(told, None)


def replace_name(name: Name, registry: Registry, wanted: set[str]) -> Name:
    """The shorter name where the modifier was only taken along (`Lebanese Hizbullah` → `Hizbullah`)."""
    words = name.text.split()
    short = " ".join(word for word in words if word.lower() not in wanted)
    return next((other for other in registry.names if other.text == short), name)


def fits(speaker: Speaker, female: bool | None, plural: bool, thing: bool, gender: bool | None) -> bool:
    """Whether a mention can be what a pronoun stands for."""
    if plural:
        return speaker.plural or speaker.kind == "group"
    if thing:
        return speaker.kind in ("organization", "media", "document") and not speaker.plural
    if speaker.kind != "person" or speaker.plural:
        return False
    return gender is None or female is None or gender == female


def place(one: Attribution) -> int:
    """Where an attribution's source stands, for the order of the text."""
    return one.candidate.tokens.get("source", one.head)


def depth(one: Attribution) -> int:
    """How many attributions stand around this one."""
    levels, around = 0, one.outer
    while around is not None and levels < 50:
        levels, around = levels + 1, around.outer
    return levels


class SpeakerResolver:
    """Pipeline component: leaves ``doc.user_data["speakers"]``, a `Speaker` for each attribution, in order."""

    def __init__(self, rulebook: Rulebook):
        self.rulebook = rulebook

    def __call__(self, doc: Doc) -> Doc:
        syntax, marks = doc.user_data["syntax"], doc.user_data["marks"]
        attributions = doc.user_data["attributions"]
        registry = NameFinder(syntax, self.rulebook).registry()
        speakers = Resolver(syntax, marks, self.rulebook, registry, attributions).resolve_all()
        doc.user_data["speakers"] = [speakers[id(one)] for one in attributions]
        return doc


@Language.factory("claims_speakers", default_config={"rules": None})
def make_speakers(nlp: Language, name: str, rules: str | None) -> SpeakerResolver:
    """The component for `nlp.add_pipe`; `rules` is a rulebook folder, by default the shipped one."""
    return SpeakerResolver(load(rules))
