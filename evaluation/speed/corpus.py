"""As many documents as are wanted, out of real case texts. Deterministic.

The records of `e3c/corpus.jsonl` are put together to articles of `RECORDS_PER_DOCUMENT`, one a
section, and read by the real reading code: the base documents. Then they come again and again,
each time with other words: a part of the words of four and more small letters gives way to words
of the same length, drawn from all base documents as often as they stand there. So

    frequencies of terms, lengths, sentences and every offset stay what they are,
    two copies of a document share about a tenth of their word triples: no near-duplicates, and
    the `shape` of a text, its letters masked, still tells which base text it was made from.

Years, types and languages are spread at random, so that filters of known selectivity exist.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from random import Random

from evaluation.datasets import DatasetError, read_records, write_if_other
from index.keywords import STOP_WORDS
from ingest.corpus import doc_id_of, read_files
from ingest.documents import Document, SkippedFile

RECORDS_PER_DOCUMENT = 8
"""A case report has about nine passages; a record has one, seldom two."""
REPLACED = 0.6
"""Of the words that may be: with them about a third of all words change."""
HEADINGS = (
    "Introduction",
    "Patient information",
    "Clinical findings",
    "Timeline",
    "Diagnostic assessment",
    "Therapeutic intervention",
    "Follow-up and outcomes",
    "Discussion",
)
"""Of the CARE guideline, one for each record of a document."""
FIRST_YEAR, YEARS = 2005, 20
TYPES = {"case report": 0.5, "review": 0.25, "case series": 0.15, "letter": 0.1}
LANGUAGES = {"en": 0.85, "es": 0.1, "fr": 0.05}
TITLE_WORDS = 10
_SEED = 20261122
_REPLACEABLE = re.compile(r"(?<![\w-])[a-z]{4,}(?![\w-])")


@dataclass(frozen=True)
class BaseCorpus:
    """Documents as they were read, and the words that replace others, by length."""

    documents: tuple[Document, ...]
    words: Mapping[int, Sequence[str]]


def read_base(records: Path, folder: Path, most: int | None = None) -> BaseCorpus:
    """Write the base documents as text files into `folder` and read them, `most` of them or all.

    Raises `DatasetError` where the records are missing or do not read.
    """
    outcomes = list(read_files(_write_base(records, folder)[:most]))
    skipped = [one for one in outcomes if isinstance(one, SkippedFile)]
    if skipped:
        raise DatasetError(f"{skipped[0].source}: {skipped[0].reason}")
    documents = tuple(one for one in outcomes if isinstance(one, Document))
    return BaseCorpus(documents, replacing_words(one.text for one in documents))


def replacing_words(texts: Iterator[str]) -> dict[int, Sequence[str]]:
    """The words that may replace others, by length, each as often as it stands in the texts."""
    found: dict[int, list[str]] = {}
    for text in texts:
        for word in _REPLACEABLE.findall(text):
            if word not in STOP_WORDS:
                found.setdefault(len(word), []).append(word)
    return {length: tuple(words) for length, words in found.items()}


def documents_of(base: BaseCorpus, first: int = 0) -> Iterator[Document]:
    """Documents without end, from number `first` on: the base itself, then its copies."""
    for number in count(first):
        copy, place = divmod(number, len(base.documents))
        yield varied(base.documents[place], number, copy > 0, base.words)


def varied(
    document: Document, number: int, other_words: bool, words: Mapping[int, Sequence[str]]
) -> Document:
    """Document `number`: a base document with other words, year, type and language."""
    chance = Random(f"{_SEED}-{number}")
    metadata = replace(
        document.metadata,
        year=FIRST_YEAR + chance.randrange(YEARS),
        document_type=_drawn(TYPES, chance),
        language=_drawn(LANGUAGES, chance),
    )
    text = document.text
    if other_words:
        metadata = replace(metadata, title=with_other_words(metadata.title, words, chance))
        text = with_other_words(text, words, chance)
    file_hash = hashlib.sha256(f"{number}\n{text}".encode()).hexdigest()
    return replace(
        document,
        doc_id=doc_id_of(file_hash),
        source=f"/articles/{number // 1000:05d}/{number:08d}.txt",
        metadata=metadata,
        text=text,
        file_hash=file_hash,
    )


def with_other_words(text: str, words: Mapping[int, Sequence[str]], chance: Random) -> str:
    """A text of the same length, many of its words replaced by others as long as they are."""

    def other(match: re.Match[str]) -> str:
        word = match[0]
        if chance.random() >= REPLACED or word in STOP_WORDS:
            return word
        pool = words.get(len(word))
        return pool[int(chance.random() * len(pool))] if pool else word

    return _REPLACEABLE.sub(other, text)


def shape(text: str) -> bytes:
    """The same for a text and for all that `with_other_words` makes of it."""
    masked = _REPLACEABLE.sub(_masked, text)
    return hashlib.blake2b(masked.encode(), digest_size=16).digest()


def _masked(match: re.Match[str]) -> str:
    return match[0] if match[0] in STOP_WORDS else "x" * len(match[0])


def _drawn(shares: Mapping[str, float], chance: Random) -> str:
    return chance.choices(list(shares), list(shares.values()))[0]


def _write_base(records: Path, folder: Path) -> list[Path]:
    """The base documents as files, each of a few records that follow each other."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = [str(record["text"]) for record in read_records(records)]
    usable = [text for text, times in Counter(texts).items() if times == 1]
    paths: list[Path] = []
    for start in range(0, len(usable) - RECORDS_PER_DOCUMENT + 1, RECORDS_PER_DOCUMENT):
        path = folder / f"{len(paths):05d}.txt"
        write_if_other(path, _article(usable[start : start + RECORDS_PER_DOCUMENT]).encode())
        paths.append(path)
    return paths


def _article(texts: Sequence[str]) -> str:
    """Header fields and sections, as an article saved as plain text has them."""
    title = " ".join(texts[0].split()[:TITLE_WORDS]).rstrip(" .,;:")
    parts = [f"{name}\n\n{text}" for name, text in zip(HEADINGS, texts, strict=True)]
    return "\n\n".join([f"Title: {title}\nYear: {FIRST_YEAR}\nType: case report", *parts]) + "\n"
