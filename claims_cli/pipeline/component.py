"""All of it as one spaCy component for anybody's pipeline: ``nlp.add_pipe("claims")``, then ``doc._.claims``."""

from spacy.language import Language
from spacy.tokens import Doc

from claims_cli.articles.arranger import Arranger
from claims_cli.claim import ArticleSpan, Claim, Document, plain
from claims_cli.errors import UsageError
from claims_cli.models import OFFICIAL_MODEL
from claims_cli.pipeline import ArticleReader
from claims_cli.pipeline.claims import ArticlePlace, ClaimLexicon, claims_of
from claims_cli.pipeline.parse.labels import check_labels
from claims_cli.query import settle
from claims_cli.rulebook import RuleSources, load

NAME = "claims"
KEPT = ("._.", NAME, None, None)  # where spaCy keeps the values of extensions
NEEDED = {"TAG": "tagger", "DEP": "parser", "POS": "attribute_ruler", "LEMMA": "lemmatizer", "ENT_IOB": "ner"}


class ClaimsComponent:
    """Finds the claims of a parsed `Doc`, whose text is read as one article; offsets are code points of ``doc.text``.

    The claims are kept in the `Doc` in JSON's own types, so that it can be copied, written to bytes and sent to other
    processes.
    """

    def __init__(self, nlp: Language, sources: RuleSources, types: str, min_confidence: float | None):
        self.nlp = nlp
        self.rulebook = load(sources)
        self.query = settle(self.rulebook.settings, types=types, min_confidence=min_confidence)
        self.arranger = Arranger(self.rulebook)
        self.reader = ArticleReader(self.rulebook)
        self.lexicon = ClaimLexicon.of(self.rulebook)
        self.is_checked = False

    def __call__(self, doc: Doc) -> Doc:
        """Leave the claims of a `Doc` in ``doc._.claims``.

        Raises:
            UsageError: the pipeline lacks a component.
            RulebookError: the pipeline lacks labels that the rules name.
        """
        found: list[Claim] = []
        if doc.text.strip():
            self.check(doc)
            found = self.claims(doc)
        doc.user_data[KEPT] = [plain(claim) for claim in found]
        return doc

    def check(self, doc: Doc) -> None:
        """Check that the components before this one have done what the rules rest on.

        Raises:
            UsageError, RulebookError: they have not.
        """
        lacking = [name for attribute, name in NEEDED.items() if not doc.has_annotation(attribute)]
        if lacking:
            raise UsageError(
                f"the spaCy component '{NAME}' has no {', '.join(lacking)} before it",
                f"add it last to a pipeline that has them, like {OFFICIAL_MODEL}",
            )
        if not self.is_checked:  # only now: the labels of a pipeline that is loaded come after its components
            check_labels(self.rulebook.rules, self.nlp)
            self.is_checked = True

    def claims(self, doc: Doc) -> list[Claim]:
        """The claims of a `Doc` that are asked for, in the order of the text."""
        text = doc.text
        arranged = self.arranger.arrange(Document("text", text))
        whole = ArticleSpan(1, 0, len(text), arranged.articles[0].title)
        document = Document("text", text, arranged.text_sha256, (whole,), arranged.furniture)
        article = self.reader.read(doc)
        return [
            claim for claim in claims_of(article, ArticlePlace(document, whole, 0), self.lexicon) if self.shows(claim)
        ]

    def shows(self, claim: Claim) -> bool:
        """Whether a claim is of a type, and as sure, as is asked for."""
        return claim.type in self.query.types and self.query.is_sure_enough(claim)


def kept_claims(doc: Doc) -> tuple[Claim, ...]:
    """The claims that the component left in a `Doc`; none where it did not run."""
    return tuple(Claim.from_json(value) for value in doc.user_data.get(KEPT, ()))


@Language.factory(
    NAME,
    default_config={"rules": [], "types": "said", "min_confidence": None, "fast": False},
    assigns=[f"doc._.{NAME}"],
    requires=["token.tag", "token.lemma", "token.dep", "doc.ents"],
)
def make_claims(
    nlp: Language, name: str, rules: list[str], types: str, min_confidence: float | None, fast: bool
) -> ClaimsComponent:
    """The component for `nlp.add_pipe`.

    Args:
        rules: files and folders of your own rules, beside the shipped ones.
        types: claim types, comma-separated; ``said``, ``held`` and ``all`` are groups.
        min_confidence: the lowest confidence of a claim, from 0 to 1; None for the rulebook's own.
        fast: whether the rules read alone, without the small reader beside them.

    Raises:
        UsageError: the pipeline is for another language, or there is no such type.
        RulebookError: a rule is broken.
    """
    if nlp.lang != "en":
        reason = f"the rules are for English, and this pipeline is for '{nlp.lang}'"
        raise UsageError(reason, f"take one like {OFFICIAL_MODEL}")
    return ClaimsComponent(nlp, RuleSources(fast=fast).adding(rules), types, min_confidence)


Doc.set_extension(NAME, getter=kept_claims, force=True)
