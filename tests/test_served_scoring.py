"""What a server proposes is scored on the scale of all stores."""

import sqlite3
from dataclasses import replace

import numpy as np
import pytest

from index.keyword_engines.queries import Alternative, DocumentFilter, KeywordQuery
from index.keyword_engines.scoring import rarity
from index.stores import StoreQuery
from index.stores.cards import CardTerms
from index.stores.milvus.rows import FoundRow
from index.stores.milvus.scoring import Counting, scored, words_of
from index.stores.term_counting import COUNTS_SCHEMA

EAST = np.array([[1.0, 0.0]], np.float32)
ASKED = StoreQuery(
    EAST,
    KeywordQuery(("crps",), (Alternative(("pain", "syndrom"), ("crps",)),)),
    most_by_words=10.0,
    dense_weight=0.0,
    k=40,
)


@pytest.fixture
def terms() -> CardTerms:
    """A corpus of 100 passages with 1000 terms: "pain" and "syndrom" stand in many of them."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(COUNTS_SCHEMA)
    counts = [("crps", 1), ("pain", 40), ("syndrom", 30)]
    connection.executemany("INSERT INTO term_counts VALUES (?, ?)", counts)
    connection.execute("INSERT INTO term_totals VALUES (100, 1000)")
    return CardTerms(connection)


def row(number: int, body: str, vector: tuple[float, float] = (0.0, 1.0)) -> FoundRow:
    towards = np.array(vector, np.float32)
    return FoundRow(number, 0.0, "d", number, "", "", ("", "", body), towards)


def share_for(having: int, length: int) -> float:
    """The share that one occurrence of something gives which so many passages have."""
    fixed = 1.2 * (0.25 + 0.75 * length / 10)
    return rarity(100, having) * 2.2 / (1 + fixed) / 10.0


TWO = [row(1, "pain syndrom"), row(2, "pain of a syndrom")]


def test_a_phrase_that_few_proposals_have_is_as_rare_as_these(terms: CardTerms) -> None:
    ranked, _ = scored(TWO, ASKED, terms, Counting(by_words=True, one_field=False))
    assert dict(ranked) == pytest.approx({1: share_for(having=1, length=2)})


def test_a_phrase_is_as_rare_as_its_rarest_word_where_words_propose_nothing(
    terms: CardTerms,
) -> None:
    ranked, _ = scored(TWO, ASKED, terms, Counting(by_words=False, one_field=False))
    assert dict(ranked) == pytest.approx({1: share_for(having=30, length=2)})


def test_a_phrase_is_as_rare_as_its_rarest_word_where_a_filter_leaves_documents_out(
    terms: CardTerms,
) -> None:
    asked = replace(ASKED, documents=DocumentFilter(year_from=1999))
    ranked, _ = scored(TWO, asked, terms, Counting(by_words=True, one_field=False))
    assert dict(ranked) == pytest.approx({1: share_for(having=30, length=2)})


def test_cosine_and_share_are_weighed(terms: CardTerms) -> None:
    asked = replace(ASKED, dense_weight=0.5)
    ranked, cosines = scored(
        [row(1, "crps", (0.6, 0.8))], asked, terms, Counting(by_words=True, one_field=False)
    )
    assert cosines == pytest.approx({1: 0.6})
    assert dict(ranked) == pytest.approx({1: 0.3 + 0.5 * share_for(having=1, length=1)})


def test_what_is_not_among_the_best_by_words_counts_nothing_by_them(terms: CardTerms) -> None:
    asked = replace(ASKED, dense_weight=0.5, k=1)
    longer = row(2, "crps of one arm", (1.0, 0.0))
    ranked, _ = scored(
        [row(1, "crps"), longer], asked, terms, Counting(by_words=True, one_field=False)
    )
    assert dict(ranked) == pytest.approx({2: 0.5})


def test_a_question_without_terms_asks_for_no_words() -> None:
    assert words_of(KeywordQuery((), (Alternative(("pain",), ("crps",)),))) == []


@pytest.mark.parametrize(("one_field", "occurrences"), [(False, 0.5), (True, 1.0)])
def test_a_word_of_a_heading_counts_as_in_the_folder(
    one_field: bool, occurrences: float, terms: CardTerms
) -> None:
    asked = replace(ASKED, keywords=KeywordQuery(("crps",)))
    headed = replace(row(1, "rest"), terms=("", "crps", "rest"))
    ranked, _ = scored([headed], asked, terms, Counting(by_words=True, one_field=one_field))
    fixed = 1.2 * (0.25 + 0.75 * 2 / 10)
    share = rarity(100, 1) * occurrences * 2.2 / (occurrences + fixed) / 10.0
    assert dict(ranked) == pytest.approx({1: share})
