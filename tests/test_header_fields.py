"""The "Key: value" lines at the top of a document."""

import pytest

from ingest.documents import Metadata, first_stated
from ingest.header_fields import take_header_fields


def stated(*lines: str) -> Metadata:
    return take_header_fields(lines)[0]


def test_the_field_lines_are_counted_so_that_they_can_be_left_out() -> None:
    assert take_header_fields(["Title: Calf pain", "", "Year: 2021", "", "A man fell."])[1] == 3


def test_the_first_line_that_is_no_field_ends_them() -> None:
    assert stated("Year: 2021", "A man fell.", "Title: Not this").title == ""


def test_fewer_fields_than_asked_for_are_text() -> None:
    assert take_header_fields(["Date: 3 May 2014, she fell."], at_least=2) == (Metadata(), 0)


def test_a_title_alone_is_enough() -> None:
    assert take_header_fields(["Title: Calf pain"], at_least=2)[1] == 1


@pytest.mark.parametrize("line", ["DOI: 10.5555/a", "Authors: Ana Lima", "Journal: Cases"])
def test_a_field_that_begins_no_sentence_is_enough(line: str) -> None:
    assert take_header_fields([line], at_least=2)[1] == 1


def test_an_unknown_key_is_text() -> None:
    assert take_header_fields(["Case: a man of 51", "Year: 2021"]) == (Metadata(), 0)


def test_a_key_without_a_value_is_text() -> None:
    assert take_header_fields(["Title:", "Year: 2021"])[1] == 0


def test_keys_may_be_in_any_case() -> None:
    assert stated("TITLE: Calf pain").title == "Calf pain"


def test_a_value_may_hold_a_colon() -> None:
    assert stated("Title: Calf pain: a case").title == "Calf pain: a case"


def test_quotes_around_a_value_are_front_matters_and_not_the_titles() -> None:
    assert stated('title: "Calf pain"').title == "Calf pain"


@pytest.mark.parametrize("value", ["Lee K, Ito M, Okoro A", "Lee K; Ito M; Okoro A"])
def test_authors_are_parted(value: str) -> None:
    assert stated(f"Authors: {value}").authors == ("Lee K", "Ito M", "Okoro A")


def test_the_last_author_may_come_after_an_and() -> None:
    assert stated("Authors: Anders Lee and Kim Ito").authors == ("Anders Lee", "Kim Ito")


@pytest.mark.parametrize("line", ["Year: 2012", "Date: 2012-11-19", "Date: 19 November 2012"])
def test_a_date_gives_its_year(line: str) -> None:
    assert stated(line).year == 2012


def test_a_doi_may_be_given_as_a_link() -> None:
    assert stated("DOI: https://doi.org/10.5555/ABC.7").doi == "10.5555/abc.7"


def test_of_a_pmid_only_the_digits_count() -> None:
    assert stated("PMID: PubMed 18842146").pmid == "18842146"


@pytest.mark.parametrize("key", ["Source", "URL", "Link"])
def test_a_link_has_three_names(key: str) -> None:
    assert stated(f"{key}: https://example.org/a:b").url == "https://example.org/a:b"


def test_the_type_is_in_small_letters() -> None:
    assert stated("Type: Case Report").document_type == "case report"


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("Volume: 12", "volume", "12"),
        ("Pages: pp. 101-9", "page_range", "101-9"),
        ("PMCID: PMC123456", "pmcid", "PMC123456"),
        ("License: CC BY 4.0", "licence", "CC BY 4.0"),
        ("Licence: CC BY 4.0", "licence", "CC BY 4.0"),
        ("Language: en-GB", "language", "en"),
        ("Language: German", "language", "de"),
        ("Language: unknown to us", "language", ""),
        ("Level of evidence: Level V", "evidence_level", "Level V"),
        ("Conflict of interest: none", "disclosures", "none"),
        ("Publication type: Case Report", "document_type", "case report"),
        ("publication_date: 2012-11-19", "year", 2012),
    ],
)
def test_a_key_states_its_field(line: str, field: str, value: object) -> None:
    assert getattr(stated(line), field) == value


def test_a_value_names_the_field_that_it_was_read_in() -> None:
    assert stated("DOI: 10.5555/a").origin_of("doi") == "header field DOI"


def test_of_two_fields_of_one_meaning_the_first_counts() -> None:
    assert stated("Year: 2021", "Date: 1999-01-01").year == 2021


def test_of_several_sources_the_first_that_states_a_field_counts() -> None:
    merged = first_stated(Metadata(year=2021), Metadata(title="Calf pain", year=1999))
    assert (merged.title, merged.year) == ("Calf pain", 2021)
