"""One hit for what says the same."""

from index.stores import Placement
from search.diversity import Kept, keep_all, keep_diverse

A0, A1, A2 = (Placement("a", place, "Treatment", "", "") for place in range(3))
A3 = Placement("a", 3, "Discussion", "", "")
B, C = Placement("b", 0, "", "", "b"), Placement("c", 0, "", "", "b")


def rows(ranking: list[int], placements: dict[int, Placement]) -> list[int]:
    scored = [(row, 1.0 / place) for place, row in enumerate(ranking, 1)]
    return [kept.row for kept in keep_diverse(scored, placements)]


def test_of_neighbours_in_one_section_the_better_stays() -> None:
    assert rows([2, 1], {1: A0, 2: A1}) == [2]


def test_passages_of_one_section_that_are_apart_both_stay() -> None:
    assert rows([1, 3], {1: A0, 3: A2}) == [1, 3]


def test_neighbours_in_two_sections_both_stay() -> None:
    assert rows([3, 4], {3: A2, 4: A3}) == [3, 4]


def test_a_near_duplicate_is_named_at_the_better_one() -> None:
    kept = keep_diverse([(1, 0.9), (2, 0.8)], {1: B, 2: C})
    assert kept == [Kept(1, 0.9, ("c",))]


def test_a_second_passage_of_the_better_one_is_no_twin() -> None:
    placements = {1: B, 2: C, 3: Placement("b", 5, "", "", "b")}
    assert [kept.twins for kept in keep_diverse([(1, 3), (3, 2), (2, 1)], placements)] == [
        ("c",),
        (),
    ]


def test_without_diversity_every_row_stays() -> None:
    assert keep_all([(1, 0.9), (2, 0.8)]) == [Kept(1, 0.9, ()), Kept(2, 0.8, ())]
