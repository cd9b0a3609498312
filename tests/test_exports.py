"""Exports, read back by the libraries that reference managers, spreadsheets and readers use."""

import csv
import io
import re
from dataclasses import replace
from typing import Any

import pytest
from markdown_it import MarkdownIt

from ingest.documents import Metadata, Passage
from search.bibtex import to_bibtex
from search.exports import EXPORTS, Export, to_csv, to_markdown
from search.hits import Hit, Snippet
from search.references import references_of
from search.ris import to_ris

rispy = pytest.importorskip("rispy", reason="rispy is not installed")
pytest.importorskip("bibtexparser", reason="bibtexparser is not installed")
from bibtexparser.entrypoint import parse_string  # noqa: E402
from bibtexparser.library import Library  # noqa: E402
from bibtexparser.middlewares import LatexDecodingMiddleware  # noqa: E402

TEXT = "Saline was injected. The pain went."
PASSAGE = Passage("d1", 0, "Treatment", "treatment", 3, 3, 0, len(TEXT), TEXT)
STATED = Metadata(
    "Calf pain in a runner", ("Jane A Roe", "Sabine F van Voorst"), 2021, "PM R", "13", "12-9",
    doi="10.1/x_y", pmid="123", language="en",
)  # fmt: skip
HIT = Hit(
    1, 0.9, PASSAGE, STATED.title, STATED, "https://a.example/p", "Roe JA. Calf pain. 2021.",
    Snippet(0, 20, TEXT[:20]),
)  # fmt: skip
HOSTILE = (
    'Knee}\r\nTY  - HACK\nER  - \n@article{evil, {\\input{/etc/passwd} 100% $x$ # _ & ~ ^ " '
    "<img src=http://e.example> ![x](http://e.example) `c` :red[z] and, & others"
)


def titled(title: str) -> Hit:
    return replace(HIT, title=title, metadata=replace(STATED, title=title))


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def read_ris(*hits: Hit) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = rispy.loads(to_ris(references_of(hits)))
    return records


def read_bibtex(*hits: Hit) -> Library:
    library = parse_string(to_bibtex(references_of(hits)))
    assert not library.failed_blocks
    return library


def read_csv(hit: Hit) -> dict[str, str]:
    (row,) = csv.DictReader(io.StringIO(to_csv([hit]).removeprefix("\ufeff"), newline=""))
    return row


def test_ris_is_read_as_a_journal_article_with_all_that_is_stated() -> None:
    (record,) = read_ris(HIT)
    names = ("type_of_reference", "title", "authors", "year", "secondary_title", "volume",
             "start_page", "end_page", "doi", "urls")  # fmt: skip
    assert [record[name] for name in names] == [
        "JOUR", "Calf pain in a runner", ["Roe, Jane A", "van Voorst, Sabine F"], "2021", "PM R",
        "13", "12", "9", "10.1/x_y", ["https://a.example/p"],
    ]  # fmt: skip


def test_ris_carries_the_quotes_with_their_places() -> None:
    assert read_ris(HIT)[0]["notes"] == [f"“{TEXT}” (Treatment, page 3)"]


def test_hits_of_one_document_are_one_reference_with_several_quotes() -> None:
    other = replace(HIT, rank=2, passage=replace(PASSAGE, ordinal=1, text="It came back."))
    (record,) = read_ris(HIT, other)
    assert len(record["notes"]) == 2


def test_a_retelling_is_exported_as_itself_and_not_as_its_source() -> None:
    retelling = replace(HIT, metadata=replace(STATED, retold_from="PM R, 2021"))
    (record,) = read_ris(retelling)
    assert record["type_of_reference"] == "ELEC"
    assert "doi" not in record
    assert "Retold from: PM R, 2021" in record["notes"]


def test_a_hostile_title_stays_one_title_of_one_ris_record() -> None:
    (record,) = read_ris(titled(HOSTILE))
    assert record["title"] == one_line(HOSTILE)


def test_bibtex_is_read_as_an_article_with_all_that_is_stated() -> None:
    (entry,) = read_bibtex(HIT).entries
    assert (entry.entry_type, entry.key) == ("article", "roe2021calf")
    assert entry["author"] == "Roe, Jane A and van Voorst, Sabine F"
    assert (entry["pages"], entry["doi"]) == ("12--9", r"10.1/x\_y")


def test_a_hostile_title_stays_one_title_of_one_bibtex_entry() -> None:
    library = read_bibtex(titled(HOSTILE))
    (entry,) = LatexDecodingMiddleware().transform(library).entries
    title = entry["title"].replace("ˆ", "^")  # the library's own sign for a circumflex
    assert one_line(title.replace("{", "").replace("}", "")) == one_line(
        HOSTILE.replace("{", "").replace("}", "")
    )


def test_two_references_of_one_name_have_two_bibtex_keys() -> None:
    other = replace(HIT, passage=replace(PASSAGE, doc_id="d2"))
    assert [entry.key for entry in read_bibtex(HIT, other).entries] == [
        "roe2021calf", "roe2021calf-2",
    ]  # fmt: skip


def test_a_group_of_authors_is_one_author_in_bibtex() -> None:
    group = replace(HIT, metadata=replace(STATED, authors=("Trauma and Burns, Study Group",)))
    assert read_bibtex(group).entries[0]["author"] == "{Trauma and Burns, Study Group}"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " =", "＝"])
def test_a_cell_that_a_spreadsheet_would_run_is_text(start: str) -> None:
    assert read_csv(titled(f"{start}cmd|' /C calc'!A0"))["title"].startswith("'")


def test_a_cell_of_csv_holds_the_passage_word_for_word() -> None:
    quoted = 'She said "it burns";\nnothing, else.'
    row = read_csv(replace(HIT, passage=replace(PASSAGE, text=quoted)))
    assert row["passage"] == quoted


def test_markdown_shows_a_hostile_title_and_passage_letter_by_letter() -> None:
    hit = replace(titled(HOSTILE), passage=replace(PASSAGE, text=HOSTILE))
    shown = MarkdownIt("gfm-like", {"linkify": False}).render(to_markdown([hit]))
    assert set(re.findall(r"<(\w+)", shown)) == {"h2", "blockquote", "p", "a"}


def test_markdown_links_to_the_source_alone() -> None:
    shown = MarkdownIt().render(to_markdown([titled("[x](http://evil.example)")]))
    assert re.findall(r'href="([^"]*)"', shown) == ["https://a.example/p"]


def test_a_source_that_is_no_web_address_is_no_link() -> None:
    hit = replace(HIT, source="javascript:alert(1)")
    assert "<a" not in MarkdownIt().render(to_markdown([hit]))


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_a_document_that_states_nothing_can_be_exported(export: Export) -> None:
    bare = replace(HIT, metadata=Metadata(), title="", source="", citation="")
    assert export.write([bare])
