"""Word files: what the accepted document shows is read, and nothing else."""

import textwrap
from pathlib import Path

import pytest

from ingest.blocks import Block
from ingest.errors import UnreadableFileError
from ingest.formats.office.docx import read_docx
from ingest.formats.office.zip_parts import MAX_PART_BYTES
from tests.fixtures.examples import TITLE, docx_example, packed, paragraph
from tests.fixtures.word_files import item, note, run, table, word_package


def blocks(body: str, **parts: str) -> list[Block]:
    return list(read_docx(word_package(body, **parts)).blocks)


def texts(body: str, **parts: str) -> list[str]:
    return [block.text for block in blocks(body, **parts)]


def in_paragraph(content: str) -> str:
    """The text of one paragraph that holds `content` between two words."""
    (text,) = texts(f"<w:p>{run('left ')}{content}{run(' knee.')}</w:p>")
    return text.removeprefix("left").removesuffix("knee.").strip()


def text_box(text: str) -> str:
    content = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return f"<w:r><w:drawing><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></w:drawing></w:r>"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (run("ibu") + run("profen"), "ibuprofen"),
        (f"<w:ins>{run('day 4')}</w:ins>", "day 4"),
        (f"<w:moveTo>{run('day 4')}</w:moveTo>", "day 4"),
        ("<w:del><w:r><w:delText>day 3</w:delText></w:r></w:del>", ""),
        (f"<w:moveFrom>{run('day 3')}</w:moveFrom>", ""),
        (run("secret", "<w:vanish/>"), ""),
        (f"<w:hyperlink>{run('Kuhn')}</w:hyperlink>", "Kuhn"),
        (f'<w:fldSimple w:instr="REF a">{run("Table 2")}</w:fldSimple>', "Table 2"),
        (f"<w:smartTag>{run('Leeds')}</w:smartTag>", "Leeds"),
        (f"<w:customXml>{run('Leeds')}</w:customXml>", "Leeds"),
        (f"<w:bdo>{run('Leeds')}</w:bdo>", "Leeds"),
        (f"<w:sdt><w:sdtContent>{run('aged 51')}</w:sdtContent></w:sdt>", "aged 51"),
        ("<w:r><w:t>ham</w:t><w:noBreakHyphen/><w:t>string</w:t></w:r>", "ham\u2011string"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>", "a\nb"),
        ('<w:r><w:sym w:font="Symbol" w:char="F06D"/></w:r>', "μ"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "✓"),
        (run("\uf062", '<w:rFonts w:ascii="Symbol"/>'), "β"),
        (run("10") + run("9", '<w:vertAlign w:val="superscript"/>') + run("/L"), "10⁹/L"),
        ('<w:r><w:pict><v:shape><v:textpath string="art"/></v:shape></w:pict></w:r>', "art"),
        (f"<w:commentRangeStart w:id='1'/>{run('calf')}<w:commentReference w:id='1'/>", "calf"),
        (
            f"<w:r><w:ruby><w:rt>{run('kana')}</w:rt><w:rubyBase>{run('漢字')}</w:rubyBase>"
            "</w:ruby></w:r>",
            "漢字",
        ),
    ],
)
def test_a_paragraph_is_what_word_shows(content: str, text: str) -> None:
    assert in_paragraph(content) == text


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<m:f><m:num>{a}</m:num><m:den>{2}</m:den></m:f>", "a/2"),
        ("<m:sSup><m:e>{x}</m:e><m:sup>{2}</m:sup></m:sSup>", "x²"),
        ("<m:sSub><m:e>{x}</m:e><m:sub>{max}</m:sub></m:sSub>", "x_max"),
        ("<m:rad><m:deg/><m:e>{b+c}</m:e></m:rad>", "√(b+c)"),
        ("<m:d><m:e>{a}</m:e></m:d>", "(a)"),
        ("{p=1}", "p = 1"),
        (
            '<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{i}</m:sub><m:sup>{n}</m:sup>'
            "<m:e>{x}</m:e></m:nary>",
            "∑_iⁿ x",
        ),
    ],
)
def test_an_equation_is_a_line_of_text(formula: str, text: str) -> None:
    written = formula.replace("{", "<m:r><m:t>").replace("}", "</m:t></m:r>")
    assert in_paragraph(f"<m:oMath>{written}</m:oMath>") == text


def test_of_a_field_only_the_result_is_text() -> None:
    marks = [f'<w:r><w:fldChar w:fldCharType="{t}"/></w:r>' for t in ("begin", "separate", "end")]
    field = f"{marks[0]}{run('IF typed')}{marks[1]}{run('shown')}{marks[2]}"
    assert in_paragraph(field) == "shown"


def test_a_field_without_an_end_does_not_swallow_the_document() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert texts(f"<w:p>{begin}</w:p>{paragraph('She ran.')}") == ["She ran."]


def test_what_a_form_invites_to_type_is_no_text() -> None:
    empty = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
    content = f"<w:sdtContent>{run('Click here to enter text.')}</w:sdtContent>"
    assert in_paragraph(f"<w:sdt>{empty}{content}</w:sdt>") == ""


def test_of_two_drawings_of_one_thing_one_is_read() -> None:
    choice = f"<mc:Choice Requires='wps'>{text_box('Knee')}</mc:Choice>"
    fallback = f"<mc:Fallback>{text_box('Knee')}</mc:Fallback>"
    drawn = f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>"
    assert texts(f"<w:p>{run('She ran on.')}{drawn}</w:p>") == ["She ran on.", "Knee"]


def test_a_drawing_without_a_fallback_is_read() -> None:
    drawn = f"<mc:AlternateContent><mc:Choice>{text_box('Knee')}</mc:Choice></mc:AlternateContent>"
    assert "Knee" in texts(f"<w:p>{run('She ran on.')}<w:r>{drawn}</w:r></w:p>")


def test_a_text_box_stands_apart_from_the_text_around_it() -> None:
    box = blocks(f"<w:p>{run('She ran on and on.')}{text_box('Rest helps.')}</w:p>")[1]
    assert (box.text, box.kind) == ("Rest helps.", "boxed text")


def test_the_words_of_a_diagram_stand_apart() -> None:
    diagram = "<w:r><w:drawing><dgm:relIds xmlns:dgm='d' r:dm='diagramData'/></w:drawing></w:r>"
    words = "<dgm:pt xmlns:dgm='d' xmlns:a='a'><a:p><a:t>Asked 90</a:t></a:p></dgm:pt>"
    found = blocks(f"<w:p>{run('She ran.')}{diagram}</w:p>", diagramData=words)[1]
    assert (found.text, found.kind) == ("Asked 90", "boxed text")


def test_lines_that_were_pasted_as_paragraphs_are_joined() -> None:
    story = "She had run for ten years when her calf began to hurt. Rest did not help her. " * 4
    lines = "".join(map(paragraph, textwrap.wrap(story, 60)))
    assert texts(lines) == [story.strip()]


def test_text_boxes_that_hold_most_of_the_document_are_its_text() -> None:
    (box,) = blocks(f"<w:p>{text_box('A poster in boxes.')}</w:p>")
    assert box.kind == ""


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    ended = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('She ')}</w:p>"
    assert texts(ended + paragraph("ran.")) == ["She ran."]


@pytest.mark.parametrize(
    ("style", "level"),
    [("Heading1", 1), ("berschrift2", 2), ("Unterpunkt", 3), ("MyHeading", 1)],
)
def test_a_heading_is_known_in_every_language_and_by_what_it_is_based_on(
    style: str, level: int
) -> None:
    heading = blocks(paragraph("Verlauf", style) + paragraph("Er lief."))[0]
    assert (heading.is_heading, heading.level) == (True, level)


def test_a_bold_line_that_stands_alone_is_a_heading() -> None:
    heading = blocks(f"<w:p>{run('Our patient', '<w:b/>')}</w:p>{paragraph('She ran.')}")[0]
    assert heading.is_heading


def test_bold_by_style_is_bold() -> None:
    assert blocks(paragraph("Our patient", "Strong") + paragraph("She ran."))[0].is_heading


def test_lists_are_counted_and_begin_anew_below_the_next_number() -> None:
    body = item("Rest", 1) + item("ice", 1, 1) + item("Run", 1) + item("shoes", 1, 1)
    assert texts(body) == ["1. Rest", "1a) ice", "2. Run", "2a) shoes"]


def test_a_bullet_is_a_bullet_whatever_its_font() -> None:
    assert texts(item("Rest", 2)) == ["• Rest"]


def test_a_table_row_is_one_line() -> None:
    assert texts(table(("Week", "Pain"), ("1", "7"))) == ["Week | Pain", "1 | 7"]


def test_a_deleted_row_is_left_out() -> None:
    row = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('old')}</w:tc></w:tr>"
    assert texts(f"<w:tbl>{row}</w:tbl>{paragraph('She ran.')}") == ["She ran."]


def test_a_cell_that_is_a_column_of_text_is_read_as_text() -> None:
    column = "She ran. " * 50
    assert texts(table((column, "Aside"))) == [column.strip(), "Aside"]


@pytest.mark.parametrize("place", ["above", "below"])
def test_a_table_stands_apart_with_its_caption(place: str) -> None:
    caption, rows = paragraph("Table 2. Pain", "Caption"), table(("Week", "Pain"))
    body = caption + rows if place == "above" else rows + caption
    found = blocks(paragraph("She ran.") + body)[1:]
    assert {(b.kind, b.label) for b in found} == {("table", "Table 2")} and len(found) == 2


def test_a_caption_stands_apart_with_what_it_names() -> None:
    caption = blocks(paragraph("Figure 1: Sagittal view of the tear."))[0]
    assert (caption.kind, caption.label) == ("caption", "Figure 1")


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note_is_numbered_and_stands_apart(kind: str) -> None:
    reference = f'<w:r><w:{kind}Reference w:id="7"/></w:r>'
    body = f"<w:p>{run('She ran.')}{reference}</w:p>"
    text, found = blocks(body, **{f"{kind}s": note(kind, 7, "For an hour.")})
    assert (text.text, found.text, found.kind) == ("She ran.¹", "1. For an hour.", "footnote")


def test_a_table_of_contents_is_left_out() -> None:
    assert texts(paragraph("Outcome 3", "TOC1") + paragraph("She ran.")) == ["She ran."]


def test_page_headers_are_not_text() -> None:
    assert texts(paragraph("She ran."), header=paragraph("Page 3")) == ["She ran."]


def test_an_old_equation_is_a_warning() -> None:
    formula = '<w:r><w:object><o:OLEObject ProgID="Equation.3"/></w:object></w:r>'
    reading = read_docx(word_package(f"<w:p>{run('She ran.')}{formula}</w:p>"))
    assert reading.warnings == ("1 equations are pictures: their text is not read",)


def test_damaged_notes_are_a_warning() -> None:
    reading = read_docx(word_package(paragraph("She ran."), footnotes="<w:footnote>"))
    assert reading.warnings == ("its footnotes are damaged and were left out",)


def test_text_boxes_of_real_files_are_read(shared: Path) -> None:
    raw = Path(shared, "data", "docx", "docling__textbox.docx").read_bytes()
    assert "Student falls ill" in [block.text for block in read_docx(raw).blocks]


@pytest.mark.parametrize("size", [100, 700, -40])
def test_half_a_file_is_unreadable(size: int) -> None:
    with pytest.raises(UnreadableFileError, match="a damaged Word file"):
        read_docx(docx_example()[:size])


def test_a_file_without_its_text_says_so() -> None:
    with pytest.raises(UnreadableFileError, match="without its text"):
        read_docx(packed({"word/styles.xml": "<w:styles/>"}))


def test_a_file_of_pictures_says_so() -> None:
    raw = packed({"word/document.xml": "<document><body/></document>", "word/media/1.png": ""})
    with pytest.raises(UnreadableFileError, match="pictures, without text"):
        read_docx(raw)


def test_a_text_that_unpacks_without_end_is_not_unpacked() -> None:
    with pytest.raises(UnreadableFileError, match="unpacks to more than 60 MB"):
        read_docx(packed({"word/document.xml": " " * (MAX_PART_BYTES + 1)}))


def test_the_title_shown_counts_before_the_files_properties() -> None:
    raw = word_package(paragraph(TITLE, "Title"), core_properties="<dc:title>A draft</dc:title>")
    assert read_docx(raw).metadata.title == TITLE
