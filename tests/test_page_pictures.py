"""PDF pages as pictures, drawn here and in a child process, from the PDFs of `corpus/`."""

import io
import os
import re
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from ingest.errors import UnreadableFileError
from ingest.files import SourceFile, hash_file
from ingest.page_pictures import OUTLINE, PagePicture, PageRequest, draw_page
from ingest.picture_process import PagePainter

PDF = Path("corpus/nicolau-syndrome-compartment-syndrome-benzathine-penicillin.pdf")


@pytest.fixture(scope="module")
def request_() -> PageRequest:
    """A paragraph of the first page of a PDF, as a reader sees it."""
    file = hash_file(PDF)
    assert isinstance(file, SourceFile)
    with pypdfium2.PdfDocument(PDF) as document:
        text = document[0].get_textpage().get_text_range()
    middle = re.sub(r"\s+", " ", text[len(text) // 3 : len(text) // 2])
    return PageRequest(PDF, file.file_hash, 1, middle, (0, len(middle) // 2))


@pytest.fixture(scope="module")
def picture(request_: PageRequest) -> PagePicture:
    return draw_page(request_)


@pytest.fixture
def painter() -> Iterator[PagePainter]:
    painter = PagePainter()
    yield painter
    painter.close()


def boxed_text(picture: PagePicture) -> str:
    """What PDFium itself reads inside the boxes."""
    with pypdfium2.PdfDocument(PDF) as document:
        page = document[0]
        scale = picture.width / page.get_width()
        inside = page.get_textpage().get_text_bounded
        return " ".join(
            inside(
                box.left / scale, page.get_height() - box.bottom / scale,
                box.right / scale, page.get_height() - box.top / scale,
            )
            for box in picture.boxes
        )  # fmt: skip


def letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def test_the_boxes_hold_the_words_of_the_passage_and_no_others(
    picture: PagePicture, request_: PageRequest
) -> None:
    # The passage begins and ends inside words, which are boxed whole.
    words = request_.passage.split()[1:-1]
    assert letters("".join(words)) in letters(boxed_text(picture))
    assert len(letters(boxed_text(picture))) <= len(letters(request_.passage)) + 30


def test_the_passage_is_outlined_in_the_picture(picture: PagePicture) -> None:
    colours = Image.open(io.BytesIO(picture.png)).getcolors(maxcolors=2**24) or []
    assert OUTLINE in [colour for _, colour in colours]


def test_without_a_passage_the_page_is_drawn_as_it_is(request_: PageRequest) -> None:
    assert draw_page(replace(request_, passage="")).boxes == ()


def test_a_turned_page_is_boxed_where_it_is_seen(
    request_: PageRequest, picture: PagePicture, tmp_path: Path
) -> None:
    turned = tmp_path / "turned.pdf"
    with pypdfium2.PdfDocument(PDF) as document:
        document[0].set_rotation(90)
        document.save(turned)
    file = hash_file(turned)
    assert isinstance(file, SourceFile)
    drawn = draw_page(replace(request_, path=turned, file_hash=file.file_hash))
    # Turned clockwise by 90 degrees, what was on top is on the right.
    rightmost = max(box.right for box in drawn.boxes)
    assert rightmost == pytest.approx(drawn.width - picture.boxes[0].top, abs=2)


def test_a_file_that_is_gone_is_said(request_: PageRequest) -> None:
    with pytest.raises(UnreadableFileError, match="no longer where it was"):
        draw_page(replace(request_, path=Path("corpus/gone.pdf")))


def test_a_file_that_was_changed_is_said(request_: PageRequest) -> None:
    with pytest.raises(UnreadableFileError, match="changed since it was indexed"):
        draw_page(replace(request_, file_hash="0" * 64))


def test_a_page_that_the_file_has_not_is_said(request_: PageRequest) -> None:
    with pytest.raises(UnreadableFileError, match="no such page"):
        draw_page(replace(request_, number=99))


def test_a_child_draws_the_same_page(
    painter: PagePainter, request_: PageRequest, picture: PagePicture
) -> None:
    assert painter.draw(request_) == picture


def test_a_child_says_why_it_draws_nothing(painter: PagePainter, request_: PageRequest) -> None:
    with pytest.raises(UnreadableFileError, match="no such page"):
        painter.draw(replace(request_, number=99))


def test_a_page_that_takes_too_long_ends_its_child_only(request_: PageRequest) -> None:
    painter = PagePainter(seconds=0.0)
    with pytest.raises(UnreadableFileError, match="takes too long"):
        painter.draw(request_)
    painter.close()


def test_after_a_child_has_died_the_next_page_is_drawn_by_another(
    painter: PagePainter, request_: PageRequest, picture: PagePicture
) -> None:
    painter.draw(request_)
    os.kill(painter.child_pid or 0, signal.SIGKILL)
    assert painter.draw(request_) == picture
