"""What trafilatura leaves out comes back, and what it takes in by mistake is marked."""

import pytest

from ingest.blocks import Block
from ingest.formats.html.reader import read_html
from ingest.sections import BOXED_TEXT, SITE_TEXT

PROSE = "The tendon was thick and sore at the first visit, and rest had not helped at all. "


def article(inside: str, before: str = "", after: str = "") -> tuple[Block, ...]:
    """The blocks of a page with two paragraphs of prose around what is given."""
    page = (
        f"<html><body><nav>Home</nav>{before}<article><h1>A sore tendon</h1><p>{PROSE * 3}</p>"
        f"{inside}<p>After a year she danced again, {PROSE * 2}</p></article>{after}</body></html>"
    )
    return read_html(page.encode()).blocks


def fate(text: str, blocks: tuple[Block, ...]) -> str:
    """Whether a text is kept, marked or left out."""
    kinds = [block.kind for block in blocks if text in block.text]
    return "left out" if not kinds else "marked" if kinds[0] == SITE_TEXT else "kept"


@pytest.mark.parametrize(
    "html",
    [
        '<div class="slide-content"><p>The scan of her calf was read by two people.</p></div>',
        '<div style="display:none"><p>The scan of her calf was read by two people.</p></div>',
        "<ul><li><span>The scan of her calf was read by two people.</span></li></ul>",
        "<blockquote>The scan of her calf was read by two people.</blockquote>",
        "<div><div><div><div>The scan of her calf was read by two people.</div></div></div></div>",
        '<p class="rating options">The scan of her calf was read by two people.</p>',
        "<fieldset>The scan of her calf was read by two people.</fieldset>",
    ],
)
def test_a_sentence_comes_back_in_its_place(html: str) -> None:
    texts = [block.text for block in article(html)]
    assert texts.index("The scan of her calf was read by two people.") == 1


def test_short_lines_between_paragraphs_come_back() -> None:
    blocks = article('<div class="x"><div>Age</div><div>24 years</div></div>')
    assert (fate("Age", blocks), fate("24 years", blocks)) == ("kept", "kept")


def test_a_sentence_in_a_side_column_is_marked() -> None:
    side = '<div class="sidebar"><p>Our founder loves the mountains and her two old dogs.</p></div>'
    assert fate("Our founder", article("", after=side)) == "marked"


@pytest.mark.parametrize(
    "html",
    [
        "<nav><p>Our founder loves the mountains and her two old dogs.</p></nav>",
        "<footer><p>Our founder loves the mountains and her two old dogs.</p></footer>",
        '<div role="dialog"><p>Our founder loves the mountains and her two old dogs.</p></div>',
        '<div id="cookie-notice"><p>Our founder loves the mountains and two old dogs.</p></div>',
    ],
)
def test_what_is_certainly_no_article_is_left_out(html: str) -> None:
    assert fate("Our founder", article("", after=html)) == "left out"


def test_a_wrapper_that_holds_the_article_is_not_judged_by_its_name() -> None:
    page = f'<html><body><div class="footer-widgets"><p>{PROSE * 4}</p></div></body></html>'
    assert fate("The tendon", read_html(page.encode()).blocks) == "kept"


def test_a_form_around_the_whole_page_is_no_form() -> None:
    page = f"<html><body><form><h1>A sore tendon</h1><p>{PROSE * 4}</p></form></body></html>"
    assert fate("The tendon", read_html(page.encode()).blocks) == "kept"


def test_a_box_in_the_article_stands_apart() -> None:
    box = "<aside><h4>Key points</h4><p>Sore tendons need load, not only rest, to heal.</p></aside>"
    kinds = {block.text: block.kind for block in article(box)}
    assert kinds["Sore tendons need load, not only rest, to heal."] == BOXED_TEXT


def test_a_heading_without_text_in_the_article_is_kept() -> None:
    assert fate("Pictures of the tendon", article("<h2>Pictures of the tendon</h2>")) == "kept"


def test_links_under_linked_headings_are_teasers() -> None:
    cards = "".join(
        f'<div><h3><a href="/{n}">Story {n}</a></h3><p>How knee {n} got well again.</p></div>'
        for n in range(3)
    )
    assert fate("How knee 2", article("", after=cards)) in ("marked", "left out")


def test_an_article_under_its_own_permanent_link_is_no_teaser() -> None:
    page = (
        f'<html><body><div><h2><a href="/self">A sore tendon</a></h2><p>{PROSE * 4}</p><h2>'
        f'<a href="/other">Another tendon</a></h2><p>{PROSE * 5} It healed.</p></div></body></html>'
    )
    assert fate("The tendon was thick", read_html(page.encode()).blocks) == "kept"


def test_comments_of_readers_are_marked() -> None:
    said = '<div class="comments"><p>Thank you so much for this, my heel is sore as well!</p></div>'
    assert fate("Thank you so much", article("", after=said)) == "marked"


def test_all_under_a_heading_of_the_site_is_marked_up_to_the_next_as_wide() -> None:
    inside = (
        "<h2>Contact us</h2><p>Our rooms are above the bakery, left of the stairs.</p><h2>Aim</h2>"
    )
    blocks = article(inside)
    assert (fate("Our rooms", blocks), fate("After a year", blocks)) == ("marked", "kept")


def test_a_very_short_page_is_its_sentences() -> None:
    blocks = read_html(b"<html><body><p>Fever rose. She recovered.</p></body></html>").blocks
    assert [block.text for block in blocks] == ["Fever rose. She recovered."]


def test_text_for_screen_readers_is_not_read_twice() -> None:
    blocks = article('<p>She took 5 mg <span class="sr-only">five milligrams</span>daily.</p>')
    assert fate("five milligrams", blocks) == "left out"


def test_a_layout_table_is_read_cell_by_cell() -> None:
    cell = f"<p>{PROSE}</p><h3>Outcome</h3><p>It healed by itself.</p>"
    blocks = article(f"<table><tr><td>{cell}</td></tr></table>")
    headings = [block.text for block in blocks if block.is_heading]
    assert headings == ["Outcome"]


def test_a_bold_line_before_text_is_a_heading() -> None:
    blocks = article("<p><strong>Physical findings</strong></p><p>The calf was thin and cold.</p>")
    assert Block("Physical findings", is_heading=True, level=6) in blocks


def test_parts_without_a_label_go_with_the_labelled_one_before() -> None:
    table = "<table><tr><th>Week</th><th>Pain</th></tr><tr><td>1</td><td>7</td></tr></table>"
    blocks = article(
        f'<h4>Table 2.</h4><div class="caption">Pain over time</div><div>{table}</div>'
    )
    labelled = [(block.label, block.text) for block in blocks if block.kind == "table"]
    assert labelled == [("Table 2", "Table 2. Pain over time"), ("Table 2", "Week | Pain\n1 | 7")]


def test_a_mark_without_letters_is_no_text() -> None:
    blocks = article("<ul><li><span>•</span><p>The calf was thin and cold.</p></li></ul>")
    assert "•" not in [block.text for block in blocks]


def test_buttons_side_by_side_are_not_glued() -> None:
    links = '<div><a href="/o">Open in viewer</a><a href="/p">PowerPoint</a></div>'
    assert fate("Open in viewer", article(links)) == "left out"


def test_a_title_with_the_kind_of_article_before_it_is_the_title() -> None:
    page = (
        '<html><head><meta name="citation_title" content="A sore tendon"></head><body><main><h1>'
        f"<span>Case report</span><span>A sore tendon</span></h1><p>{PROSE * 3}</p></main></body>"
    )
    assert fate("Case report", read_html(page.encode()).blocks) == "left out"
