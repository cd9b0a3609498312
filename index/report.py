"""What a build did, for people and for scripts."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from ingest.documents import SkippedFile
from ingest.report import ReadRow
from ingest.report import to_text as reading_text

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""

SHOWN_AT_MOST = 20
"""Sources named one by one under a heading; the count is always whole."""


@dataclass(frozen=True)
class Warned:
    """A document that was read, and what its reader wants a person to look at."""

    source: str
    warning: str


@dataclass(frozen=True)
class BuildReport:
    """One build: sources by what happened to them, and its figures."""

    index: str
    generation: int
    model: str
    documents: int
    passages: int
    encoded: int
    seconds: float
    encoding_seconds: float
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    duplicates: tuple[str, ...]
    near_duplicates: tuple[tuple[str, ...], ...]
    skipped: tuple[SkippedFile, ...]
    read: tuple[ReadRow, ...]

    @property
    def passages_per_second(self) -> float | None:
        """Encoding speed; None if nothing was encoded."""
        return self.encoded / self.encoding_seconds if self.encoded else None

    @property
    def warnings(self) -> tuple[Warned, ...]:
        """What the readers of the documents read now want looked at, document by document."""
        return tuple(Warned(row.source, warning) for row in self.read for warning in row.warnings)

    def to_dict(self) -> dict[str, Any]:
        """For `--json`."""
        speed = self.passages_per_second
        return {
            **asdict(replace(self, read=())),
            "warnings": [asdict(warned) for warned in self.warnings],
            "read": [row.to_dict() for row in self.read],
            "passages_per_second": round(speed, 1) if speed else None,
        }

    def to_text(self) -> str:
        """For a terminal: what was read, then what it changed."""
        lines = [*([reading_text(self.read, self.skipped), ""] if self.read else [])]
        lines += [
            f"Generation {self.generation} in {self.index}: {self.documents} documents, "
            f"{self.passages} passages, model {self.model}.",
            f"{len(self.added)} added, {len(self.changed)} changed, {len(self.removed)} removed, "
            f"{self.unchanged} unchanged, {len(self.skipped)} skipped.",
        ]
        for heading, sources in (
            ("Added", self.added),
            ("Changed", self.changed),
            ("Removed", self.removed),
            ("Same content as another file", self.duplicates),
            ("Nearly the same text", tuple(" ~ ".join(group) for group in self.near_duplicates)),
            ("Skipped", tuple(_skipped_line(skip) for skip in self.skipped)),
            ("Look at", tuple(f"{w.source}: {w.warning}" for w in self.warnings)),
        ):
            # What was skipped or warned of is shown whole: it asks for something to be done.
            shown = len(sources) if heading in ("Skipped", "Look at") else SHOWN_AT_MOST
            lines.extend(_listed(heading, sources, shown))
        speed = self.passages_per_second
        rate = f" ({speed:.1f} passages per second)" if speed else ""
        lines.append(f"{self.encoded} passages encoded{rate}; {self.seconds:.1f} s in all.")
        return "\n".join(lines)


def _skipped_line(skip: SkippedFile) -> str:
    where = f"{skip.source} ({skip.part})" if skip.part else skip.source
    return f"{where}: {skip.reason}; {skip.remedy}"


def _listed(heading: str, items: tuple[str, ...], shown: int) -> list[str]:
    if not items:
        return []
    more = [f"  … and {len(items) - shown} more"] if len(items) > shown else []
    return [f"{heading}:", *(f"  {item}" for item in items[:shown]), *more]
