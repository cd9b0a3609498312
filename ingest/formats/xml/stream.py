"""XML files of any length, read one element after the other within a bounded memory.

Several XML files in one (as scripts write that fetch in batches) are read one after the other.
"""

import re
from collections.abc import Collection, Iterator
from itertools import chain, groupby
from operator import itemgetter

from lxml import etree

from ingest.errors import UnreadableFileError
from ingest.formats.reading import Content
from ingest.formats.xml.tree import (
    SLIPS,
    damaged_xml,
    local_name,
    make_plain,
    number_named_letters,
    parse_xml,
    stream_parser,
)

CHUNK_BYTES = 2**20
"""Read at a time: large enough to be quick, small beside the file itself. libxml2 refuses more than
10 MB that have come and are not parsed yet (XML_MAX_LOOKUP_LIMIT)."""
_DOCTYPE_WITHIN = 4096
_DECLARATION = re.compile(rb"<\?xml\s")
_LONGEST_NAME = 40
_BEGUN = re.compile(rb"(?:&[A-Za-z][A-Za-z0-9]{0,31}|&|<\??x?m?l?)\Z")
"""A letter's name or a declaration that may go on in the next piece."""
# A parser in a stream keeps no log of its errors, only the code of the first.
_SLIP_CODES = frozenset(getattr(etree.ErrorTypes, name) for name in SLIPS)


class _SlipError(Exception):
    """Prefixes that nothing declares, after so many elements of one file."""

    def __init__(self, given: int) -> None:
        super().__init__()
        self.given = given


def outermost(content: Content, wanted: Collection[str]) -> Iterator[etree._Element]:
    """The outermost elements of these names, made plain, each gone when the next is asked for.

    Raises `UnreadableFileError` at damage, after what is whole before it.
    """
    held = [content] if isinstance(content, bytes) else content
    chunks = chain.from_iterable(map(_chunks, held))
    given = 0
    for number, pieces in groupby(_pieces(chunks), key=itemgetter(0)):
        try:
            for element in _in_one_file((piece for _, piece in pieces), wanted, given):
                given += 1
                yield element
        except _SlipError as slip:
            if not isinstance(content, bytes):
                raise _after(_undeclared_in_stream(), given) from slip
            for element in _undeclared(_file(content, number), wanted, slip.given):
                given += 1
                yield element


def files_in_one(raw: bytes) -> int:
    """How many XML declarations there are, each the beginning of a file."""
    return sum(1 for _ in _DECLARATION.finditer(raw))


def _chunks(raw: bytes) -> Iterator[bytes]:
    for start in range(0, len(raw), CHUNK_BYTES):
        yield raw[start : start + CHUNK_BYTES]


def _pieces(chunks: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
    """The bytes with the number of their file, from 0; no declaration or letter's name is cut."""
    number, rest, is_declared = 0, b"", False
    for chunk in chain(chunks, [None]):
        buffer = rest + (chunk or b"")
        begun = _BEGUN.search(buffer, max(0, len(buffer) - _LONGEST_NAME)) if chunk else None
        buffer, rest = (buffer[: begun.start()], begun[0]) if begun else (buffer, b"")
        start = 0
        for declaration in _DECLARATION.finditer(buffer):
            if is_declared:
                yield number, buffer[start : declaration.start()]
                number, start = number + 1, declaration.start()
            is_declared = True
        yield number, buffer[start:]


def _file(raw: bytes, number: int) -> bytes:
    """One of the files in the bytes."""
    starts = [match.start() for match in _DECLARATION.finditer(raw)]
    edges = [0, *starts[1:], len(raw)]
    return raw[edges[number] : edges[number + 1]]


def _in_one_file(
    chunks: Iterator[bytes], wanted: Collection[str], before: int
) -> Iterator[etree._Element]:
    parser = stream_parser(wanted)
    depth = given = 0
    for chunk in chain(_lettered(chunks), [None]):
        failure = _feed(parser, chunk)
        for event, element in parser.read_events():
            assert isinstance(element, etree._Element)
            depth += 1 if event == "start" else -1
            if event == "end" and depth == 0:
                make_plain(element)
                given += 1
                yield element
                _free(element)
        if failure is not None and failure.code in _SLIP_CODES:  # type: ignore[attr-defined]
            raise _SlipError(given)
        if failure is not None:
            raise _after(damaged_xml(failure), before + given) from failure


def _lettered(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The bytes without blanks at the beginning, which XML forbids.

    Letters are numbers afterwards where no DOCTYPE could name them.
    """
    has_begun = names_letters = False
    for chunk in chunks:
        if not has_begun:
            chunk = chunk.lstrip()
            names_letters = b"<!DOCTYPE" in chunk[:_DOCTYPE_WITHIN]
            has_begun = bool(chunk)
        if chunk:
            yield chunk if names_letters else number_named_letters(chunk)


def _feed(parser: etree.XMLPullParser, chunk: bytes | None) -> etree.XMLSyntaxError | None:
    """Give the parser a chunk, or its end; what was complete before a failure can be read."""
    try:
        if chunk is None:
            parser.close()
        else:
            parser.feed(chunk)
    except etree.XMLSyntaxError as error:
        return error
    return None


def _undeclared(raw: bytes, wanted: Collection[str], given: int) -> Iterator[etree._Element]:
    """What is left of a file with undeclared prefixes, which no stream can be read over."""
    found = [
        node
        for node in parse_xml(raw).iter(*wanted)
        if not any(local_name(above) in wanted for above in node.iterancestors())
    ]
    yield from found[given:]


def _undeclared_in_stream() -> UnreadableFileError:
    return UnreadableFileError(
        "XML with prefixes that it does not declare", "get a fresh copy, or split it into articles"
    )


def _after(error: UnreadableFileError, count: int) -> UnreadableFileError:
    if not count:
        return error
    documents = "1 document" if count == 1 else f"{count} documents"
    return UnreadableFileError(f"{error.reason}, after {documents}", error.remedy)


def _free(element: etree._Element) -> None:
    """Forget an element and what stood before it, or the tree would grow with the file."""
    element.clear()
    for node in (element, *element.iterancestors()):
        parent = node.getparent()
        while parent is not None and node.getprevious() is not None:
            del parent[0]
