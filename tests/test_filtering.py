"""What filters let through, what they refuse, and that no answer comes from beside them."""

from pathlib import Path
from typing import Any

import pytest

from index.build import build_index
from index.catalog import published
from index.reading import neighbours, section_around
from ingest.documents import Passage
from search.errors import FilterError
from search.queries import ANY, Filters, Query
from search.service import MOST_OF_A_SECTION, SearchService
from tests.conftest import hashing_choice, write_small_corpus

FARM = """<html><head><title>Sore back of a farmer</title></head><body><article>
<h1>Sore back of a farmer</h1><h2>Case 1</h2>
<p>A 9-month-old girl was seen with her mother for a calf that was sore for weeks.</p>
<h2>Case 2</h2><p>A 60-year-old woman was seen for a shoulder that was sore for weeks.</p>
<h2>Discussion</h2><p>The nerve of a wrist or of a calf may be sore for weeks in anybody.</p>
</article></body></html>
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    home = tmp_path_factory.mktemp("filtered")
    documents = write_small_corpus(home / "documents")
    (documents / "farm.html").write_text(FARM, "utf-8")
    build_index([documents], home / "index", hashing_choice())
    return SearchService.open(home / "index", lambda _model: hashing_choice())


def found(service: SearchService, filters: Filters) -> set[tuple[str, int | None]]:
    """File and case of each hit."""
    hits = service.search(Query("calf wrist shoulder nerve weeks", 40, filters)).hits
    return {(Path(hit.source).name, hit.passage.case) for hit in hits}


CALF, WRIST, SHOULDER = ("calf.txt", 1), ("wrist.txt", None), ("shoulder.txt", None)
GIRL, WOMAN, DISCUSSION = ("farm.html", 1), ("farm.html", 2), ("farm.html", None)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (ANY, {CALF, WRIST, SHOULDER, GIRL, WOMAN, DISCUSSION}),
        (Filters(age_from=18), {CALF, WOMAN}),
        (Filters(age_to=0), {GIRL}),
        (Filters(age_from=51, age_to=51), {CALF}),
        (Filters(sexes=("Female",)), {GIRL, WOMAN}),
        (Filters(sexes=("not stated",)), {WRIST, SHOULDER, DISCUSSION}),
        (Filters(sexes=("female",), age_from=1), {WOMAN}),
        (Filters(section_kinds=("discussion",)), {DISCUSSION}),
        (Filters(source_types=("Web page",)), {GIRL, WOMAN, DISCUSSION}),
        (Filters(source_types=("text file",), sexes=("male",)), {CALF}),
        (Filters(languages=("xx",)), set()),
    ],
)
def test_only_passages_that_pass_the_filters_answer(
    service: SearchService, filters: Filters, expected: set[tuple[str, int | None]]
) -> None:
    assert found(service, filters) == expected


@pytest.mark.parametrize(
    ("wanted", "problem"),
    [
        ({"age_from": 60, "age_to": 18}, "no age lies from 60 to 18"),
        ({"age_from": -1}, "-1 is no age from 0 to 130"),
        ({"age_to": 999}, "999 is no age"),
        ({"year_from": 0}, "0 is no year from 1 to 9999"),
        ({"sexes": ("f",)}, r"'f' is no sex \(female, male, not stated\)"),
        ({"section_kinds": ("end",)}, "'end' is no kind of section"),
        ({"source_types": ("fax",)}, "'fax' is no source type"),
    ],
)
def test_a_filter_that_nothing_could_pass_is_refused(wanted: dict[str, Any], problem: str) -> None:
    with pytest.raises(FilterError, match=problem):
        Filters(**wanted)


def test_a_hit_says_whom_it_is_about_and_what_it_was_read_from(service: SearchService) -> None:
    [hit] = service.search(Query("sore calf", filters=Filters(age_to=0))).hits
    assert hit.patient is not None and (hit.patient.age_years, hit.patient.sex) == (0.75, "female")
    assert (hit.source_type, hit.section_kind) == ("web page", "patient information")


def test_text_of_no_case_is_about_the_only_patient_of_its_document(
    service: SearchService,
) -> None:
    hits = service.search(Query("calf injected soleus", filters=Filters(sexes=("male",)))).hits
    assert {hit.patient.age_years for hit in hits if hit.patient} == {51.0}


def test_text_of_no_case_beside_several_patients_is_about_none(service: SearchService) -> None:
    [hit] = service.search(
        Query("nerve of a wrist", filters=Filters(section_kinds=("discussion",)))
    ).hits
    assert hit.patient is None


def test_a_document_can_be_had_whole(service: SearchService) -> None:
    hit = service.search(Query("sore shoulder", filters=Filters(sexes=("female",)))).hits[0]
    document = service.document(hit.passage.doc_id)
    assert document is not None
    assert document.text[hit.passage.start : hit.passage.end] == hit.passage.text
    assert service.document("nobody") is None


def section_of(folder: Path, passage_id: str) -> list[Passage]:
    with published(folder) as (connection, _):
        around = neighbours(connection, passage_id, MOST_OF_A_SECTION - 1)
        found = section_around(around, passage_id, MOST_OF_A_SECTION)
    return [stored.passage for stored in found]


def test_a_section_is_its_passages_in_order(
    corpus_index: Path, corpus_service: SearchService
) -> None:
    passage = corpus_service.search(Query("pain after an injection")).hits[0].passage
    section = section_of(corpus_index, passage.passage_id)
    assert passage in section and len(section) <= 12
    assert {one.section for one in section} == {passage.section}
    first = section[0].ordinal
    assert [one.ordinal for one in section] == list(range(first, first + len(section)))


def test_a_long_section_is_shown_around_the_passage(small_corpus: Path, tmp_path: Path) -> None:
    story = " ".join(f"Finding number {n} was seen in the knee on day {n}." for n in range(300))
    (small_corpus / "long.txt").write_text(f"Title: Long\n\nCourse\n\n{story}\n", "utf-8")
    build_index([small_corpus], tmp_path / "index", hashing_choice())
    service = SearchService.open(tmp_path / "index", lambda _model: hashing_choice())
    middle = service.search(Query("finding number 150 day 150")).hits[0].passage
    ordinals = [one.ordinal for one in section_of(tmp_path / "index", middle.passage_id)]
    assert ordinals == list(range(middle.ordinal - 6, middle.ordinal + 6))


@pytest.mark.parametrize("passage_id", ["", "nobody:0", "nobody:x"])
def test_a_passage_that_is_not_there_has_no_section(corpus_index: Path, passage_id: str) -> None:
    assert section_of(corpus_index, passage_id) == []
