"""A PDF's page as a picture, with a passage outlined and the sentence that answers marked.

Rendering runs in PDFium, which a damaged file can hang or crash: `ingest.picture_process` is the
way in for whoever must not go down with it.
"""

import hashlib
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import UnreadableFileError
from ingest.files import read_whole
from ingest.formats.pdf.print import Box
from ingest.page_boxes import Found, find_passage

if TYPE_CHECKING:
    import pypdfium2
    from PIL.Image import Image

    from ingest.formats.pdf.words import Word

SCALE = 2.0
"""Pixels per point (72 an inch): letters are sharp on a screen of twice the density."""
MAX_PIXELS = 12_000_000
"""Of one picture, about an A2 poster at `SCALE`: a page may claim to be 5 m wide."""
GAP = 1.5
"""In heights of a word: words nearer than this on a line share a box."""
MARGIN = 3
"""Pixels between the words and their outline."""
OUTLINE, PASSAGE, SENTENCE = (11, 107, 102), (232, 244, 242), (255, 229, 143)
"""The colours of the page's own style: accent, a breath of it, and the mark."""

_DAMAGED = "the page cannot be drawn: the file is damaged or protected", "open the file itself"


@dataclass(frozen=True)
class PageRequest:
    """Which page of which file, and what to look for there.

    `file_hash` is the SHA-256 that the file had when it was indexed, `number` counts from 1, and
    `sentence` counts characters of `passage`.
    """

    path: Path
    file_hash: str
    number: int
    passage: str = ""
    sentence: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class PagePicture:
    """A page drawn: a PNG of so many pixels.

    `boxes` are where the passage stands, in pixels from the upper left corner, one for each line
    or part of it; `share` of its letters stand on this page, from 0 to 1.
    """

    png: bytes
    width: int
    height: int
    page_count: int
    boxes: tuple[Box, ...]
    share: float


def draw_page(request: PageRequest) -> PagePicture:
    """Draw a page; raises `UnreadableFileError` where the file is gone, changed or damaged."""
    import pypdfium2

    from ingest.formats.pdf.opening import open_pdf

    raw = _unchanged(request)
    try:
        document = open_pdf(raw).document
        if document is None:
            raise UnreadableFileError(*_DAMAGED)
        with document:
            if not 1 <= request.number <= len(document):
                raise UnreadableFileError("the file has no such page", "rebuild the index")
            return _draw(document[request.number - 1], request, len(document))
    except pypdfium2.PdfiumError as error:
        raise UnreadableFileError(*_DAMAGED) from error


def _unchanged(request: PageRequest) -> bytes:
    """The file's bytes, if they are those that were indexed."""
    try:
        raw = read_whole(request.path)
    except OSError as error:
        raise UnreadableFileError(
            "the file is no longer where it was when it was indexed", "bring it back, or rebuild"
        ) from error
    if hashlib.sha256(raw).hexdigest() != request.file_hash:
        raise UnreadableFileError("the file was changed since it was indexed", "rebuild the index")
    return raw


def _draw(page: "pypdfium2.PdfPage", request: PageRequest, page_count: int) -> PagePicture:
    from ingest.formats.pdf.pdfium import Fonts, words_of

    width, height = page.get_size()
    scale = min(SCALE, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
    picture = page.render(scale=scale).to_pil().convert("RGB")
    words, place = words_of(page, Fonts())
    texts = [word.text for word in words]
    found = find_passage(texts, request.passage, request.sentence) if request.passage else Found()
    edges = _on_picture(page, words, place, picture.size) if found.words else {}
    upright = [(word.turns + page.get_rotation() // 90) % 2 == 0 for word in words]
    boxes = _lines(upright, edges, found.words)
    marked = _marked(picture, boxes, _lines(upright, edges, found.sentence)) if boxes else picture
    out = io.BytesIO()
    marked.save(out, "PNG", compress_level=3)
    return PagePicture(
        out.getvalue(), picture.width, picture.height, page_count, tuple(boxes), found.share
    )


def _on_picture(
    page: "pypdfium2.PdfPage", words: Sequence["Word"], place: Box, size: tuple[int, int]
) -> dict[int, Box]:
    """Where words stand in the picture; a page may be drawn turned."""
    import ctypes

    import pypdfium2.raw as pdfium

    from ingest.formats.pdf.words import unlevel_box

    x, y = ctypes.c_int(), ctypes.c_int()
    placed = {}
    for number, word in enumerate(words):
        level = unlevel_box(word.box, word.turns, place)
        corners = []
        for left, top in ((level.left, level.top), (level.right, level.bottom)):
            pdfium.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, left, top, x, y)
            corners.append((float(x.value), float(y.value)))
        (x1, y1), (x2, y2) = corners
        placed[number] = Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
    return placed


def _lines(upright: Sequence[bool], edges: dict[int, Box], chosen: Collection[int]) -> list[Box]:
    """The boxes of chosen words; neighbours on a line are one."""
    boxes: list[Box] = []
    last = -2
    for number in sorted(chosen):
        box = edges[number]
        if boxes and number == last + 1 and _goes_on(boxes[-1], box, upright[number]):
            boxes[-1] = _around(boxes[-1], box)
        else:
            boxes.append(box)
        last = number
    return boxes


def _goes_on(line: Box, box: Box, upright: bool) -> bool:
    """Whether a word stands on a line, and near its end; lines of turned text run up or down."""
    if not upright:
        line, box = _turned(line), _turned(box)
    shared = min(line.bottom, box.bottom) - max(line.top, box.top)
    near = min(abs(box.left - line.right), abs(line.left - box.right)) < GAP * box.height
    return near and shared > min(line.height, box.height) / 2


def _turned(box: Box) -> Box:
    return Box(box.top, box.left, box.bottom, box.right)


def _around(one: Box, other: Box) -> Box:
    return Box(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )


def _marked(picture: "Image", boxes: Sequence[Box], sentence: Sequence[Box]) -> "Image":
    """The picture with the passage tinted and outlined, and its sentence marked as with a pen."""
    from PIL import Image, ImageChops, ImageDraw, ImageFilter

    tint = Image.new("RGB", picture.size, "white")
    area = Image.new("L", picture.size, 0)
    pen, form = ImageDraw.Draw(tint), ImageDraw.Draw(area)
    for box in boxes:
        pen.rectangle(_grown(box, 1), fill=PASSAGE)
        form.rectangle(_grown(box, MARGIN), fill=255)
    for above, below in pairwise(boxes):
        if between := _between(above, below):
            form.rectangle(_grown(between, MARGIN), fill=255)
    for box in sentence:
        pen.rectangle(_grown(box, 1), fill=SENTENCE)
    rim = ImageChops.subtract(area.filter(ImageFilter.MaxFilter(7)), area)
    marked = ImageChops.multiply(picture, tint)
    marked.paste(OUTLINE, mask=rim)
    return marked


def _between(above: Box, below: Box) -> Box | None:
    """The gap between two lines of one paragraph, so that one outline goes around both."""
    left, right = max(above.left, below.left), min(above.right, below.right)
    if left >= right or not 0 <= below.top - above.bottom < above.height:
        return None
    return Box(left, above.bottom, right, below.top)


def _grown(box: Box, by: int) -> tuple[float, float, float, float]:
    return (box.left - by, box.top - by, box.right + by, box.bottom + by)
