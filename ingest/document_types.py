"""What kind of document this is: as stated, in one set of names; else concluded, and so said. Pure.

    case report    one patient's story; "case series" tells of more than one
    abstract       short, without references
    article        methods and results of a study; "trial" where patients were assigned,
                   "study protocol" where that was still to come
    review         what others found
    clinic page    of a website: explains, or tells what was done for a patient
    promotional    of a website: explains in order to sell (a price, a booking, praise of itself)

A document that fits none has none.
"""

import re
from collections.abc import Sequence

from ingest.cases.outline import read_outline
from ingest.cleaning import words_in
from ingest.documents import Case, Metadata, Section, read_in
from ingest.formats.xml.jats_types import type_in_words
from ingest.sections import (
    ABSTRACT,
    DISCUSSION,
    METHODS,
    OTHER,
    OUTCOME,
    REFERENCES,
    SITE_TEXT,
    section_kind,
)

NAMES = frozenset(
    ("case report", "case series", "abstract", "article", "review", "trial", "study protocol")
) | {"clinic page", "promotional"}
MAX_ABSTRACT_WORDS = 600
"""The longest abstracts of meetings; shorter articles with references are articles all the same."""
MIN_SIGNS = 2
"""Signs of a clinic's voice, or of selling, that make a page one: a single one can be chance."""

_TITLES: tuple[tuple[str, str], ...] = (
    ("case series", r"\bcase series\b|\b(?:two|three|four|five|six|\d+) cases?\b(?! reports?)"),
    (
        "case report",
        r"\bcase (?:reports?|stud(?:y|ies)|presentation)\b|\bcase of\b|: an? (?:\w+ )?case$",
    ),
    ("study protocol", r"\b(?:study|trial) protocol\b|\bprotocol (?:for|of) (?:an?|the)\b"),
    ("guideline", r"\bguidelines?\b|\bconsensus statement\b"),
    (
        "review",
        r"\b(?:systematic|scoping|narrative|literature|umbrella|critical|mini)[ -]?review\b"
        r"|\bmeta-?analys[ie]s\b|\ba review\b|: (?:an? )?(?:\w+ )?review\b|\breview of\b",
    ),
    (
        "trial",
        r"\brandomi[sz]ed\b|\bcontrolled trial\b|\bclinical trial\b|\bphase (?:[1-4]|I{1,3}|IV)\b",
    ),
)
_CLINIC_SIGNS = (
    r"\bour (?:clinic|practice|cent(?:er|re)|office)\b",
    r"\bour (?:physiotherap\w+|therapists?|specialists?|experts?|team)\b",
    r"\bclients?\b",
    r"\bDr\.? (?-i:[A-Z])\w+(?: (?-i:[A-Z])\w+)? (?:is|has been) (?:an?|one of|the)\b",
    r"\b(?:world|internationally|nationally)[- ](?:recogni[sz]ed|renowned|class|leading)\b",
    r"(?m)^(?:our (?:patient|diagnosis|treatment approach|results)|the challenge)$",
    r"\b(?-i:Clinic|Rehab\w*|Institute|Treatment Center|Treatment Centre)\b.{0,40}"
    r"\b(?:we|offers?|charges?|focus)\b",
    r"\bturned to (?-i:[A-Z])\w+ for help\b|\bwhen (?:he|she) came to us\b",
)
_SELLING_SIGNS = (
    r"[$£€]\s?\d|\b\d+ (?:dollars|pounds|euros)\b",
    r"\b(?:insurance|HSA|FSA|payment plans?|financing|free consultation)\b",
    r"\b(?:book|schedule|request|arrange) (?:an? |your )?(?:appointment|consultation|visit|now)",
    r"\b(?:call|contact|visit|consult(?: with)?) (?:us|our (?:clinic|specialists?|team))\b",
    r"\bwhy choose\b|\bchoose us\b",
    r"\bour expertise\b|\bbest possible (?:care|outcomes?|results?)\b|state-of-the-art",
    r"\b(?:only|few|leading) (?:\w+ ){0,3}(?:physicians?|experts?|specialists?|clinics?)\b",
    r"\bpersonali[sz]ed (?:care|treatment)\b|\bpatient-cent(?:er|re)d care\b",
)
_OPENING_LINES = 6
"""Journals print what an article is above its title or right below it."""
_TYPE_LINE = re.compile(
    r"(?:case (?:report|series|study)|(?:mini |systematic |literature )?review(?: article)?"
    r"|(?:original|research|regular)(?: (?:article|research|paper|contribution))?|study protocol"
    r"|(?:short|brief) (?:report|communication)|commentary|editorial|letter(?: to the editor)?"
    r"|clinical trial|guidelines?|meeting abstract)s?(?:\W+open access)?",
    re.IGNORECASE,
)
_TRIAL_HEADING = re.compile(r"randomi[sz]ation|trial (?:registration|design|status)|blinding", re.I)
_MEETING = re.compile(
    r"cite this abstract|meeting abstracts?|annual (?:assembly|meeting|congress)|poster session",
    re.IGNORECASE,
)
_INLINE_LABELS = re.compile(r"\b(?:BACKGROUND|OBJECTIVE|METHODS|RESULTS|CONCLUSIONS?)\b[:\s]")


def describe_type(
    metadata: Metadata, text: str, sections: Sequence[Section], cases: Sequence[Case]
) -> Metadata:
    """Only the document type, with its origin: stated and renamed, or inferred, or none."""
    if metadata.document_type:
        kind = normalised_type(metadata.document_type)
        return read_in(metadata.origin_of("document_type"), Metadata(document_type=kind))
    line = _type_line(text)
    if line:
        kind = normalised_type(re.sub(r"\W+open access", "", line, flags=re.IGNORECASE))
        return read_in(f'line "{line}" at the beginning', Metadata(document_type=kind))
    kind, reason = _inferred(metadata, text, sections, len({case.number for case in cases}))
    return read_in(f"inferred from {reason}", Metadata(document_type=kind))


def normalised_type(stated: str) -> str:
    """A stated type under the name that all documents share; its own wording if there is none.

    >>> normalised_type("Research Article"), normalised_type("Web page")
    ('article', 'web page')
    """
    wording = " ".join(stated.lower().replace("-", " ").split())
    return wording if wording in NAMES else type_in_words([wording]) or wording


def _type_line(text: str) -> str:
    """The line among the first that says what the document is and nothing else."""
    lines = [" ".join(line.split()) for line in text[:2000].split("\n") if line.strip()]
    return next((line for line in lines[:_OPENING_LINES] if _TYPE_LINE.fullmatch(line)), "")


def _inferred(
    metadata: Metadata, text: str, sections: Sequence[Section], cases: int
) -> tuple[str, str]:
    """A type and what speaks for it; ("", "") where nothing does."""
    outline = read_outline(text, sections)
    headings = [heading for part in outline for heading in part.headings]
    kinds = {section_kind(heading) for heading in headings} - {OTHER}
    is_published = bool(metadata.doi or metadata.pmid or metadata.journal or REFERENCES in kinds)
    if not is_published:
        page = _page_type(text, kinds, cases)
        if page[0]:
            return page
    words = words_in(text)
    if words <= MAX_ABSTRACT_WORDS and REFERENCES not in kinds and _MEETING.search(text):
        return "abstract", "its length and its meeting"
    for kind, pattern in _TITLES:
        if re.search(pattern, metadata.title, re.IGNORECASE):
            return kind, "its title"
    if cases:
        return ("case series" if cases > 1 else "case report"), "the cases that it tells"
    return _study_type(text, headings, kinds, is_published)


def _page_type(text: str, kinds: set[str], cases: int) -> tuple[str, str]:
    voice = _signs(text, _CLINIC_SIGNS) + (SITE_TEXT in kinds)
    selling = _signs(text, _SELLING_SIGNS)
    if voice + selling < MIN_SIGNS:
        return "", ""
    if cases and voice:
        return "clinic page", "its wording, as of a clinic that tells of a patient"
    if selling >= MIN_SIGNS and not cases:
        return "promotional", "its words of price, booking or praise of itself"
    return ("clinic page", "its wording, as of a clinic") if voice >= MIN_SIGNS else ("", "")


def _study_type(
    text: str, headings: Sequence[str], kinds: set[str], is_published: bool
) -> tuple[str, str]:
    words = words_in(text)
    is_short = words <= MAX_ABSTRACT_WORDS and REFERENCES not in kinds
    if METHODS in kinds and {OUTCOME, DISCUSSION} & kinds:
        if is_short:
            return "abstract", "its headings and length"
        is_trial = any(_TRIAL_HEADING.search(heading) for heading in headings)
        return ("trial" if is_trial else "article"), "its headings"
    if is_short and (kinds == {ABSTRACT} or len(set(_INLINE_LABELS.findall(text))) > MIN_SIGNS):
        return "abstract", "its headings and length"
    if is_published and {REFERENCES, DISCUSSION, ABSTRACT} & kinds and not is_short:
        return "article", "its headings"
    return ("abstract", "its length") if is_published and is_short else ("", "")


def _signs(text: str, patterns: Sequence[str]) -> int:
    return sum(bool(re.search(pattern, text, re.IGNORECASE)) for pattern in patterns)
