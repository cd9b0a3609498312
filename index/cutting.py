"""A document to passages as one encoder reads them: the same cuts on whichever machine. Pure."""

from index.encoders import Encoder
from index.prepared import PreparedPassage, vector_hash
from index.publication import settings_for
from ingest.documents import Document
from ingest.passages import encoded_text, encoding_prefix, split_passages


def split_as(encoder: Encoder) -> str:
    """Names what passages are cut and encoded with."""
    settings = settings_for(encoder)
    return f"{settings.fingerprint} {settings.budget}"


def cut(document: Document, encoder: Encoder) -> tuple[PreparedPassage, ...]:
    """The passages of a document, each with the text that is encoded and the name of its vector."""
    budget = settings_for(encoder).budget
    title, headings = document.metadata.title, {s.heading for s in document.sections}
    prefixes = {h: encoding_prefix(title, h, budget, encoder.count_tokens) for h in headings}
    passages = []
    for passage in split_passages(document, budget, encoder.count_tokens):
        text = encoded_text(prefixes[passage.section], passage.text)
        passages.append(PreparedPassage(passage, text, vector_hash(text)))
    return tuple(passages)
