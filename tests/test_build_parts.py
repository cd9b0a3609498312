"""Files of several documents, sites of several pages, and documents that could be read further."""

import sqlite3
from pathlib import Path

from index.build import build_index
from index.catalog import catalog_path, open_for_reading
from index.report import BuildReport
from index.site_paragraphs import find_site_text, stored_site_pages
from tests.conftest import hashing_choice

RECORD = """<PubmedArticle><MedlineCitation><PMID Version="1">{pmid}</PMID><Article>
<ArticleTitle>{title}</ArticleTitle><Abstract><AbstractText>{text}</AbstractText></Abstract>
</Article></MedlineCitation></PubmedArticle>"""
CALF = RECORD.format(pmid=11, title="Tight calf", text="The calf of a runner was tight for weeks.")
WRIST = RECORD.format(pmid=12, title="Numb hand", text="A lipoma lay beside the median nerve.")
KNEE = RECORD.format(pmid=12, title="Numb hand", text="The lipoma was taken out and she was well.")
PAGE = """<html><head><title>{title}</title><link rel="canonical" href="https://clinic.example/{name}">
</head><body><article><h1>{title}</h1><p>{text} The pain had begun after a long run on a hard road,
and rest for several weeks had brought no relief at all to the patient.</p>
<p>Our doctors see patients from all over the country in four bright and friendly clinics near you,
on every working day from early in the morning until late at night.</p></article></body></html>"""


def write_set(path: Path, *records: str) -> None:
    path.write_text(f"<PubmedArticleSet>{''.join(records)}</PubmedArticleSet>", "utf-8")


def write_page(folder: Path, name: str, text: str) -> None:
    page = PAGE.format(title=f"About the {name}", name=name, text=text)
    (folder / f"{name}.html").write_text(page, "utf-8")


def build(documents: Path, index: Path) -> BuildReport:
    return build_index([documents], index, hashing_choice())


def kinds(index: Path) -> dict[str, set[str]]:
    """Kinds of the passages of each document, by its title."""
    connection = open_for_reading(index)
    rows = connection.execute(
        "SELECT json_extract(metadata, '$.title'), kind FROM passages JOIN documents USING (doc_id)"
    ).fetchall()
    connection.close()
    return {title: {kind for name, kind in rows if name == title} for title, _ in rows}


def test_each_record_of_a_file_is_a_document(tmp_path: Path) -> None:
    write_set(tmp_path / "set.xml", CALF, WRIST)
    report = build(tmp_path / "set.xml", tmp_path / "index")
    assert (report.documents, len(report.added)) == (2, 1)


def test_one_changed_record_is_all_that_is_encoded(tmp_path: Path) -> None:
    write_set(tmp_path / "set.xml", CALF, WRIST)
    build(tmp_path / "set.xml", tmp_path / "index")
    write_set(tmp_path / "set.xml", CALF, KNEE)
    report = build(tmp_path / "set.xml", tmp_path / "index")
    assert (report.documents, report.encoded, len(report.changed)) == (2, 1, 1)


def test_a_record_in_two_files_is_one_document(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    write_set(tmp_path / "documents" / "a.xml", CALF, WRIST)
    write_set(tmp_path / "documents" / "b.xml", WRIST)
    report = build(tmp_path / "documents", tmp_path / "index")
    assert (report.documents, len(report.duplicates)) == (2, 1)


def test_a_set_that_breaks_off_keeps_what_stood_behind_the_break(tmp_path: Path) -> None:
    write_set(tmp_path / "set.xml", CALF, WRIST)
    build(tmp_path / "set.xml", tmp_path / "index")
    whole = (tmp_path / "set.xml").read_text("utf-8")
    (tmp_path / "set.xml").write_text(whole[: whole.index("A lipoma")], "utf-8")
    report = build(tmp_path / "set.xml", tmp_path / "index")
    assert (report.documents, len(report.skipped)) == (2, 1)


def test_a_skipped_record_is_named_and_not_said_to_be_kept(tmp_path: Path) -> None:
    write_set(tmp_path / "set.xml", CALF, RECORD.format(pmid=13, title="", text=""))
    report = build(tmp_path / "set.xml", tmp_path / "index")
    assert [(skip.part, "is kept" in skip.remedy) for skip in report.skipped] == [
        ("PMID 13", False)
    ]


def test_what_a_third_page_of_a_site_repeats_is_marked_in_all_three(tmp_path: Path) -> None:
    documents, index = tmp_path / "documents", tmp_path / "index"
    documents.mkdir()
    write_page(documents, "calf", "The calf was sore and tight.")
    write_page(documents, "wrist", "The wrist was swollen and warm.")
    build(documents, index)
    assert not any("site text" in found for found in kinds(index).values())
    write_page(documents, "knee", "The knee gave way on the stairs.")
    build(documents, index)
    assert [("site text" in found) for found in kinds(index).values()] == [True] * 3


def test_a_site_that_shrinks_to_two_pages_has_no_text_of_its_own(tmp_path: Path) -> None:
    documents, index = tmp_path / "documents", tmp_path / "index"
    documents.mkdir()
    for name in ("calf", "wrist", "knee"):
        write_page(documents, name, f"The {name} was sore for many weeks.")
    build(documents, index)
    (documents / "knee.html").unlink()
    build(documents, index)
    assert not any("site text" in found for found in kinds(index).values())


def test_stored_pages_are_read_back_as_they_were_found(tmp_path: Path) -> None:
    documents, index = tmp_path / "documents", tmp_path / "index"
    documents.mkdir()
    write_page(documents, "calf", "The calf was sore and tight.")
    build(documents, index)
    connection = open_for_reading(index)
    stored = stored_site_pages(connection)
    connection.close()
    assert find_site_text([], stored, stored.keys()).pages == stored and len(stored) == 1


def test_an_unfinished_document_is_read_again_and_changes_nothing_by_itself(
    tmp_path: Path,
) -> None:
    write_set(tmp_path / "set.xml", CALF)
    build(tmp_path / "set.xml", tmp_path / "index")
    with sqlite3.connect(catalog_path(tmp_path / "index")) as connection:
        connection.execute("UPDATE documents SET unfinished = 1")
    connection.close()
    report = build(tmp_path / "set.xml", tmp_path / "index")
    assert (report.generation, report.documents, report.encoded) == (2, 1, 0)
