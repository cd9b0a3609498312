"""XML files of any length, read one element after the other within a bounded memory.

Several XML files in one (as scripts write that fetch in batches) are read one after the other.
"""

import re
from collections.abc import Collection, Iterator
from itertools import chain, pairwise

from lxml import etree

from ingest.errors import UnreadableFileError
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
"""Read at a time: large enough to be quick, small beside the file itself."""
_DOCTYPE_WITHIN = 4096
_DECLARATION = re.compile(rb"<\?xml\s")
# A parser in a stream keeps no log of its errors, only the code of the first.
_SLIP_CODES = frozenset(getattr(etree.ErrorTypes, name) for name in SLIPS)


def outermost(raw: bytes, wanted: Collection[str]) -> Iterator[etree._Element]:
    """The outermost elements of these names, made plain, each gone when the next is asked for.

    Raises `UnreadableFileError` at damage, after what is whole before it.
    """
    starts = [match.start() for match in _DECLARATION.finditer(raw)]
    given = 0
    for start, end in pairwise([0, *starts[1:], len(raw)]):
        for element in _in_one_file(memoryview(raw)[start:end], wanted, given):
            given += 1
            yield element


def files_in_one(raw: bytes) -> int:
    """How many XML declarations there are, each the beginning of a file."""
    return sum(1 for _ in _DECLARATION.finditer(raw))


def _in_one_file(
    view: memoryview, wanted: Collection[str], before: int
) -> Iterator[etree._Element]:
    if b"<!DOCTYPE" not in bytes(view[:_DOCTYPE_WITHIN]):
        view = memoryview(number_named_letters(bytes(view)))
    parser = stream_parser(wanted)
    depth = given = 0
    for chunk in chain(_chunks(view), [None]):
        failure = _feed(parser, chunk)
        for event, element in parser.read_events():
            assert isinstance(element, etree._Element)
            depth += 1 if event == "start" else -1
            if event == "end" and depth == 0:
                make_plain(element)
                given += 1
                yield element
                _free(element)
        if failure is None:
            continue
        if failure.code in _SLIP_CODES:  # type: ignore[attr-defined]
            yield from _undeclared(bytes(view), wanted, given)
            return
        raise _after(damaged_xml(failure), before + given) from failure


def _chunks(view: memoryview) -> Iterator[bytes]:
    """The bytes, without blanks at the beginning, which XML forbids."""
    yield bytes(view[:CHUNK_BYTES]).lstrip()
    for start in range(CHUNK_BYTES, len(view), CHUNK_BYTES):
        yield bytes(view[start : start + CHUNK_BYTES])


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
