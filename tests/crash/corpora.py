"""Documents that are made up, and known word for word: what a generation of an index must hold.

Each document has a marker, a word that no other text has, in every sentence. Whoever asks for
the marker must be given this document, in this version and no other.
"""

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

Contents = dict[str, str]
"""The text of each file by its name: all that one generation holds."""

SENTENCES = 24
"""In a document, by default: some ten passages for a model that reads 40 tokens."""
_PARTS = "knee hip calf nerve tendon wrist shoulder elbow ankle spine rib thumb".split()
_SIGNS = "swollen warm stiff torn numb tender pale bruised weak red painful loose".split()
_ACTS = "rest injection surgery splinting exercise drainage imaging massage cooling".split()


def marker_of(text: str) -> str:
    """The word that only this text has."""
    return text.split("\n", 1)[0].rpartition(" ")[2]


def make_text(chance: random.Random, sentences: int = SENTENCES) -> str:
    """A document with a new marker."""
    marker = "".join(chance.choices("bcdfghjklmnprstvwz", k=9))
    return f"Title: Case {marker}\n\nCourse\n\n" + " ".join(
        f"On day {chance.randrange(1000)} the {chance.choice(_PARTS)} of {marker} was "
        f"{chance.choice(_SIGNS)} and {chance.choice(_SIGNS)} after {chance.choice(_ACTS)}."
        for _ in range(sentences)
    )


def make_contents(chance: random.Random, documents: int) -> Contents:
    """So many documents, all new."""
    return {f"{_name(chance)}.txt": make_text(chance) for _ in range(documents)}


def change_contents(before: Contents, chance: random.Random, least: int = 4) -> Contents:
    """One document added, one changed and, while there are more than `least`, one deleted."""
    after = dict(before)
    after[chance.choice(sorted(after))] = make_text(chance)
    if len(after) > least:
        del after[chance.choice(sorted(after))]
    after[f"{_name(chance)}.txt"] = make_text(chance)
    return after


def write_contents(folder: Path, contents: Contents) -> None:
    """Make the folder hold exactly these files."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.name not in contents:
            path.unlink()
    for name, text in contents.items():
        path = folder / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")


def problem_with(contents: Mapping[str, str], asked: str, shown: Sequence[tuple[str, str]]) -> str:
    """What is wrong with an answer from a generation of these contents, "" for nothing.

    `asked` is a marker; `shown` are the name of the file and the text of each passage.

    >>> contents = {"a.txt": "Title: Case xyz\\n\\nPain of xyz. It went."}
    >>> problem_with(contents, "xyz", [("a.txt", "Pain of xyz.")])
    ''
    >>> problem_with(contents, "xyz", [("a.txt", "Pain of xyz."), ("b.txt", "Gone.")])
    'b.txt is shown, which is no document of this generation'
    >>> problem_with(contents, "xyz", [("a.txt", "Pain of abc.")])
    'a.txt has no such passage: Pain of abc.'
    >>> problem_with(contents, "xyz", [])
    'a.txt is not found by its own word xyz'
    """
    for name, passage in shown:
        if name not in contents:
            return f"{name} is shown, which is no document of this generation"
        if " ".join(passage.split()) not in " ".join(contents[name].split()):
            return f"{name} has no such passage: {passage}"
    found = {name for name, _ in shown}
    for name, text in contents.items():
        if marker_of(text) == asked and name not in found:
            return f"{name} is not found by its own word {asked}"
    return ""


def _name(chance: random.Random) -> str:
    return f"case-{chance.randrange(10**9):09}"
