"""BioMed Central's own XML."""

from pathlib import Path

import pytest

from ingest.corpus import read_document
from ingest.documents import Metadata
from ingest.errors import UnreadableFileError
from ingest.formats.xml.bmc import read_bmc


def texts(body: str) -> list[str]:
    return [block.text for block in read_bmc(f"<art><bdy>{body}</bdy></art>".encode()).blocks]


def test_a_section_title_is_a_heading_and_has_a_level() -> None:
    inner = "<sec><st><p>Imaging</p></st><p>A tear.</p></sec>"
    raw = f"<art><bdy><sec><st><p>Case</p></st><p>She fell.</p>{inner}</sec></bdy></art>".encode()
    blocks = read_bmc(raw).blocks
    assert [(b.text, b.level) for b in blocks if b.is_heading] == [("Case", 1), ("Imaging", 2)]


def test_tagged_references_are_printed_as_in_the_article() -> None:
    marks = '<abbrgrp><abbr bid="B5">5</abbr><abbr bid="B6">6</abbr></abbrgrp>'
    assert texts(f"<p>It is rare {marks}.</p>") == ["It is rare [5,6]."]


def test_a_figure_gives_its_title_and_text_apart_from_its_paragraph() -> None:
    figure = (
        "<fig><title><p>Figure 1</p></title><caption><p>The tear</p></caption>"
        "<text><p>It is complete.</p></text><graphic file='a.jpg'/></fig>"
    )
    raw = f"<art><bdy><p>It was{figure} torn.</p></bdy></art>".encode()
    sentence, *caption = read_bmc(raw).blocks
    assert sentence.text == "It was torn."
    assert [block.text for block in caption] == ["Figure 1 The tear", "It is complete."]
    assert {(block.kind, block.label) for block in caption} == {("caption", "Figure 1")}


def test_a_caption_that_is_said_twice_is_read_once() -> None:
    figure = "<fig><caption><p>The tear. </p></caption><text><p><b>The tear.</b></p></text></fig>"
    assert texts(figure) == ["The tear."]


def test_a_table_row_is_one_line_and_its_foot_comes_last() -> None:
    rows = "<r><c><p>Week</p></c><c><p>VAS</p></c></r><r><c><p>1</p></c><c><p>7</p></c></r>"
    table = f"<tbl><title><p>Table 1</p></title><tblbdy>{rows}</tblbdy></tbl>"
    assert texts(table) == ["Table 1", "Week | VAS\n1 | 7"]


def test_a_table_of_the_exchange_model_is_read_with_its_note() -> None:
    row = "<row><entry><p>1</p></entry><entry><p>7</p></entry></row>"
    group = f"<tgroup><tfoot><p>Mean.</p></tfoot><tbody>{row}</tbody></tgroup>"
    assert texts(f"<table><title><p>Table 2</p></title>{group}</table>") == [
        "Table 2",
        "1 | 7",
        "Mean.",
    ]


def test_an_additional_file_is_one_line() -> None:
    file = "<file><p>Click here for file</p></file>"
    suppl = (
        f"<suppl><title><p>Additional file 1:</p></title><text><p>Doses.</p></text>{file}</suppl>"
    )
    assert texts(suppl) == ["Additional file 1: Doses."]


def test_the_abstract_comes_first_and_the_references_last() -> None:
    raw = (
        b"<art><fm><abs><sec><st><p>Abstract</p></st><p>In short.</p></sec></abs></fm>"
        b"<bdy><p>She fell.</p></bdy>"
        b"<bm><refgrp><bibl><title><p>Ankles</p></title></bibl></refgrp></bm></art>"
    )
    found = [block.text for block in read_bmc(raw).blocks]
    assert found == ["Abstract", "In short.", "She fell.", "References", "Ankles."]


def test_an_article_that_names_nothing_has_no_metadata() -> None:
    assert read_bmc(b"<art><bdy><p>She fell.</p></bdy></art>").metadata.title == ""


def test_a_middle_initial_and_a_group_are_named() -> None:
    lima = "<au><snm>Lima</snm><mi>R</mi><fnm>Ana</fnm><suf>Jr</suf></au>"
    people = f"{lima}<au><cnm>The Ankle Group</cnm></au>"
    assert stated(f"<aug>{people}</aug>").authors == ("Ana R Lima Jr", "The Ankle Group")


def stated(bibl: str, front: str = "") -> Metadata:
    return read_bmc(f"<art><fm>{front}<bibl>{bibl}</bibl></fm></art>".encode()).metadata


def test_identifiers_volume_and_pages_are_told_apart() -> None:
    ids = (
        '<pubid idtype="doi">10.5555/A</pubid><pubid idtype="pmpid">18</pubid>'
        '<pubid idtype="pmcid">77</pubid>'
    )
    found = stated(f"<volume>16</volume><fpage>2</fpage><xrefbib>{ids}</xrefbib>")
    assert (found.doi, found.pmid, found.pmcid) == ("10.5555/a", "18", "PMC77")
    assert (found.volume, found.page_range) == ("16", "2")
    assert found.origin_of("doi") == "BMC pubid doi"


def test_the_day_of_publication_beats_the_year_of_the_volume() -> None:
    history = (
        "<history><pub><date><day>8</day><month>1</month><year>2015</year></date></pub></history>"
    )
    assert stated("<pubdate>2014</pubdate>", front=history).year == 2015


def test_a_licence_is_that_of_the_text_and_not_of_the_data() -> None:
    note = (
        "under the licence <url>http://creativecommons.org/licenses/by/4.0</url>; data are "
        "<url>http://creativecommons.org/publicdomain/zero/1.0/</url>"
    )
    assert stated("", front=f"<cpyrt><note>{note}</note></cpyrt>").licence == "CC BY 4.0"


@pytest.mark.parametrize(
    ("heading", "kind"),
    [("Case report", "case report"), ("Research", "article"), ("Update", "update")],
)
def test_the_heading_of_the_journal_is_the_type(heading: str, kind: str) -> None:
    assert stated("", front=f"<dochead>{heading}</dochead>").document_type == kind


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


def test_xml_of_another_kind_is_unreadable() -> None:
    with pytest.raises(UnreadableFileError, match="XML without an article"):
        read_bmc(b"<article/>")
