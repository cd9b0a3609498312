"""python -m ingest PATH …: reads documents and reports what is in them; writes nothing."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from ingest.closed_pipes import run_command
from ingest.selection_options import add_selection_options, selection_of

if TYPE_CHECKING:  # --help imports nothing heavy
    from ingest.documents import SkippedFile
    from ingest.reading_order import ReadingOrder, Told
    from ingest.report import ReadRow

UNREADABLE, WRONG_ARGUMENTS = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Read and report; gives the exit status: 0, 1 (nothing readable) or 2 (wrong arguments)."""
    try:
        options = _parser().parse_args(arguments)
        return _run(options)
    except KeyboardInterrupt:
        _complain("stopped; nothing was written")
    return UNREADABLE


def _run(options: argparse.Namespace) -> int:
    from ingest.errors import IngestError
    from ingest.files import path_exists
    from ingest.reading_order import ReadingOrder
    from ingest.report import one_line, to_dict, to_text

    for path in options.paths:
        if not path_exists(path):
            _complain(
                f"no such file or folder: {one_line(str(path))}; nothing was read. "
                "Check it and try again: python -m ingest PATH …"
            )
            return WRONG_ARGUMENTS
    try:
        found = _read(options.paths, ReadingOrder(selection_of(options)))
    except IngestError as error:
        _complain(f"{error}; nothing was written")
        return UNREADABLE
    if options.json:
        _print(json.dumps(to_dict(found.rows, found.skipped, found.left_out)))
    else:
        _print(to_text(found.rows, found.skipped, options.all, found.left_out))
    return 0 if found.rows else UNREADABLE


class _OneLineParser(argparse.ArgumentParser):
    """Says in one line what is wrong with the arguments."""

    def error(self, message: str) -> NoReturn:
        """Print the message without the usage; raises SystemExit."""
        _complain(f"{message}; see {self.prog} --help")
        raise SystemExit(WRONG_ARGUMENTS)


def _parser() -> argparse.ArgumentParser:
    parser = _OneLineParser(prog="python -m ingest", description=__doc__)
    parser.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="files and folders")
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object with all figures"
    )
    parser.add_argument("--all", action="store_true", help="list every document and every reason")
    add_selection_options(parser)
    return parser


@dataclass
class _Found:
    """What was read; only figures are kept, so that a large corpus is no matter of memory."""

    skipped: list["SkippedFile"]
    rows: list["ReadRow"] = field(default_factory=list)
    left_out: int = 0


def _read(paths: Sequence[Path], order: "ReadingOrder") -> _Found:
    from ingest.corpus import read_as_ordered
    from ingest.documents import SkippedFile
    from ingest.files import find_files
    from ingest.reading_order import Passed
    from ingest.report import document_row

    files, skipped = find_files(paths)
    found = _Found(skipped)
    for told in _with_progress(read_as_ordered(files, lambda _: order), len(files)):
        if isinstance(told, SkippedFile):
            found.skipped.append(told)
        elif isinstance(told, Passed):
            found.left_out += told.left_out
        else:
            found.rows.append(document_row(told))
    return found


def _with_progress(outcomes: Iterator["Told"], files: int) -> Iterator["Told"]:
    """The same outcomes, and on a terminal a bar with files a second and the time left."""
    from tqdm import tqdm

    source = None
    # disable=None: no bar where standard error is not a terminal.
    with tqdm(total=files, desc="reading", unit=" files", leave=False, disable=None) as bar:
        for outcome in outcomes:
            # A file may hold thousands of documents; it counts once.
            bar.update(outcome.source != source)
            source = outcome.source
            yield outcome


def _print(text: str) -> None:
    """To standard output, with escapes for what its encoding does not have."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    print(text, flush=True)


def _complain(message: str) -> None:
    """One line on standard error, which writes what it cannot encode with escapes."""
    print(f"ingest: {message}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(run_command(main))
