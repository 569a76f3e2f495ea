"""Who the words of a source stand for, inside one article.

Names take their fullest form; pronouns and definite descriptions are taken back to the nearest earlier mention that
fits them. Where nothing fits, the words themselves stand: a wrong name is worse than none.
"""

from claims_cli.pipeline.article import NOBODY, Attribution, Name, Speaker
from claims_cli.pipeline.parse.subjects import NOMINAL
from claims_cli.pipeline.resolve.descriptions import Descriptions
from claims_cli.pipeline.resolve.pronouns import Pronouns

SURE = 0.5


class ArticleResolver(Descriptions, Pronouns):
    """Resolves the sources of one article, in the order of the text."""

    def resolve_all(self) -> dict[int, Speaker]:
        """The speaker of every attribution, by the place of the attribution.

        `I` and `we` come last, for their quotation's speaker may stand behind them.
        """
        self.learn_roles()
        in_order = sorted(enumerate(self.attributions), key=lambda item: (place(item[1]), -self.depth(item[1])))
        for number, one in sorted(in_order, key=lambda item: self.is_first_person(item[1])):
            speaker = self.speaker(one)
            self.by_claim[number] = speaker
            if one.source:
                self.by_head[one.candidate.tokens["source"]] = speaker
            if speaker.text is not None and one.outer is None and self.is_speech(one):
                self.note_spoken(place(one), speaker)
        return self.by_claim

    def depth(self, one: Attribution) -> int:
        """How many attributions stand around this one."""
        levels = 0
        while one.outer is not None:
            levels, one = levels + 1, self.attributions[one.outer]
        return levels

    def is_speech(self, one: Attribution) -> bool:
        """Whether an attribution is a likely one that says something was said, so that `he` takes its speaker up."""
        said = not set(one.candidate.key.split(" ")).isdisjoint(self.rulebook.words("types.statement"))
        return one.score >= SURE and said

    def is_first_person(self, one: Attribution) -> bool:
        """Whether an attribution's source is `I` or `we`."""
        return bool(one.source) and self.syntax.lower[one.candidate.tokens["source"]] in self.words("self")

    def speaker(self, one: Attribution) -> Speaker:
        """Who speaks in one attribution."""
        if not one.source:
            return NOBODY
        first, last = one.source[0][0], one.source[0][1] - 1
        head = one.candidate.tokens["source"]
        if self.syntax.tag[head] in ("WP", "WDT") or self.is_reference(head, "relative"):
            head, first, last = self.antecedent(one, head, first, last)
            if head in self.by_head:
                return self.by_head[head]
        joint = self.joint(head, first, last, one) or self.listed_names(first, last)
        return joint or self.single(head, first, last, one)

    def antecedent(self, one: Attribution, head: int, first: int, last: int) -> tuple[int, int, int]:
        """The noun that a relative pronoun takes up."""
        syntax, verb = self.syntax, one.head
        while syntax.head[verb] != verb and syntax.dep[verb] != "relcl":
            verb = syntax.head[verb]
        noun = self.person_before(head, syntax.head[verb])
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

    def person_before(self, pronoun: int, noun: int) -> int:
        """The person whom `who` takes up, where the parser hung its clause on a thing beside or above that person."""
        syntax = self.syntax
        if syntax.lower[pronoun] not in self.rulebook.words("reference.personal") or self.can_be_who(noun):
            return noun
        beside = [index for index in syntax.subtree(noun) if index < pronoun and self.can_be_who(index)]
        above = noun
        while syntax.dep[above] in ("pobj", "prep", "pcomp") and not self.can_be_who(above):
            above = syntax.head[above]
        return beside[-1] if beside else above if self.can_be_who(above) else noun

    def can_be_who(self, noun: int) -> bool:
        """Whether a noun names persons."""
        name = self.registry.at(noun)
        if name is not None:
            return name.kind in ("person", "unknown")
        return self.word_kind(noun) == "person" or self.is_plural(noun)

    def joint(self, head: int, first: int, last: int, one: Attribution) -> Speaker | None:
        """Speakers that are joined by `and`, together and one by one."""
        heads = [head]
        while (following := self.following(heads[-1], last)) is not None:
            heads.append(following)
        if len(heads) == 1:
            return None
        if self.is_one_person(heads, first):
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

    def listed_names(self, first: int, last: int) -> Speaker | None:
        """Names in a list that the parser did not see as one (`Roe, Lee, Gov. Ann Fox and Rep. Jim Day of Ohio`)."""
        names: list[Name] = []
        for index in range(first, last + 1):
            name = self.registry.at(index)
            if name is not None and name.start == index and name.kind == "person":
                if names and not self.is_list_gap(names[-1].head + 1, index):
                    break
                names.append(name)
        if len(names) < 2 or self.syntax.pos[names[0].head + 1] not in ("PUNCT", "CCONJ") or names[0].start != first:
            return None
        between = range(names[-2].head + 1, names[-1].start)
        if not any(self.syntax.pos[index] == "CCONJ" for index in between):
            return None
        return self.together([self.of_name(name) for name in names], first, last, [name.head for name in names])

    def is_list_gap(self, begin: int, end: int) -> bool:
        """Whether only commas, conjunctions and titles stand between two names."""
        titles = self.words("title")
        return all(
            self.syntax.pos[i] in ("PUNCT", "CCONJ") or self.syntax.lower[i] in titles or self.is_capital(i)
            for i in range(begin, end)
        )

    def is_one_person(self, heads: list[int], first: int) -> bool:
        """Whether joined nouns share one determiner: `the former governor and current nominee` is one person."""
        syntax = self.syntax
        if any(syntax.tag[index] != "NN" or self.registry.at(index) for index in heads):
            return False
        own = [syntax.child(index, "det", "poss") is not None for index in heads]
        return own[0] and not any(own[1:])

    def single(self, head: int, first: int, last: int, one: Attribution) -> Speaker:
        """One speaker: a pronoun, a name, or a description."""
        lower = self.syntax.lower[head]
        if self.is_pronoun(head):
            found = self.pronoun(head, lower, one) or self.the_two(head, lower)
            return found or self.as_it_stands(head, first, last)
        several = self.syntax.pos[head] == "NUM" and not self.is_reference(head, "singular")
        if several and self.is_definite(first, head):
            return self.back(head, one, plural=True) or self.as_it_stands(head, first, last)  # `the two`
        return (
            self.mention(head, first, last)
            or self.leading_name(first, last)
            or self.apposed_name(head, first, last)
            or self.description(head, first, last, one)
        )

    def the_two(self, head: int, lower: str) -> Speaker | None:
        """Whom `both` takes up where they were not named together: the only two persons of the paragraph so far."""
        if lower not in self.words("pair"):
            return None
        persons = [one for one in reversed(self.persons_before(head, 0, subjects=False)) if one.head is not None]
        heads = [one.head for one in persons if one.head is not None]
        return self.together(persons, head, head, heads) if len(persons) == 2 else None


def place(one: Attribution) -> int:
    """Where an attribution's source stands, for the order of the text."""
    return one.candidate.tokens.get("source", one.head)
