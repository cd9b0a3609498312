"""What a server keeps of a passage, one row each, and how a filter asks for rows. Pure.

Names that are texts with us are numbers here, by a hash: a row's key, and the facets that a filter
asks for. So an expression that a server is sent has nothing but our field names and integers, and
no text of the user's can change what it means. Two texts of one number would be taken for the same:
with 63 bits that is one pair among three thousand million.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from index.encoders import Vectors
from index.keyword_engines.queries import DocumentFilter
from index.keyword_engines.scoring import Columns

NOT_STATED = -1
"""The year and the age of what states none; no year or age that is stated is below 0."""
GREATEST = 2**63 - 1
"""The greatest number that a server's INT64 holds; a bound beyond it is this."""


@dataclass(frozen=True)
class PassageRow:
    """One passage as a server keeps it.

    `vector` is (dim,) float32 of unit length; `terms` are those of its title, heading and body.
    `year` and `age` (completed years) are `NOT_STATED` where they are not, the other facets
    `value_number` of their text. `passage` is opaque here.
    """

    row: int
    doc_id: str
    ordinal: int
    vector: Vectors
    terms: Columns
    year: int
    age: int
    document_type: int
    language: int
    format: int
    section_kind: int
    sex: int
    section: str
    kind: str
    passage: str


@dataclass(frozen=True)
class FoundRow:
    """A row that a server proposed; `score` is the server's own, higher is better, on no scale."""

    row: int
    score: float
    doc_id: str
    ordinal: int
    section: str
    kind: str
    terms: Columns
    vector: Vectors


def passage_number(passage_id: str) -> int:
    """The key of a passage's row, the same in every run.

    >>> passage_number("sha256:ab#0") == passage_number("sha256:ab#0") < 2**63
    True
    """
    return number_of("passage", passage_id)


def value_number(text: str) -> int:
    """What stands for a facet's text, its case as given; "" has a number as any other."""
    return number_of("value", text)


def number_of(kind: str, text: str) -> int:
    """63 bits of a hash; `kind` keeps the numbers of different things apart."""
    name = f"{kind}\0{text}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.sha256(name).digest()[:8], "big") >> 1


def row_filter(documents: DocumentFilter) -> str:
    """The expression that lets the same rows through as `DocumentFilter.condition`; "" for all.

    >>> row_filter(DocumentFilter(year_from=1999, age_to=17))
    'year >= 1999 and age >= 0 and age <= 17'
    """
    return " and ".join([*_bounds(documents), *_choices(documents)])


def _bounds(documents: DocumentFilter) -> Iterator[str]:
    for field, low, high in documents.ranges:
        if low is None and high is None:
            continue
        # What states nothing is below every bound.
        yield f"{field} >= {_within(max(low or 0, 0))}"
        if high is not None:
            yield f"{field} <= {_within(high)}"


def _within(bound: int) -> int:
    return max(NOT_STATED, min(int(bound), GREATEST))


def _choices(documents: DocumentFilter) -> Iterator[str]:
    for field, wanted in documents.choices:
        if wanted:
            numbers = ", ".join(str(number) for number in sorted(map(value_number, wanted)))
            yield f"{field} in [{numbers}]"
