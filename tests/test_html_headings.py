"""Levels of headings, and the headings that a page leaves to its layout."""

from ingest.blocks import Block, assemble
from ingest.formats.html.reader import read_html
from tests.test_html_article import PROSE


def blocks(body: str) -> tuple[Block, ...]:
    return read_html(f"<html><body><article>{body}</article></body></html>".encode()).blocks


def kinds(body: str) -> dict[str, str]:
    """Headings of the sections to their kinds."""
    return {one.heading: one.kind for one in assemble(blocks(body)).sections}


def test_an_unknown_heading_has_the_kind_of_the_one_above() -> None:
    body = f"<h2>Treatment</h2><p>{PROSE}</p><h3>The night splint</h3><p>It was worn. {PROSE}</p>"
    assert kinds(body)["The night splint"] == "therapeutic intervention"


def test_the_title_lends_its_kind_to_no_section() -> None:
    body = f"<h1>Treatment of a sore tendon</h1><h2>In the village</h2><p>{PROSE}</p>"
    assert kinds(body)["In the village"] == "other"


def test_an_abstract_beside_narrower_headings_is_not_above_them() -> None:
    body = (
        f'<div class="abstract"><h2>Abstract</h2><p>{PROSE}</p></div><div><h3>The village</h3>'
        f"<p>It lies high. {PROSE}</p></div>"
    )
    assert kinds(body)["The village"] == "other"


def test_an_abstract_without_a_heading_is_given_one() -> None:
    body = (
        f'<div class="JournalAbstract"><p>{PROSE}</p></div><h2>Background</h2><p>Rest. {PROSE}</p>'
    )
    assert kinds(body)["Abstract"] == "abstract"


def test_keywords_on_a_line_of_their_own_head_what_follows() -> None:
    keywords = "<div><span>Keywords:</span><p>tendon; rest</p></div>"
    body = f"<p>{PROSE}</p>{keywords}<h2>Aim</h2><p>{PROSE}</p>"
    assert kinds(body)["Keywords"] == "keywords"


def test_an_article_that_is_called_abstract_is_none() -> None:
    body = f'<div class="abstract-page"><p>{PROSE * 60}</p></div>'
    assert "Abstract" not in kinds(body)


def test_a_tag_that_is_a_heading_by_role_is_one() -> None:
    body = f'<p>{PROSE}</p><div role="heading" aria-level="3">Outcome</div><p>Healed. {PROSE}</p>'
    assert Block("Outcome", is_heading=True, level=3) in blocks(body)
