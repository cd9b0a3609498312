"""The ingest report: figures of each document, sums, and which files to look at first."""

import json
from dataclasses import replace

from ingest.documents import Case, Document, Metadata, Page, Section, SkippedFile, read_in
from ingest.report import document_row, to_dict, to_text, totals, worst

TEXT = "Case 1\n\n" + "A knee hurt. It healed. " * 20


def document(name: str = "a.pdf", pages: int = 0, empty: int = 0, *warnings: str) -> Document:
    """A document of 102 words whose first pages have text and whose last `empty` have none."""
    return Document(
        doc_id=name,
        source=f"/corpus/{name}",
        format="pdf" if pages else "text",
        metadata=read_in("page 1", Metadata(title="A knee", document_type="case report")),
        text=TEXT,
        sections=(Section("Case 1", "case", 8, len(TEXT)),),
        pages=tuple(Page(n, n, n + 1, reader="pypdfium2") for n in range(1, pages - empty + 1)),
        cases=(Case(1, "Case 1", 8, len(TEXT)),),
        page_count=pages,
        warnings=warnings,
    )


def skipped(name: str, reason: str = "damaged", part: str = "") -> SkippedFile:
    return SkippedFile(f"/corpus/{name}", reason, "get a fresh copy", part)


def first(documents: list[Document], lost: list[SkippedFile]) -> list[str]:
    """The names of the files to look at, worst first."""
    found = worst([document_row(one) for one in documents], lost)
    return [one.source.removeprefix("/corpus/") for one in found]


# A row


def test_a_row_has_the_documents_figures() -> None:
    row = document_row(document())
    assert (row.words, row.sections, row.cases, row.title) == (102, 1, 1, "A knee")


def test_a_row_counts_pages_by_what_read_them() -> None:
    one = document(pages=3)
    mixed = (Page(1, 0, 9, reader="pypdf"), *one.pages[1:])
    row = document_row(replace(one, pages=mixed))
    assert row.read_by == "pypdfium2 2, pypdf 1"


def test_a_page_with_several_spans_is_one_page() -> None:
    one = document(pages=1)
    assert document_row(replace(one, pages=one.pages * 3)).readers == {"pypdfium2": 1}


def test_a_format_without_pages_is_read_by_its_own_reader() -> None:
    row = document_row(document("a.txt"))
    assert (row.pages, row.read_by, row.lost_share) == (None, "text", 0)


def test_recognised_pages_are_counted() -> None:
    one = document(pages=2)
    scanned = (one.pages[0], Page(2, 1, 2, reader="tesseract", recognised=True))
    assert document_row(replace(one, pages=scanned)).recognised == 1


def test_the_lost_share_is_that_of_pages_without_text() -> None:
    assert document_row(document("a.pdf", 4, 1)).lost_share == 0.25


def test_metadata_stands_with_where_it_was_read() -> None:
    row = document_row(document()).to_dict()
    assert row["metadata"]["title"] == {"value": "A knee", "read_in": "page 1"}


def test_metadata_that_is_not_stated_is_left_out() -> None:
    assert list(document_row(document()).to_dict()["metadata"]) == ["title", "document_type"]


# Totals


def test_totals_add_up() -> None:
    rows = [document_row(document("a.pdf", 3)), document_row(document("b.txt", 0, 0, "odd"))]
    sums = totals(rows, [skipped("c.pdf")])
    assert (sums.documents, sums.pages, sums.cases, sums.words) == (2, 3, 2, 204)
    assert (sums.with_warnings, sums.skipped) == (1, 1)


def test_totals_count_formats_and_readers_most_first() -> None:
    names = ("a.txt", "b.txt", "c.pdf")
    rows = [document_row(document(name, 5 * name.endswith("pdf"))) for name in names]
    assert totals(rows, []).formats == {"text": 2, "pdf": 1}
    assert totals(rows, []).readers == {"pypdfium2": 5}


# What to look at first


def test_a_file_that_was_not_read_comes_before_one_with_warnings() -> None:
    assert first([document("a.pdf", 4, 3, "x", "y")], [skipped("z.pdf")]) == ["z.pdf", "a.pdf"]


def test_the_greater_share_of_lost_pages_comes_first() -> None:
    some, most = document("a.pdf", 4, 1, "lost", "odd"), document("b.pdf", 4, 3, "lost")
    assert first([some, most], []) == ["b.pdf", "a.pdf"]


def test_of_equal_losses_more_warnings_come_first() -> None:
    few, many = document("a.txt", 0, 0, "odd"), document("b.txt", 0, 0, "odd", "strange")
    assert first([few, many], []) == ["b.txt", "a.txt"]


def test_of_equals_the_name_decides() -> None:
    assert first([], [skipped("b.pdf"), skipped("a.pdf")]) == ["a.pdf", "b.pdf"]


def test_a_document_without_warning_is_not_looked_at() -> None:
    # A blank page is no loss as long as its reader does not say so.
    assert first([document("a.pdf", 4, 1)], []) == []


def test_a_document_without_a_title_comes_after_those_with_warnings() -> None:
    untitled = replace(document("a.txt"), metadata=Metadata())
    assert first([untitled, document("b.txt", 0, 0, "odd")], []) == ["b.txt", "a.txt"]


def test_a_document_of_few_words_is_looked_at() -> None:
    (concern,) = worst([document_row(replace(document(), text="A knee hurt."))], [])
    assert concern.reasons == ("only 3 words",)


def test_a_kind_of_file_that_nobody_reads_comes_last() -> None:
    lost = [skipped("photo.jpg", "a type that is not read"), skipped("z.xml.gz")]
    assert first([document("a.txt", 0, 0, "odd")], lost) == ["z.xml.gz", "a.txt", "photo.jpg"]


def test_a_file_of_many_documents_comes_once_with_its_share() -> None:
    lost = [skipped("m.xml", "no text in it", f"PMID {number}") for number in range(3)]
    (concern,) = worst([document_row(document("m.xml"))], lost)
    assert concern.reasons[0] == "3 of its 4 documents not read"
    assert concern.reasons[1] == "PMID 0: no text in it; get a fresh copy"


# As text


def test_the_text_ends_with_what_to_look_at() -> None:
    text = to_text([document_row(document("a.txt", 0, 0, "odd"))], [skipped("b.pdf")])
    assert text.splitlines()[-4:] == [
        "   1. /corpus/b.pdf",
        "      damaged; get a fresh copy",
        "   2. /corpus/a.txt",
        "      odd",
    ]


def test_where_all_is_well_that_is_said() -> None:
    text = to_text([document_row(document())], [])
    assert text.endswith("Nothing was skipped, and nothing seems odd.")


def test_where_nothing_was_found_that_is_said() -> None:
    assert to_text([], []) == "No file was found."


def test_no_more_than_ten_files_are_to_be_looked_at() -> None:
    text = to_text([], [skipped(f"{number:02}.pdf") for number in range(12)])
    assert "09.pdf" in text and "10.pdf" not in text
    assert text.endswith("… and 2 more files: python -m ingest --all lists them")


def test_a_long_table_is_cut() -> None:
    rows = [document_row(document(f"{number:04}.txt")) for number in range(3000)]
    text = to_text(rows, [])
    assert text.count("\n") < 60 and "… and 2,950 more documents: " in text


def test_the_whole_table_is_given_where_it_is_asked_for() -> None:
    rows = [document_row(document(f"{number:04}.txt")) for number in range(3000)]
    assert to_text(rows, [], whole=True).count("/corpus/") == 3000


def test_many_reasons_of_one_file_are_cut() -> None:
    reasons = [f"odd {number}" for number in range(5)]
    text = to_text([document_row(document("a.txt", 0, 0, *reasons))], [])
    assert text.endswith("odd 2\n      … and 2 more")


def test_a_name_with_a_line_break_stays_on_its_line() -> None:
    text = to_text([document_row(document("two\nlines.txt"))], [])
    assert "/corpus/two\\nlines.txt" in text


def test_a_marked_document_has_a_warning() -> None:
    rows = [document_row(document(warnings)) for warnings in ("a.txt", "b.txt")]
    odd = document_row(document("c.txt", 0, 0, "odd"))
    marked = [line for line in to_text([*rows, odd], []).splitlines() if line.startswith("!")]
    assert [line.rpartition("/")[2] for line in marked] == ["c.txt"]


# As JSON


def test_json_has_all_documents_and_all_that_was_skipped() -> None:
    rows = [document_row(document(f"{number}.txt")) for number in range(3000)]
    report = to_dict(rows, [skipped("b.pdf")] * 20)
    assert (len(report["documents"]), len(report["skipped"])) == (3000, 20)


def test_json_can_be_written() -> None:
    report = to_dict([document_row(document("a.pdf", 2, 1, "odd"))], [skipped("b.pdf")])
    assert json.loads(json.dumps(report)) == report


def test_json_names_what_to_look_at_first() -> None:
    assert to_dict([], [skipped("b.pdf")])["look_first"] == [
        {"source": "/corpus/b.pdf", "reasons": ["damaged; get a fresh copy"]}
    ]
