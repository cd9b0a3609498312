"""A document that is ready to be stored: cut into passages, each with the name of its vector.

Written as JSON while it waits to be published (`index.staging`), and when a publication took it
out and could be taken back (`index.undo`).
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from index.site_paragraphs import SitePage
from ingest.documents import Case, Document, Metadata, Origin, Page, Passage, Section


@dataclass(frozen=True)
class PreparedPassage:
    """A passage with what the encoder reads for it and the name of its vector.

    `encoded_text` is "" for one that was taken out of the catalog: its vector is there.
    """

    passage: Passage
    encoded_text: str
    vector_hash: str


@dataclass(frozen=True)
class PreparedDocument:
    """A document with its passages; `site_page` for a page of a web site."""

    document: Document
    passages: tuple[PreparedPassage, ...]
    site_page: SitePage | None = None


def vector_hash(encoded_text: str) -> str:
    """Names the vector of a text; the same text is never encoded twice by one model."""
    return hashlib.sha256(encoded_text.encode()).hexdigest()[:32]


def document_to_json(document: Document) -> str:
    """A document as text; `document_from_json` gives the same one back."""
    return _json(asdict(document))


def document_from_json(stored: str) -> Document:
    """Raises ValueError, TypeError or KeyError for what is no document."""
    values = dict(json.loads(stored))
    return Document(
        metadata=metadata_from(values.pop("metadata")),
        sections=tuple(Section(**section) for section in values.pop("sections")),
        pages=tuple(Page(**page) for page in values.pop("pages")),
        cases=tuple(Case(**case) for case in values.pop("cases")),
        warnings=tuple(values.pop("warnings")),
        **values,
    )


def metadata_from(values: dict[str, Any]) -> Metadata:
    """Metadata from what `dataclasses.asdict` made of it."""
    values = dict(values)
    authors = tuple(values.pop("authors"))
    origins = tuple(Origin(**origin) for origin in values.pop("origins"))
    return Metadata(authors=authors, origins=origins, **values)


def passages_to_json(passages: Sequence[PreparedPassage]) -> str:
    """Prepared passages as text, without their own texts, which stand in the document."""
    return _json([_passage_values(one) for one in passages])


def passages_from_json(stored: str, document: Document) -> tuple[PreparedPassage, ...]:
    """The prepared passages of a document."""
    found = []
    for values in json.loads(stored):
        encoded, name = values.pop("encoded_text"), values.pop("vector_hash")
        text = document.text[values["start"] : values["end"]]
        passage = Passage(doc_id=document.doc_id, text=text, **values)
        found.append(PreparedPassage(passage, encoded, name))
    return tuple(found)


def site_page_to_json(page: SitePage | None) -> str:
    """A site's page as text, "" for none."""
    if page is None:
        return ""
    return _json([page.site, sorted(page.hashes), sorted(page.marked)])


def site_page_from_json(stored: str, doc_id: str) -> SitePage | None:
    """The page of a document, None where it has none."""
    if not stored:
        return None
    site, hashes, marked = json.loads(stored)
    return SitePage(doc_id, site, frozenset(hashes), frozenset(marked))


def _passage_values(one: PreparedPassage) -> dict[str, Any]:
    values = asdict(one.passage)
    del values["doc_id"], values["text"]
    return {**values, "encoded_text": one.encoded_text, "vector_hash": one.vector_hash}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
