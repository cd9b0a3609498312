"""The index of so many passages, built by Casebook's own code and kept for the next run."""

import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from evaluation.datasets import SHARED
from evaluation.speed.corpus import BaseCorpus, documents_of, read_base
from evaluation.speed.stand_in import stand_in_choice, tokens_by_length
from index import staging
from index.catalog import prepare_folder
from index.encoders import Encoder, EncoderChoice
from index.errors import CatalogError
from index.preparation import READ_AS, STAGED_AT_ONCE, Preparation
from index.progress import Progress
from index.publication import Change, Publishing, publish, settings_for
from index.site_paragraphs import find_site_text
from index.sources import StoredSource
from index.write_access import writing
from ingest.documents import Document
from ingest.passages import split_passages
from search.service import SearchService

RECORDS = SHARED / "data" / "e3c" / "corpus.jsonl"


@dataclass(frozen=True)
class BuiltIndex:
    """An index of `passages` passages, and what it took to build it.

    `cpu_seconds` are of all threads, without encoding: the vectors stand in for real ones.
    """

    folder: Path
    passages: int
    documents: int
    seconds: float
    cpu_seconds: float

    @property
    def bytes_on_disk(self) -> int:
        """All files of the index."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return sum(path.stat().st_size for path in files)


class SpeedCorpus:
    """The stand-in documents and their encoder, made when an index has to be built."""

    def __init__(
        self, choice: EncoderChoice, work: Path, progress: Progress, records: Path = RECORDS
    ) -> None:
        self._real = choice
        self._records = records
        self._work = work
        self._progress = progress
        self._base: BaseCorpus | None = None
        self._choice: EncoderChoice | None = None

    def base(self) -> BaseCorpus:
        """The base documents, read once."""
        if self._base is None:
            self._progress("Reading the base documents", 0, 1)
            self._base = read_base(self._records, self._work / "base")
        return self._base

    def choice(self) -> EncoderChoice:
        """The stand-in for the real model: it bears its name, and answers as it where it can."""
        if self._choice is None:
            path = self._work / f"base-vectors-{self._real.fingerprint[:12]}.npz"
            documents = () if path.exists() else self.base().documents
            encoder = stand_in_choice(self._real, documents, path, self._progress).load()
            self._choice = EncoderChoice(self._real.name, self._real.fingerprint, lambda: encoder)
        return self._choice

    def article(self) -> str:
        """The text of the last base document, as its file holds it."""
        written = sorted((self._work / "base").glob("*.txt"))
        path = written[-1] if written else Path(self.base().documents[-1].source)
        return path.read_text("utf-8")

    def index(self, passages: int) -> BuiltIndex:
        """The index of so many passages (a document's more at most), built or found built."""
        folder = self._work / f"index-{passages}"
        found = _found(folder)
        if found is None:
            _note(folder).unlink(missing_ok=True)
            shutil.rmtree(folder, ignore_errors=True)
            found = self._build(folder, passages)
            _note(folder).write_text(json.dumps(asdict(found), default=str), "utf-8")
        return found

    def _build(self, folder: Path, passages: int) -> BuiltIndex:
        encoder = self.choice().load()
        documents = up_to(documents_of(self.base()), passages, encoder)
        self._progress(f"Building {passages:,} passages", 0, 1)
        started, cpu = time.perf_counter(), time.process_time()
        build(documents, folder, self.choice(), self._progress)
        seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
        state = SearchService.open(folder).state()
        return BuiltIndex(folder, state.passages, state.documents, seconds, cpu)


def up_to(documents: Iterator[Document], passages: int, encoder: Encoder) -> Iterator[Document]:
    """Documents until they have so many passages.

    A copy is cut where its base is, so only lengths are needed to count.
    """
    budget = settings_for(encoder).budget
    counted: dict[tuple[int, ...], int] = {}
    left = passages
    while left > 0:
        document = next(documents)
        lengths = tuple(section.end for section in document.sections)
        if lengths not in counted:
            counted[lengths] = len(split_passages(document, budget, tokens_by_length))
        left -= counted[lengths]
        yield document


def build(
    documents: Iterator[Document], folder: Path, choice: EncoderChoice, progress: Progress
) -> None:
    """Stage, cut, encode and publish documents as a build does that has read them."""
    prepare_folder(folder)
    with writing(folder) as access:
        connection = access.connection
        preparation = Preparation(connection, choice, progress)
        sources: list[StoredSource] = []
        for document in documents:
            if not connection.in_transaction:
                connection.execute("BEGIN IMMEDIATE")
            staging.stage_document(connection, document, READ_AS)
            sources.append(StoredSource(document.source, "", document.file_hash, document.doc_id))
            if len(sources) % STAGED_AT_ONCE == 0:
                preparation.commit()
        preparation.commit()
        preparation.cut_the_rest(find_site_text((), {}, set()))
        preparation.encode_pool()
        encoder = preparation.encoder
        how = Publishing(settings_for(encoder()), encoder().dim, encoder, progress)
        publish(access, None, Change((), (), sources, starts_empty=True), how)


def _found(folder: Path) -> BuiltIndex | None:
    """The index in a folder, None where none was built to its end by this version."""
    try:
        values = json.loads(_note(folder).read_text("utf-8"))
        SearchService.open(folder)
    except (OSError, ValueError, CatalogError):
        return None
    return BuiltIndex(**{**values, "folder": Path(values["folder"])})


def _note(folder: Path) -> Path:
    """The file that says what building an index took; without it the index is built anew."""
    return folder.with_suffix(".json")
