"""What a page shows as headings, tables and formulas, put into the tags that say so.

Clinic pages fold questions into `details`, buttons and tabs, set headings in bold paragraphs and
lay columns out in tables. Afterwards a heading is `h1` to `h6` and a `table` holds data.
"""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from ingest.captions import caption_label
from ingest.cleaning import words_in
from ingest.formats.html.blocks import inline_text
from ingest.formats.xml.jats_math import mathml_text

FOLDED = "h6"
"""What a question, tab or bold line becomes: narrower than any heading that the page has itself."""
MAX_HEADING_WORDS = 15
MIN_PANEL_WORDS = 8
"""A fold with less text is a menu or a tool tip."""
MAX_CELL_WORDS = 150
"""A cell with more words is a column of a page, not a value."""
MIN_WHOLE_FORM_WORDS = 150
"""A form with so much text is one that a site's software puts around the whole page."""

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_READ_ALOUD = frozenset(
    "sr-only visually-hidden visuallyhidden u-visually-hidden screen-reader-text screenreader-only "
    "assistive-text mjx_assistive_mathml mathjax_preview katex-html".split()
)
_UNREAD = frozenset(
    "script style template noscript object embed audio video canvas select datalist textarea "
    "option map applet annotation annotation-xml".split()
)
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_UNFOLDS = re.compile(
    r"^(?:show|hide|read|view|see|expand|open|close|toggle|more|menu|main menu)\b", re.IGNORECASE
)
_SENTENCE_END = tuple(".!;,")


def mend_structure(page: HtmlElement) -> None:
    """Change the tree so that headings, tables and formulas are told by their tags."""
    _mend_names(page)
    _drop(list(page.iter(*_UNREAD)))
    _drop([one for one in page.iter() if _is_read_aloud(one)])
    for form in list(page.iter("form")):
        if _is_whole_page(form):
            form.tag = "div"
    _write_math(page)
    _part_links(page)
    _unfold_tabs(page)
    _unfold(page)
    for table in reversed(list(page.iter("table"))):
        if _is_layout(table):
            _part_cells(table)
        else:
            _space_cells(table)
    for line in list(page.iter("p", "div")):
        if _is_bold_heading(line):
            line.tag = FOLDED


def _mend_names(page: HtmlElement) -> None:
    """Plain names for tags with a prefix ("mml:math", Word's "o:p") or damage ("td<b")."""
    for element in page.iter("*"):
        if not _NAME.fullmatch(element.tag):
            local = _NAME.match(element.tag.rpartition(":")[2])
            element.tag = local[0] if local and local[0] != "p" else "span"


def class_names(element: HtmlElement) -> list[str]:
    """The classes and the id of an element, lower case."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return names.lower().split()


def _drop(elements: list[HtmlElement]) -> None:
    """Take elements out; the text after each stays."""
    for element in elements:
        if element.getparent() is not None:
            element.drop_tree()


def _is_read_aloud(element: HtmlElement) -> bool:
    """Whether text is for screen readers only: it repeats in words what the page shows."""
    return (
        isinstance(element.tag, str)
        and element.tag not in _HEADINGS
        and not _READ_ALOUD.isdisjoint(class_names(element))
        and words_in(inline_text(element)) <= MAX_HEADING_WORDS
    )


def _is_whole_page(form: HtmlElement) -> bool:
    if next(form.iter("article", "main", "h1"), None) is not None:
        return True
    return sum(words_in(text) for text in map(str, form.itertext())) >= MIN_WHOLE_FORM_WORDS


def _write_math(page: HtmlElement) -> None:
    """Formulas as text on one line."""
    for math in list(page.iter("math")):
        text = mathml_text(math)
        for child in list(math):
            math.remove(child)
        math.tag, math.text = "span", text


def _unfold_tabs(page: HtmlElement) -> None:
    """Put the name of each tab over its panel, as a heading."""
    by_id = _by_id(page)
    for tab in list(page.iter("a", "button", "li", "div", "span")):
        panel = by_id.get(_target(tab)) if _toggles(tab, "tab") else None
        name = _label(tab)
        if panel is None or not name or not _is_panel(panel):
            continue
        if not inline_text(panel).startswith(name):
            heading = etree.Element(FOLDED)
            heading.text, heading.tail, panel.text = name, panel.text, None
            panel.insert(0, heading)
        tab.drop_tree()


def _unfold(page: HtmlElement) -> None:
    """Make headings of what opens a fold: summaries, buttons, and what is called a heading."""
    by_id = _by_id(page)
    for summary in list(page.iter("summary")):
        if next(summary.iter(*_HEADINGS), None) is None:
            summary.tag = FOLDED
    for element in list(page.iter()):
        if isinstance(element.tag, str) and element.get("role") == "heading":
            level = element.get("aria-level") or ""
            element.tag = f"h{level}" if level in tuple("123456") else FOLDED
    for button in list(page.iter("button", "a")):
        if any(parent.tag in _HEADINGS for parent in button.iterancestors()):
            button.tag = "span" if button.tag == "button" else "a"
        elif _opens_panel(button, by_id):
            button.tag = FOLDED


def _part_links(page: HtmlElement) -> None:
    """A space between links that a page shows as buttons side by side."""
    for link in page.iter("a"):
        after = link.getnext()
        if not link.tail and after is not None and after.tag == "a":
            link.tail = " "


def _by_id(page: HtmlElement) -> dict[str, HtmlElement]:
    named = (one for one in page.iter() if isinstance(one.tag, str) and one.get("id"))
    return {one.get("id") or "": one for one in named}


def _target(element: HtmlElement) -> str:
    """The id of the element that this one opens; "" for none."""
    places = (element.get(name) or "" for name in ("aria-controls", "data-target", "href"))
    return next((place.lstrip("#") for place in places if place), "")


def _toggles(element: HtmlElement, what: str) -> bool:
    """Whether an element says that it opens a tab, or a collapsed part."""
    return element.get("role") == what or what in (
        element.get("data-toggle"),
        element.get("data-bs-toggle"),
    )


def _opens_panel(button: HtmlElement, by_id: dict[str, HtmlElement]) -> bool:
    name = _label(button)
    folds = (
        button.get("aria-expanded")
        or button.get("aria-controls")
        or _toggles(button, "collapse")
        or any("accordion" in one or "collapsible" in one for one in class_names(button))
    )
    inside_text = button.getparent() is not None and button.getparent().tag == "p"
    headed = next(button.iter(*_HEADINGS), None) is not None
    if not folds or inside_text or headed or words_in(name) < 2 or _UNFOLDS.match(name):
        return False
    after = by_id.get(_target(button), button.getnext())
    if after is None and button.getparent() is not None:
        after = button.getparent().getnext()
    return after is not None and _is_panel(after)


def _label(element: HtmlElement) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _is_panel(element: HtmlElement) -> bool:
    """Whether an element holds text and not a menu."""
    if not isinstance(element.tag, str) or element.tag in ("nav", "menu"):
        return False
    linked = sum(words_in(_label(link)) for link in element.iter("a"))
    words = words_in(_label(element))
    return words >= MIN_PANEL_WORDS and linked * 2 <= words


def _is_layout(table: HtmlElement) -> bool:
    """Whether a table only lays the page out."""
    if table.get("role") in ("presentation", "none"):
        return True
    if next(table.iter("table", *_HEADINGS), table) is not table or _has_nested(table):
        return True
    if next(table.iter("th", "caption"), None) is not None:
        return False
    cells = [len([c for c in row if c.tag in ("td", "th")]) for row in table.iter("tr")]
    longest = max((words_in(_label(cell)) for cell in table.iter("td")), default=0)
    return max(cells, default=0) <= 1 or longest > MAX_CELL_WORDS


def _has_nested(table: HtmlElement) -> bool:
    nested = ("table", "article", "main", "section", *_HEADINGS)
    return any(one is not table for one in table.iter(*nested))


def _part_cells(table: HtmlElement) -> None:
    """Make plain blocks of a table's own rows and cells, not of a table inside it."""
    for element in _own_parts(table):
        element.tag = "div"


def _space_cells(table: HtmlElement) -> None:
    """Put a space where a cell begins a new line."""
    for element in table.iter("br", "p", "div", "li", "ul", "ol", "dt", "dd"):
        element.tail = f" {element.tail or ''}"
        if element.tag != "br":
            element.text = f" {element.text or ''}"


def _own_parts(table: HtmlElement) -> Iterator[HtmlElement]:
    waiting = [table]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [c for c in element if c.tag in ("tbody", "thead", "tfoot", "tr", "td", "th")]


def _is_bold_heading(line: HtmlElement) -> bool:
    """Whether a short line is bold as a whole and text follows it."""
    if len(line) != 1 or line[0].tag not in ("b", "strong") or (line.text or "").strip():
        return False
    name = _label(line)
    if (line[0].tail or "").strip() or not name or name.endswith(_SENTENCE_END):
        return False
    after = line.getnext()
    followed = after is not None and after.tag in ("p", "div", "ul", "ol", "blockquote")
    within = {parent.tag for parent in line.iterancestors()}
    return (
        followed
        and words_in(name) <= MAX_HEADING_WORDS
        and not caption_label(name)
        and within.isdisjoint({"td", "th", "figure", "li", "dd", *_HEADINGS})
    )
