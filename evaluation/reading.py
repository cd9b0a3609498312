"""How faithfully documents are read: six tables over real files, each by its own measure.

    pdf         body text of PDFs against their publishers' XML, beside either reader alone
    html        the same for web pages
    metadata    DOI, title, year and authors in every format of an article
    speed       pages a second of the whole PDF path, as a ratio to plain pypdf
    sentences   boundaries of sentences on judged sets
    bounds      broken and hostile files: a line each, and what reading them uses
    passages    every passage of every document against what is promised of passages

A table whose files are not here is left out, and the result says so.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from evaluation import metadata, structure
from evaluation.articles import articles
from evaluation.bounds import measure_bounds
from evaluation.faithfulness import html_rows, pdf_rows
from evaluation.reading_speed import measure_reading_speed
from evaluation.sentences import measure_sentences
from evaluation.tables import markdown_table
from index.encoders import choose_encoder
from index.models import PACKAGED_MODEL
from index.progress import Progress
from ingest.corpus import read_files
from ingest.documents import Document
from ingest.files import find_files

CORPUS = Path(__file__).parent.parent / "corpus"
READ_FOLDERS = ("seeds", "maccrobat", "trials", "journals", "jats", "medline", "docx", "broken")
"""Folders of documents; the others hold datasets of one file."""


@dataclass(frozen=True)
class Table:
    """One measure: its values for scripts, and a Markdown table for people."""

    name: str
    values: Any
    markdown: str


Measure = Callable[[Path, Progress], Table | None]


def measure_reading(
    shared: Path, names: Sequence[str], results: Path, progress: Progress
) -> Iterator[str]:
    """Make the tables, write each to `results`, and give their Markdown one by one."""
    results.mkdir(parents=True, exist_ok=True)
    for name in names:
        table = TABLES[name](shared, progress)
        if table is None:
            yield f"## {name}\n\nLeft out: its files are not in {shared}.\n"
            continue
        path = results / f"reading-{name}.json"
        path.write_text(json.dumps(table.values, indent=1, ensure_ascii=False) + "\n", "utf-8")
        path.with_suffix(".md").write_text(f"# {name}\n\n{table.markdown}", "utf-8")
        yield f"## {name}\n\n{table.markdown}"


def _pdf(shared: Path, progress: Progress) -> Table | None:
    chosen = articles(shared)
    rows = []
    for row in pdf_rows(chosen):
        rows.append(row)
        progress("Reading PDFs", len(rows), len(chosen))
    if not rows:
        return None
    found = [row.found for row in rows]
    below = max(max(r.found_by_pypdf, r.found_by_pypdfium2) - r.found for r in rows)
    head = ["article", "found", "pypdf alone", "pypdfium2 alone", "out of order"]
    cells = [
        (r.name, r.found, r.found_by_pypdf, r.found_by_pypdfium2, r.out_of_order) for r in rows
    ]
    summary = (
        f"Share of body word 6-grams found, citation marks taken out on both sides: mean "
        f"{mean(found):.3f}, worst {min(found):.3f}; most below the better reader alone: "
        f"{max(below, 0.0):.3f}."
    )
    values = {"mean": mean(found), "worst": min(found), "most_below_better": max(below, 0.0)}
    return Table("pdf", values | _rows(rows), _table(head, cells, summary))


def _html(shared: Path, progress: Progress) -> Table | None:
    rows = []
    for row in html_rows(articles(shared)):
        rows.append(row)
        progress("Reading web pages", len(rows), len(rows) + 1)
    if not rows:
        return None
    cells = [(r.name, r.found, r.extra, r.out_of_order) for r in rows]
    found, extra = [r.found for r in rows], [r.extra for r in rows]
    summary = (
        f"Found: mean {mean(found):.3f}, worst {min(found):.3f}; "
        f"extra words: mean {mean(extra):.3f}, most {max(extra):.3f}."
    )
    head = ["article", "found", "extra words", "out of order"]
    values = {"mean": mean(found), "worst": min(found), "most_extra": max(extra)}
    return Table("html", values | _rows(rows), _table(head, cells, summary))


def _metadata(shared: Path, _progress: Progress) -> Table | None:
    rows = list(metadata.metadata_rows(articles(shared)))
    wrong = [asdict(row) for row in rows if row.verdict != "right"]
    values = {"fields": len(rows), "right": len(rows) - len(wrong), "not_right": wrong}
    return Table("metadata", values, metadata.to_markdown(rows)) if rows else None


def _speed(shared: Path, _progress: Progress) -> Table | None:
    result = measure_reading_speed(articles(shared))
    if result is None:
        return None
    text = (
        f"{result.pages} pages: the whole path through `read_files` reads "
        f"{result.ratio:.2f} times as many pages a second as plain pypdf in one process, "
        "in turns in one run.\n"
    )
    return Table("speed", asdict(result), text)


def _sentences(shared: Path, _progress: Progress) -> Table | None:
    data = shared / "data"
    rows = measure_sentences(data if data.is_dir() else None)
    lines = "\n".join(row.line() for row in rows)
    return Table("sentences", [row.to_dict() for row in rows], f"```\n{lines}\n```\n")


def _bounds(shared: Path, progress: Progress) -> Table | None:
    result = measure_bounds(shared / "data" / "broken", progress)
    return Table("bounds", result.to_dict(), result.to_markdown())


def _passages(shared: Path, progress: Progress) -> Table | None:
    encoder = choose_encoder(PACKAGED_MODEL).load()
    folders = [shared / "data" / name for name in READ_FOLDERS]
    paths, _ = find_files([CORPUS, *(folder for folder in folders if folder.is_dir())])
    rows = structure.passage_rows(_documents(paths, progress), encoder)
    return Table("passages", [row.to_dict() for row in rows], structure.to_markdown(rows))


def _documents(paths: Sequence[Path], progress: Progress) -> Iterator[Document]:
    for done, outcome in enumerate(read_files(paths)):
        progress("Reading files", done, len(paths))
        if isinstance(outcome, Document):
            yield outcome


TABLES: dict[str, Measure] = {
    "pdf": _pdf,
    "html": _html,
    "metadata": _metadata,
    "speed": _speed,
    "sentences": _sentences,
    "bounds": _bounds,
    "passages": _passages,
}


def _rows(rows: Sequence[Any]) -> dict[str, Any]:
    return {"rows": [asdict(row) for row in rows]}


def _table(
    head: Sequence[str], cells: Iterable[tuple[str, *tuple[float, ...]]], summary: str
) -> str:
    """A line for each article, its shares of 1 with three places."""
    rows = ([name, *(f"{share:.3f}" for share in shares)] for name, *shares in cells)
    return f"{markdown_table(head, rows)}\n\n{summary}\n"
