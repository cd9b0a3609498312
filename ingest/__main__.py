"""python -m ingest PATH …: reads documents and reports what is in them; writes nothing."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ingest.documents import Document, SkippedFile
from ingest.errors import IngestError

UNREADABLE, WRONG_ARGUMENTS = 1, 2
TITLE_WIDTH = 60
"""Characters of a title that a line has room for."""

Row = dict[str, Any]
"""One document or skipped file, as `--json` prints it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Read and report; gives the exit status: 0, 1 (nothing readable) or 2 (wrong arguments)."""
    options = _parser().parse_args(arguments)
    from ingest.corpus import path_exists

    for path in options.paths:
        if not path_exists(path):
            print(
                f"ingest: no such file or folder: {_one_line(str(path))}; nothing was read. "
                "Check it and try again: python -m ingest PATH …",
                file=sys.stderr,
            )
            return WRONG_ARGUMENTS
    try:
        report = _report(_read(options.paths))
    except KeyboardInterrupt:
        print("ingest: stopped; nothing was written", file=sys.stderr)
        return UNREADABLE
    except IngestError as error:
        print(f"ingest: {error}; nothing was written", file=sys.stderr)
        return UNREADABLE
    print(json.dumps(report) if options.json else _text(report))
    return 0 if report["documents"] else UNREADABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ingest", description=__doc__)
    parser.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="files and folders")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _read(paths: Sequence[Path]) -> Iterator[Document | SkippedFile]:
    from tqdm import tqdm

    from ingest.corpus import find_files, read_files

    files, skipped = find_files(paths)
    yield from skipped
    # disable=None: no bar where standard error is not a terminal.
    yield from tqdm(
        read_files(files), total=len(files), desc="reading", unit="", leave=False, disable=None
    )


def _report(outcomes: Iterator[Document | SkippedFile]) -> Row:
    """Only figures are kept of each document, so that a large corpus is no matter of memory."""
    documents: list[Row] = []
    skipped: list[Row] = []
    for outcome in outcomes:
        if isinstance(outcome, Document):
            documents.append(_document_row(outcome))
        else:
            skipped.append(
                {"source": outcome.source, "reason": outcome.reason, "remedy": outcome.remedy}
            )
    totals = {
        "documents": len(documents),
        "words": sum(row["words"] for row in documents),
        "with_warnings": sum(1 for row in documents if row["warnings"]),
        "skipped": len(skipped),
    }
    return {"documents": documents, "skipped": skipped, "totals": totals}


def _document_row(document: Document) -> Row:
    from ingest.cleaning import words_in

    return {
        "source": document.source,
        "format": document.format,
        "title": document.metadata.title,
        "words": words_in(document.text),
        "sections": len(document.sections),
        "pages": len(document.pages) or None,
        "warnings": list(document.warnings),
    }


def _text(report: Row) -> str:
    lines = [_line(" ", "format", "words", "sections", "pages", "title", "source")]
    lines += [
        _line(
            "!" if row["warnings"] else " ",
            row["format"],
            f"{row['words']:,}",
            row["sections"],
            row["pages"] or "-",
            _shortened(_one_line(row["title"]) or "(no title)"),
            _one_line(row["source"]),
        )
        for row in report["documents"]
    ]
    for heading, entries in (
        ("Look at", [(r["source"], w) for r in report["documents"] for w in r["warnings"]]),
        ("Skipped", [(r["source"], f"{r['reason']}; {r['remedy']}") for r in report["skipped"]]),
    ):
        if entries:
            lines += ["", f"{heading}:", *(f"  {_one_line(s)}: {what}" for s, what in entries)]
    totals = report["totals"]
    lines += [
        "",
        f"Documents: {totals['documents']:,} with {totals['words']:,} words "
        f"({totals['with_warnings']:,} to look at). Skipped: {totals['skipped']:,}.",
    ]
    return "\n".join(lines if report["documents"] else lines[2:])


def _line(mark: str, *columns: object) -> str:
    kind, words, sections, pages, title, source = columns
    return f"{mark} {kind:8} {words:>7} {sections:>8} {pages:>5}  {title:{TITLE_WIDTH}}  {source}"


def _shortened(text: str) -> str:
    return text if len(text) <= TITLE_WIDTH else f"{text[: TITLE_WIDTH - 1]}…"


def _one_line(text: str) -> str:
    """The text with escapes for what would break the line, the terminal or the encoding."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


if __name__ == "__main__":
    sys.exit(main())
