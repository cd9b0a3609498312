"""What is answered: ranked passages, each with where it stands and which sentence answers."""

from dataclasses import dataclass

from ingest.documents import Metadata, Passage


@dataclass(frozen=True)
class Snippet:
    """The sentence of a passage that answers; offsets count in the document's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Hit:
    """One ranked passage. `rank` counts from 1; a higher `score` is better, from 0 to 1."""

    rank: int
    score: float
    passage: Passage
    title: str
    metadata: Metadata
    source: str
    citation: str
    snippet: Snippet
    case_count: int = 0


@dataclass(frozen=True)
class IndexState:
    """The one generation that an answer comes from."""

    generation: int
    model: str
    documents: int
    passages: int


@dataclass(frozen=True)
class Answer:
    """The hits for a query. Not `answered`: these are only the nearest, and none is relevant."""

    query: str
    index: IndexState
    answered: bool
    hits: tuple[Hit, ...]
