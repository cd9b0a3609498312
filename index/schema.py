"""The tables of the catalog: what an index is made of, as SQL (https://sqlite.org/lang.html).

A passage's text is not stored twice: it is cut out of its document, so the two cannot disagree.
Columns that are filtered by are computed from the metadata, and stand before what is long, so that
they are read without it; a passage's `age_years` and `sex` are its patient's
(`Document.patient_of`). Rows of passages only grow and are
never used twice, so that "after the base" is "a greater row".
"""

from index.file_stamps import FILE_STAMPS_SCHEMA
from index.near_duplicate_groups import BANDS_SCHEMA
from index.vocabulary import VOCABULARY_SCHEMA, VOCABULARY_TABLES

VECTORS_SCHEMA = """
CREATE TABLE vectors (
    id INTEGER PRIMARY KEY,
    vector_hash TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    vector BLOB NOT NULL,
    UNIQUE (vector_hash, fingerprint)
);
CREATE TABLE question_vectors (
    question TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (question, fingerprint)
) WITHOUT ROWID;
"""
"""Half floats of unit length by the hash of the text that was encoded; what no older layout loses.

`question_vectors` are those of the questions that every index is asked when it is built.
"""
_DOCUMENTS = """
CREATE TABLE generations (
    generation INTEGER PRIMARY KEY,
    manifest TEXT NOT NULL
);
CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    doc_id TEXT NOT NULL UNIQUE,
    leader TEXT,
    signature BLOB,
    year INTEGER AS (json_extract(metadata, '$.year')) STORED,
    document_type TEXT AS (json_extract(metadata, '$.document_type')) STORED,
    language TEXT AS (json_extract(metadata, '$.language')) STORED,
    format TEXT NOT NULL,
    part TEXT NOT NULL,
    page_count INTEGER NOT NULL,
    unfinished INTEGER NOT NULL,
    metadata TEXT NOT NULL,
    sections TEXT NOT NULL,
    pages TEXT NOT NULL,
    cases TEXT NOT NULL,
    warnings TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX documents_by_leader ON documents (leader, doc_id) WHERE leader IS NOT NULL;
CREATE INDEX leaders_of_documents ON documents (doc_id, leader) WHERE leader IS NOT NULL;
CREATE INDEX unfinished_documents ON documents (doc_id) WHERE unfinished;
CREATE INDEX warned_documents ON documents (number, warnings) WHERE warnings != '[]';
CREATE INDEX grouped_documents ON documents (number, leader) WHERE leader IS NOT NULL;
CREATE TABLE site_paragraphs (
    doc_id TEXT PRIMARY KEY REFERENCES documents (doc_id) ON DELETE CASCADE,
    site TEXT NOT NULL,
    hashes TEXT NOT NULL,
    marked TEXT NOT NULL
);
CREATE INDEX site_paragraphs_by_site ON site_paragraphs (site);
CREATE TABLE sources (
    path TEXT NOT NULL,
    part TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    doc_id TEXT NOT NULL REFERENCES documents (doc_id),
    PRIMARY KEY (path, part)
);
CREATE INDEX sources_by_document ON sources (doc_id);
CREATE INDEX sources_by_content ON sources (file_hash);
"""
_PASSAGES = """
CREATE TABLE passages (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    doc_id TEXT NOT NULL REFERENCES documents (doc_id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    section TEXT NOT NULL,
    kind TEXT NOT NULL,
    page INTEGER,
    last_page INTEGER,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    page_name TEXT NOT NULL,
    last_page_name TEXT NOT NULL,
    case_number INTEGER,
    age_years REAL,
    sex TEXT NOT NULL,
    recognised INTEGER NOT NULL,
    vector_id INTEGER NOT NULL REFERENCES vectors (id),
    UNIQUE (doc_id, ordinal)
);
CREATE INDEX passages_by_vector ON passages (vector_id);
CREATE TABLE passage_terms (
    row INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    heading TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE VIRTUAL TABLE keywords USING fts5 (
    title, heading, body, content = 'passage_terms', content_rowid = 'row',
    tokenize = "ascii tokenchars '_'"
);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (keywords, row);
CREATE TABLE removed_rows (row INTEGER PRIMARY KEY);
"""
_UNPUBLISHED = """
CREATE TABLE staged_files (
    file_hash TEXT PRIMARY KEY
);
CREATE TABLE staged_sources (
    file_hash TEXT NOT NULL,
    part TEXT NOT NULL,
    doc_id TEXT NOT NULL,
    PRIMARY KEY (file_hash, part)
);
CREATE TABLE staged_documents (
    doc_id TEXT PRIMARY KEY,
    read_as TEXT NOT NULL,
    split_as TEXT NOT NULL,
    site TEXT NOT NULL,
    document TEXT NOT NULL,
    passages TEXT NOT NULL,
    site_page TEXT NOT NULL
);
CREATE TABLE probes (
    question TEXT PRIMARY KEY,
    hits TEXT NOT NULL
);
CREATE TABLE unprobed_sources (source TEXT PRIMARY KEY);
CREATE TABLE undo_documents (
    doc_id TEXT PRIMARY KEY,
    document TEXT NOT NULL,
    passages TEXT NOT NULL,
    site_page TEXT NOT NULL
);
CREATE TABLE undo_vectors (vector_id INTEGER PRIMARY KEY);
CREATE TABLE undo_added (doc_id TEXT PRIMARY KEY);
CREATE TABLE undo_sources (
    path TEXT NOT NULL,
    part TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    doc_id TEXT NOT NULL,
    added INTEGER NOT NULL
);
"""
"""What a build has read and not published yet; the questions that watch over publishing; and what
the last publication took out and put in, so that it can be taken back."""

DOCUMENTS_SCHEMA = (
    f"{_DOCUMENTS}{_PASSAGES}{_UNPUBLISHED}{VOCABULARY_SCHEMA}{BANDS_SCHEMA}{FILE_STAMPS_SCHEMA}"
)
TABLES = (
    *VOCABULARY_TABLES, "vocabulary", "keywords",
    "passage_terms", "removed_rows",
    "site_paragraphs", "sources", "passages", "signature_bands", "documents", "generations",
    "staged_files", "staged_sources", "staged_documents", "probes",
    "unprobed_sources",
    "undo_documents", "undo_vectors", "undo_added", "undo_sources", "file_stamps",
)  # fmt: skip
"""All but those of vectors, in an order in which they can be dropped."""
