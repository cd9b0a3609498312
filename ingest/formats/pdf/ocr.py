"""Reads pages that are pictures of text, with tesseract where it is installed.

Nothing here is needed for other pages: pytesseract is imported when the first picture is met,
and without it, or without the program, a warning tells what to install. What was recognised is
kept in a cache (`ingest.formats.pdf.ocr_cache`), so that no page is recognised twice.
"""

import importlib
import math
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from ingest.formats.pdf.ocr_cache import Recognised, has_cache, picture_key, recall, remember
from ingest.limits import MAX_EXTRA_SECONDS, allow_more_time

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfPage

DPI = 300
"""What tesseract's models were trained on; 150 costs as much time and half a per cent of words."""
MAX_PIXELS = 20_000_000
"""A picture of at most so many: A3 at 300 dpi has 17 million. A larger page gets fewer dpi."""
PAGE_SECONDS = 60
"""For one page, in wall time: a dense one takes 4 s on a quiet core and 25 s on a busy one."""
FILE_SECONDS = MAX_EXTRA_SECONDS - 2 * PAGE_SECONDS
"""For all pages of a file, within what a reading process may ask for; the rest is left to the
next build, which finds the pages before in the cache."""
SURE = 60
"""Confidence, of 100, from which a word counts as recognised. In upside-down print 3 words in 10
reach it, in blurred print and curves 1 in 10, in a clean scan 99 in 100."""
MIN_SURE_SHARE = 0.5
"""A paragraph with fewer sure words is not text but a photograph, or beyond reading."""
MIN_SURE_WORDS = 3
"""A page with fewer is not one of text."""
LOW_CONFIDENCE = 0.85
"""A page whose words have less on average has a wrong word in nearly every line."""
CLEARLY_LARGER = 1.35
"""Times the usual height of a line: tails and capitals alone make 1.3."""
MAX_LANGUAGES = 3
"""Of so many installed languages all are looked for; who has installed more has not chosen."""

REMEDY = "install tesseract and `pip install -r requirements-ocr.txt`, then build again"


@dataclass(frozen=True)
class Recognition:
    """What OCR made of a file's pages: their text by number, and lines for the report.

    `unfinished` says that another run could read more: with tesseract installed, or more time.
    """

    pages: dict[int, Recognised]
    warnings: tuple[str, ...]
    unfinished: bool = False


class Engine(NamedTuple):
    """The tesseract of this machine, and what it is told."""

    name: str
    languages: str
    layout: int


class Word(NamedTuple):
    """A word as tesseract gives it: its confidence from 0 to 100, where it stands, its height."""

    text: str
    confidence: float
    paragraph: tuple[int, int]
    line: int
    height: float = 10.0

    @property
    def is_sure(self) -> bool:
        """Whether it can be relied on; lone letters are what lines and dots are taken for."""
        return self.confidence >= SURE and (
            self.text.isdigit() or sum(c.isalnum() for c in self.text) >= 2
        )


def recognise_pages(
    render: Callable[[int], "Image | None"], numbers: Sequence[int], seconds: float = FILE_SECONDS
) -> Recognition:
    """Read the pages with these numbers.

    `render` gives the picture of one (`page_picture`), None for one that cannot be drawn.
    No new page is begun after `seconds`. Raises only what `render` raises.
    """
    work = _Work(time.monotonic() + seconds)
    allow_more_time(PAGE_SECONDS)
    for number in numbers:
        started = time.monotonic()
        work.read(number, render)
        allow_more_time(time.monotonic() - started)
    return work.recognition()


def page_picture(page: "PdfPage") -> "Image":
    """The picture of a PDF page in grey, at `DPI` unless it is a very large one."""
    width, height = page.get_size()
    largest = math.sqrt(MAX_PIXELS / max(1.0, width * height))
    picture: Image = page.render(scale=min(DPI / 72, largest), grayscale=True).to_pil()
    return picture


@dataclass
class _Work:
    """The pages of one file under way, in the groups that the report tells of."""

    end: float
    pages: dict[int, Recognised] = field(default_factory=dict)
    unread: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    illegible: list[int] = field(default_factory=list)

    def read(self, number: int, render: Callable[[int], "Image | None"]) -> None:
        if time.monotonic() > self.end:
            self.left.append(number)
            return
        engine = find_engine()
        if engine is None and not has_cache():
            self.unread.append(number)
            return
        picture = render(number)
        if picture is None:
            self.failed.append(number)
            return
        key = picture_key(picture, DPI)
        recognised = recall(key, engine.name if engine else "")
        if recognised is None and engine is None:
            self.unread.append(number)
            return
        if recognised is None and engine is not None:
            recognised = _recognise(picture, engine)
            if recognised is None:
                self.failed.append(number)
                return
            remember(key, recognised)
        if recognised is not None and recognised.text:
            self.pages[number] = recognised
        else:
            self.illegible.append(number)

    def recognition(self) -> Recognition:
        low = [n for n, page in self.pages.items() if page.confidence < LOW_CONFIDENCE]
        told = (
            ("read from a picture by OCR", [n for n in self.pages if n not in low], ""),
            ("read from a poor picture by OCR", low, "compare with the original"),
            ("a picture without text that OCR can read", self.illegible, ""),
            ("without text, perhaps scanned", self.unread, REMEDY),
            ("OCR failed", self.failed, f"it takes more than {PAGE_SECONDS} s or is damaged"),
            ("not read by OCR yet", self.left, "build again to go on"),
        )
        return Recognition(
            self.pages,
            tuple(
                f"{what}: {page_list(numbers)}" + (f"; {remedy}" if remedy else "")
                for what, numbers, remedy in told
                if numbers
            ),
            unfinished=bool(self.unread or self.left),
        )


def page_list(numbers: Sequence[int]) -> str:
    """Page numbers for a person, runs of them drawn together.

    >>> page_list([1, 2, 3, 7])
    'pages 1–3, 7'
    """
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    shown = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in spans)
    return f"page {shown}" if len(numbers) == 1 else f"pages {shown}"


@cache
def find_engine() -> Engine | None:
    """The tesseract of this machine, asked for once a process; None without it or its package."""
    try:
        pytesseract: Any = importlib.import_module("pytesseract")
        version = pytesseract.get_tesseract_version()
        installed = set(pytesseract.get_languages())
    # pytesseract raises SystemExit for a program of that name that is another or too old.
    except (Exception, SystemExit):
        return None
    chosen = sorted(installed - {"osd", "equ"}, key=lambda language: (language != "eng", language))
    if not chosen:
        return None
    languages = "+".join(chosen[:1] if len(chosen) > MAX_LANGUAGES else chosen)
    layout = 1 if "osd" in installed else 3  # with page rotation found, where that can be
    return Engine(f"tesseract {version} {languages}", languages, layout)


def _recognise(picture: "Image", engine: Engine) -> Recognised | None:
    """The text of a picture, "" if it is none; None where tesseract fails or takes too long."""
    pytesseract: Any = importlib.import_module("pytesseract")
    try:
        with _one_thread():
            found = pytesseract.image_to_data(
                picture,
                lang=engine.languages,
                config=f"--psm {engine.layout} --dpi {DPI}",
                timeout=PAGE_SECONDS,
                output_type=pytesseract.Output.DICT,
            )
    except (RuntimeError, OSError, pytesseract.TesseractError):
        return None
    return legible_text(engine.name, _words(found))


@contextmanager
def _one_thread() -> Iterator[None]:
    """Tesseract with several threads is slower, and other files are read on the other cores."""
    before = os.environ.get("OMP_THREAD_LIMIT")
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["OMP_THREAD_LIMIT"]
        else:
            os.environ["OMP_THREAD_LIMIT"] = before


def _words(found: dict[str, list[Any]]) -> list[Word]:
    columns = ("text", "conf", "block_num", "par_num", "line_num", "height")
    return [
        Word(text.strip(), float(confidence), (block, paragraph), line, height * 72 / DPI)
        for text, confidence, block, paragraph, line, height in zip(
            *(found[column] for column in columns), strict=True
        )
        if text.strip()
    ]


def legible_text(engine: str, words: Sequence[Word]) -> Recognised:
    """The paragraphs that are text, an empty line between them; what is left is picture."""
    paragraphs: list[list[list[Word]]] = []
    for _, group in groupby(words, lambda word: word.paragraph):
        members = list(group)
        if sum(word.is_sure for word in members) < MIN_SURE_SHARE * len(members):
            continue
        lines = [list(line) for _, line in groupby(members, lambda word: word.line)]
        paragraphs.append([line for line in lines if any(word.is_sure for word in line)])
    kept = [word for paragraph in paragraphs for line in paragraph for word in line]
    if sum(word.is_sure for word in kept) < MIN_SURE_WORDS:
        return Recognised("", 0.0, engine)
    printed = [line for paragraph in paragraphs for line in [*paragraph, []]][:-1]
    return Recognised(
        text="\n".join(" ".join(word.text for word in line) for line in printed),
        confidence=sum(word.confidence for word in kept) / len(kept) / 100,
        engine=engine,
        sizes=_sizes(printed),
    )


def _sizes(lines: Sequence[Sequence[Word]]) -> tuple[float, ...]:
    """The height of each line's letters, in points; 0 for empty lines.

    A line's letters differ in height, so only what is clearly larger counts as larger.
    """
    heights = [max((word.height for word in line), default=0.0) for line in lines]
    sizes = [median(height for height in heights if height)]
    for height in heights:
        near = (size for size in reversed(sizes) if _is_alike(size, height))
        sizes.append(next(near, height))
    return tuple(sizes[1:])


def _is_alike(size: float, height: float) -> bool:
    """Whether lines of these heights are set alike; an empty line is like no other."""
    return max(size, height) < CLEARLY_LARGER * min(size, height)
