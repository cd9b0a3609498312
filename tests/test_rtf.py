"""Rich text: characters, what is shown and what is not, lists, tables and notes."""

import pytest

from ingest.blocks import Block
from ingest.errors import UnreadableFileError
from ingest.formats.office.rtf import read_rtf
from ingest.formats.reading import Reading

HEADER = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}"
    r"{\f1\ftech\fcharset2 Symbol;}{\f2\fswiss\fcharset204 Arial Cyr;}"
    r"{\f3\fmodern\fcharset134 SimSun;}}"
    r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 Kop;}{\s2 heading 2;}{\*\cs10 a style;}}"
    r"{\colortbl;\red0;}{\*\generator Hand;}\pard\plain "
)


def read(body: str) -> Reading:
    return read_rtf(f"{HEADER}{body}}}".encode("latin-1"))


def blocks(body: str) -> list[Block]:
    return list(read(body).blocks)


def texts(body: str) -> list[str]:
    return [block.text for block in blocks(body)]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"caf\'e9", "café"),
        (r"\'b1 2 \'b5g, 37 \'b0C", "± 2 µg, 37 °C"),
        (r"5 {\f1 m}g, {\f1\'b3} 3 cm", "5 μg, ≥ 3 cm"),
        (r"{\f2\'c1\'ee\'eb\'fc}", "Боль"),
        (r"{\f3\'cc\'db}", "疼"),
        (r"\u946?-blocker", "β-blocker"),
        (r"{\uc2\u233\'65\'65}t\u233et", "étét"),
        (r"{\f1\u-3913?}", "•"),
        (r"\u55357?\u56834?", "😂"),
        (r"it\rquote s \ldblquote well\rdblquote\~\endash  so", "it’s “well”\u00a0– so"),
        (r"10{\super 9}/L, H{\sub 2}O", "10⁹/L, H₂O"),
        (r"a\line b", "a\nb"),
        (r"\{a\\b\}", "{a\\b}"),
        ("ibu\r\nprofen", "ibuprofen"),
        (r"day {\deleted 3}{\revised 4}", "day 4"),
        (r"a {\v hidden }b", "a b"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt Kuhn}}", "Kuhn"),
        (r'{\field{\*\fldinst SYMBOL 109 \\f "Symbol"}{\fldrslt\f1 m}}g', "μg"),
        (r"a{\*\unknown secret}b", "ab"),
        (r"a{\pict\wmetafile8 0a0b}b", "ab"),
        (r"a{\*\annotation a comment}b", "ab"),
        (r"{\upr{B?ker}{\*\ud{B\u246?ker}}}", "Böker"),
    ],
)
def test_a_paragraph_is_what_word_shows(written: str, text: str) -> None:
    assert texts(rf"Left {written} knee.\par") == [f"Left {text} knee."]


def test_the_bytes_of_a_picture_are_passed_over() -> None:
    assert texts(r"a{\pict\bin3 }}}}b\par") == ["ab"]


def test_a_heading_is_known_by_its_outline_level_or_its_name() -> None:
    found = blocks(r"\s1 Verloop\par\pard\s2 Pijn\par\pard\s0 Hij liep.\par")
    assert [(block.text, block.level) for block in found] == [
        ("Verloop", 1),
        ("Pijn", 2),
        ("Hij liep.", 0),
    ]


def test_a_style_ends_with_its_paragraph() -> None:
    assert not blocks(r"\s1 Case\par\pard She ran.\par")[1].is_heading


def test_a_bold_line_that_stands_alone_is_a_heading() -> None:
    assert blocks(r"{\b Our patient}\par She ran.\par")[0].is_heading


def test_list_items_keep_their_marks() -> None:
    bullet, number = r"{\pntext\f1\'b7\tab}Rest\par", r"{\listtext 2.\tab}Ice\par"
    assert texts(bullet + number) == ["• Rest", "2. Ice"]


def test_a_table_row_is_one_line() -> None:
    row = r"\trowd\pard\intbl Week\cell Pain\par and rest\cell\row"
    assert texts(rf"{row}\pard She ran.\par") == ["Week | Pain and rest", "She ran."]


def test_a_table_in_a_cell_stays_in_its_row() -> None:
    inner = r"\itap2 a\nestcell b\nestcell{\*\nesttableprops\trowd\nestrow}"
    assert texts(rf"\trowd\pard\intbl\itap1 Week\cell\pard\intbl {inner}\pard\intbl\cell\row") == [
        "Week | a | b"
    ]


def test_a_note_is_numbered_and_stands_apart() -> None:
    note = r"{\super\chftn}{\*\footnote\pard\plain{\super\chftn} For an hour.}"
    text, found = blocks(rf"She ran.{note} He fell.\par")
    assert (text.text, found.text, found.kind) == (
        "She ran.¹ He fell.",
        "1. For an hour.",
        "footnote",
    )


def test_an_endnote_comes_last() -> None:
    note = r"{\footnote\ftnalt For an hour.}"
    assert texts(rf"She ran.{note}\par He fell.\par")[-1] == "1. For an hour."


def test_a_text_box_stands_apart_and_is_read_once() -> None:
    box = r"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt Rest helps.\par}}{\shprslt Rest helps.}}"
    found = blocks(rf"She ran on and on.{box}\par")
    assert [(block.text, block.kind) for block in found] == [
        ("She ran on and on.", ""),
        ("Rest helps.", "boxed text"),
    ]


def test_page_headers_are_not_text_but_may_hold_the_doi() -> None:
    reading = read(r"{\header doi:10.5555/abc\par}She ran.\par")
    assert [block.text for block in reading.blocks] == ["She ran."]
    assert (reading.metadata.doi, reading.metadata.origin_of("doi")) == (
        "10.5555/abc",
        "page header",
    )


def test_the_files_properties_name_it() -> None:
    found = read(r"{\info{\title Calf pain in runners}{\author Ana Lima}}She ran.\par").metadata
    assert (found.title, found.authors) == ("Calf pain in runners", ("Ana Lima",))
    assert found.origin_of("title") == "RTF properties"


def test_a_file_that_was_cut_off_is_read_with_a_warning() -> None:
    reading = read_rtf(rf"{HEADER}She ran.\par He".encode())
    assert [block.text for block in reading.blocks] == ["She ran.", "He"]
    assert reading.warnings == ("its end is missing: it was cut off",)


def test_what_stands_behind_the_last_brace_is_not_shown() -> None:
    assert [b.text for b in read_rtf(f"{HEADER}She ran.}}\0 secret".encode()).blocks] == [
        "She ran."
    ]


def test_what_is_no_rtf_is_unreadable() -> None:
    with pytest.raises(UnreadableFileError, match="not an RTF file"):
        read_rtf(b"She ran.")
