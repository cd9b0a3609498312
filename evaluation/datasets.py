"""Judged datasets in BEIR's layout (Thakur et al., NeurIPS 2021, https://arxiv.org/abs/2104.08663).

corpus.jsonl     {"_id", "title", "text"}
queries.jsonl    {"_id", "text"}, and "metadata": {"stratum", "group"} where there are kinds; a
                 "stratum" beside "text" will do. A group has several strata ("question")
qrels/test.tsv   query id, document id, relevance (0 and up), with a header line
sentences.tsv    where there is one: query id, document id, start, end of a sentence of the
                 document's text, and its grade: 2 it answers, 1 in part, 0, with a header line

Only judged queries are asked, and those of the strata `UNANSWERABLE`, which have no relevant
document and tell whether nothing is found when there is nothing.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ingest.corpus import doc_id_of

SHARED = Path(os.environ.get("CASEBOOK_SHARED", Path(__file__).parent.parent.parent / "shared"))
"""Where real datasets may be; never part of the repository."""
UNANSWERABLE = ("far off", "absent", "near miss")
"""Strata of queries that the documents do not answer: not of this field at all; medical, but not
in them; and their own topics with another procedure or structure."""

Qrels = dict[str, dict[str, int]]
"""Query id to document id to relevance."""
SentenceKey = tuple[str, str, int, int]
"""Query id, document id, and where a sentence starts and ends in the document's text."""


class DatasetError(Exception):
    """A folder that is not a dataset: one line for a person."""


@dataclass(frozen=True)
class Corpus:
    """What is indexed, and the dataset's ids of every doc_id: several where texts are the same."""

    paths: tuple[Path, ...]
    ids: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Dataset:
    """Queries with their judgements; the corpus is made ready in a folder when it is needed."""

    name: str
    split: str
    queries: dict[str, str]
    qrels: Qrels
    prepare: Callable[[Path], Corpus]
    strata: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    sentences: dict[SentenceKey, int] = field(default_factory=dict)

    def is_unanswerable(self, query: str) -> bool:
        """Whether a query is of a stratum without answers, and no document was found relevant."""
        relevant = any(grade > 0 for grade in self.qrels.get(query, {}).values())
        return self.strata.get(query, "") in UNANSWERABLE and not relevant

    def largest_grade(self) -> int:
        """The highest relevance that was given."""
        return max(grade for grades in self.qrels.values() for grade in grades.values())


def load_dataset(folder: Path, split: str = "test") -> Dataset:
    """Read queries and judgements; raises `DatasetError` in one line for what is wrong there."""
    qrels = read_qrels(folder, split)
    records = {record["_id"]: record for record in read_records(folder / "queries.jsonl")}
    unknown = [query for query in qrels if query not in records]
    if unknown:
        raise DatasetError(
            f"{folder}: qrels/{split}.tsv judges {len(unknown)} queries that queries.jsonl lacks, "
            f"the first is '{unknown[0]}'"
        )
    strata = {query: _named(record, "stratum") for query, record in records.items()}
    asked = [query for query in records if query in qrels or strata[query] in UNANSWERABLE]
    return Dataset(
        name=folder.resolve().name,
        split=split,
        queries={query: records[query]["text"] for query in asked},
        qrels=qrels,
        prepare=partial(write_documents, folder / "corpus.jsonl"),
        strata={query: strata[query] for query in asked},
        groups={query: _named(records[query], "group") for query in asked},
        sentences=read_sentences(folder / "sentences.tsv"),
    )


def read_qrels(folder: Path, split: str) -> Qrels:
    """The judgements of a split; raises `DatasetError` naming the line that is not one."""
    path = folder / "qrels" / f"{split}.tsv"
    if not path.is_file():
        there = ", ".join(sorted(one.stem for one in path.parent.glob("*.tsv"))) or "none"
        raise DatasetError(
            f"{folder} is no BEIR dataset with qrels/{split}.tsv (splits there: {there}); "
            "choose one with --split"
        )
    qrels: Qrels = {}
    for number, line in _lines(path):
        try:
            query, document, relevance = line.split("\t")
            qrels.setdefault(query, {})[document] = int(relevance)
        except ValueError as error:
            raise _bad_line(path, number, "query id, document id and a whole number") from error
    if not qrels:
        raise DatasetError(f"{path} judges no query")
    return qrels


_GRADES = {"0": 0, "1": 1, "2": 2}


def read_sentences(path: Path) -> dict[SentenceKey, int]:
    """The judged sentences; none where there is no such file."""
    judged: dict[SentenceKey, int] = {}
    for number, line in _lines(path) if path.is_file() else ():
        try:
            query, document, start, end, grade = line.split("\t")
            judged[query, document, int(start), int(end)] = _GRADES[grade]
        except (ValueError, KeyError) as error:
            wanted = "query id, document id, start, end and 0, 1 or 2"
            raise _bad_line(path, number, wanted) from error
    return judged


def read_records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSON lines file, each with a text and its `_id` as a string."""
    for number, line in _lines(path, heading=False):
        try:
            record = json.loads(line)
            record["_id"] = str(record["_id"])
            if not isinstance(record["text"], str):
                raise TypeError
        except (ValueError, KeyError, TypeError) as error:
            raise _bad_line(path, number, 'a JSON object with "_id" and "text"') from error
        if path.name == "queries.jsonl" and not record["text"].strip():
            raise DatasetError(f"{path}, line {number}: query '{record['_id']}' is empty")
        yield record


def write_documents(source: Path, work: Path) -> Corpus:
    """Each document of a `corpus.jsonl` as a text file in work/documents, and nothing else there.

    A file that is there already is left as it is, so that its index needs no new build.
    """
    folder = work / "documents"
    folder.mkdir(parents=True, exist_ok=True)
    ids: dict[str, tuple[str, ...]] = {}
    left = set(folder.iterdir())
    for record in read_records(source):
        title = record.get("title") or ""
        head = f"Title: {title}\nType: article\n\n" if title else ""
        path = folder / f"{_file_name(record['_id'])}.txt"
        raw = f"{head}{record['text']}\n".encode()
        write_if_other(path, raw)
        left.discard(path)
        name = doc_id_of(hashlib.sha256(raw).hexdigest())
        ids[name] = (*ids.get(name, ()), record["_id"])
    for path in left:
        path.unlink()
    return Corpus((folder,), ids)


def write_if_other(path: Path, raw: bytes) -> None:
    """Write a file unless it holds these very bytes."""
    if not path.exists() or path.read_bytes() != raw:
        path.write_bytes(raw)


def _file_name(document: str) -> str:
    """An id as a file's name; a dot in front would hide the file from the build."""
    return quote(document, safe="").replace(".", "%2E")


def _named(record: Mapping[str, Any], name: str) -> str:
    metadata = record.get("metadata") or {}
    return str(record.get(name) or metadata.get(name) or "")


def _lines(path: Path, heading: bool = True) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers from 1; the heading left out."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, 1):
                if line.strip() and not (heading and number == 1):
                    yield number, line.rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path} cannot be read: {error}") from error


def _bad_line(path: Path, number: int, wanted: str) -> DatasetError:
    return DatasetError(f"{path}, line {number}: {wanted} expected")
