"""AMA citations of what documents state."""

from ingest.documents import Metadata
from search.citations import ama_citation


def cite(metadata: Metadata) -> str:
    return ama_citation(metadata, "first words …", "/cases/17.txt")


def test_a_journal_article_with_a_doi() -> None:
    article = Metadata("Calf pain", ("Jane A Roe",), 2021, "PM R", doi="10.1/x")
    assert cite(article) == "Roe JA. Calf pain. PM R. 2021. doi:10.1/x."


def test_more_than_six_authors_are_three_and_others() -> None:
    authors = tuple(f"Ann {letter}oe" for letter in "BCDFGHJ")
    assert cite(Metadata("Pain", authors)).startswith("Boe A, Coe A, Doe A, et al. Pain")


def test_small_words_belong_to_the_family_name() -> None:
    assert cite(Metadata("Pain", ("Sabine F van Voorst",))).startswith("van Voorst SF. ")


def test_names_that_are_already_so_stay() -> None:
    assert cite(Metadata("Pain", ("Bailowitz Z", "Chang CJ"))).startswith("Bailowitz Z, Chang CJ. ")


def test_a_page_is_cited_by_its_address() -> None:
    assert cite(Metadata("Pain", url="https://a.example/p")) == "Pain. https://a.example/p"


def test_a_retelling_is_not_cited_as_what_it_retells() -> None:
    retelling = Metadata("Calf, retold", year=2021, journal="PM R", retold_from="PM R, 2021")
    assert cite(retelling) == "Calf, retold. Retold from: PM R, 2021."


def test_a_document_that_states_nothing_is_cited_by_first_words_and_file() -> None:
    assert cite(Metadata()) == "first words …. 17.txt."
