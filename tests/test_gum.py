"""What the benchmarks read of GUM: texts, who is said to say something, and all that is said; and past tenses."""

import pytest

from benchmarks import gum
from benchmarks.verbnet import past

ROWS = """# newdoc id = GUM_news_ferry
# newpar
# text = Tuva Lie didn't say
1	Tuva	Tuva	PROPN	_	_	_	_	_	Discourse=attribution-negative:1->2:1:sem-atsrc-1-2-_+lex-indwd-5-_
2	Lie	Lie	PROPN	_	_	_	_	_	_
3-4	didn't	_	_	_	_	_	_	_	_
3	did	do	AUX	_	_	_	_	_	_
4	n't	not	PART	_	_	_	_	_	_
5	say	say	VERB	_	_	_	_	_	_

# text = the ferry was late
1	the	the	DET	_	_	_	_	_	Discourse=ROOT:2:0
2	ferry	ferry	NOUN	_	_	_	_	_	_
3	was	be	AUX	_	_	_	_	_	_
4	late	late	ADJ	_	_	_	_	_	_

# text = and full.
1	and	and	CCONJ	_	_	_	_	_	Discourse=joint-list_m:3->2:0:_
2	full	full	ADJ	_	_	_	_	_	SpaceAfter=No
3	.	.	PUNCT	_	_	_	_	_	_

# newpar
# text = It sank.
1	It	it	PRON	_	_	_	_	_	Discourse=context-background:4->2:2:_
2	sank	sink	VERB	_	_	_	_	_	SpaceAfter=No
3	.	.	PUNCT	_	_	_	_	_	_
"""


def test_what_is_said_is_all_that_was_attached_before_who_says_it(tmp_path) -> None:
    path = tmp_path / "GUM_news_ferry.conllu"
    path.write_text(ROWS)
    read = gum.read(path)
    assert read.text == "Tuva Lie didn't say the ferry was late and full.\n\nIt sank."
    assert read.genre == "news"
    [found] = read.attributions()
    satellite, nucleus, marked = (
        [read.text[word.start : word.end] for word in words] for words in (found.satellite, found.nucleus, found.marked)
    )
    assert satellite == ["Tuva", "Lie", "didn't", "didn't", "say"]
    assert nucleus == ["the", "ferry", "was", "late", "and", "full", "."]
    assert marked == ["say"]


PAST = """say said, cry cried, beg begged, submit submitted, mutter muttered, declare declared, quip quipped,
bawl bawled, panic panicked, put put"""


@pytest.mark.parametrize("forms", PAST.split(","))
def test_past_tenses(forms: str) -> None:
    verb, form = forms.split()
    assert past(verb) == form
