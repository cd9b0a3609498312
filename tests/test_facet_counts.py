"""How many documents a choice would leave: hand-counted, and the same as filtering by it."""

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from index.base import MergePolicy
from index.build import build_index
from index.options import BuildOptions
from search.facet_counts import COUNTED
from search.queries import Filters
from search.service import SearchService
from tests.conftest import hashing_choice, write_small_corpus

ELBOW = """Title: Sore elbow
Year: 2021
Type: case report

Patient

A 9-year-old girl had a sore elbow after a fall. She held it still.

Outcome

The elbow healed. She climbed trees again.
"""
FIELDS = {
    "document_type": "document_types",
    "section_kind": "section_kinds",
    "sex": "sexes",
    "language": "languages",
    "source_type": "source_types",
}
LATER = BuildOptions(merging=MergePolicy(small=0))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small corpus with wrist.txt gone and elbow.txt come since the base was written."""
    documents = write_small_corpus(tmp_path / "documents")
    build_index([documents], tmp_path / "index", hashing_choice())
    (documents / "wrist.txt").unlink()
    (documents / "elbow.txt").write_text(ELBOW, "utf-8")
    build_index([documents], tmp_path / "index", hashing_choice(), options=LATER)
    return tmp_path / "index"


@pytest.fixture
def service(folder: Path) -> SearchService:
    return SearchService.open(folder, lambda _model: hashing_choice())


def test_every_facet_counts_documents_and_not_passages(service: SearchService) -> None:
    counts = service.facet_counts()
    assert counts["document_type"] == {"case report": 2, "not stated": 1}
    assert counts["source_type"] == {"text file": 3}


def test_a_patient_counts_in_every_passage_of_the_case(service: SearchService) -> None:
    assert service.facet_counts()["sex"] == {"female": 1, "male": 1, "not stated": 1}


def test_a_choice_narrows_the_other_facets(service: SearchService) -> None:
    counts = service.facet_counts(Filters(sexes=("female",)))
    assert counts["document_type"] == {"case report": 1}


def test_a_choice_does_not_narrow_its_own_facet(service: SearchService) -> None:
    counts = service.facet_counts(Filters(sexes=("female",), year_from=2000))
    assert counts["sex"] == {"female": 1, "male": 1}


def test_ages_narrow_all_facets(service: SearchService) -> None:
    assert service.facet_counts(Filters(age_from=18))["sex"] == {"male": 1}


def test_what_would_leave_nothing_is_not_counted(service: SearchService) -> None:
    assert service.facet_counts(Filters(year_from=2030))["language"] == {}


def test_a_new_generation_is_counted_anew(folder: Path, service: SearchService) -> None:
    service.facet_counts()
    documents = folder.parent / "documents"
    (documents / "elbow.txt").unlink()
    build_index([documents], folder, hashing_choice(), options=LATER)
    assert service.facet_counts()["sex"] == {"male": 1, "not stated": 1}


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(age_from=40),
        Filters(sexes=("female",), source_types=("PDF", "text file")),
    ],
)
def test_counts_are_those_of_sql(corpus_service: SearchService, filters: Filters) -> None:
    counts = corpus_service.facet_counts(filters)
    assert set(counts) == set(COUNTED)
    for facet, values in counts.items():
        for value, documents in values.items():
            chosen = chosen_too(filters, facet, value)
            assert documents_left(corpus_service, chosen) == documents, (facet, value)


def chosen_too(filters: Filters, facet: str, value: str) -> Filters:
    values: dict[str, Any] = {FIELDS[facet]: (value,)}
    return replace(filters, **values)


def documents_left(service: SearchService, filters: Filters) -> int:
    """Counted without the facets' columns: by the keyword engines' condition, in SQL."""
    from search.filtering import document_filter

    condition, values = document_filter(filters).condition()
    with service._generations.current() as generation:
        (count,) = generation.connection.execute(
            "SELECT count(DISTINCT doc_id) FROM passages JOIN documents USING (doc_id) "
            f"WHERE {condition or 1}",
            values,
        ).fetchone()
    return int(count)


def test_every_choice_of_words_is_a_filter() -> None:
    assert set(FIELDS.values()) < {field.name for field in fields(Filters)}
