"""Reads the judged documents of tests/fixtures/told_cases.txt."""

import re
from dataclasses import dataclass
from pathlib import Path

from ingest.blocks import Block, Layout, assemble
from ingest.sections import CAPTION, TABLE

_FILE = Path(__file__).parent / "fixtures" / "told_cases.txt"
_MARK = re.compile(r"\{(\d|-)\}")


@dataclass(frozen=True)
class ToldDocument:
    """A document laid out as a reader would, and for each of its pieces the case it is of."""

    name: str
    layout: Layout
    pieces: tuple[tuple[str, int | None], ...]


def told_documents() -> list[ToldDocument]:
    """All judged documents."""
    documents = _FILE.read_text("utf-8").split("=== ")[1:]
    return [_document(*text.split("\n", 1)) for text in documents]


def _document(name: str, body: str) -> ToldDocument:
    blocks: list[Block] = []
    pieces: list[tuple[str, int | None]] = []
    case: int | None = None
    for line in filter(None, body.splitlines()):
        if line.startswith("#"):
            blocks.append(Block(line[1:].strip(), is_heading=True))
            continue
        marks = _MARK.split(line)
        for index, part in enumerate(marks):
            if index % 2:
                case = int(part) if part.isdigit() else None
            elif part.strip():
                pieces.append((part.strip().lstrip("^"), case))
        blocks.append(_block("".join(marks[::2])))
    return ToldDocument(name, assemble(blocks), tuple(pieces))


def _block(text: str) -> Block:
    if not text.startswith("^"):
        return Block(text)
    label = text[1:].split(":")[0]
    return Block(text[1:], kind=TABLE if label.startswith("Table") else CAPTION, label=label)
