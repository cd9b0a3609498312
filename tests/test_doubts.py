"""Signs that a text is not what its author wrote."""

from pathlib import Path

import pytest

from ingest.doubts import mended_lines, text_doubts, unanswered_openers

TEXT = "The scan does not replace the examination, but it can show what moves and what is torn."


@pytest.mark.parametrize(
    "lines",
    [
        ["An X-ray cannot show what moves, such as:"],
        [
            "An X-ray cannot show what moves, such as:",
            "In good hands, an ultrasound scan shows:",
            "A",
        ],
        ["In the hands of an expert, ultrasound can reveal:", TEXT],
        ["The scan is useful for finding the following:", f"{TEXT} {TEXT} {TEXT}"],
        ["The plan of treatment included:", "Outcome", TEXT],
    ],
)
def test_a_line_that_announces_a_list_wants_an_answer(lines: list[str]) -> None:
    assert unanswered_openers(lines) == [lines[0]]


@pytest.mark.parametrize(
    "lines",
    [
        ["We advised the following things:", "• Rest", "• Ice"],
        ["The plan of treatment included:", "1. Rest of the leg", "2. Ice"],
        ["The plan of treatment included:", "rest of the leg", "ice"],
        ["The plan of treatment included:", "Rest of the leg", "Ice"],
        ["The scan can reveal:", "Tears that are seen only in motion.", "Fluid in the joint."],
        ["Our patient:", TEXT],
        ["She told us how it had begun:", TEXT],
        ["The steps of it are these:", f"First, {TEXT} {TEXT}", f"First, {TEXT}"],
        ["We measured at each visit:", "Week | Pain", "1 | 7"],
        [TEXT],
    ],
)
def test_a_line_that_is_answered_or_asks_for_nothing_is_none(lines: list[str]) -> None:
    assert unanswered_openers(lines) == []


def test_the_warning_shows_the_first_and_counts_the_others() -> None:
    (doubt,) = text_doubts(["The plan of treatment included:", TEXT, "It was good for:"])
    assert doubt == (
        "probably lost a list: nothing answers “The plan of treatment included:”, and 1 more"
    )


def test_a_text_once_read_in_a_wrong_encoding_is_told() -> None:
    assert text_doubts(["Ã©paule", "She ran."]) == (
        "1 lines were once read in a wrong encoding: mended",
    )


@pytest.mark.parametrize("text", ["37 °C", "Ångström, NÃO, 5 µg ± 2 µg", "β-blocker ≥ 3 cm"])
def test_sound_text_needs_no_mending(text: str) -> None:
    assert mended_lines([text]) == 0


def test_a_text_that_was_copied_twice_is_told() -> None:
    story = [f"{TEXT} {number}" for number in range(5)]
    assert text_doubts(story + story)[0].startswith("5 lines stand in it twice")


def test_a_form_that_repeats_some_lines_is_not_doubled() -> None:
    story = [f"{TEXT} {number}" for number in range(20)]
    assert text_doubts(story + story[:2]) == ()


def test_two_columns_side_by_side_are_told() -> None:
    line = "pain in the left calf     which rest did not help"
    assert text_doubts([line] * 9)[-1].startswith("probably two columns side by side in 9 lines")


def test_a_table_is_not_two_columns() -> None:
    assert text_doubts(["Week     Pain at rest"] * 20) == ()


def test_question_marks_inside_words_are_lost_characters() -> None:
    assert text_doubts(["The patient?s knee wasn?t swollen."]) == (
        "2 characters are probably lost, as in “patient?s”",
    )


def test_a_question_and_a_link_are_sound() -> None:
    assert text_doubts(["Was it torn?Yes.", "https://example.org/a?b=c&d?e", "Why? Rest?"]) == ()


def test_seed_002_lost_its_lists(shared: Path) -> None:
    seed = next(Path(shared, "data", "seeds").glob("002_*")).read_text("utf-8")
    assert len(unanswered_openers(seed.splitlines())) == 3


def test_of_200_sound_reports_fewer_than_one_in_a_hundred_is_doubted(shared: Path) -> None:
    reports = list(Path(shared, "data", "maccrobat").glob("*.txt"))
    doubted = [p.name for p in reports if text_doubts(p.read_text("utf-8").splitlines())]
    assert len(doubted) < len(reports) / 100
