"""How fast PDFs are read."""

from evaluation.articles import Article
from evaluation.reading_speed import measure_reading_speed
from tests.conftest import CORPUS


def test_without_pdfs_there_is_nothing_to_time() -> None:
    assert measure_reading_speed([Article("a page", html=CORPUS / "README.md")]) is None


def test_every_page_is_timed() -> None:
    pdf = next(iter(sorted(CORPUS.glob("*.pdf"))))
    result = measure_reading_speed([Article("an article", pdf=pdf)], rounds=1)
    assert result is not None and result.pages == 2 and result.ratio > 0
