"""Tables of the comparison: ratios to the 30-line script, and plainly who is first in what."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.speed.rivals.kills import Kill, KillResult
from evaluation.speed.rivals.programs import BASELINE, OURS
from evaluation.speed.rivals.results import COLUMNS, RivalRow, RivalsResult
from evaluation.speed.rivals.turns import AskResult, BuildResult, ChangeResult

KILLED = (Kill(1.0, False, "old", False, 1.0), Kill(2.0, True, "nothing", True, 0.5))
SCRIPT = RivalRow(
    BASELINE, BASELINE, "words", "anew",
    BuildResult(5.0, 10.0, 20.0, 900.0, 100, 200, 0.1, 4.0),
    AskResult(5.0, 0.1, (0.01, 0.02, 0.03), 800.0, 1.0),
    ChangeResult(10.0, 200, 1, True),
    KillResult(10.0, 9.0, 50, 12, "new", KILLED),
)  # fmt: skip
CASEBOOK = RivalRow(
    OURS, OURS, "sentences", "update",
    BuildResult(5.0, 5.0, 10.0, 900.0, 100, 300, 0.0, 8.0),
    AskResult(5.0, 0.1, (0.04, 0.04, 0.04), 400.0, 1.0),
    ChangeResult(1.0, 3, 3, True),
)  # fmt: skip
MISSING = RivalRow("Other", "Other 1.0", "-", "-", failure="could not be installed: no wheel")
RESULT = RivalsResult(100, 20_000, 3, 50, {}, (SCRIPT, MISSING, CASEBOOK))


def line(start: str, result: RivalsResult = RESULT) -> str:
    return next(one for one in result.to_markdown().splitlines() if one.startswith(start))


@pytest.mark.parametrize(
    ("column", "ratio"),
    [
        ("documents a second", 2.0),
        ("passages a second", 3.0),
        ("CPU of the build", 0.5),
        ("question, p50", 2.0),
        ("one change", 0.1),
        ("one change, with the start", 0.4),
        ("disk, MB", 8.0),
    ],
)
def test_a_figure_is_a_ratio_to_the_script_unless_it_has_a_unit(column: str, ratio: float) -> None:
    chosen = next(one for one in COLUMNS if one.name == column)
    assert RESULT.figure(CASEBOOK, chosen) == pytest.approx(ratio, rel=0.01)


def test_what_was_not_measured_is_a_dash() -> None:
    assert line("| documents a second") == "| documents a second | 1 | - | 2 |"


def test_the_table_says_why_a_program_is_missing() -> None:
    assert line("Other") == "Other 1.0: could not be installed: no wheel."


def test_a_change_that_is_not_found_is_said() -> None:
    lost = replace(CASEBOOK, change=ChangeResult(1.0, 3, 3, False))
    assert "was not found by its new" in line(f"{OURS}: ", replace(RESULT, rows=(SCRIPT, lost)))


def test_an_update_that_leaves_old_answers_is_said() -> None:
    stale = replace(SCRIPT, kills=KillResult(1.0, 1.0, 5, 12, "mixed", ()))
    assert "leaves mixed answers" in line(f"{BASELINE}: ", replace(RESULT, rows=(stale,)))


def test_who_is_first_is_said() -> None:
    assert line(f"{OURS} is first in").startswith(f"{OURS} is first in: documents a second, pass")


def test_where_another_is_first_is_said_with_both_figures() -> None:
    assert line("Not first in disk") == f"Not first in disk, MB: {BASELINE} 4, {OURS} 8."


def test_without_the_script_there_are_no_ratios() -> None:
    alone = replace(RESULT, rows=(CASEBOOK,))
    assert line("| documents a second", alone) == "| documents a second | - |"


def test_kills_are_counted_by_what_was_served() -> None:
    assert f"| {BASELINE} | 2 | 1 | 0 | 0 | 0 | 1 | 1 | 0.75 |" in RESULT.to_markdown()


def test_results_are_written_for_programs_and_people(tmp_path: Path) -> None:
    path = RESULT.write(tmp_path)
    assert json.loads(path.read_text())["figures"][OURS]["one change"] == 0.1
    assert path.with_suffix(".md").read_text() == RESULT.to_markdown()
