"""What runs on a cluster's machines: units are read, pieces are encoded, shards are written.

Knows nothing of Ray: these are functions of rows of text. What goes wrong comes back as a row with
a line for people in it, as an exception would come as Ray's words and a traceback.
"""

import hashlib
import json
import os
import platform
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby
from pathlib import Path

import numpy as np

from index.cluster.pieces import Piece, PieceLimits, piece_from_json, pieces_of
from index.cluster.shards import (
    SHARD_VERSION,
    Encoded,
    Manifest,
    ShardFile,
    find_shard,
    sees,
    unknown,
    write_shard,
)
from index.cutting import cut, split_as
from index.encoders import EXPORT_FROM, Encoder, EncoderChoice, choose_encoder
from index.errors import CatalogError
from index.staging import is_page
from ingest.documents import READING_VERSION, Document, SkippedFile
from ingest.errors import IngestError
from ingest.isolation import read_isolated
from ingest.reading_order import Passed, ReadingOrder, Told
from ingest.selection import Selection

VERSION = f"{READING_VERSION}.{SHARD_VERSION}"
"""What reads and encodes here: machines with another version must not work together."""

Choose = Callable[[str, bool], EncoderChoice]
"""Finds a model by name on a machine, whose graphics card is to be used or not."""


def choose_here(model: str, on_gpu: bool) -> EncoderChoice:
    """The model as this machine has it; nothing is fetched. An exported one runs on no GPU."""
    return choose_encoder(model, export_from=None if on_gpu else EXPORT_FROM)


@dataclass(frozen=True)
class Job:
    """What all machines of a cluster are told.

    `folder` is where the shards go, known by its `token`. `settings` names all that shapes a shard:
    `version`, the model's `fingerprint` and how passages are cut (`split_as`). `choose` is found by
    its name, as are all functions here: each machine has Casebook in the same place.
    """

    folder: Path
    token: str
    model: str
    fingerprint: str
    split_as: str
    settings: str
    choose: Choose = choose_here
    limits: PieceLimits = field(default_factory=PieceLimits)
    version: str = VERSION


def made_as(settings: str, selection: Selection) -> str:
    """Names what a piece is made into, and which documents it was to hold."""
    text = json.dumps([settings, asdict(selection)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def complaint(job: Job) -> str:
    """Why this machine cannot work at a job, "" if it can."""
    if job.version != VERSION:
        return f"{platform.node()} has another version of Casebook: install this one there"
    if not sees(job.folder, job.token):
        return (
            f"{platform.node()} does not see {job.folder}: the index (--index) must lie in a "
            "folder that all machines of the cluster share, under the same path"
        )
    return ""


def read_unit(
    job: Job, paths: Sequence[Path], orders: Sequence[ReadingOrder]
) -> Iterator[dict[str, list[str]]]:
    """Read files in a child process as ordered; gives rows of a piece, or of a line for people."""
    problem = complaint(job)
    try:
        if not problem:
            order_of = dict(zip(paths, orders, strict=True))
            # Only what people uploaded is read by another selection than the rest.
            for selection, alike in groupby(paths, lambda path: order_of[path].selection):
                told = read_isolated(list(alike), most_children=1, order_of=order_of.__getitem__)
                for piece in pieces_of(told, made_as(job.settings, selection), job.limits):
                    yield {"piece": [piece.to_json()], "problem": [""]}
    except (IngestError, OSError) as error:
        problem = f"{platform.node()}: {error}"
    if problem:
        yield {"piece": [""], "problem": [problem]}


class ShardMaker:
    """Encodes pieces on one machine; its model is loaded once, with the first piece."""

    def __init__(self, job: Job, on_gpu: bool) -> None:
        self._job = job
        self._on_gpu = on_gpu
        self._encoder: Encoder | None = None

    def __call__(self, batch: dict[str, Sequence[str]]) -> dict[str, list[str]]:
        """Rows of pieces to rows of the names of shards, or of lines for people."""
        names, problems = [], []
        for text, problem in zip(batch["piece"], batch["problem"], strict=True):
            name = ""
            if not problem:
                try:
                    name = self._make(piece_from_json(text))
                except CatalogError as error:
                    problem = str(error)
                except OSError as error:
                    problem = f"{platform.node()}: {error}"
            names.append(name)
            problems.append(problem)
        return {"shard": names, "problem": problems}

    def _make(self, piece: Piece) -> str:
        found = find_shard(self._job.folder, piece.name)
        if found is None or found.unseen:
            make_shard(self._job, piece, self._loaded())
        return piece.name

    def _loaded(self) -> Encoder:
        if self._encoder is None:
            if problem := complaint(self._job):
                raise CatalogError(problem)
            choice = self._job.choose(self._job.model, self._on_gpu)
            encoder = choice.load()
            same = choice.fingerprint == self._job.fingerprint
            if not same or split_as(encoder) != self._job.split_as:
                raise CatalogError(
                    f"{platform.node()} has another model '{self._job.model}' than the writer: "
                    "put the same files on all machines"
                )
            self._encoder = encoder
        return self._encoder


def make_shard(job: Job, piece: Piece, encoder: Encoder) -> None:
    """Cut and encode the documents of a piece, and keep it; raises OSError."""
    started = time.monotonic()
    documents = [one for one in piece.told if isinstance(one, Document)]
    passages = [None if is_page(one) else cut(one, encoder) for one in documents]
    texts = {one.vector_hash: one.encoded_text for several in passages for one in several or ()}
    names = sorted(unknown(job.folder, list(texts)), key=lambda name: len(texts[name]))
    rows = encoder.encode_passages([texts[name] for name in names]).astype(np.float16)
    row_of = {name: row for row, name in enumerate(names)}
    encoded = []
    for several in passages:
        own = tuple(dict.fromkeys(one.vector_hash for one in several or ()))
        # Of a text that stands in several documents, the first one brings the vector.
        new = {name: row_of.pop(name) for name in own if name in row_of}
        encoded.append(Encoded(several, tuple(new), rows[list(new.values())]))
    manifest = Manifest(
        name=piece.name,
        settings=piece.settings,
        part=piece.part,
        after=piece.after,
        last=piece.last,
        files=_files(piece.told),
        documents=len(documents),
        passages=sum(len(several or ()) for several in passages),
        encoded=len(names),
        dim=encoder.dim,
        runtime=encoder.runtime,
        machine=platform.node(),
        seconds=round(time.monotonic() - started, 3),
        data_sha256="",
        unseen=_unseen(piece.told),
    )
    write_shard(job.folder, piece, encoded, manifest)


def _files(told: Sequence[Told]) -> tuple[ShardFile, ...]:
    files = []
    for source, of_file in groupby(told, key=lambda one: one.source):
        several = list(of_file)
        read = [one for one in several if not isinstance(one, SkippedFile)]
        file_hash = read[0].file_hash if read else ""
        whole = len(read) == len(several)
        known = any(isinstance(one, Passed) and one.known for one in read)
        files.append(ShardFile(source, file_hash, whole and not known))
    return tuple(files)


def _unseen(told: Sequence[Told]) -> tuple[str, ...]:
    """Files that gave nothing because they are not on this machine."""
    nothing = {one.source for one in told if isinstance(one, SkippedFile) and not one.part}
    return tuple(sorted(source for source in nothing if not os.path.lexists(source)))
