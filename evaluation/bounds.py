"""What broken and hostile files cost: the line that each gives, its time, and the peak memory.

Each file is read by `python -m ingest` in a process of its own. Its time is given as a ratio to
that of a sound page of text in the same run, as nobody knows how busy the computer is.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evaluation.hostile_files import write_hostile_files
from evaluation.tables import markdown_table
from index.progress import Progress

MAX_PARENT_BYTES = 500_000_000
"""What the reading command itself may take, whatever it is given to read."""
_ROOT = Path(__file__).parent.parent
_SOUND = "Case presentation\n\nThe knee of a man of 40 years was swollen. Rest healed it.\n" * 20


@dataclass(frozen=True)
class FileBounds:
    """One file: how many documents it gave, the line of the report, and what reading it used."""

    file: str
    documents: int
    line: str
    time_ratio: float
    parent_mb: int
    children_mb: int


@dataclass(frozen=True)
class BoundsResult:
    """All files; `batch` is a run over all of them at once."""

    files: tuple[FileBounds, ...]
    batch: FileBounds
    broken_files_present: bool

    @property
    def holds(self) -> bool:
        """Whether each file gave a line and the parent kept within its memory."""
        within = all(one.parent_mb * 10**6 < MAX_PARENT_BYTES for one in (*self.files, self.batch))
        return within and all(one.line for one in self.files)

    def write(self, folder: Path) -> Path:
        """Write the JSON file, and beside it a Markdown table; gives the JSON's path."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "bounds.json"
        path.write_text(json.dumps(self.to_dict(), indent=1) + "\n", "utf-8")
        path.with_suffix(".md").write_text(self.to_markdown(), "utf-8")
        return path

    def to_dict(self) -> dict[str, Any]:
        """For a results file."""
        return {**asdict(self), "holds": self.holds}

    def to_markdown(self) -> str:
        """A table with a line for each file."""
        lines = [
            "# Broken and hostile files",
            "",
            "Each read by `python -m ingest` alone; time as a ratio to a sound page of text.",
            "" if self.broken_files_present else "\nThe broken files of others are not here.\n",
        ]
        table = markdown_table(
            ["file", "documents", "line", "time", "parent MB", "children MB"],
            (
                [
                    one.file,
                    one.documents,
                    one.line,
                    f"{one.time_ratio:.1f}",
                    one.parent_mb,
                    one.children_mb,
                ]
                for one in (*self.files, self.batch)
            ),
        )
        verdict = f"Within bounds: {'yes' if self.holds else 'NO'}."
        return "\n".join([*lines, table, "", verdict, ""])


def measure_bounds(broken: Path, progress: Progress) -> BoundsResult:
    """Read each file in the folder `broken`, where there is one, and files made to do harm."""
    with tempfile.TemporaryDirectory() as folder:
        made = write_hostile_files(Path(folder) / "hostile")
        sound = Path(folder) / "sound.txt"
        sound.write_text(_SOUND, "utf-8")
        given = sorted(broken.iterdir()) if broken.is_dir() else []
        measured = measure_files([*given, *made], sound, progress)
        return BoundsResult(*measured, broken_files_present=bool(given))


def measure_files(
    paths: Iterable[Path], sound: Path, progress: Progress
) -> tuple[tuple[FileBounds, ...], FileBounds]:
    """What each file uses when it is read alone, and what all of them use in one run."""
    every = list(paths)
    unit = _ingest([sound])["seconds"]
    files = []
    for done, path in enumerate(every):
        progress("Reading hostile files", done, len(every))
        files.append(_bounds(path.name, _ingest([path]), unit))
    batch = _bounds(f"all {len(every)} at once", _ingest(every), unit)
    return tuple(files), batch


def _ingest(paths: list[Path]) -> dict[str, Any]:
    """The report over some paths, and what making it used."""
    command = [sys.executable, "-m", "evaluation.measured_ingest", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=_ROOT, check=True)
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


def _bounds(name: str, measured: dict[str, Any], unit: float) -> FileBounds:
    report = measured["report"]
    return FileBounds(
        file=name,
        documents=len(report["documents"]),
        line=_line(report),
        time_ratio=round(measured["seconds"] / unit, 1),
        parent_mb=round(measured["parent_bytes"] / 10**6),
        children_mb=round(measured["children_bytes"] / 10**6),
    )


def _line(report: dict[str, Any]) -> str:
    """What the report says: of one file its own line, of several how many were read."""
    documents, skipped = report["documents"], report["skipped"]
    if len(documents) + len(skipped) > 1:
        return f"{len(documents)} read, {len(skipped)} skipped"
    if skipped:
        return f"{skipped[0]['reason']}; {skipped[0]['remedy']}"
    return "; ".join([f"read, {documents[0]['words']:,} words", *documents[0]["warnings"]])
