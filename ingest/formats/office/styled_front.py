"""Title and authors of a styled document, from how its first page is set."""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.bylines import byline, split_names
from ingest.cleaning import clean, words_in
from ingest.documents import Metadata, first_stated, read_in
from ingest.formats.office.styled import TITLE_STYLE, Item, Paragraph
from ingest.formats.text import split_label
from ingest.header_fields import take_header_fields
from ingest.sections import OTHER, section_kind

FRONT_PARAGRAPHS = 8
"""How far down a title page the title can stand: below a journal's name, a kind of article."""
TITLE_WORDS = (3, 40)
"""Fewer words are a label ("Case report"), more are a paragraph."""
_AUTHOR_STYLE = re.compile(r"author(?:s|\s?names?|\s?list)?$")
_LABEL_OF_FILE = re.compile(
    r"^(?:additional|supplement\w*|supporting|appendix|annex|online|web|e?table|e?figure)\b",
    re.IGNORECASE,
)


def find_title(items: Sequence[Item]) -> Paragraph | None:
    """The paragraph that is the title: by its style, by its size, or as the first heading."""
    shown = [i for i in items if isinstance(i, Paragraph) and i.text and not i.kind]
    styled = next((i for i in shown if TITLE_STYLE.search(i.style)), None)
    if styled is not None:
        return styled
    front = _front(items)
    if _is_sole_heading(front[:1], shown):
        return front[0]
    candidates = [i for i in front if _can_be_title(i)]
    if not candidates:
        return None
    sizes: Counter[float] = Counter()
    for paragraph in shown:
        sizes[paragraph.size] += len(paragraph.text)
    usual = sizes.most_common(1)[0][0]
    largest = max(candidates, key=lambda i: (i.size, not _LABEL_OF_FILE.match(i.text)))
    if largest.size > usual > 0:
        return largest
    first = candidates[0]
    return first if _is_set_off(first) and first is front[0] else None


def styled_front(items: Sequence[Item], title: Paragraph | None) -> tuple[Metadata, list[Item]]:
    """What the title page states, and the items without the field lines that state it."""
    at = items.index(title) if title is not None else -1
    paragraphs = [item for item in items[at + 1 :] if isinstance(item, Paragraph)]
    fields, taken = take_header_fields([item.text for item in paragraphs], at_least=2)
    consumed = {id(item) for item in paragraphs[:taken]}
    kept = [item for item in items if id(item) not in consumed]
    return first_stated(fields, _named(title), _by_style(items), _under_title(kept, title)), kept


def _front(items: Sequence[Item]) -> list[Paragraph]:
    """The first paragraphs with text, those before the first table."""
    front: list[Paragraph] = []
    for item in items:
        if not isinstance(item, Paragraph) or len(front) == FRONT_PARAGRAPHS:
            break
        if item.text and not item.kind:
            front.append(item)
    return front


def _can_be_title(paragraph: Paragraph) -> bool:
    shortest, longest = TITLE_WORDS
    text = paragraph.text.strip()
    return (
        shortest <= words_in(text) <= longest
        and not text.endswith((".", ":", ";", ","))
        and not paragraph.mark
        and (not split_label(text)[0] or bool(_LABEL_OF_FILE.match(text)))
        and (section_kind(text) == OTHER or words_in(text) > shortest)
        and not take_header_fields([text])[1]
    )


def _is_sole_heading(first: Sequence[Paragraph], shown: Sequence[Paragraph]) -> bool:
    """Whether the first paragraph is the only heading of the widest level, and no section's."""
    widest = [i for i in shown if i.level == 1]
    return (
        widest == list(first)
        and len(widest) == 1
        and section_kind(widest[0].text) == OTHER
        and words_in(widest[0].text) > 1
    )


def _is_set_off(paragraph: Paragraph) -> bool:
    return bool(paragraph.level or paragraph.is_bold or paragraph.is_centred)


def _named(title: Paragraph | None) -> Metadata:
    if title is None:
        return Metadata()
    place = f"paragraph of style {title.style}" if _is_titled(title) else "the first heading"
    return read_in(place, Metadata(title=clean(title.text).replace("\n", " ")))


def _is_titled(title: Paragraph) -> bool:
    return bool(TITLE_STYLE.search(title.style))


def _by_style(items: Sequence[Item]) -> Metadata:
    """Authors in paragraphs of a style that is made for them."""
    named = [i for i in items if isinstance(i, Paragraph) and _AUTHOR_STYLE.search(i.style)]
    names = tuple(name for i in named for name in split_names(clean(i.text)))
    style = named[0].style if named else ""
    return read_in(f"paragraph of style {style}", Metadata(authors=names))


def _under_title(items: Sequence[Item], title: Paragraph | None) -> Metadata:
    """Names in the paragraph below the title."""
    if title is None:
        return Metadata()
    below = _front(items[items.index(title) + 1 :])[:1]
    names = tuple(name for paragraph in below for name in byline(clean(paragraph.text)))
    return read_in("inferred from the line under the title", Metadata(authors=names))
