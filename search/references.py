"""What is exported: documents as references, each with the passages of it that were found. Pure.

Reference managers count documents, a search counts passages: hits of one document become one
reference with several quotes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.documents import Metadata
from search.hits import Hit
from search.output import place_of


@dataclass(frozen=True)
class Quote:
    """A passage word for word, and where it stands in its document."""

    text: str
    place: str


@dataclass(frozen=True)
class Reference:
    """One document to be cited; `source` is a web address or a path."""

    title: str
    metadata: Metadata
    source: str
    citation: str
    quotes: tuple[Quote, ...]

    @property
    def web_address(self) -> str:
        """Where it can be read; "" for one that states no address."""
        stated = self.metadata.url or self.source
        return stated if stated.startswith(("http://", "https://")) else ""


def references_of(hits: Sequence[Hit]) -> list[Reference]:
    """The documents of hits in the order of their first hit."""
    by_document: dict[str, list[Hit]] = {}
    for hit in hits:
        by_document.setdefault(hit.passage.doc_id, []).append(hit)
    return [_reference(of_one) for of_one in by_document.values()]


def one_line(text: str) -> str:
    r"""Text for a field that ends with its line: line breaks and control characters are spaces.

    >>> one_line("Calf pain\r\nTY  - HACK\x1e")
    'Calf pain TY - HACK'
    """
    kept = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(kept.split())


def _reference(hits: Sequence[Hit]) -> Reference:
    first = hits[0]
    quotes = tuple(Quote(hit.passage.text, place_of(hit)) for hit in hits)
    return Reference(first.title, first.metadata, first.source, first.citation, quotes)
