"""Finds the title and the authors on the first page of a document by how they are printed. Pure.

The title is the block of lines in large letters that the authors' names stand under; without
names under any, the largest that is no label ("Case report") and no name of a journal.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.formats.pdf.byline import MARK, is_address, is_marked, names_in
from ingest.formats.pdf.front_lines import FrontLine

LARGER = 1.12
"""Letters of a title are this many times as large as the body's, or bold."""
NEAR_LARGEST = 0.6
"""A title with names under it may be this much smaller than a masthead above it."""
MIN_WORDS, MAX_WORDS = 2, 60
"""Of a title; the longest titles of trials have about 40 words."""
LINES_BETWEEN = 6
"""Lines that may stand between title and authors: a subtitle, a label, a short title."""
LINES_ABOVE = 4
"""Lines right above a title that may be authors."""
LINES_OF_NAMES = 14
"""Lines that authors may take, one to a line."""
LINES_OF_ADDRESSES = 8
"""Lines of addresses that may stand between one author and the next."""

_LABEL = re.compile(
    r"\W*(?:(?:original|research|review|clinical|short|brief|technical|special|"
    r"featured?|full|invited|focused|mini|regular|free|open|case|data|systematic|narrative|scoping|rapid|image|images|"
    r"method\w*|study|update|surgical|rare|educational|practice|perspective)\W*)*"
    r"(?:articles?|papers?|reports?|reviews?|series|communications?|investigations?|notes?|"
    r"letters?|access|editorials?|commentar(?:y|ies)|protocols?|correspondence|research|study|studies|"
    r"cases?|update|contributions?|images?|vignettes?|letters? to the editor|medicine|hypothesis|"
    r"and (?:literature review|review of (?:the )?literature)|perspectives?|opinions?)\W*",
    re.IGNORECASE,
)
_TITLE_BEFORE = re.compile(r"^(?:full |article )?title\s*:\s*", re.IGNORECASE)
_MASTHEAD = re.compile(
    r"^(?:the\s+)?(?:\S+\s+){0,6}(?:journal|annals|archives|bulletin|acta|proceedings|transactions)\b"
    r"(?:\s+\S+){0,9}$|\bwww\.|https?://|\bissn\b|^\W*volume\b|contents lists available"
    r"|^(?:hhs public access|author manuscript|accepted manuscript|nih public access)",
    re.IGNORECASE,
)
_END = re.compile(
    r"^\W*(?:abstract|a\s?b\s?s\s?t\s?r\s?a\s?c\s?t|summary|background|introduction|key\s?words|"
    r"article (?:info|history)|objectives?|purpose|received|correspond|to cite|cite this|citation"
    r")\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class TitlePage:
    """What the first page prints as title and authors; empty where neither can be told."""

    title: str = ""
    authors: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Block:
    """Lines that follow each other, set alike."""

    lines: tuple[FrontLine, ...]

    @property
    def text(self) -> str:
        text = joined([line.text for line in self.lines])
        if self.lines[-1].marked.endswith(MARK):  # a footnote's sign
            text = text.rstrip("*†‡§¶#0123456789, ")
        return _TITLE_BEFORE.sub("", text)

    @property
    def size(self) -> float:
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        return self.lines[0].bold


def read_title_page(
    lines: Sequence[FrontLine], common: Collection[str] = (), journal: str = ""
) -> TitlePage:
    """Title and authors of a page whose lines are given from top to bottom.

    `common` are the words that the document writes with small letters, `journal` its journal.
    """
    body = _body_size(lines)
    blocks = _title_blocks(lines, body, journal)
    if not blocks:
        return TitlePage()
    largest = max(block.size for block in blocks)
    blocks.sort(key=lambda block: (-round(block.size, 1), not block.bold, -block.lines[0].y))
    for block in blocks:
        if block.size >= NEAR_LARGEST * largest:
            authors, subtitle = _under(block, lines, common, body)
            if authors:
                return TitlePage(_with_subtitle(block.text, subtitle), authors)
    outstanding = [block for block in blocks if block.size >= LARGER * body]
    if not outstanding:
        return TitlePage()
    return TitlePage(outstanding[0].text, _above(outstanding[0], lines, common))


def joined(texts: Sequence[str]) -> str:
    """The lines of a title or of names as one; a hyphen at a line's end stays."""
    text = ""
    for part in texts:
        text += part if text.endswith("-") and part[:1].islower() else f" {part}"
    return text.strip()


def _body_size(lines: Sequence[FrontLine]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _title_blocks(lines: Sequence[FrontLine], body: float, journal: str) -> list[_Block]:
    """The blocks that can be a title, in the order of the page."""
    blocks = []
    spacing = _spacing(lines)
    outstanding = [line for line in lines if line.size >= LARGER * body or line.bold]
    for block in _blocks(outstanding, spacing):
        kept = list(block.lines)
        while kept and _LABEL.fullmatch(kept[0].text):
            del kept[0]
        text = joined([line.text for line in kept])
        words = len(re.findall(r"\w{2,}", text))
        letters = sum(map(str.isalpha, text)) > len(text) / 2
        unfit = _MASTHEAD.search(text) or _END.match(text) or text.lower() == journal.lower()
        if MIN_WORDS <= words <= MAX_WORDS and letters and not unfit:
            blocks.append(_Block(tuple(kept)))
    return blocks


def _spacing(lines: Sequence[FrontLine]) -> float:
    """From one line to the next, in letter sizes, as most often: manuscripts are double-spaced."""
    gaps = Counter(
        round((a.y - b.y) / a.size, 1) for a, b in pairwise(lines) if a.y - b.y > 0.5 * a.size
    )
    return gaps.most_common(1)[0][0] if gaps else 0.0


def _blocks(lines: Sequence[FrontLine], spacing: float) -> list[_Block]:
    """Lines with those joined that go on under each other in the same letters."""
    open_blocks: list[list[FrontLine]] = []
    for line in lines:
        block = next((b for b in reversed(open_blocks) if _goes_on(b[-1], line, spacing)), None)
        if block is None:
            open_blocks.append([line])
        else:
            block.append(line)
    return [_Block(tuple(block)) for block in open_blocks]


def _goes_on(before: FrontLine, line: FrontLine, spacing: float) -> bool:
    alike = abs(line.size - before.size) <= 0.04 * before.size and line.bold == before.bold
    gap = before.y - line.y
    overlap = min(before.right, line.right) - max(before.left, line.left)
    return alike and 0.5 < gap / line.size < max(1.9, 1.1 * spacing) and overlap > 0


def _under(
    block: _Block, lines: Sequence[FrontLine], common: Collection[str], body: float
) -> tuple[tuple[str, ...], str]:
    """The names under a block that can be a title, and the subtitle between them and it."""
    below = _column(block, lines, under=True)
    subtitle: list[FrontLine] = []
    last, passed = block.lines[-1], False
    for start, line in enumerate(below[:LINES_BETWEEN]):
        if _END.match(line.text) or line.size > block.size:
            break
        names, taken = _names_from(below[start:], common)
        if len(names) == 1 and not _is_alone_an_author(below[start:]):
            break
        if names:
            more = _later_names(below[start + taken :], line, common) if taken == 1 else ()
            return (*names, *more), joined([one.text for one in subtitle])
        if _LABEL.fullmatch(line.text):
            continue
        if line.size <= LARGER * body and line.size < last.size:
            passed = True
        elif passed or last.y - line.y > 2.2 * last.size:
            break  # the block is a masthead, and this the title
        else:
            subtitle.append(line)
            last = line
    return (), ""


def _is_alone_an_author(lines: Sequence[FrontLine]) -> bool:
    """Whether what can be one name is the author's: it has signs, or an address under it."""
    return is_marked(lines[0].marked) or any(is_address(line.text) for line in lines[1:4])


def _above(block: _Block, lines: Sequence[FrontLine], common: Collection[str]) -> tuple[str, ...]:
    """The names right above a title, where some journals have them."""
    above = _column(block, lines, under=False)[-LINES_ABOVE:]
    for start, _ in enumerate(above):
        names, taken = _names_from(above[start:], common)
        if names and taken == len(above) - start:
            return names
    return ()


def _column(block: _Block, lines: Sequence[FrontLine], under: bool) -> list[FrontLine]:
    """The lines that stand under a block, or above it, and not beside it."""
    left = min(line.left for line in block.lines)
    right = max(line.right for line in block.lines)
    top, foot = block.lines[0].y + 0.3 * block.size, block.lines[-1].y
    return [
        line
        for line in lines
        if (line.y < foot - 0.3 * line.size if under else line.y > top)
        and line.right > left - 5
        and line.left < right + 5
    ]


def _names_from(lines: Sequence[FrontLine], common: Collection[str]) -> tuple[tuple[str, ...], int]:
    """The names that begin in the first line and go on in the next ones, and their lines."""
    best: tuple[tuple[str, ...], int] = ((), 0)
    first = lines[0]
    for count in range(1, min(LINES_OF_NAMES, len(lines)) + 1):
        last = lines[count - 1]
        alike = abs(last.size - first.size) <= 0.08 * first.size and last.bold == first.bold
        if not alike or _END.match(last.text) or first.y - last.y > 2.2 * count * first.size:
            break
        names = _names_of([line.marked or line.text for line in lines[:count]], common)
        if names and len(names) >= len(best[0]):
            best = (names, count)
        elif best[1] and count > best[1] + 1:
            break
    return best


def _names_of(texts: Sequence[str], common: Collection[str]) -> tuple[str, ...]:
    """The names in some lines: a line's end parts names unless commas part them elsewhere."""
    parted = [names_in(text, common) for text in texts]
    one_each = len(texts) > 1 and all(len(names) == 1 for names in parted)
    if one_each and not any("," in text.rstrip(" ,") for text in texts):
        return tuple(names[0] for names in parted)
    return names_in(joined(texts), common)


def _later_names(
    lines: Sequence[FrontLine], first: FrontLine, common: Collection[str]
) -> tuple[str, ...]:
    """Further authors where each stands above an own address, set as the first is.

    Only letters that differ from the addresses' tell them.
    """
    names: list[str] = []
    since = 0
    for line in lines:
        since += 1
        if _END.match(line.text) or since > LINES_OF_ADDRESSES:
            break
        if (line.size, line.bold) == (first.size, first.bold):
            found = names_in(line.marked or line.text, common)
            if not found:
                break
            names += found
            since = 0
    return tuple(names)


def _with_subtitle(title: str, subtitle: str) -> str:
    if not subtitle:
        return title
    return f"{title} {subtitle}" if title[-1] in ":–—-?!." else f"{title}: {subtitle}"
