"""Documents, pieces and shards for the tests of a cluster's parts, without a cluster."""

import time
from collections.abc import Sequence
from pathlib import Path

from index.cluster.pieces import Piece, PieceLimits, pieces_of
from index.cluster.shards import Manifest, find_shard, write_known, write_token
from index.cluster.workers import Job, make_shard
from index.cutting import split_as
from index.encoders import EncoderChoice, Vectors
from ingest.blocks import Block, assemble
from ingest.documents import Document, Metadata
from ingest.reading_order import Told
from tests.conftest import HashingEncoder, hashing_choice

SETTINGS = "settings"
SLOW_SECONDS = 0.4
"""What a piece costs `SlowEncoder`: time enough for something to be killed before all are done."""


class SlowEncoder(HashingEncoder):
    """The hashing encoder, with time to be killed."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        time.sleep(SLOW_SECONDS)
        return super().encode_passages(texts)


def choose_hashing(_model: str, _on_gpu: bool) -> EncoderChoice:
    """The hashing encoder, on a cluster's machine."""
    return hashing_choice()


def choose_slow(_model: str, _on_gpu: bool) -> EncoderChoice:
    """The slow encoder, on a cluster's machine; its vectors are those of the hashing one."""
    return hashing_choice(SlowEncoder())


def a_document(name: str, part: str = "", text: str = "") -> Document:
    """A document of one paragraph out of a file called `name`."""
    layout = assemble((Block(text or f"The patient {name} {part} had a stiff shoulder."),))
    return Document(
        doc_id=f"{name}{part}",
        source=f"/documents/{name}",
        format="text",
        metadata=Metadata(title=f"Case {name}"),
        text=layout.text,
        sections=layout.sections,
        pages=(),
        cases=(),
        part=part,
        file_hash=f"hash of {name}",
    )


def a_job(folder: Path, known: Sequence[str] = ()) -> Job:
    """A job for the hashing encoder, with its shared folder made ready."""
    encoder = HashingEncoder()
    token = write_token(folder)
    write_known(folder, known)
    names = (encoder.name, encoder.fingerprint, split_as(encoder), SETTINGS)
    return Job(folder, token, *names, choose=choose_hashing)


def pieces(*told: Told, documents: int = 2, settings: str = SETTINGS) -> list[Piece]:
    """What is told of some files, in pieces of so many documents."""
    return list(pieces_of(told, settings, PieceLimits(documents=documents)))


def make_shards(job: Job, *made: Piece) -> list[Manifest]:
    """The shards of some pieces, as a machine makes them."""
    found = []
    for piece in made:
        make_shard(job, piece, HashingEncoder())
        manifest = find_shard(job.folder, piece.name)
        assert manifest is not None
        found.append(manifest)
    return found


def write_cases(folder: Path, count: int) -> Path:
    """So many short text files, each with a word of its own."""
    folder.mkdir(parents=True)
    for number in range(count):
        text = f"Title: Case {number}\n\nFindings\n\nThe shoulder number{number} was stiff.\n"
        (folder / f"case{number:03}.txt").write_text(text, "utf-8")
    return folder
