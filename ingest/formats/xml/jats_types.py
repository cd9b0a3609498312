"""What kind of document a publisher or PubMed says that it has, in plain words. Pure; tables.

The vocabulary is that of `Metadata.document_type` and `Metadata.notice`. Sources of the terms:
https://jats.nlm.nih.gov/archiving/tag-library/1.3/attribute/article-type.html and
https://www.nlm.nih.gov/mesh/pubtypes.html
"""

import re
from collections.abc import Iterable

RETRACTED = "retracted"
PARTLY_RETRACTED = "partly retracted"
CONCERN = "expression of concern"
CORRECTED = "corrected"
RETRACTION_NOTICE = "retraction notice"
CORRECTION_NOTICE = "correction notice"
CONCERN_NOTICE = "notice of concern"

_SEVERITY = (
    RETRACTED,
    PARTLY_RETRACTED,
    CONCERN,
    RETRACTION_NOTICE,
    CONCERN_NOTICE,
    CORRECTION_NOTICE,
    CORRECTED,
)
"""Of several notices the first of these is the one that a reader must see."""

_ARTICLE_TYPES = {
    "case-report": "case report",
    "review-article": "review",
    "systematic-review": "review",
    "meta-analysis": "review",
    "research-article": "article",
    "brief-report": "article",
    "rapid-communication": "article",
    "data-paper": "article",
    "abstract": "abstract",
    "meeting-abstract": "abstract",
    "letter": "letter",
    "reply": "letter",
    "editorial": "editorial",
    "introduction": "editorial",
    "article-commentary": "commentary",
    "clinical-trial": "trial",
    "protocol": "study protocol",
    "correction": "correction",
    "addendum": "correction",
    "retraction": "retraction",
    "partial-retraction": "retraction",
    "expression-of-concern": "expression of concern",
    "other": "",
}
"""`article-type` to document type; one that is not here is its own words."""
_OPEN_TYPES = frozenset(["", "article"])
"""Types that publishers give to almost anything: the subject heading may say more."""

# First match wins, so what tells more stands first.
_WORDINGS: tuple[tuple[str, str], ...] = (
    ("retraction", r"^(partial )?retractions?\b|^retraction (of publication|notice)|^withdrawal"),
    ("expression of concern", r"^(editorial )?expressions? of concern"),
    ("correction", r"^(published |author |publisher )?(errat|corrigend|addend|corrections?\b)"),
    ("case series", r"\bcase series\b"),
    (
        "case report",
        r"\bcase (report|stud|presentation|record|vignette)|\bclinical cases?\b|^cases?$",
    ),
    ("study protocol", r"\bprotocols?\b"),
    ("guideline", r"\bguidelines?\b|\bconsensus (statement|development)"),
    ("commentary", r"\b(book|product|media|film|software) reviews?\b"),
    ("review", r"\b(systematic |narrative |scoping |mini.?)?reviews?\b|\bmeta.?analys[ie]s\b"),
    ("trial", r"\b(clinical|controlled|randomi[sz]ed|pragmatic|equivalence) trials?\b"),
    ("editorial", r"^editorials?\b"),
    ("letter", r"^letters?\b|^correspondence\b|^(authors? )?repl(y|ies)\b"),
    ("abstract", r"\babstracts?\b"),
    (
        "article",
        r"\b(research|original|journal|regular|short|brief)\b.*(article|report|paper|comm)",
    ),
    ("article", r"^(research|articles?)$"),
    ("commentary", r"^comment(ar(y|ies))?s?$|^(perspectives?|opinions?|viewpoints?)$"),
)

_RELATED = {
    "retraction-forward": RETRACTED,
    "retraction": RETRACTED,
    "partial-retraction-forward": PARTLY_RETRACTED,
    "concern-forward": CONCERN,
    "expression-of-concern": CONCERN,
    "expression-of-concern-forward": CONCERN,
    "correction-forward": CORRECTED,
    "correction": CORRECTED,
    "addendum": CORRECTED,
    "retracted-article": RETRACTION_NOTICE,
    "partial-retraction": RETRACTION_NOTICE,
    "object-of-concern": CONCERN_NOTICE,
    "corrected-article": CORRECTION_NOTICE,
    "addended-article": CORRECTION_NOTICE,
    # PubMed's CommentsCorrections, RefType
    "RetractionIn": RETRACTED,
    "PartialRetractionIn": PARTLY_RETRACTED,
    "RetractedandRepublishedIn": RETRACTED,
    "ExpressionOfConcernIn": CONCERN,
    "ErratumIn": CORRECTED,
    "CorrectedandRepublishedIn": CORRECTED,
    "RetractionOf": RETRACTION_NOTICE,
    "PartialRetractionOf": RETRACTION_NOTICE,
    "ExpressionOfConcernFor": CONCERN_NOTICE,
    "ErratumFor": CORRECTION_NOTICE,
}
"""What an article's tie to another says of it."""
_NOTICES = {
    "retraction": RETRACTION_NOTICE,
    "expression of concern": CONCERN_NOTICE,
    "correction": CORRECTION_NOTICE,
}
"""What a document of this type is to its reader."""
_RETRACTED_TITLE = re.compile(
    r"^\W*(?:(?:retracted|withdrawn|removed)(?:[ -](?:article|paper|chapter))?\s*[\]:)–—-]"
    r"|art[ií][cg][uo]lo retra[ct])",
    re.IGNORECASE,
)


def document_type(article_type: str, subjects: Iterable[str]) -> str:
    """The type of a document by its `article-type` and its subject headings.

    >>> document_type("research-article", ["Case Reports"])
    'case report'
    """
    stated = _ARTICLE_TYPES.get(article_type, article_type.replace("-", " "))
    return (type_in_words(subjects) or stated) if stated in _OPEN_TYPES else stated


def type_in_words(names: Iterable[str]) -> str:
    """The type that headings or PubMed's publication types name; "" if they name none."""
    wordings = [name.lower().strip() for name in names]
    found = (
        kind
        for kind, pattern in _WORDINGS
        if any(re.search(pattern, wording) for wording in wordings)
    )
    return next(found, "")


def notice(kind: str, related: Iterable[str], title: str) -> str:
    """What a reader must know of a document: that it is retracted, or corrects another.

    `kind` is its document type, `related` how it is tied to others.

    >>> notice("article", [], "RETRACTED: A cure for sprains")
    'retracted'
    """
    if kind in _NOTICES:  # it is tied to what it is about, and is not itself retracted
        return _NOTICES[kind]
    found = {_RELATED.get(tie, "") for tie in related}
    if _RETRACTED_TITLE.search(title):
        found.add(RETRACTED)
    return next((one for one in _SEVERITY if one in found), "")
