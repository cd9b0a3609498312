"""An answer as text, JSON, CSV or a TREC run: `WRITERS` is the table of formats. Pure.

What people are told of an answer is worded here once, for the terminal and for the page; what the
page shows, the JSON has.
"""

import csv
import io
import json
import textwrap
from collections.abc import Callable
from dataclasses import asdict
from itertools import pairwise
from typing import Any

from ingest.documents import Patient
from search.hits import Answer, Hit
from search.relevance import Strength
from search.spreadsheets import harmless
from search.vocabulary import Expansion

WIDTH = 88
NOTHING_FOUND = "Nothing relevant in this index."
NOTHING_SURE = "Nothing here answers this surely; these passages may be near it."
STRENGTH_WORDS: dict[Strength, str] = {
    "strong": "",
    "weak": "weak match: may be about something else",
    "none": "very weak match: probably about something else",
}
"""How sure a hit is, in words: never by a figure or a colour alone."""
ALSO_SEARCHED = "Also searched for"
NEARLY_THE_SAME = "Nearly the same text in"
SAYS_NO = "says no"
ADULT_YEARS = 18
"""From here on who is told as a woman or a man was a girl or a boy before."""
_COUNTED_IN_YEARS = 2
_WHO = {
    ("female", False): "woman",
    ("male", False): "man",
    ("female", True): "girl",
    ("male", True): "boy",
}
_NEARLY_ONE = 0.995
"""From here two decimals would say 1.00."""
_COLUMNS = (
    "rank", "score", "passage_id", "doc_id", "title", "section", "page", "start", "end", "text",
    "snippet", "source", "citation", "year", "document_type", "case", "notice", "recognised",
    "strength", "twins", "patient", "source_type",
)  # fmt: skip


def to_json(answer: Answer) -> str:
    """One object; hits are there also when the question is not answered, as the nearest."""
    return (
        json.dumps(
            {
                "query": answer.query,
                "kind": answer.kind,
                "index": asdict(answer.index),
                "answered": answer.answered,
                "strength": answer.strength,
                "expansions": [asdict(expansion) for expansion in answer.expansions],
                "hits": [hit_values(hit) for hit in answer.hits],
            },
            ensure_ascii=False,
        )
        + "\n"
    )


def hit_values(hit: Hit) -> dict[str, Any]:
    """A hit as plain values, in the names that scripts rely on."""
    passage = hit.passage
    return {
        "rank": hit.rank,
        "score": hit.score,
        "strength": hit.strength,
        "passage_id": passage.passage_id,
        "doc_id": passage.doc_id,
        "title": hit.title,
        "section": passage.section,
        "page": page_value(page_names(hit)[0]),
        "last_page": page_value(page_names(hit)[1]),
        "file_page": passage.page,
        "case": passage.case,
        "case_count": hit.case_count,
        "kind": passage.kind,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "snippet": {
            **asdict(hit.snippet),
            "denied": [[start, end] for start, end in hit.snippet.denied],
        },
        "source": hit.source,
        "citation": hit.citation,
        "year": hit.metadata.year,
        "document_type": hit.metadata.document_type,
        "notice": hit.metadata.notice,
        "recognised": passage.recognised,
        "patient": asdict(hit.patient) if hit.patient else None,
        "source_type": hit.source_type,
        "metadata": asdict(hit.metadata),
        "twins": [asdict(twin) for twin in hit.twins],
    }


def score_words(score: float) -> str:
    """A probability in two decimals; one that is estimated is never said to be certain.

    >>> [score_words(score) for score in (0.613, 0.9997, 0.001)]
    ['0.61', '>0.99', '<0.01']
    """
    if score >= _NEARLY_ONE:
        return ">0.99"
    return f"{score:.2f}" if score >= 1 - _NEARLY_ONE else "<0.01"


def expansion_words(expansion: Expansion) -> str:
    """What was searched for beside what was asked, and why.

    >>> expansion_words(Expansion("DVT", "deep vein thrombosis", "abbreviation"))
    'DVT → deep vein thrombosis (abbreviation)'
    """
    return f"{expansion.asked} → {expansion.added} ({expansion.reason})"


def patient_words(patient: Patient | None) -> str:
    """Whom a passage is about, as a clinician says it; "" where nothing is told.

    >>> [patient_words(Patient(age, sex)) for age, sex in ((54.0, "female"), (0.75, "male"))]
    ['woman, 54', 'boy, 9 months']
    """
    if patient is None:
        return ""
    age = patient.age_years
    is_child = age is not None and age < ADULT_YEARS
    who = _WHO.get((patient.sex, is_child), "child" if is_child else "patient")
    if age is None:
        return patient.sex
    return f"{who}, {_age_words(age)}"


def _age_words(years: float) -> str:
    """Years of who is two or older; months of a small child, weeks or days of a newborn.

    >>> [_age_words(years) for years in (2.5, 1.5, 1 / 12, 21 / 365.25, 1 / 365.25, 0.0)]
    ['2.5', '18 months', '1 month', '3 weeks', '1 day', 'newborn']
    """
    if years >= _COUNTED_IN_YEARS or years == 1:
        return f"{round(years, 1):g}"
    months, days = round(years * 12), round(years * 365.25)
    if months >= 1 and abs(months / 12 - years) * 365.25 < 1:
        return _counted(months, "month")
    if days % 7 == 0 and days:
        return _counted(days // 7, "week")
    return _counted(days, "day") if days else "newborn"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def page_names(hit: Hit) -> tuple[str, str]:
    """What the document calls its first and last page; numbers from 1 where it names none."""
    passage = hit.passage
    return (
        passage.page_name or str(passage.page or ""),
        passage.last_page_name or str(passage.last_page or ""),
    )


def page_value(name: str) -> int | str | None:
    """A page's name as a number where it is one; None where the format has no pages."""
    return int(name) if name.isdecimal() else name or None


def to_text(answer: Answer) -> str:
    """For a terminal: the answering sentence stands between » and «, what was asked for on top."""
    if not answer.answered:
        return f"{_expansions_text(answer)}{NOTHING_FOUND}\n"
    unsure = f"{NOTHING_SURE}\n\n" if answer.strength == "weak" else ""
    return f"{_expansions_text(answer)}{unsure}" + "\n".join(_hit_text(hit) for hit in answer.hits)


def to_csv(answer: Answer) -> str:
    """One row a hit, twins as a count, the patient in words.

    Cells that a spreadsheet would run get an apostrophe (OWASP, CSV Injection). No rows when the
    question is not answered.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for hit in answer.hits if answer.answered else ():
        values = hit_values(hit) | {
            "snippet": hit.snippet.text,
            "twins": len(hit.twins),
            "patient": patient_words(hit.patient),
        }
        writer.writerow([_cell(values[column]) for column in _COLUMNS])
    return out.getvalue()


def to_trec(answer: Answer) -> str:
    """TREC's run format (query, Q0, passage, rank, score, run); empty when not answered.

    trec_eval ranks by the score alone and turns ties round. Scores that do not fall from hit to
    hit as they are printed, those of reranked hits among them, become 1 / rank.
    """
    hits = answer.hits if answer.answered else ()
    scores = [f"{hit.score:.4f}" for hit in hits]
    if any(float(one) <= float(other) for one, other in pairwise(scores)):
        scores = [f"{1 / hit.rank:.8f}" for hit in hits]
    return "".join(
        f"1 Q0 {hit.passage.passage_id} {hit.rank} {score} casebook\n"
        for hit, score in zip(hits, scores, strict=True)
    )


WRITERS: dict[str, Callable[[Answer], str]] = {
    "text": to_text,
    "json": to_json,
    "csv": to_csv,
    "trec": to_trec,
}


def place_of(hit: Hit) -> str:
    """Section, case and pages in a few words."""
    first, last = page_names(hit)
    pages = "" if not first else f"page {first}" if first == last else f"pages {first}–{last}"
    several = hit.case_count > 1 and hit.passage.case is not None
    case = f"case {hit.passage.case} of {hit.case_count}" if several else ""
    return ", ".join(part for part in (hit.passage.section, case, pages) if part)


def _expansions_text(answer: Answer) -> str:
    if not answer.expansions:
        return ""
    words = " · ".join(map(expansion_words, answer.expansions))
    return textwrap.fill(f"{ALSO_SEARCHED}: {words}", WIDTH, subsequent_indent="    ") + "\n\n"


def _hit_text(hit: Hit) -> str:
    strength = STRENGTH_WORDS[hit.strength]
    place = place_of(hit)
    lines = (
        f"{hit.rank}. {hit.title}  ({score_words(hit.score)})",
        strength and f"    ~ {strength}",
        place and f"    [{place}]",
        patient_words(hit.patient) and f"    Patient: {patient_words(hit.patient)}",
        *(_indented(line) for line in _marked(hit).splitlines() if line.strip()),
        f"    {hit.citation}",
        f"    {hit.source}",
        *(f"    {NEARLY_THE_SAME}: {twin.title} ({twin.source})" for twin in hit.twins),
    )
    return "\n".join(line for line in lines if line) + "\n"


def _marked(hit: Hit) -> str:
    start = hit.snippet.start - hit.passage.start
    end = hit.snippet.end - hit.passage.start
    text = hit.passage.text
    denial = f" ({SAYS_NO})" if hit.snippet.denied else ""
    return f"{text[:start]}»{text[start:end]}«{denial}{text[end:]}"


def _indented(line: str) -> str:
    return textwrap.fill(line, WIDTH, initial_indent="    ", subsequent_indent="    ")


def _cell(value: Any) -> Any:
    return harmless(value) if isinstance(value, str) else value
