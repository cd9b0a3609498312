"""YAML at the top of a Markdown file."""

import pytest

from ingest.documents import Metadata
from ingest.formats.front_matter import MAX_FRONT_MATTER, take_front_matter


def stated(*lines: str) -> Metadata:
    return take_front_matter("\n".join(["---", *lines, "---", "She ran."]))[0]


@pytest.mark.parametrize(
    "lines",
    [
        ("authors: Ana Lima, Tom Berg",),
        ("authors: [Ana Lima, Tom Berg]",),
        ("author:", "  - Ana Lima", "  - Tom Berg"),
        ("author:", "  - name: Ana Lima", "    affiliation: A", "  - name: Tom Berg"),
        ("author:", "  - {given: Ana, family: Lima}", "  - {given: Tom, family: Berg}"),
    ],
)
def test_authors_may_be_listed_in_many_ways(lines: tuple[str, ...]) -> None:
    assert stated(*lines).authors == ("Ana Lima", "Tom Berg")


def test_all_fields_of_a_citation_are_read() -> None:
    found = stated(
        "journal: Cases", "volume: 12", "pages: pp. 101-9", "doi: 10.5555/a", "pmcid: 123456"
    )
    assert (found.journal, found.volume, found.page_range) == ("Cases", "12", "101-9")
    assert (found.doi, found.pmcid) == ("10.5555/a", "PMC123456")


def test_each_value_names_its_field() -> None:
    assert stated("license: CC BY 4.0").origin_of("licence") == "header field license"


def test_a_title_over_several_lines_is_one() -> None:
    assert stated("title: >", "  Calf pain", "  in a runner").title == "Calf pain in a runner"


def test_a_date_stays_as_it_is_written() -> None:
    assert stated("date: 2021-03-04").year == 2021


def test_what_is_no_yaml_is_read_line_by_line() -> None:
    assert stated("title: Calf pain: a case: of many", "year: 2021").title == (
        "Calf pain: a case: of many"
    )


def test_front_matter_is_not_text() -> None:
    assert take_front_matter("---\nyear: 2021\n---\nShe ran.")[1] == "She ran."


@pytest.mark.parametrize(
    "text",
    [
        "She ran.\n\n---\n\nHe fell.\n---\n",
        f"---\n{'x' * MAX_FRONT_MATTER}x\n---\n",
        "---\nyear: 1",
    ],
)
def test_what_is_no_front_matter_is_text(text: str) -> None:
    assert take_front_matter(text) == (Metadata(), text)


def test_aliases_do_not_grow() -> None:
    bomb = [
        "a: &a [x, x, x, x]",
        *(
            f"{c}: &{c} [{', '.join([f'*{p}'] * 9)}]"
            for p, c in zip("abcdefghij", "bcdefghijk", strict=True)
        ),
    ]
    assert stated(*bomb, "title: Calf pain").title == "Calf pain"
