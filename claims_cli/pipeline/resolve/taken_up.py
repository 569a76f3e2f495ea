"""With which pronoun a text takes each speaker up (`pronoun` of the record): never guessed from a name."""

from collections import Counter, defaultdict

from claims_cli.pipeline.resolve.discourse import Discourse
from claims_cli.pipeline.resolve.possession import owners

CLEARLY = 2 / 3  # of the pronouns that stand for somebody, that one and no other


def taken_up_by(discourse: Discourse) -> dict[str, str]:
    """By the name of each speaker the pronoun that stands for him or her, where one clearly does."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for head, speaker in (*discourse.by_head.items(), *owners(discourse)):
        form = discourse.rulebook.words_of("pronouns", discourse.syntax.lower[head])
        if form and speaker.text is not None and speaker.text.lower() != discourse.syntax.lower[head]:
            counts[speaker.text].update(form)
    best = {name: found.most_common(1)[0] for name, found in counts.items()}
    return {name: form for name, (form, number) in best.items() if number >= CLEARLY * counts[name].total()}
