"""What a query's words ask for, and what may stand for them."""

import math
import sqlite3
from pathlib import Path

import pytest

from index.build import build_index
from index.catalog import open_for_reading
from index.keyword_engines import KeywordEngine, open_keywords
from index.keyword_engines.queries import Alternative
from index.keyword_engines.shares import keyword_shares
from search.vocabulary import ABBREVIATION, SPELLING, Expansion
from search.wanted_terms import MAX_TERMS, WantedTerms, wanted_terms
from tests.conftest import hashing_choice

LONG = Expansion("PIN", "posterior interosseous nerve", ABBREVIATION)
TEXTS = {
    "short": "The PIN was weak.",
    "both": "The posterior interosseous nerve (PIN) was weak.",
    "long": "The posterior interosseous nerve was weak.",
    "other": "The wrist was swollen. It was painful.",
}


@pytest.fixture
def catalog(tmp_path: Path) -> sqlite3.Connection:
    (tmp_path / "documents").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "documents" / f"{name}.txt").write_text(f"Title: {name}\n\n{text}\n", "utf-8")
    build_index([tmp_path / "documents"], tmp_path / "index", hashing_choice())
    return open_for_reading(tmp_path / "index")


@pytest.fixture
def keywords(catalog: sqlite3.Connection) -> KeywordEngine:
    return open_keywords(catalog, base=None)


def shares(catalog: sqlite3.Connection, *expansions: Expansion) -> dict[str, float]:
    keywords = open_keywords(catalog, base=None)
    wanted = wanted_terms(keywords, "PIN", expansions, passages=4)
    found = keyword_shares(keywords, wanted.query(), wanted.most, 10)
    title = "SELECT json_extract(metadata, '$.title') FROM documents JOIN passages USING (doc_id)"
    return {
        catalog.execute(f"{title} WHERE row = ?", (row,)).fetchone()[0]: share
        for row, share in found.items()
    }


def test_a_rare_term_weighs_more(keywords: KeywordEngine) -> None:
    rarity = wanted_terms(keywords, "weak wrist", (), passages=4).rarity
    assert rarity["wrist"] == pytest.approx(math.log(1 + 4 / 1))
    assert rarity["weak"] == pytest.approx(math.log(1 + 4 / 3))


def test_a_term_that_no_passage_has_is_unknown(keywords: KeywordEngine) -> None:
    assert wanted_terms(keywords, "wrist lasagne", (), passages=4).unknown == {"lasagn"}


def test_a_term_with_a_known_alternative_is_not_unknown(keywords: KeywordEngine) -> None:
    expansion = Expansion("PIMN", "posterior interosseous nerve", ABBREVIATION)
    assert not wanted_terms(keywords, "PIMN", (expansion,), passages=4).unknown


def test_an_abbreviation_finds_its_long_form(catalog: sqlite3.Connection) -> None:
    assert set(shares(catalog)) == {"short", "both"}
    assert set(shares(catalog, LONG)) == {"short", "both", "long"}


def test_a_passage_that_defines_an_abbreviation_does_not_score_twice(
    catalog: sqlite3.Connection,
) -> None:
    with_long = shares(catalog, LONG)
    assert with_long["both"] < with_long["short"]  # it is longer


def test_a_share_is_never_more_than_the_whole(catalog: sqlite3.Connection) -> None:
    assert all(0 < share <= 1 for share in shares(catalog, LONG).values())


def test_a_slip_that_was_corrected_has_no_alternative(keywords: KeywordEngine) -> None:
    slip = Expansion("wirst", "wrist", SPELLING)
    assert wanted_terms(keywords, "wrist pain", (slip,), passages=4).alternatives == ()


def test_a_hyphenated_phrase_is_looked_for_in_both_spellings(keywords: KeywordEngine) -> None:
    expansion = Expansion("PIN", "post-operative nerve", ABBREVIATION)
    found = wanted_terms(keywords, "PIN", (expansion,), passages=4).alternatives
    assert {len(one.phrase) for one in found} == {3, 4}


def test_of_a_long_case_the_rarest_terms_are_looked_for(keywords: KeywordEngine) -> None:
    text = "weak " + " ".join(f"word{number}x" for number in range(MAX_TERMS))
    assert "weak" not in wanted_terms(keywords, text, (), passages=4).rarity


def test_without_terms_nothing_is_unknown() -> None:
    assert WantedTerms({}, (Alternative(("pin",), ("pin",)),)).unknown_share == 0


def test_a_sentence_may_tell_of_a_query_by_an_alternatives_words() -> None:
    wanted = WantedTerms({"pin": 3.0}, (Alternative(("a", "b", "c"), ("pin",)),))
    assert wanted.told_by == {"pin": 3.0, "a": 1.0, "b": 1.0, "c": 1.0}
