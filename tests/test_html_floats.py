"""Captions, tables and references are told by tags, names and first words."""

import pytest
from lxml import html

from ingest.formats.html.blocks import placed_blocks
from ingest.formats.html.floats import Floats, label_of, reference_entry, reference_text


def floats(source: str) -> list[tuple[str, str, str]]:
    """Text, kind and label of each block of an article; "" for text of its own."""
    tree = html.fromstring(f"<article>{source}<p>Fever rose.</p></article>")
    placed = placed_blocks(tree)
    found = Floats(placed, tree)
    parts = [(one.block.text, found.of(one)) for one in placed]
    return [(text, one.kind if one else "", one.label if one else "") for text, one in parts]


@pytest.mark.parametrize(
    "source",
    [
        "<figure><img><figcaption>Figure 2. The knee</figcaption></figure>",
        '<div class="fig"><p>Figure 2. The knee</p></div>',
        '<div class="c-article__figure"><p>Figure 2. The knee</p></div>',
        '<div class="FigureDesc">FIGURE 2. The knee</div>',
        "<p>Fig. 2: The knee</p>",
    ],
)
def test_a_caption_is_found_with_its_label(source: str) -> None:
    assert floats(source)[0][1:] == ("caption", "Figure 2")


def test_all_of_a_figure_has_its_label() -> None:
    source = '<div class="fig"><b>Figure 1.</b><p>The knee from the side.</p></div>'
    assert [label for _, _, label in floats(source)] == ["Figure 1", "Figure 1", ""]


def test_a_gallery_of_figures_keeps_them_apart() -> None:
    source = '<div class="figures fig"><p>Figure 1. The knee</p><p>Figure 2. The hip</p></div>'
    assert [label for _, _, label in floats(source)[:2]] == ["Figure 1", "Figure 2"]


def test_a_picture_without_a_number_has_a_caption_too() -> None:
    assert floats("<figure><figcaption>The needle</figcaption></figure>")[0][1:] == ("caption", "")


def test_a_table_in_a_figure_is_a_table() -> None:
    source = (
        "<figure><figcaption>Table 3 Doses</figcaption><table><tr><td>5</td></tr></table></figure>"
    )
    assert {one[1:] for one in floats(source)[:2]} == {("table", "Table 3")}


def test_a_sentence_about_a_figure_is_text() -> None:
    assert floats("<p>Figure 2 shows the knee.</p>")[0][1:] == ("", "")


def test_a_page_that_is_called_a_figure_is_none() -> None:
    source = f'<div class="figure"><p>Figure 1. The knee</p><p>{"It was sore. " * 300}</p></div>'
    assert floats(source)[1][1:] == ("", "")


def test_a_label_alone_is_one_as_well() -> None:
    assert (label_of("FIGURE 4"), label_of("Fig. 4."), label_of("Figures")) == (
        "Figure 4",
        "Figure 4",
        "",
    )


def test_an_entry_of_a_named_list_is_a_reference() -> None:
    tree = html.fromstring('<div><ol class="references"><li><p>Lima A. Feet.</p></li></ol></div>')
    entry = reference_entry(tree.find(".//p"))
    assert entry is not None and entry.tag == "li"


def test_an_item_of_another_list_is_none() -> None:
    tree = html.fromstring('<div><ul class="symptoms"><li>Pain</li></ul></div>')
    assert reference_entry(tree.find(".//li")) is None


def test_a_reference_is_one_line_without_its_links() -> None:
    entry = html.fromstring(
        '<li>Lima A. <a href="/t">Feet of dancers</a>.<div>Foot J 2001;4:7. <a href="p">PubMed'
        ' Abstract</a> | <a href="f">Publisher Full Text</a></div></li>'
    )
    assert reference_text(entry) == "Lima A. Feet of dancers. Foot J 2001;4:7."


def test_an_entry_in_a_list_of_terms_has_its_number() -> None:
    tree = html.fromstring(
        '<div><dl class="references"><dt>[1]</dt><dd>Lima A. Feet.</dd></dl></div>'
    )
    entries = [reference_entry(tree.find(f".//{tag}")) for tag in ("dt", "dd")]
    assert [reference_text(one) for one in entries if one is not None] == ["[1] Lima A. Feet."] * 2
