"""What a build did, for people and for scripts."""

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from index.changes import NO_CHANGES, SourceChanges
from index.file_systems import network_warning
from index.manifest import Manifest
from index.near_duplicate_groups import NearDuplicates, near_duplicates
from index.preparation import Preparation
from index.probes import ProbeReport
from index.publication import Published
from index.served_note import behind
from ingest.documents import SkippedFile
from ingest.report import ReadRow, left_out_line
from ingest.report import to_text as reading_text

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
    near_duplicates: NearDuplicates
    skipped: tuple[SkippedFile, ...]
    read: tuple[ReadRow, ...]
    published: bool = False
    rehearsed: bool = False
    merged: bool = False
    engine: str = ""
    recall: float = 1.0
    encoder: str = ""
    network_warning: str = ""
    served_behind: str = ""
    probes: ProbeReport | None = None
    left_out: int = 0
    selection: str = ""

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

    def _near_duplicate_lines(self) -> tuple[str, ...]:
        """The first groups, and how many more there are."""
        lines = [" ~ ".join(group) for group in self.near_duplicates.first]
        more = self.near_duplicates.count - len(lines)
        return (*lines, f"… and {more} more groups") if more > 0 else tuple(lines)

    def _watched_lines(self) -> list[str]:
        """What was left out, and what was measured of the search itself."""
        left_out = left_out_line(self.left_out, len(self.read)) if self.left_out else ""
        only = f"The index holds only: {self.selection}." if self.selection else ""
        said = (left_out, only, self.network_warning, self.served_behind)
        lines = [line for line in said if line]
        if self.encoder:
            lines.append(f"Passages were encoded by {self.encoder}.")
        if self.merged:
            lines.append(f"Vectors are searched by {self.engine}, recall@50 {self.recall:.3f}.")
        if self.probes and self.probes.questions:
            few = self.probes.asked < self.probes.questions
            asked = f" ({self.probes.asked} could lose and were asked again)" if few else ""
            lines.append(
                f"{self.probes.questions} probe questions{asked}: {self.probes.overlap:.0%} of "
                "their first 10 hits are the same, "
                f"{self.probes.lost} of {self.probes.before} lost."
            )
        return lines

    def to_text(self) -> str:
        """For a terminal: what was read, then what it changed."""
        lines = [*([reading_text(self.read, self.skipped), ""] if self.read else [])]
        would = "" if self.published or not self.rehearsed else "A rehearsal, nothing published: "
        lines += [
            f"{would}Generation {self.generation} in {self.index}: {self.documents} documents, "
            f"{self.passages} passages, model {self.model}.",
            f"{len(self.added)} added, {len(self.changed)} changed, {len(self.removed)} removed, "
            f"{self.unchanged} unchanged, {len(self.skipped)} skipped.",
        ]
        for heading, sources in (
            ("Added", self.added),
            ("Changed", self.changed),
            ("Removed", self.removed),
            ("Same content as another file", self.duplicates),
            ("Nearly the same text", self._near_duplicate_lines()),
            ("Probe questions that moved most", self.probes.most_moved if self.probes else ()),
            ("Skipped", tuple(_skipped_line(skip) for skip in self.skipped)),
            ("Look at", tuple(f"{w.source}: {w.warning}" for w in self.warnings)),
        ):
            # What was skipped or warned of is shown whole: it asks for something to be done.
            shown = len(sources) if heading in ("Skipped", "Look at") else SHOWN_AT_MOST
            lines.extend(_listed(heading, sources, shown))
        lines += self._watched_lines()
        speed = self.passages_per_second
        rate = f" ({speed:.1f} passages per second)" if speed else ""
        lines.append(f"{self.encoded} passages encoded{rate}; {self.seconds:.1f} s in all.")
        return "\n".join(lines)


def build_report(
    folder: Path,
    connection: sqlite3.Connection,
    manifest: Manifest,
    changes: SourceChanges = NO_CHANGES,
    preparation: Preparation | None = None,
    skipped: Sequence[SkippedFile] = (),
    published: Published | None = None,
    rehearsed: bool = False,
) -> BuildReport:
    """The report of a build that published, would have published, or changed nothing."""
    kept = {source.path for source in changes.sources}
    return BuildReport(
        index=str(folder),
        generation=manifest.generation,
        model=manifest.settings.model,
        documents=manifest.documents,
        passages=manifest.passages,
        encoded=preparation.encoded if preparation else 0,
        seconds=round(time.monotonic() - preparation.started, 2) if preparation else 0.0,
        encoding_seconds=round(preparation.encoding_seconds, 3) if preparation else 0.0,
        added=changes.added,
        changed=changes.changed,
        removed=changes.removed,
        unchanged=changes.unchanged,
        duplicates=changes.duplicates,
        near_duplicates=published.near_duplicates if published else near_duplicates(connection),
        skipped=tuple(
            replace(s, remedy=f"{s.remedy} (what was read before is kept)")
            if s.source in kept and not s.part
            else s
            for s in skipped
        ),
        read=tuple(preparation.read) if preparation else (),
        published=published is not None and not rehearsed,
        rehearsed=rehearsed,
        merged=published is not None and published.merged,
        engine=manifest.base.vector_engine,
        recall=manifest.base.recall,
        encoder=preparation.runtime if preparation else "",
        network_warning=network_warning(folder),
        served_behind="" if rehearsed else behind(folder, manifest.generation),
        probes=published.probes if published else None,
        left_out=preparation.left_out if preparation else 0,
        selection=manifest.settings.selection.to_text(),
    )


def _skipped_line(skip: SkippedFile) -> str:
    where = f"{skip.source} ({skip.part})" if skip.part else skip.source
    return f"{where}: {skip.reason}; {skip.remedy}"


def _listed(heading: str, items: tuple[str, ...], shown: int) -> list[str]:
    if not items:
        return []
    more = [f"  … and {len(items) - shown} more"] if len(items) > shown else []
    return [f"{heading}:", *(f"  {item}" for item in items[:shown]), *more]
