"""DOI, PubMed id, year and AMA citation, where a text states them."""

import pytest

from ingest.identifiers import (
    find_ama_citation,
    find_doi,
    find_pmcid,
    find_pmid,
    find_published_year,
    find_year,
)


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("doi:10.5555/abc.2019.7", "10.5555/abc.2019.7"),
        ("DOI 10.5555/ABC", "10.5555/abc"),
        ("See https://doi.org/10.5555/abc.", "10.5555/abc"),
        ("(doi:10.1016/S0140-6736(05)66545-2).", "10.1016/s0140-6736(05)66545-2"),
        ("doi:10.5555/abc, and more", "10.5555/abc"),
        ("[doi:10.5555/abc]", "10.5555/abc"),
        ("first 10.5555/cited then doi:10.5555/own", "10.5555/own"),
        ("10.5555/bare", "10.5555/bare"),
        ("https://doi.org/10.5555/abc/full", "10.5555/abc"),
        ("https://doi.org/10.5555/abc.pdf", "10.5555/abc"),
        ("doi:10.5555/s0304‐015–7", "10.5555/s0304-015-7"),
        ("doi:10.1016/s0003-4975(02)", "10.1016/s0003-4975(02)"),
        ("a dose of 10.5/kg", ""),
        ("", ""),
    ],
)
def test_a_doi_is_found(text: str, doi: str) -> None:
    assert find_doi(text) == doi


def test_an_old_doi_may_hold_signs_of_a_tag() -> None:
    doi = "10.1002/1529-0131(200107)44:7<1515::aid-art273>3.0.co;2-7"
    assert find_doi(f"doi:{doi}.") == doi


def test_a_doi_ends_before_a_tag() -> None:
    assert find_doi("doi:10.5555/abc<br>") == "10.5555/abc"


@pytest.mark.parametrize(
    ("text", "pmid"),
    [
        ("PMID: 18842146.", "18842146"),
        ("pmid 18842146", "18842146"),
        ("PMCID: PMC2567890", ""),
        ("call 18842146", ""),
    ],
)
def test_a_pmid_is_found_only_under_its_name(text: str, pmid: str) -> None:
    assert find_pmid(text) == pmid


@pytest.mark.parametrize(
    ("text", "pmcid"),
    [
        ("PMCID: PMC2567890", "PMC2567890"),
        ("PMC ID 2567890", "PMC2567890"),
        ("PMC2567890", "PMC2567890"),
        ("PMID: 18842146", ""),
    ],
)
def test_a_pmcid_is_found_with_its_letters(text: str, pmcid: str) -> None:
    assert find_pmcid(text) == pmcid


@pytest.mark.parametrize(
    ("text", "year"),
    [("2012-11-19", 2012), ("19 Nov 1987", 1987), ("1500 ml", None), ("2500 IU", None)],
)
def test_a_year_is_a_number_that_can_be_one(text: str, year: int | None) -> None:
    assert find_year(text) == year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Trials 2015, 16:2", 2015),
        ("Pan Afr Med J. 2014;17(2):41", 2014),
        ("Published: 12 May 2020", 2020),
        ("Published online 2019 Jan 4", 2019),
        ("© The Author(s) 2018", 2018),
        ("©2013 Lima et al.", 2013),
        ("Ankles (2015) 16:38", 2015),
        ("Journal of Ankles (2013), 63, 50–53", 2013),
        ("Copyright: © 2014 Lima et al.", 2014),
        ("The Author(s) 2015. This article is open", 2015),
        ("She was seen (2011) twice.", None),
        ("She was first seen in 2011.", None),
    ],
)
def test_a_year_of_publication_stands_where_journals_print_it(text: str, year: int | None) -> None:
    assert find_published_year(text) == year


AMA = (
    "To cite this abstract in AMA style:\n\nLima A, Berg TJ. Early walking after a sprain "
    "[abstract]. J Inv Cases. 2019; 13(S1). https://example.org/walk/. Accessed May 1, 2020."
)


def test_a_document_that_says_how_to_cite_it_names_itself() -> None:
    cited = find_ama_citation(AMA)
    assert cited is not None
    assert (cited.title, cited.authors) == ("Early walking after a sprain", ("Lima A", "Berg TJ"))
    assert (cited.journal, cited.year) == ("J Inv Cases", 2019)
    assert (cited.url, cited.document_type) == ("https://example.org/walk/", "abstract")


def test_a_citation_of_another_work_is_not_the_documents_own() -> None:
    assert find_ama_citation(AMA.replace("To cite this", "As shown in an")) is None
