"""BioMed Central's own XML."""

from pathlib import Path

import pytest

from ingest.corpus import read_document
from ingest.formats.bmc import read_bmc


def texts(body: str) -> list[str]:
    return [block.text for block in read_bmc(f"<art><bdy>{body}</bdy></art>".encode()).blocks]


def test_a_section_title_is_a_heading() -> None:
    raw = b"<art><bdy><sec><st><p>Case</p></st><p>She fell.</p></sec></bdy></art>"
    assert [(block.text, block.is_heading) for block in read_bmc(raw).blocks] == [
        ("Case", True),
        ("She fell.", False),
    ]


def test_tagged_references_are_printed_as_in_the_article() -> None:
    marks = '<abbrgrp><abbr bid="B5">5</abbr><abbr bid="B6">6</abbr></abbrgrp>'
    assert texts(f"<p>It is rare {marks}.</p>") == ["It is rare [5,6]."]


def test_a_figure_gives_its_title_and_text() -> None:
    figure = (
        "<fig><title><p>Figure 1</p></title><caption><p>The tear</p></caption>"
        "<text><p>It is complete.</p></text></fig>"
    )
    assert texts(figure) == ["Figure 1 The tear", "It is complete."]


def test_a_table_row_is_one_line() -> None:
    rows = "<r><c><p>Week</p></c><c><p>VAS</p></c></r><r><c><p>1</p></c><c><p>7</p></c></r>"
    table = f"<tbl><title><p>Table 1</p></title><tblbdy>{rows}</tblbdy></tbl>"
    assert texts(table) == ["Table 1", "Week | VAS", "1 | 7"]


def test_the_abstract_comes_first_and_the_references_last() -> None:
    raw = (
        b"<art><fm><abs><sec><st><p>Abstract</p></st><p>In short.</p></sec></abs></fm>"
        b"<bdy><p>She fell.</p></bdy>"
        b"<bm><refgrp><bibl><title><p>Ankles</p></title></bibl></refgrp></bm></art>"
    )
    found = [block.text for block in read_bmc(raw).blocks]
    assert found == ["Abstract", "In short.", "She fell.", "References", "Ankles"]


def test_an_article_that_names_nothing_has_no_metadata() -> None:
    assert read_bmc(b"<art><bdy><p>She fell.</p></bdy></art>").metadata.title == ""


def test_a_middle_initial_and_a_group_are_named() -> None:
    people = "<au><snm>Lima</snm><mi>R</mi><fnm>Ana</fnm></au><au><cnm>The Ankle Group</cnm></au>"
    raw = f"<art><fm><bibl><aug>{people}</aug></bibl></fm></art>".encode()
    assert read_bmc(raw).metadata.authors == ("Ana R Lima", "The Ankle Group")


@pytest.mark.parametrize("article", ["16_1_30", "16_1_77"])
def test_the_publishers_own_page_and_xml_agree(shared: Path, article: str) -> None:
    folder = Path(shared, "data", "trials", article)
    xml, page = (read_document(folder / f"fulltext.{ending}") for ending in ("xml", "html"))
    assert (xml.metadata.title, xml.metadata.authors, xml.metadata.doi, xml.metadata.year) == (
        page.metadata.title,
        page.metadata.authors,
        page.metadata.doi,
        page.metadata.year,
    )


def test_a_power_is_not_read_as_more_digits() -> None:
    assert "109" not in texts("<p>It was 3.5 x 10<sup>9</sup>/L.</p>")[0]


def test_keywords_are_read() -> None:
    raw = b"<art><fm><kwdg><kwd>Ankle</kwd></kwdg></fm><bdy><p>She fell.</p></bdy></art>"
    assert "Ankle" in " ".join(block.text for block in read_bmc(raw).blocks)
