"""The order of the first hits, worked out by hand."""

from search.reordering import Candidate, reorder, without_sentence


def rows(*candidates: Candidate) -> list[int]:
    return [row for row, _ in reorder(candidates)]


def test_between_documents_a_sentence_counts_half() -> None:
    plain, answering = Candidate(1, "a", 0.9, 0.1), Candidate(2, "b", 0.8, 0.5)
    assert reorder([plain, answering]) == [(2, 0.7), (1, 0.6333)]


def test_inside_a_document_the_answering_passage_takes_the_first_place() -> None:
    topic, other, answer = (
        Candidate(1, "a", 1.0, 0.3),
        Candidate(2, "b", 0.9, 0.3),
        Candidate(3, "a", 0.5, 0.7),
    )
    assert rows(topic, other, answer) == [3, 2, 1]


def test_back_matter_stands_behind_text_that_tells() -> None:
    authors = Candidate(1, "a", 1.0, 0.8, "back matter")
    assert rows(authors, Candidate(2, "a", 0.7, 0.5), Candidate(3, "b", 0.8, 0.5)) == [3, 2, 1]


def test_ties_stand_in_order_of_row() -> None:
    assert rows(Candidate(9, "a", 0.5, 0.5), Candidate(4, "b", 0.5, 0.5)) == [4, 9]


def test_a_hit_far_down_scores_as_with_a_sentence_that_says_nothing() -> None:
    assert without_sentence(0.9, lowest=1.0) == reorder([Candidate(1, "a", 0.9, 0.0)])[0][1]


def test_a_hit_far_down_never_scores_above_those_before_it() -> None:
    assert without_sentence(0.9, lowest=0.4) == 0.4
