"""Each piece of evidence in words, for explanations; `{}` is the value that it has."""

from claims_cli.rulebook.model import Weights

FEATURES = {
    "addressee": "it says to whom: {}",
    "auxiliary": "auxiliary before the cue (tag): {}",
    "content_first_word": "the content begins with: {}",
    "content_names": "the content's head names: {}",
    "content_part_of_speech": "part of speech of the content's head: {}",
    "content_quoted": "quotation marks in the content: {}",
    "content_size": "tokens in the content: {}",
    "content_word": "head of the content: {}",
    "cue_above": "part of speech of the word that governs the cue: {}",
    "cue_class": "class of the cue among attribution words: {}",
    "cue_dependency": "dependency of the cue: {}",
    "cue_quoted": "the cue stands in quotation marks: {}",
    "cue_right": "share of this word's occurrences that were cues, by any rule: {}",
    "cue_seen": "this word was met in the corpus: {}",
    "cue_tag": "tag of the cue: {}",
    "governor": "word that the cue's clause hangs on: {}",
    "main_word": "main word of the sentence: {}",
    "negated": "the cue is negated: {}",
    "opening": "the content's clause opens with: {}",
    "paragraph": "the cue stands in: {}",
    "preposition": "preposition behind the cue: {}",
    "rule": "found by the rule: {}",
    "sentence_size": "tokens in the sentence: {}",
    "source": "the source is: {}",
    "source_distance": "tokens from the source to the cue: {}",
    "source_word": "head of the source: {}",
    "subject": "how the source belongs to the cue: {}",
    "word_before_cue": "word before the cue: {}",
    "word_behind_cue": "word behind the cue: {}",
}

# what the small reader says, as log odds unless another unit is told
NUMBERS = {
    "reader_right": "the candidate is right",
    "reader_exact": "it is right to the word",
    "reader_cue": "its cue is a cue",
    "reader_cue_begins": "a cue begins there",
    "reader_near_cue": "other words of a cue near it (tokens)",
    "reader_content": "its content is content, on average",
    "reader_content_head": "the head of its content is content",
    "reader_content_first": "the first word of its content is content",
    "reader_content_begins": "a content begins there",
    "reader_content_last": "the last word of its content is content",
    "reader_content_before": "the word before its content is content (share)",
    "reader_content_behind": "the word behind its content is content (share)",
    "reader_content_outside": "content around its own (tokens)",
    "reader_cue_as_content": "its cue is content",
    "reader_source": "its source is a source",
    "reader_source_begins": "a source begins there",
    "reader_no_source": "it has no source (1 or 0)",
    "reader_other_source": "other words of a source near it (tokens)",
    "reader_source_as_content": "its content is a source",
    "tagged": "what no rule saw (1)",
    "tagged_cue": "its tagged cue is a cue",
    "tagged_content": "its tagged content is content",
    "tagged_source": "its tagged source is a source",
    "tagged_no_source": "no source is tagged (1 or 0)",
    "tagged_right": "the tags together are right",
    "tagged_content_apart": "words between cue and content (log of 1 more)",
    "tagged_source_apart": "words between cue and source (log of 1 more)",
    "tagged_word": "how often the word of its cue was one",
    "tagged_size": "words of the content (log of 1 more)",
    "reader_rival": "how far it lies behind the likeliest at its cue",
}


def in_words(feature: str, value: str, weight: float) -> str:
    """A weight in words: what speaks for or against a candidate, and how much (log odds)."""
    side = "for it" if weight > 0 else "against it"
    return f"{side} ({weight:+.2f}): {FEATURES[feature].format(value)}"


def feature_row(name: str, learned: Weights) -> tuple[str, str, str]:
    """A kind of evidence: its name, what it says, and how many weights it has, from the least to the greatest."""
    values = learned.features.get(name, {}).values()
    span = f"{len(values)}, {min(values):+.2f} to {max(values):+.2f}" if values else "none"
    return name, FEATURES[name].format("…"), span
