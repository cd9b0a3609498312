"""The documents of the comparison, a second version of each, and questions. Deterministic.

A document of the second version lacks every sixth word of the first, so that each passage tells
of which version it is, while what it is about stays as it was.
"""

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.datasets import DatasetError, read_records, write_if_other

FEWEST_WORDS = 40
"""Shorter records are headings and conclusions, from which no question can be made."""
QUESTION_WORDS = 12
"""About as long as what people ask; long enough to belong to one document."""
DROPPED = 6
"""Every so manyeth word is left out: shorter than any passage."""

Texts = Mapping[str, str]
"""File name to text."""


@dataclass(frozen=True)
class Question:
    """Words that stand in one document, and that document's file name."""

    text: str
    document: str


def read_texts(data: Path, count: int) -> dict[str, str]:
    """So many case texts of the folder of real data, the same in every run.

    These are all text files of `maccrobat/` first, then records of `e3c/corpus.jsonl`. Raises
    `DatasetError` where they are missing.
    """
    records = data / "e3c" / "corpus.jsonl"
    if not records.is_file():
        raise DatasetError(f"{data} holds no e3c/corpus.jsonl to compare programs on")
    texts = {
        path.name: path.read_text("utf-8") for path in sorted((data / "maccrobat").glob("*.txt"))
    }
    names = {f"{record['_id']}.txt": record["text"] for record in read_records(records)}
    for name in sorted(names, key=lambda one: hashlib.sha256(one.encode()).digest()):
        if len(names[name].split()) >= FEWEST_WORDS:
            texts[name] = names[name]
    return dict(list(texts.items())[:count])


def write_texts(texts: Texts, folder: Path) -> None:
    """Each text as a file of the folder, and nothing else there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        write_if_other(folder / name, text.encode())
    for path in set(folder.iterdir()) - {folder / name for name in texts}:
        path.unlink()


def second_version(text: str) -> str:
    """A text without every sixth word; its lines stay lines.

    >>> second_version("One two three four five six seven.")
    'One two three four five seven.'
    """
    lines = (line.split() for line in text.split("\n"))
    return "\n".join(
        " ".join(word for place, word in enumerate(words, 1) if place % DROPPED) for words in lines
    )


def choose_questions(texts: Texts, count: int) -> list[Question]:
    """Words from inside so many documents, spread evenly over all of them."""
    names = list(texts)
    step = max(1, len(names) // max(1, count))
    return [Question(_words_inside(texts[name]), name) for name in names[::step][:count]]


def _words_inside(text: str) -> str:
    words = text.split()
    start = max(0, len(words) // 3 - QUESTION_WORDS)
    return " ".join(words[start : start + QUESTION_WORDS])


def letters(text: str) -> str:
    r"""What stays of a text however its spaces and signs are cleaned.

    >>> letters("A ﬁne\n  day.")
    'afineday'
    """
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).lower()))


def all_letters(texts: Texts) -> dict[str, str]:
    """The letters of each text."""
    return {name: letters(text) for name, text in texts.items()}


def changed_text(text: str, number: int) -> tuple[str, str]:
    """A text with one sentence more in front, and that sentence."""
    animals: Sequence[str] = ("zebra", "walrus", "ostrich", "lobster", "hedgehog")
    animal = animals[number % len(animals)]
    sentence = f"A {animal} in the waiting room bit the patient during revision {number}."
    return f"{sentence} {text}", sentence
