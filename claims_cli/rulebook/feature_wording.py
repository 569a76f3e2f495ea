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


def in_words(feature: str, value: str, weight: float) -> str:
    """A weight in words: what speaks for or against a candidate, and how much (log odds)."""
    side = "for it" if weight > 0 else "against it"
    return f"{side} ({weight:+.2f}): {FEATURES[feature].format(value)}"


def feature_row(name: str, learned: Weights) -> tuple[str, str, str]:
    """A kind of evidence: its name, what it says, and how many weights it has, from the least to the greatest."""
    values = learned.features.get(name, {}).values()
    span = f"{len(values)}, {min(values):+.2f} to {max(values):+.2f}" if values else "none"
    return name, FEATURES[name].format("…"), span
