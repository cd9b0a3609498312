"""What the pages of an article print about its publication."""

import pytest

from ingest.documents import Metadata
from ingest.formats.pdf.citation import printed_metadata

TITLE = "Calf pain in a dancer: a case report"
BODY = "The patient was a dancer of 24 years who had calf pain."
CITED = "Lima A, Berg T (2014) Calf pain in a\ndancer: a case report. Ankle ONE 9(12): e115."


def read(*pages: str, edges: tuple[str, ...] = ()) -> Metadata:
    return printed_metadata(pages, edges, TITLE)


def test_a_header_line_is_a_reference() -> None:
    found = read(BODY, edges=("Lima et al. Ankles 2015, 16:2", "http://www.example.org/16/1/2"))
    assert (found.journal, found.year, found.volume, found.page_range) == (
        "Ankles",
        2015,
        "16",
        "2",
    )
    assert found.origin_of("journal") == "page 1, header line"


def test_a_header_may_take_two_lines() -> None:
    found = read(
        BODY, edges=("Ankle Press", "Reports in Feet", "Volume 2014, Article ID 8016, 8 pages")
    )
    assert (found.journal, found.year, found.page_range) == ("Reports in Feet", 2014, "8016")


@pytest.mark.parametrize(
    "marker",
    [
        "Citation: ",
        "How to cite this article: ",
        "Cite this article as: ",
        "To cite: ",
        "Cite as:\n",
    ],
)
def test_a_box_tells_how_to_cite(marker: str) -> None:
    found = read(f"{BODY}\n{marker}{CITED} doi:10.5555/\nank.e115\nEditor: Kim Lee, Porto")
    assert (found.journal, found.volume, found.page_range) == ("Ankle ONE", "9", "e115")
    assert (found.doi, found.year) == ("10.5555/ank.e115", 2014)
    assert found.authors == ("Lima A", "Berg T")
    assert found.origin_of("doi") == "page 1, how to cite"


def test_authors_of_a_citation_that_leaves_some_out_are_not_taken() -> None:
    assert read(f"{BODY}\nCitation: Lima A, et al. {TITLE}. Ankles 2014;3:4.").authors == ()


def test_the_box_may_stand_on_the_last_page() -> None:
    found = read(BODY, BODY, f"{BODY}\nCite this article as: {CITED}")
    assert found.origin_of("journal") == "page 3, how to cite"


def test_the_doi_may_stand_above_the_box() -> None:
    last = "doi:10.5555/own.7\nCite this article as: Lima et al.: Calf pain. Ankles 2019, 3:4."
    assert read(BODY, last).doi == "10.5555/own.7"


def test_a_line_above_the_box_with_more_than_a_doi_is_a_reference() -> None:
    last = "9. Other work, doi:10.5555/other.1\nCite this article as: Lima et al.: Calf pain."
    assert read(BODY, last).doi == ""


def test_the_first_page_states_the_doi() -> None:
    assert read(f"doi: 10.5555/own.7\n{BODY}").origin_of("doi") == "page 1"


def test_a_doi_over_two_lines_is_whole() -> None:
    assert read(f"https://doi.org/10.5555/\nown.77\n{BODY}").doi == "10.5555/own.77"


@pytest.mark.parametrize("label", ["Data are in Dryad", "Correction to", "Comment on"])
def test_a_doi_of_something_else_is_not_the_documents(label: str) -> None:
    assert read(f"{label} doi:10.5555/other.1\n{BODY}\ndoi:10.5555/own.7").doi == "10.5555/own.7"


def test_a_doi_among_the_references_is_not_the_documents() -> None:
    assert read(f"{BODY}\nReferences\n1. Feet. doi:10.5555/other.1").doi == ""


def test_a_running_head_on_two_pages_is_a_reference() -> None:
    head = "Ankles 2015, 16:2\n"
    assert read(BODY, head + BODY, head + BODY).origin_of("volume") == "pages 2 and 3, header line"


def test_a_reference_at_the_foot_of_one_page_is_perhaps_that_of_another_work() -> None:
    assert read(BODY, f"{BODY}\nAnkles 2015, 16:2", BODY).journal == ""


def test_a_licence_may_stand_on_the_last_page() -> None:
    found = read(BODY, BODY, "This article is distributed under CC BY-NC 4.0.")
    assert (found.licence, found.origin_of("licence")) == ("CC BY-NC 4.0", "page 3")


def test_pubmed_ids_are_read() -> None:
    found = read(f"PMID: 18842146; PMCID: PMC2567890\n{BODY}")
    assert (found.pmid, found.pmcid) == ("18842146", "PMC2567890")


def test_pages_of_nothing_state_nothing() -> None:
    assert read("", "") == Metadata()
