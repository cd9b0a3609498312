"""The metadata with what the text adds, each value with its origin."""

from ingest.blocks import Block, assemble
from ingest.description import describe
from ingest.documents import Metadata, read_in

TEXT = (
    "The patient came to the clinic with a swollen knee, which had hurt for three weeks. Rest and "
    "ice did not help, and the knee was drained."
)
FRENCH = (
    "Le patient est venu à la clinique avec un genou gonflé, douloureux depuis trois semaines. "
    "Le repos et la glace ne l'ont pas soulagé."
)


def described(*blocks: Block, metadata: Metadata | None = None) -> Metadata:
    layout = assemble(blocks)
    return describe(metadata or Metadata(), layout.text, layout.sections)


def test_the_language_is_inferred_and_says_so() -> None:
    found = described(Block(TEXT))
    assert (found.language, found.origin_of("language")) == ("en", "inferred from the text")


def test_a_stated_language_wins() -> None:
    stated = read_in("html lang", Metadata(language="fr"))
    assert described(Block(TEXT), metadata=stated).language == "fr"


def test_an_english_abstract_does_not_make_an_article_english() -> None:
    blocks = [Block("Abstract", is_heading=True), Block(TEXT * 3)]
    assert described(*blocks, Block("Observation", is_heading=True), Block(FRENCH)).language == "fr"


def test_what_the_metadata_states_is_kept() -> None:
    stated = read_in("page 1", Metadata(title="Calf pain", year=2021))
    found = described(Block(TEXT), metadata=stated)
    assert (found.title, found.year, found.origin_of("year")) == ("Calf pain", 2021, "page 1")


def test_a_stated_licence_wins_over_one_in_the_text() -> None:
    words = Block("This article is distributed under CC BY 4.0.")
    stated = read_in("licence link", Metadata(licence="CC BY-NC 4.0"))
    assert described(words, metadata=stated).licence == "CC BY-NC 4.0"


def test_a_stated_type_is_renamed_and_keeps_its_origin() -> None:
    stated = read_in("the file", Metadata(document_type="Case Reports"))
    found = described(Block(TEXT), metadata=stated)
    assert (found.document_type, found.origin_of("document_type")) == ("case report", "the file")


def test_each_value_has_one_origin() -> None:
    stated = read_in("the file", Metadata(document_type="Case Reports", language="en"))
    fields = [origin.field for origin in described(Block(TEXT), metadata=stated).origins]
    assert sorted(fields) == ["document_type", "language"]
