"""Which passage of a document is shown first, worked out by hand."""

from index.stores import Placement
from search.reordering import Candidate, answering_first, weighed_by_section


def passage(
    row: int, doc_id: str, sentence: float, ordinal: int, section: str = "Course", kind: str = ""
) -> Candidate:
    place = Placement(doc_id, ordinal, section, kind, leader="")
    return Candidate(row, place, cosine=0.5, sentence=sentence)


def test_the_answering_passage_takes_the_first_place_of_its_document() -> None:
    places = [passage(1, "a", 0.3, 0), passage(2, "b", 0.1, 0), passage(3, "a", 0.7, 5)]
    assert answering_first(places, []) == [3, 2, 1]


def test_a_passage_that_was_not_found_by_itself_may_answer() -> None:
    assert answering_first([passage(1, "a", 0.3, 0)], [passage(8, "a", 0.9, 4)]) == [8]


def test_a_neighbour_of_the_answering_passage_is_not_shown_beside_it() -> None:
    places = [passage(1, "a", 0.3, 3), passage(2, "b", 0.1, 0), passage(3, "a", 0.2, 9)]
    assert answering_first(places, [passage(8, "a", 0.9, 4)]) == [8, 2, 3]


def test_a_place_without_another_passage_stays_empty() -> None:
    places = [passage(1, "a", 0.3, 0), passage(2, "a", 0.9, 1)]
    assert answering_first(places, []) == [2, None]


def test_no_document_loses_its_place_to_another() -> None:
    assert answering_first([passage(1, "a", 0.1, 0), passage(2, "b", 0.9, 0)], []) == [1, 2]


def test_of_equals_the_first_row_stays() -> None:
    assert answering_first([passage(4, "a", 0.5, 0)], [passage(9, "a", 0.5, 7)]) == [4]


def test_authors_and_menus_seldom_answer() -> None:
    menu = passage(1, "a", 0.9, 0, "Menu", "site text")
    assert answering_first([menu], [passage(2, "a", 0.5, 5)]) == [2]


def test_a_menu_stands_behind_text_that_tells() -> None:
    kinds = {1: "site text", 2: "discussion"}
    assert [row for row, _ in weighed_by_section([(1, 0.8), (2, 0.5)], kinds)] == [2, 1]
