"""What reading a unit gives, in pieces: each is encoded on one machine, and kept as one shard.

A piece holds some whole files, or a part of one long file. Its name is made of what it holds and
of what it is to be made into, so that the same work done twice has the same name, and other work
never has it. The parts of a file form a chain: each names the one before.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from index.prepared import document_from_json, document_to_json
from ingest.documents import Document, SkippedFile
from ingest.reading_order import Passed, Told

_NAME_DIGITS = 32


@dataclass(frozen=True)
class PieceLimits:
    """How much is encoded and kept together: so many documents or characters.

    That is up to a minute's work of one core, which is what a machine's death costs.
    """

    documents: int = 256
    characters: int = 1_000_000


@dataclass(frozen=True)
class Piece:
    """What was told of whole files, or of a part of one file where `part` is a number from 0.

    `after` names the part before, "" for the first; `last` says that the file ends here.
    `settings` names what it was read by and is to be made into.
    """

    name: str
    settings: str
    told: tuple[Told, ...]
    part: int | None = None
    after: str = ""
    last: bool = True

    def to_json(self) -> str:
        """As text, for the way to another machine."""
        told = [_values(one) for one in self.told]
        return json.dumps([self.name, self.settings, told, self.part, self.after, self.last])


def piece_from_json(text: str) -> Piece:
    """The piece that `to_json` made a text of."""
    name, settings, told, part, after, last = json.loads(text)
    return Piece(name, settings, tuple(_told(*values) for values in told), part, after, last)


def pieces_of(told: Iterable[Told], settings: str, limits: PieceLimits) -> Iterator[Piece]:
    """What is told of some files in pieces; `settings` names how they are read and encoded.

    All that is told of a file must come together. How many documents were gone by is said once,
    at the file's end: when it was said is chance.
    """
    whole: list[Told] = []
    for _, of_file in groupby(told, key=lambda one: one.source):
        chain = _Chain(settings)
        waiting: list[Told] = []
        passed: list[Passed] = []
        for one in of_file:
            if isinstance(one, Passed):
                passed.append(one)
                continue
            if _is_full(waiting, limits):
                yield chain.next(waiting, last=False)
                waiting = []
            waiting.append(one)
        total = _sum(passed)
        # A sign of life says nothing, unless nothing else is told of the file.
        waiting += total if any(one.count for one in total) or not (waiting or chain.parts) else []
        if chain.parts:
            yield chain.next(waiting, last=True)
            continue
        whole += waiting
        if _is_full(whole, limits):
            yield _whole_files(whole, settings)
            whole = []
    if whole:
        yield _whole_files(whole, settings)


@dataclass
class _Chain:
    """The parts of one file so far."""

    settings: str
    parts: int = 0
    before: str = ""

    def next(self, told: list[Told], last: bool) -> Piece:
        name = _name([self.settings, self.before, last], told)
        piece = Piece(name, self.settings, tuple(told), self.parts, self.before, last)
        self.parts, self.before = self.parts + 1, name
        return piece


def _whole_files(told: list[Told], settings: str) -> Piece:
    return Piece(_name([settings], told), settings, tuple(told))


def _sum(passed: list[Passed]) -> list[Passed]:
    if not passed:
        return []
    return [
        Passed(
            passed[0].source,
            passed[-1].file_hash,
            sum(one.left_out for one in passed),
            sum(one.known for one in passed),
            sum(one.unnamed for one in passed),
        )
    ]


def _is_full(told: list[Told], limits: PieceLimits) -> bool:
    texts = [len(one.text) for one in told if isinstance(one, Document)]
    return len(told) >= limits.documents or sum(texts) >= limits.characters


def _name(place: list[Any], told: list[Told]) -> str:
    held = [
        [one.file_hash, one.part, one.doc_id] if isinstance(one, Document) else _values(one)
        for one in told
    ]
    text = json.dumps([place, held])
    return hashlib.sha256(text.encode()).hexdigest()[:_NAME_DIGITS]


def _values(told: Told) -> list[Any]:
    if isinstance(told, Document):
        return ["document", document_to_json(told)]
    return ["skipped" if isinstance(told, SkippedFile) else "passed", asdict(told)]


def _told(kind: str, values: Any) -> Told:
    if kind == "document":
        return document_from_json(values)
    return SkippedFile(**values) if kind == "skipped" else Passed(**values)
