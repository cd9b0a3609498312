"""Whether a document tells of cases at all, and from where on. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.cases.labels import labels_in, leading_label
from ingest.cases.outline import Part
from ingest.cases.patients import (
    from_elsewhere,
    introduction,
    speaks_of_patient,
    tells_of_him_or_her,
    tells_one_case,
)
from ingest.sections import (
    DIAGNOSIS,
    FINDINGS,
    METHODS,
    OTHER,
    OUTCOME,
    PATIENT,
    PERSPECTIVE,
    REFERENCES,
    TIMELINE,
    TREATMENT,
    section_kind,
)
from ingest.sentences import sentence_spans

TELLING = frozenset({PATIENT, FINDINGS, TIMELINE, DIAGNOSIS, TREATMENT, OUTCOME, PERSPECTIVE})
"""Kinds of sections that tell a patient's story, in a document that tells one."""
ANNOUNCING_SENTENCES = 3
"""A text without headings that tells a case says so in one of its first sentences."""
SPOKEN_SECTIONS = 2
"""Headed sections that tell of "her" or "him": two are a story, one may be an example."""
_WHOLE_CASE = re.compile(
    r"\bcases? (?:reports?|presentations?|descriptions?|histor(?:y|ies)|summar(?:y|ies)"
    r"|stud(?:y|ies)|illustrations?|vignettes?|examples?|series|details)\b"
    r"|^\W*(?:[\dIVX]+[.)]*\s)?(?:the |our |a )?cases?\W*$|\b(?:our|the|index) (?:patient|client)$"
    r"|^\W*(?:[\dIVX.]+\s)?patient$|presentation of (?:the |our )?case|patient and observation"
    r"|patient(?:'s|’s)? (?:profile|story)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class CaseEvidence:
    """What is known of a document's cases before they are told apart.

    `opening` is the first part that can belong to one. `labelled` where the document names its
    cases ("Case 1", "Case 2"), and then `numbers` are those that it gives.
    """

    opening: int
    labelled: bool
    numbers: frozenset[int]
    without_headings: bool
    has_references: bool


def names_whole_case(heading: str) -> bool:
    """Whether a heading announces a case ("Case report", "Our patient").

    >>> names_whole_case("2. Case presentation"), names_whole_case("Patient safety")
    (True, False)
    """
    return bool(_WHOLE_CASE.search(heading)) and section_kind(heading) == PATIENT


def gather_evidence(text: str, parts: Sequence[Part], kinds: frozenset[str]) -> CaseEvidence | None:
    """What speaks for cases in these parts, of which those of `kinds` can tell them; else None."""
    told = [
        (index, sentence)
        for index, part in enumerate(parts)
        if part.section.kind in kinds
        for sentence in _sentences(text, part)
    ]
    headed = [i for i, part in enumerate(parts) if any(map(_announces, part.headings))]
    named = {label.number for part in parts for h in part.headings for label in labels_in(h)}
    spoken = [label.number for _, sentence in told if (label := leading_label(sentence))]
    labelled = bool(named) or len(set(spoken)) > 1
    opening = headed[0] if headed else _first_told(told, labelled)
    if opening is None:
        opening = _first_spoken_of(text, parts)
    if opening is None or (not headed and _is_study(parts)):
        return None
    if not any(map(_brings_somebody, (sentence for _, sentence in told))):
        return None
    return CaseEvidence(
        opening=_with_what_leads_there(opening, told, parts),
        labelled=labelled,
        numbers=frozenset(named | set(spoken)),
        has_references=any(part.section.kind == REFERENCES for part in parts),
        without_headings=not any(part.headings for part in parts if part.section.kind in kinds),
    )


def _announces(heading: str) -> bool:
    return names_whole_case(heading) or (
        bool(labels_in(heading)) and section_kind(heading) in TELLING
    )


def _brings_somebody(sentence: str) -> bool:
    return bool(
        introduction(sentence)
        or speaks_of_patient(sentence)
        or leading_label(sentence)
        or tells_one_case(sentence)
    )


def _sentences(text: str, part: Part) -> Iterator[str]:
    body = text[part.section.start : part.section.end]
    return (body[a:b] for a, b in sentence_spans(body))


def _first_spoken_of(text: str, parts: Sequence[Part]) -> int | None:
    """The first of several story sections that tell of one person, whom none brings in."""
    spoken = [
        index
        for index, part in enumerate(parts)
        if part.section.kind in TELLING
        and tells_of_him_or_her(text[part.section.start : part.section.end])
    ]
    return spoken[0] if len(spoken) >= SPOKEN_SECTIONS else None


def _first_told(told: Sequence[tuple[int, str]], labelled: bool) -> int | None:
    """The part that brings the first patient in."""
    for place, (index, sentence) in enumerate(told):
        if from_elsewhere(sentence):
            continue
        early = place < ANNOUNCING_SENTENCES and index == told[0][0]
        if introduction(sentence) or (early and tells_one_case(sentence)):
            return index
        if labelled and leading_label(sentence):
            return index
    return None


def _with_what_leads_there(
    opening: int, told: Sequence[tuple[int, str]], parts: Sequence[Part]
) -> int:
    """Earlier, if story sections stand right before ("Chief complaint" before "History")."""
    first = next((i for i, s in told if i < opening and introduction(s)), opening)
    if parts[first].section.kind in TELLING:
        opening = first
    while (
        opening
        and parts[opening - 1].section.kind in TELLING
        and parts[opening].section.kind != OTHER
    ):
        opening -= 1
    return opening


def _is_study(parts: Sequence[Part]) -> bool:
    """Whether a methods section tells of many patients; "Setting" alone is in abstracts of one."""
    return any(
        part.section.kind == METHODS and "setting" not in part.section.heading.lower()
        for part in parts
    )
