"""The starter corpus: enough documents, well made, and in our own words."""

import json
import re
from pathlib import Path

import pytest

from ingest.cleaning import words_in
from ingest.corpus import read_document
from ingest.documents import Document
from ingest.files import find_files

CORPUS = Path(__file__).parent.parent / "corpus"
FILES = find_files([CORPUS])[0]
SIX_FORMATS = {"pdf", "html", "jats", "docx", "markdown", "text"}
RUN = 8
"""So many words in a row that also stand in the source are a copy of it."""

every_document = pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)

_FILE = re.compile(r"[\w-]+\.(?:pdf|html|xml|docx|md|txt)\b")
_SOURCE = re.compile(r"\b(e3c|maccrobat|seeds):([\w.-]*\w)")
_WORD = re.compile(r"[a-z0-9]+(?:[.'][a-z0-9]+)?")


@pytest.fixture(scope="module")
def documents() -> dict[Path, Document]:
    return {file: read_document(file) for file in FILES}


def own_words(document: Document) -> str:
    """The text without the paragraph that names the source, with the source's own title in it."""
    paragraphs = document.text.split("\n\n")
    return "\n\n".join(p for p in paragraphs if not p.startswith("Retold from"))


def listed() -> dict[str, set[tuple[str, str]]]:
    """The table of corpus/README.md: file to the names of its source texts."""
    table: dict[str, set[tuple[str, str]]] = {}
    for line in (CORPUS / "README.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        file = _FILE.search(cells[0])
        if line.startswith("|") and len(cells) == 4 and file:
            table[file[0]] = set(_SOURCE.findall(cells[2]))
    return table


def source_text(shared: Path, collection: str, name: str) -> str:
    """The text that a document retells."""
    if collection != "e3c":
        return (shared / "data" / collection / name).read_text("utf-8")
    with (shared / "data" / "e3c" / "corpus.jsonl").open(encoding="utf-8") as lines:
        return next(str(row["text"]) for row in map(json.loads, lines) if row["_id"] == name)


def runs(text: str, length: int = RUN) -> set[str]:
    """All runs of so many words, case and punctuation aside."""
    words = _WORD.findall(text.lower())
    return {" ".join(words[at : at + length]) for at in range(len(words) - length + 1)}


def test_it_has_at_least_forty_documents() -> None:
    assert len(FILES) >= 40


def test_it_has_all_six_formats(documents: dict[Path, Document]) -> None:
    assert {document.format for document in documents.values()} == SIX_FORMATS


def test_no_document_is_there_twice(documents: dict[Path, Document]) -> None:
    titles = {document.metadata.title for document in documents.values()}
    assert len(titles) == len(documents)


@every_document
def test_it_is_read_without_a_warning(documents: dict[Path, Document], file: Path) -> None:
    assert documents[file].warnings == ()


@every_document
def test_it_states_title_and_type(documents: dict[Path, Document], file: Path) -> None:
    assert documents[file].metadata.title and documents[file].metadata.document_type


@every_document
def test_it_links_to_its_source(documents: dict[Path, Document], file: Path) -> None:
    stated = documents[file].metadata
    # Four of the five seeds came without an address.
    from_a_seed = any(collection == "seeds" for collection, _ in listed()[file.name])
    assert stated.url.startswith("https://") or from_a_seed


@every_document
def test_it_has_the_headings_of_a_case(documents: dict[Path, Document], file: Path) -> None:
    headings = [section.heading for section in documents[file].sections if section.heading]
    assert len(set(headings)) >= 4


@every_document
def test_it_is_as_long_as_a_structured_abstract(
    documents: dict[Path, Document], file: Path
) -> None:
    document = documents[file]
    body = " ".join(document.text[s.start : s.end] for s in document.sections)
    retold = words_in(document.text) - words_in(own_words(document))
    assert 150 <= words_in(body) - retold <= 500


@every_document
def test_it_says_once_whence_it_was_retold(documents: dict[Path, Document], file: Path) -> None:
    assert documents[file].text.count("Retold from") == 1


@every_document
def test_running_headers_are_no_text(documents: dict[Path, Document], file: Path) -> None:
    assert not re.search(r"Casebook starter corpus|Page \d of \d", documents[file].text)


@every_document
def test_no_letter_was_lost_on_the_way(documents: dict[Path, Document], file: Path) -> None:
    assert not re.search("[\ufffd\u25a0-\u25ff\ue000-\uf8ff]|&[a-z]+;|â€|Ã.", documents[file].text)


def test_the_table_lists_each_document_and_no_other() -> None:
    assert set(listed()) == {file.name for file in FILES}


@every_document
def test_the_table_names_its_source_text(file: Path) -> None:
    assert listed()[file.name]


def test_the_five_seeds_are_among_the_sources(shared: Path) -> None:
    seeds = {name for found in listed().values() for kind, name in found if kind == "seeds"}
    assert seeds == {path.name for path in (shared / "data" / "seeds").iterdir()}


@every_document
def test_no_run_of_eight_words_is_its_sources(
    shared: Path, documents: dict[Path, Document], file: Path
) -> None:
    retelling = runs(own_words(documents[file]))
    for collection, name in listed()[file.name]:
        assert not retelling & runs(source_text(shared, collection, name))


def test_a_copied_sentence_would_be_found(shared: Path) -> None:
    collection, name = next(iter(listed()[FILES[0].name]))
    words = source_text(shared, collection, name).split()
    assert runs(" ".join(words[5:20])) & runs(source_text(shared, collection, name))
