"""An answer as text, JSON, CSV or a TREC run: `WRITERS` is the table of formats. Pure."""

import csv
import io
import json
import textwrap
from collections.abc import Callable
from dataclasses import asdict
from itertools import pairwise
from typing import Any

from search.hits import Answer, Hit

WIDTH = 88
NOTHING_FOUND = "Nothing relevant in this index."
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = (
    "rank", "score", "passage_id", "doc_id", "title", "section", "page", "start", "end", "text",
    "snippet", "source", "citation", "year", "document_type", "case", "notice", "recognised",
)  # fmt: skip


def to_json(answer: Answer) -> str:
    """One object; hits are there also when the question is not answered, as the nearest."""
    return (
        json.dumps(
            {
                "query": answer.query,
                "index": asdict(answer.index),
                "answered": answer.answered,
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
        "passage_id": passage.passage_id,
        "doc_id": passage.doc_id,
        "title": hit.title,
        "section": passage.section,
        "page": page_value(page_names(hit)[0]),
        "last_page": page_value(page_names(hit)[1]),
        "file_page": passage.page,
        "case": passage.case,
        "kind": passage.kind,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "snippet": asdict(hit.snippet),
        "source": hit.source,
        "citation": hit.citation,
        "year": hit.metadata.year,
        "document_type": hit.metadata.document_type,
        "notice": hit.metadata.notice,
        "recognised": passage.recognised,
        "metadata": asdict(hit.metadata),
    }


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
    """For a terminal: the answering sentence stands between » and «."""
    if not answer.answered:
        return f"{NOTHING_FOUND}\n"
    return "\n".join(_hit_text(hit) for hit in answer.hits)


def to_csv(answer: Answer) -> str:
    """One row a hit; cells that a spreadsheet would run are neutralised with an apostrophe.

    Source: OWASP, CSV Injection. No rows when the question is not answered.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for hit in answer.hits if answer.answered else ():
        values = {**hit_values(hit), "snippet": hit.snippet.text}
        writer.writerow([_harmless(values[column]) for column in _COLUMNS])
    return out.getvalue()


def to_trec(answer: Answer) -> str:
    """TREC's run format (query, Q0, passage, rank, score, run); empty when not answered.

    trec_eval ranks by the score alone: that of reranked hits, which need not fall, is 1 / rank.
    """
    hits = answer.hits if answer.answered else ()
    falling = all(one.score >= other.score for one, other in pairwise(hits))
    return "".join(
        f"1 Q0 {hit.passage.passage_id} {hit.rank} "
        f"{hit.score if falling else 1 / hit.rank:.4f} casebook\n"
        for hit in hits
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


def _hit_text(hit: Hit) -> str:
    start = hit.snippet.start - hit.passage.start
    end = hit.snippet.end - hit.passage.start
    text = hit.passage.text
    marked = f"{text[:start]}»{text[start:end]}«{text[end:]}"
    body = "\n".join(
        textwrap.fill(line, WIDTH, initial_indent="    ", subsequent_indent="    ")
        for line in marked.splitlines()
        if line.strip()
    )
    place = f"    [{place_of(hit)}]\n" if place_of(hit) else ""
    head = f"{hit.rank}. {hit.title}  ({hit.score:.2f})"
    return f"{head}\n{place}{body}\n    {hit.citation}\n    {hit.source}\n"


def _harmless(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value
