"""What is answered: ranked passages, each with where it stands and which sentence answers."""

from dataclasses import dataclass

from ingest.documents import Metadata, Passage, Patient
from search.query_kinds import QueryKind
from search.relevance import Strength
from search.vocabulary import Expansion


@dataclass(frozen=True)
class Snippet:
    """The sentence of a passage that answers; offsets count in the document's text.

    `denied` are the places inside it where it says no to what was asked for.
    """

    start: int
    end: int
    text: str
    denied: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Twin:
    """A document of nearly the same text as a hit's."""

    doc_id: str
    title: str
    source: str
    citation: str


@dataclass(frozen=True)
class Hit:
    """One ranked passage. `rank` counts from 1.

    `score` is the calibrated probability, from 0 to 1, that the passage is relevant, and
    `strength` how it is shown. `patient` is whom the passage is about, None where that is not
    told; `source_type` what kind of file it was read from ("PDF", "web page").
    """

    rank: int
    score: float
    passage: Passage
    title: str
    metadata: Metadata
    source: str
    citation: str
    snippet: Snippet
    case_count: int = 0
    strength: Strength = "strong"
    twins: tuple[Twin, ...] = ()
    patient: Patient | None = None
    source_type: str = ""

    @property
    def section_kind(self) -> str:
        """What kind of section the passage stands in, of `ingest.sections`."""
        return self.passage.kind


@dataclass(frozen=True)
class IndexState:
    """The one generation that an answer comes from."""

    generation: int
    model: str
    documents: int
    passages: int


@dataclass(frozen=True)
class Answer:
    """The hits for a query. Of strength "none": these are only the nearest, and none is relevant.

    `expansions` is what was searched for beside the query's own words.
    """

    query: str
    index: IndexState
    strength: Strength
    hits: tuple[Hit, ...]
    kind: QueryKind = "question"
    expansions: tuple[Expansion, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether there is a hit that may be relevant."""
        return self.strength != "none"
