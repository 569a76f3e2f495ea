"""Whose act a word is, when its own subject is elsewhere: joined verbs, infinitives, participles, agents, possessors.

Measured on PolNeAR, inheritance of subjects is worth six points of attribution F1.
"""

from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.pipeline.parse.word_order import FINITE, nominal_before

VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN"})
ADJECTIVAL = frozenset({"ADJ"})
FIRST_PERSON = ("i", "we")
MOST_STEPS = 12
THINGS = frozenset({"it", "this", "that", "there"})


def subject_of(syntax: Syntax, index: int) -> int | None:
    """The head of the phrase that names who does what the word `index` says, or None where the text names nobody."""
    if syntax.pos[index] in NOMINAL:
        return possessor(syntax, index)
    if is_passive(syntax, index):
        return agent(syntax, index)
    return grammatical_subject(syntax, index)


def subjects_of(syntax: Syntax, index: int) -> list[int]:
    """`subject_of`, and any second subject that the parser gave the same verb (one inside a quotation, say)."""
    found = syntax.subjects.get(index)
    if found is None:
        found = syntax.subjects[index] = found_subjects(syntax, index)
    return found


def found_subjects(syntax: Syntax, index: int) -> list[int]:
    """What `subjects_of` remembers, for many rules ask for the subjects of one verb."""
    first = subject_of(syntax, index)
    if first is None:
        return []
    if syntax.head[first] != index:
        return [first]
    if inverted_subject(syntax, index) is not None:
        return [first]
    others = [c for c in syntax.children[index] if syntax.dep[c] in ("nsubj", "nsubjpass") and c != first]
    if others and syntax.lower[others[-1]] in FIRST_PERSON and syntax.lower[others[-1] - 1] == ",":
        return others[-1:]  # `Mr. Speaker, Sir, I ask`: who is spoken to asks nothing
    return [first, *others] if not others else [one for one in (first, *others) if not is_topic(syntax, one)]


def is_topic(syntax: Syntax, index: int) -> bool:
    """Whether a colon stands right behind a noun: `Port levy: …, say drivers` does not have the levy say it."""
    return index + 1 < syntax.length and syntax.lower[index + 1] == ":"


def is_passive(syntax: Syntax, index: int) -> bool:
    """Whether a verb is passive: by its auxiliary or subject, or a bare past participle (`Asked why, she said`).

    A verb that has an active subject keeps it whatever stands behind `by` (`She said by phone that …`).
    """
    if syntax.child(index, "auxpass", "nsubjpass") is not None:
        return True
    if syntax.child(index, "agent") is not None:
        return syntax.child(index, "nsubj") is None
    if syntax.tag[index] != "VBN" or syntax.child(index, "aux", "nsubj") is not None:
        return False
    return syntax.dep[index] in ("acl", "advcl")


def agent(syntax: Syntax, index: int) -> int | None:
    """The doer of a passive."""
    preposition = syntax.child(index, "agent")
    return None if preposition is None else syntax.child(preposition, "pobj")


def possessor(syntax: Syntax, index: int) -> int | None:
    """Whose a noun is (`his claim`), or who makes it (`he made the claim`)."""
    owner = syntax.child(index, "poss")
    if owner is not None:
        return owner
    head = syntax.head[index]
    if head != index and syntax.dep[index] == "conj":
        return possessor(syntax, head) if syntax.pos[head] in NOMINAL else None
    if syntax.dep[index] == "dobj" and syntax.pos[head] in VERBAL:
        return subject_of(syntax, head)
    return None


def grammatical_subject(syntax: Syntax, index: int, steps: int = MOST_STEPS) -> int | None:
    """The subject of a verb, its own or the one it shares; None for an empty `it` or `there`."""
    if steps == 0:
        return None
    inverted = inverted_subject(syntax, index)
    if inverted is not None:
        return inverted
    own = syntax.child(index, "nsubj", "nsubjpass", "csubj", "expl")
    if own is not None and syntax.dep[own] == "csubj" and syntax.tag[own] == "VBG":
        behind = nominal_before(syntax, index)  # `Calling her a friend of Moss, Roe said` was read as one clause
        return own if behind is None else behind
    if own is not None:
        return None if syntax.dep[own] == "expl" else own
    head, dep = syntax.head[index], syntax.dep[index]
    if head == index:
        return None
    if dep == "conj":
        return grammatical_subject(syntax, syntax.head[head] if goes_on_above(syntax, index) else head, steps - 1)
    if dep in ("xcomp", "oprd"):
        return controller(syntax, head, steps)
    if dep in ("acomp", "attr", "aux", "auxpass"):
        return grammatical_subject(syntax, head, steps - 1)
    if dep == "advcl" and (sayer := beside_saying(syntax, index, head)) is not None:
        return sayer
    if dep == "advcl" and syntax.pos[head] in VERBAL | ADJECTIVAL and is_bare(syntax, index):
        return grammatical_subject(syntax, head, steps - 1)
    if dep == "acl" and syntax.tag[index] == "VBG":
        return head
    if dep in ("acl", "dep") and syntax.tag[index] in FINITE and syntax.pos[head] in NOMINAL and head < index:
        return head  # a clause read as a noun phrase (`A group of rabbis called for a boycott`)
    if dep == "acl" and syntax.pos[head] in NOMINAL and syntax.child(index, "aux") is not None:
        return possessor(syntax, head)
    if dep == "pcomp":
        return above_preposition(syntax, head, steps)
    return None


def beside_saying(syntax: Syntax, index: int, head: int) -> int | None:
    """Who says it in a clause set in right before a participle (`Rents must fall, Roe said, adding …`)."""
    inserted = [c for c in syntax.children[head] if head < c < index and syntax.dep[c] == "parataxis"]
    if head < syntax.head[head] < index and syntax.dep[head] == "ccomp":
        inserted.append(syntax.head[head])
    if not inserted or syntax.tag[index] != "VBG":
        return None
    between = range(inserted[-1] + 1, index)
    is_next = all(syntax.pos[i] in ("PUNCT", "ADV", "CCONJ") for i in between)
    return syntax.child(inserted[-1], "nsubj") if is_next else None


def inverted_subject(syntax: Syntax, index: int) -> int | None:
    """The noun phrase right behind a verb that commas set off with it (`Prices, said the bank, fell`)."""
    if index == 0 or syntax.lower[index - 1] != "," or syntax.tag[index] not in FINITE:
        return None
    before = syntax.left[index - 2] - 1  # of `her brother, Tom, told the court` the comma that begins the apposition
    is_apposed = index > 1 and before >= 0 and syntax.lower[before] == ","
    allowed = ("nsubj", "dobj") if syntax.dep[index] == "parataxis" and not is_apposed else ("nsubj",)
    for child in syntax.children[index]:
        if syntax.dep[child] in allowed and syntax.left[child] == index + 1:
            last = syntax.right[child] + 1
            return child if last < syntax.length and syntax.lower[last] == "," else None
    return None


def goes_on_above(syntax: Syntax, index: int) -> bool:
    """Whether a verb joined to a clause rather goes on with the verb above (`said it was safe and called them fools`).

    What only a person does with words (calls somebody something, adds that) is not done by `it`.
    """
    clause = syntax.head[index]
    above, subject = syntax.head[clause], syntax.child(clause, "nsubj", "nsubjpass", "expl")
    if syntax.dep[clause] != "ccomp" or subject is None or syntax.lower[subject] not in THINGS:
        return False
    is_told = syntax.child(index, "oprd") is not None or any(
        syntax.dep[child] == "ccomp" and syntax.child(child, "mark") is not None for child in syntax.children[index]
    )
    return is_told and syntax.tag[index] == syntax.tag[above]


def is_bare(syntax: Syntax, index: int) -> bool:
    """Whether a clause has no finite verb of its own: a participle or an infinitive."""
    return syntax.tag[index] in ("VBG", "VBN", "VB")


def controller(syntax: Syntax, head: int, steps: int) -> int | None:
    """Who does what an infinitive says: the object of `asked him to`, otherwise the subject."""
    person = syntax.child(head, "dobj", "dative")
    if person is not None and syntax.pos[head] == "VERB":
        return person
    return grammatical_subject(syntax, head, steps - 1)


def above_preposition(syntax: Syntax, preposition: int, steps: int) -> int | None:
    """The subject for a gerund behind a preposition (`by saying`)."""
    governor = syntax.head[preposition]
    if governor == preposition or syntax.dep[preposition] not in ("prep", "conj", "agent"):
        return None
    if syntax.pos[governor] in VERBAL | ADJECTIVAL:
        # `praised him for saying`, but `surprised him by saying`
        person = syntax.child(governor, "dobj") if syntax.lower[preposition] != "by" else None
        return person if person is not None else grammatical_subject(syntax, governor, steps - 1)
    return possessor(syntax, governor)
