"""Pages that are pictures: what tesseract reads of them, what is no text, and what is kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from ingest.formats.pdf.ocr import (
    REMEDY,
    Word,
    find_engine,
    legible_text,
    page_list,
    recognise_pages,
)
from ingest.formats.pdf.ocr_cache import Recognised, cache_folder, picture_key, recall, remember

TEXT = """A dancer of 24 years had turned her left ankle
in a jump. Ultrasound showed a torn ligament with
fluid around it. She wore a brace for six weeks and
danced again after eight weeks without any pain.
At two years both ankles were equally stable."""

needs_tesseract = pytest.mark.skipif(
    find_engine() is None, reason="no tesseract, or pytesseract is not installed"
)


@pytest.fixture(autouse=True)
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """No text of another run; afterwards the engine is looked for anew."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    yield tmp_path / "casebook" / "ocr"
    find_engine.cache_clear()


def drawn(text: str = TEXT) -> Image.Image:
    """A page of print, five inches wide."""
    picture = Image.new("L", (1500, 900), 255)
    font = ImageFont.load_default(50)
    ImageDraw.Draw(picture).multiline_text((100, 100), text, fill=0, font=font, spacing=30)
    return picture


def photograph() -> Image.Image:
    return drawn().filter(ImageFilter.GaussianBlur(20))


def words(text: str) -> set[str]:
    return set(text.replace(".", " ").split())


def no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine without the program."""
    monkeypatch.setenv("PATH", "")
    find_engine.cache_clear()


@needs_tesseract
def test_the_words_of_a_drawn_page_are_read() -> None:
    page = recognise_pages(lambda _: drawn(), [1]).pages[1]
    assert len(words(page.text) & words(TEXT)) / len(words(TEXT)) >= 0.98


@needs_tesseract
def test_the_lines_of_a_page_stay_lines() -> None:
    lines = recognise_pages(lambda _: drawn(), [1]).pages[1].text.splitlines()
    assert [line.split()[0] for line in lines if line] == ["A", "in", "fluid", "danced", "At"]


@needs_tesseract
def test_a_page_that_lies_on_its_side_is_read() -> None:
    dense = drawn(f"{TEXT}\n{TEXT}")
    page = recognise_pages(lambda _: dense.rotate(90, expand=True), [1]).pages[1]
    assert "ultrasound" in page.text.lower()


@needs_tesseract
def test_the_report_names_the_pages_that_were_read() -> None:
    recognition = recognise_pages(lambda _: drawn(), [2, 3])
    assert recognition.warnings == ("read from a picture by OCR: pages 2–3",)


@needs_tesseract
def test_a_photograph_gives_no_text() -> None:
    recognition = recognise_pages(lambda _: photograph(), [1])
    assert recognition.pages == {}
    assert recognition.warnings == ("a picture without text that OCR can read: page 1",)


@needs_tesseract
def test_a_page_that_was_read_once_needs_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    before = recognise_pages(lambda _: drawn(), [1])
    no_engine(monkeypatch)
    assert recognise_pages(lambda _: drawn(), [1]).pages == before.pages


@needs_tesseract
def test_a_photograph_is_not_looked_at_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    before = recognise_pages(lambda _: photograph(), [1])
    no_engine(monkeypatch)
    assert recognise_pages(lambda _: photograph(), [1]) == before


@needs_tesseract
def test_a_cache_that_cannot_be_written_is_no_error(empty_cache: Path) -> None:
    empty_cache.parent.write_text("a file where the folder should be")
    assert recognise_pages(lambda _: drawn(), [1]).pages


@needs_tesseract
def test_pages_beyond_the_time_are_left_for_the_next_build() -> None:
    recognition = recognise_pages(lambda _: drawn(), [1, 2], seconds=-1)
    assert recognition.warnings == ("not read by OCR yet: pages 1–2; build again to go on",)


def test_without_tesseract_the_report_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    no_engine(monkeypatch)
    recognition = recognise_pages(lambda _: drawn(), [1, 2, 4])
    assert recognition.warnings == (f"without text, perhaps scanned: pages 1–2, 4; {REMEDY}",)


def of(text: str, confidence: float, paragraph: int = 1, line: int = 1) -> list[Word]:
    return [Word(word, confidence, (1, paragraph), line) for word in text.split()]


def test_without_tesseract_another_run_can_read_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert recognise_pages(lambda _number: Image.new("L", (60, 80), 200), [1]).unfinished


def test_a_paragraph_of_unsure_words_is_left_out() -> None:
    found = legible_text("", of("She walked well again", 95) + of("vV AA ne oon", 30, 2))
    assert found.text == "She walked well again"


def test_a_line_without_a_sure_word_is_left_out() -> None:
    found = legible_text("", of("oe 2, aa", 20) + of("She walked well again", 95, line=2))
    assert found.text == "She walked well again"


def test_lone_letters_however_sure_are_no_text() -> None:
    assert legible_text("", of("A A V A A A V", 99)).text == ""


def test_figures_are_text() -> None:
    assert legible_text("", of("7 8 9", 99)).text == "7 8 9"


def test_paragraphs_are_parted_by_an_empty_line() -> None:
    found = legible_text("", of("He fell hard", 90) + of("He rose again", 90, 2))
    assert found.text == "He fell hard\n\nHe rose again"


def test_confidence_is_the_mean_over_the_words() -> None:
    found = legible_text("", of("walked well", 80) + of("without pain", 100))
    assert found.confidence == pytest.approx(0.9)


def test_a_poor_picture_is_said_to_be_one() -> None:
    remember(picture_key(drawn(), 300), Recognised("She walks.", 0.6, engine_name()))
    assert recognise_pages(lambda _: drawn(), [1]).warnings == (
        "read from a poor picture by OCR: page 1; compare with the original",
    )


def engine_name() -> str:
    engine = find_engine()
    return engine.name if engine else "another"


def test_text_of_another_tesseract_is_not_taken_where_there_is_one() -> None:
    remember("a" * 64, Recognised("She walks.", 0.9, "tesseract 4.0 eng"))
    assert recall("a" * 64, "tesseract 5.3.0 eng") is None
    assert recall("a" * 64, "") is not None


def test_a_damaged_cache_is_as_an_empty_one(empty_cache: Path) -> None:
    remember("b" * 64, Recognised("She walks.", 0.9, "x"))
    next(empty_cache.rglob("*.json")).write_text('{"text": ')
    assert recall("b" * 64, "x") is None


def test_nothing_but_whole_entries_is_left_in_the_cache(empty_cache: Path) -> None:
    remember("c" * 64, Recognised("She walks.", 0.9, "x"))
    assert [path.suffix for path in empty_cache.rglob("*") if path.is_file()] == [".json"]


def test_another_picture_has_another_key() -> None:
    assert picture_key(drawn("She walks."), 300) != picture_key(drawn("She rests."), 300)


def test_a_relative_cache_folder_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    monkeypatch.setenv("HOME", "/nowhere")
    assert cache_folder() == Path("/nowhere/.cache/casebook/ocr")


def test_one_page_is_not_called_pages() -> None:
    assert page_list([4]) == "page 4"


def test_larger_letters_are_known_by_their_height() -> None:
    title = [Word(word, 95, (1, 1), 1, height=20) for word in ("Ankle", "sprain")]
    body = [
        Word(word, 95, (1, 2), line, height=h) for line, h in ((1, 9), (2, 11)) for word in "ab"
    ]
    found = legible_text("", [*title, *body, *of("She walked well", 95, 3)])
    assert found.sizes[0] > found.sizes[-1] and len(found.sizes) == len(found.text.split("\n"))


@needs_tesseract
def test_a_page_that_takes_too_long_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.formats.pdf.ocr.PAGE_SECONDS", 0.01)
    assert recognise_pages(lambda _: drawn(), [1]).warnings[0].startswith("OCR failed: page 1")
