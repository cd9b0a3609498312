"""How sentence boundaries are judged and counted, and what our splitter reaches."""

from pathlib import Path

import pytest

from evaluation.sentence_texts import load_texts, text_digest
from evaluation.sentences import (
    CASES,
    Boundaries,
    Case,
    JudgedDocument,
    Place,
    SentenceRow,
    is_held_back,
    judge_case,
    judge_place,
    measure_sentences,
    ours,
    parse_case,
    read_cases,
    read_places,
)

COUNTS = Boundaries(right=6, wrong=2, missed=3)


def test_precision_is_the_share_of_true_boundaries_among_those_set() -> None:
    assert COUNTS.precision == 6 / 8


def test_recall_is_the_share_of_the_true_boundaries_that_were_set() -> None:
    assert COUNTS.recall == 6 / 9


def test_f_is_their_harmonic_mean() -> None:
    assert COUNTS.f1 == 12 / 17
    assert COUNTS.f1 == pytest.approx(2 / (8 / 6 + 9 / 6))


def test_nothing_set_and_nothing_to_set_gives_zero() -> None:
    nothing = Boundaries()
    assert (nothing.precision, nothing.recall, nothing.f1) == (0.0, 0.0, 0.0)


def test_counts_add_up() -> None:
    assert COUNTS + Boundaries(1, 0, 4) == Boundaries(7, 2, 7)


@pytest.mark.parametrize(
    ("line", "text", "boundaries"),
    [
        ("It hurt. ‖ He ran.", "It hurt. He ran.", {9}),
        ("It hurt.‖He ran.", "It hurt.He ran.", {8}),
        ("It hurt.⏎‖He ran.", "It hurt.\nHe ran.", {9}),
        ("It hurt at 3 a.m. badly.", "It hurt at 3 a.m. badly.", set()),
    ],
)
def test_a_case_is_a_text_with_its_boundaries(line: str, text: str, boundaries: set[int]) -> None:
    assert parse_case(line) == Case(text, frozenset(boundaries))


def test_the_start_of_a_text_is_no_boundary() -> None:
    case = parse_case("  One. ‖ Two.")
    assert judge_case(case, lambda _: {2, 7}) == Boundaries(right=1)


def test_boundaries_set_and_missed_in_a_case_are_counted() -> None:
    case = parse_case("One. ‖ Two. ‖ Three e.g. four.")
    assert judge_case(case, lambda _: {0, 5, 21}) == Boundaries(right=1, wrong=1, missed=1)


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        ({0, 8}, Boundaries(right=1)),
        ({0}, Boundaries(missed=1)),
        ({0, 4}, Boundaries(wrong=1, missed=1)),
        ({0, 8, 12}, Boundaries(right=1)),
    ],
)
def test_a_stop_is_judged_up_to_the_next_letter(starts: set[int], expected: Boundaries) -> None:
    text = "No.[5]  It. It"
    assert judge_place(text, Place(stop=2, boundary=8), starts) == expected


def test_a_stop_that_ends_nothing_brings_no_boundary() -> None:
    assert judge_place("No. 5", Place(2, None), {0}) == Boundaries()
    assert judge_place("No. 5", Place(2, None), {0, 4}) == Boundaries(wrong=1)


def test_places_are_read_with_the_distance_of_their_boundary(tmp_path: Path) -> None:
    (tmp_path / "places.tsv").write_text("# remark\na/b.txt\tf00\t12+2 40-\n", "utf-8")
    document = JudgedDocument("a/b.txt", "f00", (Place(12, 14), Place(40, None)))
    assert read_places(tmp_path / "places.tsv") == [document]


def test_texts_come_from_files_records_and_paragraphs(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"One.\r\nTwo.")
    (tmp_path / "b.jsonl").write_text('{"_id": "7", "text": "Three.\\nFour."}\n', "utf-8")
    (tmp_path / "c.xml").write_text("<a><p>Five</p><p>Six\n  <b>and</b> seven.</p></a>", "utf-8")
    texts = {"a.txt": "One.  Two.", "b.jsonl#7": "Three. Four.", "c.xml#1": "Six and seven."}
    assert load_texts(tmp_path, {name: text_digest(text) for name, text in texts.items()}) == texts


def test_a_text_that_is_not_the_one_judged_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Changed.", "utf-8")
    with pytest.raises(ValueError, match=r"the first is a\.txt"):
        load_texts(tmp_path, {"a.txt": text_digest("As it was.")})


def test_a_row_counts_both_halves_together() -> None:
    row = SentenceRow("ours", "cases", Boundaries(3, 0, 0), Boundaries(3, 2, 3))
    assert row.to_dict()["all"]["f1"] == COUNTS.f1
    assert "F 0.7059" in row.line()


def test_the_set_holds_more_than_300_cases_none_twice() -> None:
    texts = [case.text for case in read_cases()]
    assert len(texts) == len(set(texts)) > 300
    assert sum(map(len, (case.boundaries for case in read_cases()))) > 300


def test_about_half_of_the_cases_is_held_back() -> None:
    held_back = [is_held_back(case.text) for case in read_cases()]
    assert 0.4 < sum(held_back) / len(held_back) < 0.6


def test_the_set_says_where_it_comes_from() -> None:
    assert "Origin:" in CASES.read_text("utf-8")


def test_our_boundaries_are_right_on_both_halves_of_the_cases() -> None:
    [row] = measure_sentences(None)
    assert min(row.worked_on.f1, row.held_back.f1) >= 0.99


def test_our_boundaries_are_right_on_both_halves_of_the_places(shared: Path) -> None:
    row = measure_sentences(shared / "data")[1]
    assert min(row.worked_on.f1, row.held_back.f1) >= 0.99


def test_ours_begin_where_our_spans_begin() -> None:
    assert ours("Fever rose. Rash spread.") == {0, 12}
