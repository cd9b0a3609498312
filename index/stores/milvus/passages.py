"""Passages as a served row has them: put in by the writer, read back by readers. Pure.

What a document states of itself is not repeated in its passages: readers have it in the cards.
"""

import json
from dataclasses import dataclass

from index.encoders import Vectors
from index.keyword_engines.scoring import Columns
from index.stores.milvus.rows import NOT_STATED, PassageRow, passage_number, value_number
from ingest.documents import Passage, Patient

ROW_VERSION = 1
"""Raised whenever rows, documents or the records of what is stored are laid out otherwise: what is
served is then made anew."""
_IN_JSON = (
    "page", "last_page", "start", "end", "text", "page_name", "last_page_name", "case",
    "recognised",
)  # fmt: skip


@dataclass(frozen=True)
class DocumentFacets:
    """What the passages of a document are filtered by, as the catalog has it; "" if not stated."""

    year: int | None
    document_type: str
    language: str
    format: str


@dataclass(frozen=True)
class ServedPassage:
    """A passage with its patient, and the name of the vector that was made of it."""

    passage: Passage
    patient: Patient | None
    vector_hash: str


def row_of(one: ServedPassage, vector: Vectors, terms: Columns, of: DocumentFacets) -> PassageRow:
    """The row of a passage with its (dim,) vector and its terms."""
    passage, patient = one.passage, one.patient
    age = patient.age_years if patient else None
    values = {name: getattr(passage, name) for name in _IN_JSON}
    values |= {"age_years": age, "sex": patient.sex if patient else "", "vector": one.vector_hash}
    return PassageRow(
        row=passage_number(passage.passage_id),
        doc_id=passage.doc_id,
        ordinal=passage.ordinal,
        vector=vector,
        terms=terms,
        year=NOT_STATED if of.year is None else of.year,
        age=NOT_STATED if age is None else int(age),
        document_type=value_number(of.document_type),
        language=value_number(of.language),
        format=value_number(of.format),
        section_kind=value_number(passage.kind),
        sex=value_number(patient.sex if patient else ""),
        section=passage.section,
        kind=passage.kind,
        passage=json.dumps(values, ensure_ascii=False),
    )


def served_passage(row: PassageRow) -> ServedPassage:
    """What `row_of` made a row of; raises ValueError, TypeError or KeyError for another."""
    values = json.loads(row.passage)
    age, sex, name = values.pop("age_years"), values.pop("sex"), values.pop("vector")
    passage = Passage(row.doc_id, row.ordinal, row.section, row.kind, **values)
    return ServedPassage(passage, Patient.told(age, sex), name)
