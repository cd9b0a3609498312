"""The body of an article as its publisher's XML has it."""

from pathlib import Path

import pytest

from evaluation.publisher_xml import CitationStyle, PublishedText, read_published


@pytest.fixture
def published(tmp_path: Path, xml: str) -> PublishedText:
    path = tmp_path / "article.xml"
    path.write_text(xml, "utf-8")
    return read_published(path)


def jats(body: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("xml", [f"<article><body>{body}</body></article>"])


@jats("<sec><title>Case</title><p>She <italic>fell</italic>.</p><p>She rose.</p></sec>")
def test_titles_and_paragraphs_come_in_order(published: PublishedText) -> None:
    assert published.paragraphs == ("Case", "She fell.", "She rose.")


@pytest.mark.parametrize(
    "xml", ["<art><fm/><bdy><sec><st><p>Case</p></st><p>She\nfell.</p></sec></bdy></art>"]
)
def test_the_dialect_of_biomed_central_is_understood(published: PublishedText) -> None:
    assert published.paragraphs == ("Case", "She fell.")


@jats("<p>She fell.<fig><caption><p>Her ankle.</p></caption></fig></p><p>She rose.</p>")
def test_a_figure_is_not_of_the_body_but_of_the_file(published: PublishedText) -> None:
    assert published.paragraphs == ("She fell.", "She rose.")
    assert "Her ankle." in published.everything


@jats("<p>It grew by <inline-formula>x</inline-formula> a year.</p>")
def test_a_formula_leaves_a_break(published: PublishedText) -> None:
    assert published.paragraphs == ("It grew by \0 a year.",)


@jats("<p>Rare <xref ref-type='bibr' rid='B1'>1</xref>, see <xref ref-type='fig'>2</xref>.</p>")
def test_numbers_that_cite_are_left_out(published: PublishedText) -> None:
    assert published.paragraphs == ("Rare , see 2.",)


@jats("<p>Rare (Lima, <xref ref-type='bibr'>2004</xref>).</p>")
def test_names_and_years_that_cite_are_kept_and_told(published: PublishedText) -> None:
    assert published.paragraphs == ("Rare (Lima, 2004).",)
    assert published.style == CitationStyle(by_author_and_year=True)


@jats("<p>Rare.<sup><xref ref-type='bibr'>3</xref></sup></p>")
def test_raised_numbers_that_cite_are_told(published: PublishedText) -> None:
    assert published.style == CitationStyle(by_raised_numbers=True)


@jats("<p>Caf&#233; and H<sub>2</sub>O.</p>")
def test_letters_set_apart_in_a_word_leave_it_whole(published: PublishedText) -> None:
    assert published.paragraphs == ("Café and H2O.",)


@pytest.mark.parametrize("xml", ["<article><front/></article>"])
def test_an_article_without_body_is_told(tmp_path: Path, xml: str) -> None:
    path = tmp_path / "article.xml"
    path.write_text(xml, "utf-8")
    with pytest.raises(ValueError, match="no body"):
        read_published(path)
