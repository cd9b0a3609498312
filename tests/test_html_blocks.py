"""An HTML tree to headings and paragraphs."""

from lxml import html

from ingest.formats.html.blocks import html_blocks, placed_blocks


def texts(source: str) -> list[str]:
    return [block.text for block in html_blocks(html.fromstring(f"<div>{source}</div>"))]


def test_headings_are_told_from_paragraphs() -> None:
    blocks = html_blocks(html.fromstring("<div><h2>Case</h2><p>Fever.</p></div>"))
    assert [(block.text, block.is_heading) for block in blocks] == [
        ("Case", True),
        ("Fever.", False),
    ]


def test_text_between_blocks_is_a_paragraph_too() -> None:
    assert texts("Fever<p>Rash</p>Pain") == ["Fever", "Rash", "Pain"]


def test_line_breaks_of_the_source_are_spaces() -> None:
    assert texts("<p>Fever\n   rose</p>") == ["Fever rose"]


def test_a_break_element_is_a_line_break() -> None:
    assert texts("<p>Fever<br>Rash</p>") == ["Fever\nRash"]


def test_inline_elements_neither_part_nor_glue_words() -> None:
    assert texts("<p>ibu<b>pro</b>fen <i>and</i> rest</p>") == ["ibuprofen and rest"]


def test_a_row_is_one_line_and_empty_cells_are_left_out() -> None:
    row = "<tr><td>Pain</td><td></td><td><p>7</p><p>of 10</p></td></tr>"
    assert texts(f"<table>{row}</table>") == ["Pain | 7 of 10"]


def test_items_of_a_list_in_a_list_stay_apart() -> None:
    assert texts("<ul><li>ice<ul><li>daily</li></ul></li><li>rest</li></ul>") == [
        "ice",
        "daily",
        "rest",
    ]


def test_pictures_forms_and_scripts_are_no_text() -> None:
    assert texts("<p>Fever<script>x</script><button>Buy</button> rose</p>") == ["Fever rose"]


def test_a_heading_has_the_level_of_its_tag() -> None:
    blocks = html_blocks(html.fromstring("<div><h1>Case</h1><h4>Scan</h4></div>"))
    assert [block.level for block in blocks] == [1, 4]


def test_two_breaks_part_paragraphs() -> None:
    assert texts("Fever<br> <br/>Rash<br>Pain") == ["Fever", "Rash\nPain"]


def test_a_newline_between_two_inline_elements_is_no_line_break() -> None:
    assert texts("<p><b>Fever</b>\n<i>rose</i></p>") == ["Fever rose"]


def test_a_block_is_placed_in_the_innermost_element_around_it() -> None:
    placed = placed_blocks(html.fromstring("<div>Fever<p><span>Rash</span></p></div>"))
    assert [one.element.tag for one in placed] == ["div", "p"]
