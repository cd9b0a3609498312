"""A question in the corpus's own words, over an index that is built as the user's is."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from index.build import build_index
from index.catalog import open_for_reading
from index.keyword_engines.fts5 import Fts5Keywords
from index.reading import openings
from index.vocabulary import surface_words
from search.vocabulary import REASONS, Expansion, expansions, spelled_out
from search.vocabulary.corpus import CorpusWords
from search.vocabulary.expansions import MAX_EXPANSIONS
from search.vocabulary.synonyms import read_synonyms, synonym_list
from tests.conftest import hashing_choice, write_small_corpus

ELBOW = """Title: Weak fingers in a climber

Findings

The posterior interosseous nerve (PIN) was compressed in the forearm. Conduction was slow.
He had a haematoma of the gastrocnemius and no lesion of the suprascapular nerve.
Magnetic resonance imaging (MRI) showed a ganglion, platelet-rich plasma (PRP) was injected.
Lateral epicondylitis was ruled out, and the patella was normal on a radiograph.
"""
PROSTATE = """Title: An incidental finding

Findings

A prostatic intraepithelial neoplasia (PIN) was found in a biopsy. The leukocytes were counted.
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    documents = write_small_corpus(tmp_path_factory.mktemp("vocabulary") / "documents")
    (documents / "elbow.txt").write_text(ELBOW, "utf-8")
    (documents / "prostate.txt").write_text(PROSTATE, "utf-8")
    folder = documents.parent / "index"
    build_index([documents], folder, hashing_choice())
    return folder


@pytest.fixture(scope="module")
def corpus(index: Path) -> Iterator[CorpusWords]:
    opened = open_for_reading(index)
    yield CorpusWords(opened, Fts5Keywords(opened), 5, partial(openings, opened))
    opened.close()


def added(text: str, corpus: CorpusWords) -> list[str]:
    return [one.added for one in expansions(text, corpus)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PIN palsy in the forearm", ["posterior interosseous nerve"]),
        ("PIN on a biopsy", ["prostatic intraepithelial neoplasia"]),
        ("MRIs", ["Magnetic resonance imaging"]),
        ("prp for tendons", ["platelet-rich plasma"]),
        ("platelet rich plasma", ["PRP"]),
        ("gastrocnemeus", ["gastrocnemius"]),
        ("Supracapular pain", ["suprascapular"]),
        ("tennis elbow", ["lateral epicondylitis"]),
        ("kneecap on an xray", ["patella", "radiograph"]),
        ("leucocytes", ["leukocytes"]),
        ("SCFE", ["slipped capital femoral epiphysis"]),
    ],
)
def test_a_question_is_also_asked_as(text: str, expected: list[str], corpus: CorpusWords) -> None:
    assert added(text, corpus) == expected


@pytest.mark.parametrize(
    "text",
    [
        "pin in the dish, it hit us",
        "motorcycle accident and lasagne",
        "L5-S1 and IL-9 with T-score",
        "GASTROCNEMEUS_1 gastrocnemeus2 https://example.org/gastrocnemeus",
        "posterior interosseous nerve",
        "prp and platelet-rich plasma",
        "frozen toe",
        "Übergewicht",
        "?",
    ],
)
def test_nothing_is_added_to(text: str, corpus: CorpusWords) -> None:
    assert added(text, corpus) == []


def test_an_expansion_says_what_was_asked_and_why(corpus: CorpusWords) -> None:
    assert expansions("Achilles gastrocnemeus", corpus) == (
        Expansion("gastrocnemeus", "gastrocnemius", "spelling"),
    )


def test_expansions_come_in_the_order_of_the_words(corpus: CorpusWords) -> None:
    text = "tennis elbow, MRI, gastrocnemeus, kneecap"
    reasons = [one.reason for one in expansions(text, corpus)]
    assert reasons == ["synonym", "abbreviation", "spelling", "synonym"]


def test_a_misspelt_term_has_its_synonyms(corpus: CorpusWords) -> None:
    assert added("latral epicondylitis MRI kneecap", corpus)[0] == "lateral"


@pytest.mark.parametrize("left_out", REASONS)
def test_each_reason_can_be_switched_off(left_out: str, corpus: CorpusWords) -> None:
    kept = [reason for reason in REASONS if reason != left_out]
    found = expansions("tennis elbow MRI gastrocnemeus", corpus, kept)
    assert {one.reason for one in found} == set(kept)


def test_a_long_case_is_not_drowned_in_expansions(corpus: CorpusWords) -> None:
    short = sorted(synonym_list().long_forms)[:40]
    assert len(expansions(" ".join(short).upper(), corpus)) <= MAX_EXPANSIONS


def test_a_question_is_read_spelt_right_and_written_out(corpus: CorpusWords) -> None:
    text = "MRI of the gastrocnemeus after tennis elbow"
    assert spelled_out(text, expansions(text, corpus)) == (
        "MRI (Magnetic resonance imaging) of the gastrocnemius after tennis elbow"
    )


def test_a_question_without_expansions_is_read_as_it_stands() -> None:
    assert spelled_out("Numb fingers (left)", ()) == "Numb fingers (left)"


def test_a_word_inside_another_is_not_written_out() -> None:
    one = Expansion("PR", "partial response", "abbreviation")
    assert spelled_out("PRP and PR", [one]) == "PRP and PR (partial response)"


def test_a_deleted_document_takes_its_words_and_abbreviations_along(tmp_path: Path) -> None:
    documents = write_small_corpus(tmp_path / "documents")
    build_index([documents], tmp_path / "index", hashing_choice())
    before = vocabulary_rows(tmp_path / "index")
    (documents / "elbow.txt").write_text(ELBOW, "utf-8")
    build_index([documents], tmp_path / "index", hashing_choice())
    grown = vocabulary_rows(tmp_path / "index")
    (documents / "elbow.txt").unlink()
    build_index([documents], tmp_path / "index", hashing_choice())
    assert before != grown and vocabulary_rows(tmp_path / "index") == before


def vocabulary_rows(index: Path) -> list[tuple[object, ...]]:
    opened = open_for_reading(index)
    rows = opened.execute("SELECT word, documents FROM words ORDER BY word").fetchall()
    rows += opened.execute("SELECT short, long_key FROM abbreviations ORDER BY 1, 2").fetchall()
    opened.close()
    return rows


def test_words_are_kept_as_written_in_small_letters_without_accents() -> None:
    assert surface_words("Lavallée’s tendons, L5 and T12") == {"lavallee", "tendons"}


def test_a_loose_word_is_searched_as_the_right_one_and_never_the_other_way() -> None:
    table = read_synonyms(">\tkneecap\tpatella").equal
    assert table == {"kneecap": ("patella",)}


def test_equal_terms_stand_for_each_other() -> None:
    table = read_synonyms("# made up\n=\tjab point\tsting spot").equal
    assert list(table.values()) == [("sting spot",), ("jab point",)]


def test_the_spelling_of_a_text_in_another_language_is_left(
    corpus: CorpusWords,
) -> None:
    unknown = [f"qzq{one}vw{other}j" for one in "abcdef" for other in "kmnpt"]
    assert added(f"{' '.join(unknown[:9])} gastrocnemeus", corpus) == ["gastrocnemius"]
    assert added(f"{' '.join(unknown)} gastrocnemeus", corpus) == []


def test_a_broken_line_of_the_list_is_named() -> None:
    with pytest.raises(ValueError, match="line 2 is no group"):
        read_synonyms("=\tone\tother\n=\talone")


def test_the_shipped_list_is_whole() -> None:
    assert len(synonym_list().long_forms) > 100 and len(synonym_list().equal) > 100
