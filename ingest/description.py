"""What the text of a document says about it beyond its own metadata. Pure.

What is stated in the metadata always wins. What is read in the text has that place as its origin;
what is concluded (language, document type) has an origin that begins with "inferred".
"""

from collections.abc import Sequence
from dataclasses import replace

from ingest.document_types import describe_type
from ingest.documents import Case, Metadata, Section, first_stated, read_in
from ingest.evidence import read_statements
from ingest.languages import MIN_CHARACTERS, find_language
from ingest.sections import (
    ABSTRACT,
    BACK_MATTER,
    CAPTION,
    KEYWORDS,
    REFERENCES,
    SITE_TEXT,
    SOURCE,
    TABLE,
)

_OTHER_LANGUAGES = frozenset(
    {ABSTRACT, BACK_MATTER, CAPTION, KEYWORDS, REFERENCES, SITE_TEXT, SOURCE, TABLE}
)
"""Parts that journals print in English whatever the article is written in, or that name things."""


def describe(
    metadata: Metadata, text: str, sections: Sequence[Section], cases: Sequence[Case] = ()
) -> Metadata:
    """The metadata with what the text adds to it, each value with its origin."""
    typed = describe_type(metadata, text, sections, cases)
    untyped = replace(
        metadata,
        document_type="",
        origins=tuple(o for o in metadata.origins if o.field != "document_type"),
    )
    return first_stated(
        untyped,
        typed,
        read_statements(metadata.title, text, sections),
        Metadata() if metadata.language else _language(text, sections),
    )


def _language(text: str, sections: Sequence[Section]) -> Metadata:
    body = " ".join(text[s.start : s.end] for s in sections if s.kind not in _OTHER_LANGUAGES)
    found = find_language(body if len(body) >= MIN_CHARACTERS else text)
    return read_in("inferred from the text", Metadata(language=found))
