"""What a document states of itself where it begins."""

from ingest.blocks import Block
from ingest.documents import Metadata
from ingest.first_page import FIRST_PAGE_WORDS, stated_on_first_page

PAGE_OF_TEXT = Block("word " * FIRST_PAGE_WORDS)
REFERENCES = Block("References", is_heading=True)


def stated(*blocks: Block) -> Metadata:
    return stated_on_first_page(blocks)


def test_identifiers_are_found_on_the_first_page() -> None:
    found = stated(Block("doi:10.5555/abc, PMID: 18842146, PMC1234567. © 2019 The Authors"))
    assert (found.doi, found.pmid, found.pmcid, found.year) == (
        "10.5555/abc",
        "18842146",
        "PMC1234567",
        2019,
    )
    assert found.origin_of("doi") == "the first page"


def test_a_doi_in_a_sentence_further_on_is_of_another_work() -> None:
    assert stated(PAGE_OF_TEXT, Block("Lee said so (doi:10.5555/other).")).doi == ""


def test_a_doi_on_a_line_of_its_own_is_the_documents() -> None:
    found = stated(PAGE_OF_TEXT, Block("https://doi.org/10.5555/abc"))
    assert (found.doi, found.origin_of("doi")) == ("10.5555/abc", "a line of its own")


def test_two_different_lines_of_that_kind_decide_nothing() -> None:
    assert stated(PAGE_OF_TEXT, Block("10.5555/a"), Block("10.5555/b")).doi == ""


def test_a_table_of_a_journal_has_a_doi_of_its_own() -> None:
    assert stated(PAGE_OF_TEXT, Block("doi:10.5555/journal.1234.t001")).doi == ""


def test_the_doi_of_a_reference_is_not_the_documents() -> None:
    assert stated(Block("She ran."), REFERENCES, Block("doi:10.5555/other")).doi == ""


def test_how_to_cite_a_document_names_it() -> None:
    cited = "To cite this: Lima A, Berg T. Calf pain in a runner. J Cases. 2021; 3:1"
    found = stated(PAGE_OF_TEXT, Block(cited))
    assert (found.title, found.year) == ("Calf pain in a runner", 2021)
    assert found.origin_of("title") == "how to cite the document"
