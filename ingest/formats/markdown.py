"""Markdown: front matter between "---" lines, then CommonMark with tables and notes.

HTML inside is read as HTML; what only looks like it ("<5 mg and rest>") is text.
"""

import re
from collections.abc import MutableMapping, Sequence

from lxml import html
from lxml.html import defs
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from ingest.documents import Metadata, first_stated, read_in
from ingest.doubts import text_doubts
from ingest.first_page import stated_on_first_page
from ingest.formats.decoding import decode
from ingest.formats.front_matter import take_front_matter
from ingest.formats.office.styled import Item, Paragraph, blocks_of
from ingest.formats.office.styled_front import styled_front
from ingest.formats.office.styled_html import html_items
from ingest.formats.reading import Reading

_TAG = re.compile(r"^\s*</?([A-Za-z][\w-]*)")


def read_markdown(raw: bytes) -> Reading:
    """Read a Markdown file."""
    text, warnings = decode(raw)
    stated, body = take_front_matter(text.replace("\r\n", "\n").replace("\r", "\n"))
    tree = html.fromstring(f"<div>{_parser().render(body)}</div>")
    items = html_items(tree)
    title = _title(items)
    front, kept = styled_front(items, title)
    blocks = blocks_of(kept, title)
    shown = read_in("the first heading", Metadata(title=title.text if title else ""))
    metadata = first_stated(stated, shown, front, stated_on_first_page(blocks))
    doubts = text_doubts([block.text for block in blocks])
    return Reading(metadata, tuple(blocks), (*warnings, *doubts))


def _title(items: Sequence[Item]) -> Paragraph | None:
    """The only heading of the widest level, else the first heading of all."""
    headings = [item for item in items if isinstance(item, Paragraph) and item.level]
    widest = [item for item in headings if item.level == 1]
    return widest[0] if len(widest) == 1 else next(iter(headings), None)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(deflist_plugin)
    parser.add_render_rule("html_inline", _render_html)
    parser.add_render_rule("html_block", _render_html)
    return parser


def _render_html(
    _renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    _options: OptionsDict,
    _environment: MutableMapping[str, object],
) -> str:
    content = tokens[index].content
    tag = _TAG.match(content)
    is_text = tag is not None and tag[1].lower() not in defs.tags
    return escapeHtml(content) if is_text else content
