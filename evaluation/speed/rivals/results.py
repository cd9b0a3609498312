"""What was measured of each program, as ratios to the 30-line script, and who is first in what."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.quality_report import write_results
from evaluation.speed.rivals.kills import STATES, KillResult
from evaluation.speed.rivals.programs import BASELINE, OURS
from evaluation.speed.rivals.turns import AskResult, BuildResult, ChangeResult
from evaluation.tables import markdown_table


@dataclass(frozen=True)
class RivalRow:
    """One program. `failure` says why what is None could not be measured."""

    name: str
    label: str
    splitting: str
    updating: str
    build: BuildResult | None = None
    asked: AskResult | None = None
    change: ChangeResult | None = None
    kills: KillResult | None = None
    failure: str = ""


Value = Callable[[RivalRow], float | None]


@dataclass(frozen=True)
class Column:
    """A figure of a row; `ratio` where it is shown as one to the 30-line script's."""

    name: str
    value: Value
    ratio: bool = True
    more_is_better: bool = False


def _built(figure: Callable[[BuildResult], float]) -> Value:
    return lambda row: figure(row.build) if row.build else None


def _asked(figure: Callable[[AskResult], float]) -> Value:
    return lambda row: figure(row.asked) if row.asked else None


def _percentile(share: float) -> Value:
    return _asked(lambda asked: float(np.percentile(asked.query_seconds, share)))


COLUMNS = (
    Column("documents a second", _built(lambda b: b.documents / b.seconds), more_is_better=True),
    Column("passages a second", _built(lambda b: b.passages / b.seconds), more_is_better=True),
    Column("CPU of the build", _built(lambda b: b.cpu_seconds)),
    Column("peak of the build, MB", _built(lambda b: b.peak_mb), ratio=False),
    Column("question, p50", _percentile(50)),
    Column("question, p95", _percentile(95)),
    Column("own document first", _asked(lambda a: a.found), ratio=False, more_is_better=True),
    Column("memory after questions, MB", _asked(lambda a: a.memory_mb), ratio=False),
    Column("disk, MB", _built(lambda b: b.disk_mb), ratio=False),
    Column("one change", lambda row: row.change.seconds if row.change else None),
    Column(
        "one change, with the start",
        lambda row: (
            row.change.seconds + row.asked.start_seconds if row.change and row.asked else None
        ),
    ),
)


@dataclass(frozen=True)
class RivalsResult:
    """All programs on the same texts in one run."""

    documents: int
    words: int
    questions: int
    kill_documents: int
    versions: dict[str, str]
    rows: tuple[RivalRow, ...]

    def write(self, folder: Path) -> Path:
        """Write the JSON file, and beside it the Markdown; gives the JSON's path."""
        path = folder / "speed-rivals.json"
        write_results(path, self.to_dict(), self.to_markdown())
        return path

    def to_dict(self) -> dict[str, Any]:
        """For a results file: what was measured, and the figures of the table."""
        figures = {
            row.name: {column.name: self.figure(row, column) for column in COLUMNS}
            for row in self.rows
        }
        return {**asdict(self), "figures": figures}

    def figure(self, row: RivalRow, column: Column) -> float | None:
        """A cell of the table: the figure, or its ratio to the 30-line script's."""
        own = column.value(row)
        if own is None or not column.ratio:
            return own
        base = next((column.value(one) for one in self.rows if one.name == BASELINE), None)
        return round(own / base, 3) if base else None

    def to_markdown(self) -> str:
        """The tables, what could not be measured, and who is first in what."""
        parts = [
            f"# Against what people would use instead: {self.documents} documents, "
            f"{self.words:,} words",
            "The same texts and weights (all-MiniLM-L6-v2), the same machine and run. Without a "
            "unit: times that of the 30-line script. The model is loaded before the clock starts, "
            'but for "with the start". Questions are asked in turns, one of each program.',
            self._figures_table(),
            self._use_table(),
            f"An update of all of {self.kill_documents} documents, killed (SIGKILL) at random "
            "moments. Served then: the old documents, the new ones, a mixture of both, a wrong "
            "answer (another document's passage, or a text that is in no version), or nothing. "
            'Last: what was encoded when the same was asked again, "1" is all of it.',
            self._kills_table(),
            *(note for row in self.rows for note in _notes(row)),
            *self.verdicts(),
        ]
        return "\n\n".join(parts) + "\n"

    def verdicts(self) -> list[str]:
        """One line of where we are first, one for each figure where we are not."""
        firsts, behind = [], []
        ours = next((row for row in self.rows if row.name == OURS), None)
        for column in COLUMNS if ours else ():
            figures = {r.name: f for r in self.rows if (f := self.figure(r, column)) is not None}
            if OURS not in figures:
                continue
            best = max(figures.values()) if column.more_is_better else min(figures.values())
            if figures[OURS] == best:
                firsts.append(column.name)
                continue
            names = ", ".join(name for name, figure in figures.items() if figure == best)
            behind.append(
                f"Not first in {column.name}: {names} {best:.3g}, {OURS} {figures[OURS]:.3g}."
            )
        said = f"{OURS} is first in: {', '.join(firsts) or 'nothing'}."
        return [said, *behind] if ours else []

    def _figures_table(self) -> str:
        head = ["", *(row.label for row in self.rows)]
        return markdown_table(
            head,
            [
                [column.name, *(_number(self.figure(row, column)) for row in self.rows)]
                for column in COLUMNS
            ],
        )

    def _use_table(self) -> str:
        return markdown_table(
            ["", "splits into", "passages", "text not read", "one change", "encoded"],
            [_use(row) for row in self.rows],
        )

    def _kills_table(self) -> str:
        return markdown_table(
            ["", "kills", *STATES, "made anew", "encoded after a kill"],
            [_kills(row) for row in self.rows],
        )


def _notes(row: RivalRow) -> Iterator[str]:
    """What a reader has to know of a row beside its figures."""
    if row.failure:
        yield f"{row.label}: {row.failure}."
    if row.change and not row.change.found:
        yield f"{row.label}: the changed document was not found by its new sentence."
    if row.kills and row.kills.whole != "new":
        yield f"{row.label}: an update that is not killed leaves {row.kills.whole} answers."


def _use(row: RivalRow) -> Sequence[str]:
    return [
        row.label,
        row.splitting,
        str(row.build.passages) if row.build else "-",
        f"{row.build.unread:.1%}" if row.build else "-",
        row.updating,
        str(row.change.encoded) if row.change else "-",
    ]


def _kills(row: RivalRow) -> Sequence[str]:
    if row.kills is None:
        return [row.label, *["-"] * (len(STATES) + 3)]
    kills = row.kills.kills
    return [
        row.label,
        str(len(kills)),
        *(str(sum(kill.served == state for kill in kills)) for state in STATES),
        str(sum(kill.made_anew for kill in kills)),
        _number(sum(kill.encoded_again for kill in kills) / len(kills) if kills else None),
    ]


def _number(figure: float | None) -> str:
    """Three digits that count, without an exponent.

    >>> _number(1234.5), _number(0.12345), _number(None)
    ('1234', '0.123', '-')
    """
    if figure is None:
        return "-"
    return f"{figure:.0f}" if abs(figure) >= 100 else f"{figure:.3g}"
