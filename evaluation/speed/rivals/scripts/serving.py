"""One line of JSON in, one out: how the measuring side talks to every program, the same for all.

Standard output carries answers and nothing else; whatever a library prints goes to standard error.

    program -> {"ready": true}                          the model is loaded
    {"do": "build", "folder": F}                     -> {"seconds", "documents", "passages",
                                                         "encoded", "unread"}
    {"do": "update", "folder": F, "files": [...]}    -> the same, after these files have changed
    {"do": "query", "text": T, "k": K}               -> {"seconds", "hits": [[file name, text], …]}
    what goes wrong                                  -> {"error": one line}

Run by each rival's own Python, so nothing of the project is imported here.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol, TextIO

Hits = list[tuple[str, str]]
"""File name and text of each passage found, best first."""


@dataclass(frozen=True)
class Indexed:
    """What an index holds after a build or an update, and how many passages it had encoded.

    `unread` is the share of all tokens that stand beyond what the model reads of a passage.
    """

    documents: int
    passages: int
    encoded: int
    unread: float


class Program(Protocol):
    """What is measured, made with the folder of its index and that of the model's weights."""

    def build(self, folder: Path) -> Callable[[], Indexed]:
        """Index all text files of a folder; what is given is called when the clock has stopped."""

    def update(self, folder: Path, files: Sequence[Path]) -> Callable[[], Indexed]:
        """Do what this program's users do when these files of the folder have changed."""

    def query(self, text: str, k: int) -> Hits:
        """The passages nearest to a text."""


def serve(make: Callable[[Path, Path], Program]) -> None:
    """Make the program with the two folders of the command line, and answer until input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    program = make(Path(sys.argv[1]), Path(sys.argv[2]))
    _say(answers, {"ready": True})
    for line in sys.stdin:
        try:
            _say(answers, _answer(program, json.loads(line)))
        except Exception as error:
            _say(answers, {"error": " ".join(f"{type(error).__name__}: {error}".split())[:500]})


def _answer(program: Program, asked: dict[str, Any]) -> dict[str, Any]:
    started = time.perf_counter()
    if asked["do"] == "query":
        hits = program.query(asked["text"], asked["k"])
        return {"seconds": time.perf_counter() - started, "hits": hits}
    folder = Path(asked["folder"])
    if asked["do"] == "build":
        indexed = program.build(folder)
    else:
        indexed = program.update(folder, [Path(name) for name in asked["files"]])
    return {"seconds": time.perf_counter() - started, **asdict(indexed())}


def _say(answers: TextIO, values: dict[str, Any]) -> None:
    print(json.dumps(values), file=answers, flush=True)


def read_documents(folder: Path) -> dict[str, str]:
    """The text files of a folder by name."""
    return {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))}


def split_words(text: str, size: int = 150, overlap: int = 15) -> list[str]:
    """Windows of words, for programs without a splitter: 150 of medicine are under 256 tokens."""
    words = text.split()
    starts = range(0, max(1, len(words) - overlap), size - overlap)
    return [" ".join(words[start : start + size]) for start in starts]


def unread_share(texts: Sequence[str], model: Path) -> float:
    """The share of the texts' tokens that the model does not see, as it reads only so many."""
    from tokenizers import Tokenizer

    settings = json.loads((model / "sentence_bert_config.json").read_text("utf-8"))
    most = int(settings["max_seq_length"])
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    lengths: list[int] = [len(one.ids) for one in tokenizer.encode_batch(list(texts))]
    beyond: int = sum(max(0, length - most) for length in lengths)
    return round(beyond / max(1, sum(lengths)), 4)
