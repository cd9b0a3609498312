"""What the YAML between two "---" lines at the top of a Markdown file states. Pure."""

import re
from collections.abc import Iterator, Mapping

import yaml

from ingest.documents import Metadata
from ingest.header_fields import fields_metadata, take_header_fields

MAX_FRONT_MATTER = 20_000
"""Characters; more is a data file, and the parser is slow."""
_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_NAME_KEYS = ("name", "literal", "full", "title")
_ID_KEYS = ("id", "name", "type", "text", "url", "value")


def take_front_matter(text: str) -> tuple[Metadata, str]:
    r"""What the front matter states, and the text without it.

    >>> take_front_matter("---\nauthors:\n- Ana Lima\n- Tom Berg\n---\nShe ran.")[0].authors
    ('Ana Lima', 'Tom Berg')
    """
    front = _FRONT_MATTER.match(text)
    if front is None or len(front[1]) > MAX_FRONT_MATTER:
        return Metadata(), text
    return _stated(front[1]), text[front.end() :]


def _stated(written: str) -> Metadata:
    try:
        # The base loader makes text of all values: dates and numbers stay as they are written.
        fields = yaml.load(written, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):  # a colon in a title is enough
        fields = None
    if not isinstance(fields, Mapping):
        return take_header_fields(written.splitlines())[0]
    return fields_metadata({str(key): _text(value) for key, value in fields.items()})


def _text(value: object) -> str:
    """A value on one line: the items of a list parted by semicolons, of a mapping what it names."""
    if isinstance(value, Mapping):
        return _named(value)
    if isinstance(value, list):
        return "; ".join(filter(None, _items(value)))
    return " ".join(str(value).split())


def _items(values: list[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            # A comma would be taken for what parts family and given names.
            yield " ".join(value.split())
        elif isinstance(value, Mapping):
            yield _named(value)


def _named(value: Mapping[object, object]) -> str:
    given, family = value.get("given") or value.get("given-names"), value.get("family")
    if family:
        return f"{given or ''} {family}".strip()
    named = next((value[key] for key in (*_NAME_KEYS, *_ID_KEYS) if key in value), "")
    return str(named) if isinstance(named, str) else ""
