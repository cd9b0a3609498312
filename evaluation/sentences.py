"""Sentence boundaries, judged by hand: precision, recall and F of a splitter on two sets.

    cases    tests/sentence_cases.txt: short texts of our own with every boundary marked
    places   evaluation/sentence_places.tsv: stops in real texts that are not ours to copy, by
             document and offset only; a hash tells whether a document is still the one judged

A boundary is the offset at which a sentence begins, other than the first of its text. What counts
as one, on both sets: a heading, a label ("Case 1.") and a list item end with their stop; a list
number belongs to its item; citation marks and closing quotes belong to the sentence before them;
a slip (a missing space, a small first letter) is a boundary where a reader sees one.

Half of each set, chosen by a hash of its name, was held back: rules were mended by looking at the
errors in the other half only. Both halves were judged by the person who wrote the rules.
"""

import hashlib
import importlib.util
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evaluation.sentence_texts import load_texts
from ingest.sentences import sentence_spans

CASES = Path(__file__).parent.parent / "tests" / "sentence_cases.txt"
PLACES = Path(__file__).parent / "sentence_places.tsv"
BOUNDARY, LINE_BREAK = "‖", "⏎"

Starts = Callable[[str], set[int]]
"""Gives the offsets at which the sentences of a text begin."""


@dataclass(frozen=True)
class Boundaries:
    """How many boundaries were set rightly, set where none is, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Boundaries") -> "Boundaries":
        """Both counts together."""
        return Boundaries(
            self.right + other.right, self.wrong + other.wrong, self.missed + other.missed
        )

    @property
    def precision(self) -> float:
        """The share of the boundaries set that are true; 0 if none was set."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of the true boundaries that were set; 0 if there are none."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two: 2 right / (2 right + wrong + missed)."""
        return _share(2 * self.right, 2 * self.right + self.wrong + self.missed)


@dataclass(frozen=True)
class Case:
    """A short text with all of its boundaries."""

    text: str
    boundaries: frozenset[int]


@dataclass(frozen=True)
class Place:
    """A judged stop: its offset in a document, and that of the boundary it brings, if any."""

    stop: int
    boundary: int | None


@dataclass(frozen=True)
class JudgedDocument:
    """A real text by its name and the hash of it, with the places judged in it."""

    name: str
    digest: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class SentenceRow:
    """What one splitter gave on one set: counts of the half worked on and of that held back."""

    splitter: str
    judged_set: str
    worked_on: Boundaries
    held_back: Boundaries

    @property
    def all(self) -> Boundaries:
        """Both halves together."""
        return self.worked_on + self.held_back

    def to_dict(self) -> dict[str, Any]:
        """For a results file."""
        halves = {"worked_on": self.worked_on, "held_back": self.held_back, "all": self.all}
        return {"splitter": self.splitter, "set": self.judged_set} | {
            name: asdict(half) | {"precision": half.precision, "recall": half.recall, "f1": half.f1}
            for name, half in halves.items()
        }

    def line(self) -> str:
        """For the terminal."""
        whole = self.all
        return (
            f"{self.splitter:10} {self.judged_set:7} "
            f"precision {whole.precision:.4f}  recall {whole.recall:.4f}  F {whole.f1:.4f}  "
            f"(worked on {self.worked_on.f1:.4f}, held back {self.held_back.f1:.4f}; "
            f"{whole.right + whole.missed} boundaries)"
        )


def measure_sentences(data: Path | None, compare: bool = False) -> list[SentenceRow]:
    """Our splitter, and with `compare` the others that are installed, on both judged sets.

    `data` is the folder of real texts; without it the places are left out. Raises `ValueError`
    where a document there is not the one that was judged, `OSError` where it cannot be read.
    """
    splitters = {"casebook": ours} | (other_splitters() if compare else {})
    cases, documents, rows = read_cases(), read_places(), []
    texts = load_texts(data, {d.name: d.digest for d in documents}) if data is not None else {}
    for name, starts in splitters.items():
        counts = [(case.text, judge_case(case, starts)) for case in cases]
        rows.append(_row(name, "cases", counts))
        if texts:
            rows.append(_row(name, "places", list(_judge_places(documents, texts, starts))))
    return rows


def ours(text: str) -> set[int]:
    """Where our sentences begin."""
    return {start for start, _ in sentence_spans(text)}


def other_splitters() -> dict[str, Starts]:
    """Nupunkt and pysbd where they are installed (`pip install nupunkt pysbd`)."""
    found: dict[str, Starts] = {}
    if importlib.util.find_spec("nupunkt"):
        nupunkt: Any = importlib.import_module("nupunkt")
        found["nupunkt"] = lambda text: _first_letters(text, nupunkt.sent_spans(text))
    if importlib.util.find_spec("pysbd"):
        pysbd: Any = importlib.import_module("pysbd")
        segmenter = pysbd.Segmenter(language="en", clean=False, char_span=True)
        found["pysbd"] = lambda text: _first_letters(
            text, ((span.start, span.end) for span in segmenter.segment(text))
        )
    return found


def is_held_back(name: str) -> bool:
    """Whether a case (its text) or a place (document@stop) is of the half held back."""
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 1


def parse_case(line: str) -> Case:
    r"""A line of the cases' file.

    >>> case = parse_case("It hurt. ‖ He ran.⏎‖Twice.")
    >>> case.text, sorted(case.boundaries)
    ('It hurt. He ran.\nTwice.', [9, 17])
    """
    text, boundaries = "", set()
    for part in line.replace(LINE_BREAK, "\n").split(BOUNDARY):
        if text:
            part = part.lstrip(" ") if text[-1].isspace() else part
            boundaries.add(len(text) + len(part) - len(part.lstrip()))
        text += part
    return Case(text, frozenset(boundaries))


def read_cases(path: Path = CASES) -> list[Case]:
    """All cases; lines that begin with # are headings."""
    lines = path.read_text("utf-8").split("\n")
    return [parse_case(line) for line in lines if line and not line.startswith("#")]


def read_places(path: Path = PLACES) -> list[JudgedDocument]:
    """The judged places, by document; lines that begin with # are remarks."""
    lines = path.read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [
        JudgedDocument(name, digest, tuple(map(_place, places.split())))
        for name, digest, places in rows
    ]


def judge_case(case: Case, starts: Starts) -> Boundaries:
    """A splitter's boundaries in a case."""
    first = len(case.text) - len(case.text.lstrip())
    return _compare(starts(case.text) - {first}, case.boundaries)


def judge_place(text: str, place: Place, starts: Iterable[int]) -> Boundaries:
    """A splitter's boundaries between a judged stop and the next letter or stop."""
    reach = place.stop + 1
    while reach < len(text) and not text[reach].isalpha() and text[reach] not in ".!?…":
        reach += 1
    found = {start for start in starts if place.stop < start <= reach}
    return _compare(found, frozenset() if place.boundary is None else {place.boundary})


def _judge_places(
    documents: Iterable[JudgedDocument], texts: dict[str, str], starts: Starts
) -> Iterator[tuple[str, Boundaries]]:
    for document in documents:
        text = texts[document.name]
        found = starts(text)
        for place in document.places:
            yield f"{document.name}@{place.stop}", judge_place(text, place, found)


def _row(splitter: str, judged_set: str, counts: list[tuple[str, Boundaries]]) -> SentenceRow:
    halves = [Boundaries(), Boundaries()]
    for name, count in counts:
        halves[is_held_back(name)] += count
    return SentenceRow(splitter, judged_set, *halves)


def _place(judged: str) -> Place:
    """`120+2` is a stop at 120 with a boundary 2 after it, `120-` a stop that ends nothing."""
    if judged.endswith("-"):
        return Place(int(judged[:-1]), None)
    stop, distance = map(int, judged.split("+"))
    return Place(stop, stop + distance)


def _compare(found: set[int], true: frozenset[int] | set[int]) -> Boundaries:
    return Boundaries(len(found & true), len(found - true), len(true - found))


def _first_letters(text: str, spans: Iterable[tuple[int, int]]) -> set[int]:
    """Where spans begin, white space before their first letter left out."""
    return {start + len(text[start:end]) - len(text[start:end].lstrip()) for start, end in spans}


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
