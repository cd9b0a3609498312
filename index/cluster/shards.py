"""Shards: pieces that were read and encoded, in the folder that all machines of a cluster see.

    shards/NAME.parquet   a row for each outcome: a document with its passages and vectors (half
                          floats), or why there is none
    shards/NAME.json      the manifest, written last: the shard is done. What it holds, and the
                          hash of its data
    shards/token          what the machines know the folder by
    shards/known          names of the texts whose vectors the catalog has, 16 bytes each, sorted
    shards/ray.log        what Ray said in the last run

Every file appears whole, under its name, or not at all. After the publication the folder goes.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from index.cluster.pieces import Piece
from index.file_hashes import file_sha256
from index.prepared import (
    PreparedPassage,
    document_from_json,
    document_to_json,
    passages_from_json,
    passages_to_json,
)
from index.readers import Read, ReadyDocument
from ingest.documents import Document, SkippedFile
from ingest.reading_order import Passed

SHARDS_FOLDER = "shards"
SHARD_VERSION = 1
"""Raised whenever a shard is laid out or made otherwise: older ones are made again."""
_NAME_BYTES = 16


@dataclass(frozen=True)
class ShardFile:
    """A file in a shard; `whole` where nothing of it was skipped, or known and not read again.

    `file_hash` is "" where nothing of it was read.
    """

    source: str
    file_hash: str
    whole: bool


@dataclass(frozen=True)
class Manifest:
    """A shard that is done: its piece's place in a file, what it holds, and who made it.

    `part`, `after`, `last` and `settings` are those of the piece. `unseen` are files that were not
    there for the machine that was to read them.
    """

    name: str
    settings: str
    part: int | None
    after: str
    last: bool
    files: tuple[ShardFile, ...]
    documents: int
    passages: int
    encoded: int
    dim: int
    runtime: str
    machine: str
    seconds: float
    data_sha256: str
    unseen: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Encoded:
    """What was made of a document: its passages, and the vectors of the texts named `names`.

    `passages` is None for a page of a web site, which its writer cuts.
    """

    passages: tuple[PreparedPassage, ...] | None
    names: tuple[str, ...]
    vectors: NDArray[np.float16]


def shards_folder(index: Path) -> Path:
    """Where an index's shards lie."""
    return index.resolve() / SHARDS_FOLDER


def forget_shards(index: Path) -> None:
    """Remove all shards: what they hold was published."""
    shutil.rmtree(shards_folder(index), ignore_errors=True)


def write_token(folder: Path) -> str:
    """Mark the folder, so that a machine can say whether it sees the same one."""
    folder.mkdir(parents=True, exist_ok=True)
    token = uuid4().hex
    _write(folder / "token", token.encode())
    return token


def sees(folder: Path, token: str) -> bool:
    """Whether this machine sees the folder that was marked."""
    with suppress(OSError):
        return (folder / "token").read_text("utf-8") == token
    return False


def write_known(folder: Path, names: Iterable[str]) -> None:
    """Tell the machines which texts have vectors, by names of 32 hexadecimal digits."""
    joined = b"".join(sorted(bytes.fromhex(name) for name in set(names)))
    _write(folder / "known", joined)


def unknown(folder: Path, names: Sequence[str]) -> list[str]:
    """Those of the names that `write_known` was not given, each once, in order."""
    wanted = list(dict.fromkeys(names))
    path = folder / "known"
    if not wanted or not path.stat().st_size:
        return wanted
    known = np.memmap(path, dtype=f"S{_NAME_BYTES}", mode="r")
    asked = np.array([bytes.fromhex(name) for name in wanted], dtype=known.dtype)
    places = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    return [name for name, found in zip(wanted, known[places] == asked, strict=True) if not found]


def write_shard(folder: Path, piece: Piece, encoded: Sequence[Encoded], manifest: Manifest) -> None:
    """Keep a piece with what was made of its documents, in their order; raises OSError.

    The manifest's hash of the data is filled in.
    """
    from pyarrow import BufferOutputStream, Table, parquet

    made = iter(encoded)
    rows = [
        _document_row(one, next(made)) if isinstance(one, Document) else asdict(one)
        for one in piece.told
    ]
    stream = BufferOutputStream()
    parquet.write_table(Table.from_pylist(rows, schema=_schema()), stream, compression="zstd")
    data = stream.getvalue().to_pybytes()
    words = {**asdict(manifest), "data_sha256": hashlib.sha256(data).hexdigest()}
    _write(folder / f"{piece.name}.parquet", data)
    _write(folder / f"{piece.name}.json", json.dumps(words).encode())


def find_shard(folder: Path, name: str) -> Manifest | None:
    """The manifest of a shard that is done and undamaged; None where it must be made (again)."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        words = json.loads((folder / f"{name}.json").read_text("utf-8"))
        files = tuple(ShardFile(**one) for one in words.pop("files"))
        manifest = Manifest(files=files, unseen=tuple(words.pop("unseen")), **words)
        digest = file_sha256(folder / f"{name}.parquet")
        return manifest if manifest.name == name and digest == manifest.data_sha256 else None
    return None


def done_shards(folder: Path, settings: Collection[str]) -> list[Manifest]:
    """All shards that are done and were made with some of these settings."""
    names = sorted(path.stem for path in folder.glob("*.json"))
    found = (find_shard(folder, name) for name in names)
    return [one for one in found if one is not None and one.settings in settings]


def read_shard(folder: Path, manifest: Manifest, sources: Collection[str]) -> Iterator[Read]:
    """What a shard holds of some files, in the order in which it was read; raises OSError."""
    from pyarrow import parquet

    if not sources:
        return
    table = parquet.read_table(folder / f"{manifest.name}.parquet")
    for batch in table.to_batches(max_chunksize=16):
        for row in batch.to_pylist():
            if row["source"] in sources:
                yield _read(row, manifest)


def _schema() -> Any:
    import pyarrow as pa

    text = pa.large_string()
    return pa.schema(
        {
            "source": text, "part": text, "reason": text, "remedy": text, "document": text,
            "passages": text, "names": pa.large_list(pa.string()), "vectors": pa.large_binary(),
            "file_hash": text, "left_out": pa.int64(), "known": pa.int64(), "unnamed": pa.int64(),
        }
    )  # fmt: skip


def _document_row(document: Document, made: Encoded) -> dict[str, Any]:
    return {
        "source": document.source,
        "part": document.part,
        "document": document_to_json(document),
        "passages": None if made.passages is None else passages_to_json(made.passages),
        "names": list(made.names),
        "vectors": made.vectors.astype("<f2").tobytes(),
    }


def _read(row: dict[str, Any], manifest: Manifest) -> Read:
    if row["left_out"] is not None:
        counts = [row[name] for name in ("left_out", "known", "unnamed")]
        return Passed(row["source"], row["file_hash"], *counts)
    if row["document"] is None:
        return SkippedFile(row["source"], row["reason"], row["remedy"], row["part"])
    document = document_from_json(row["document"])
    if row["passages"] is None:
        return document
    vectors = np.frombuffer(row["vectors"], "<f2").reshape(-1, manifest.dim)
    return ReadyDocument(
        document,
        passages_from_json(row["passages"], document),
        tuple(row["names"]),
        vectors,
        manifest.runtime,
    )


def _write(path: Path, data: bytes) -> None:
    """Write a file that others see whole or not at all, also after a power failure."""
    scratch = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        with scratch.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)
