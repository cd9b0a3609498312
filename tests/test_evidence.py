"""What a document states of itself in passing."""

import pytest

from ingest.blocks import Block, assemble
from ingest.documents import Metadata
from ingest.evidence import MAX_DISCLOSURE_CHARACTERS, read_statements


def stated(*blocks: Block, title: str = "") -> Metadata:
    layout = assemble(blocks)
    return read_statements(title, layout.text, layout.sections)


def heading(text: str) -> Block:
    return Block(text, is_heading=True)


STORY = Block("A man fell.")


@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        ("Level of Evidence: Level V", "Level V"),
        ("Level of evidence: IV.", "IV"),
        ("Levels of Evidence: Therapeutic, Level 4", "Therapeutic, Level 4"),
        ("Evidence level: 2b", "2b"),
        ("This is a Level IV case series.", "Level IV case series"),
        ("It was rated as Level III evidence.", "Level III evidence"),
        ("We graded it as Oxford level 4.", "Oxford level 4"),
    ],
)
def test_a_level_of_evidence_is_given_in_the_documents_words(sentence: str, level: str) -> None:
    assert stated(STORY, Block(sentence)).evidence_level == level


@pytest.mark.parametrize(
    "sentence",
    [
        "The level of evidence was judged by two of us.",
        "The injury was at level 4 of the spine.",
        "Levels of evidence are given in the table that follows on the next page.",
    ],
)
def test_talk_of_levels_is_no_level(sentence: str) -> None:
    assert stated(STORY, Block(sentence)).evidence_level == ""


def test_a_level_under_its_own_heading_names_that_place() -> None:
    found = stated(STORY, heading("Level of evidence"), Block("Level II"))
    assert found.origin_of("evidence_level") == 'section "Level of evidence"'


def test_a_level_in_a_discussion_may_be_anothers() -> None:
    assert stated(heading("Discussion"), Block("It was Level I evidence.")).evidence_level == ""


def test_disclosures_are_a_whole_section() -> None:
    paragraphs = [Block("AL lectured for Acme."), Block("TB has none.")]
    found = stated(STORY, heading("Competing interests"), *paragraphs)
    assert found.disclosures == "AL lectured for Acme.\n\nTB has none."


def test_the_first_paragraph_of_disclosures_is_never_shortened() -> None:
    long = "AL lectured for Acme. " * (MAX_DISCLOSURE_CHARACTERS // 20)
    found = stated(STORY, heading("Conflict of interest"), Block(long), Block("TB has none."))
    assert found.disclosures == long.strip()


def test_a_labelled_paragraph_discloses() -> None:
    assert stated(STORY, Block("Conflict of interest: none.")).disclosures == "none."


def test_a_declaring_sentence_discloses() -> None:
    sentence = "The authors declare that they have no competing interests."
    assert stated(STORY, Block(sentence)).disclosures == sentence


def test_of_a_long_paragraph_only_the_declaring_sentence_is_kept() -> None:
    sentence = "The authors declare no conflict of interest."
    assert stated(Block("We thank them all. " * 30 + sentence)).disclosures == sentence


def test_interest_in_a_sport_is_no_disclosure() -> None:
    assert stated(Block("The patient had interests in tennis.")).disclosures == ""


def test_a_licence_is_read_from_its_words() -> None:
    words = "This article is distributed under the Creative Commons Attribution License."
    assert stated(STORY, Block(words)).licence == "CC BY"


def test_the_licence_of_a_picture_is_not_the_documents() -> None:
    words = "The figure is licensed under CC BY-SA 3.0 and was made by Roy."
    assert stated(STORY, Block(words)).licence == ""


def test_a_licence_in_the_references_is_not_the_documents() -> None:
    words = "Lima A. Open access, CC BY 4.0."
    assert stated(STORY, heading("References"), Block(words)).licence == ""


@pytest.mark.parametrize(
    ("title", "notice"),
    [
        ("RETRACTED: A cure for sprains", "retracted"),
        ("[Retracted article] A cure", "retracted"),
        ("WITHDRAWN: A cure", "retracted"),
        ("Retraction note: A cure", "retraction notice"),
        ("Correction to: A cure", "correction notice"),
        ("Correction of a clubfoot", ""),
        ("A retracted tendon: case report", ""),
    ],
)
def test_a_title_tells_that_an_article_is_retracted(title: str, notice: str) -> None:
    assert stated(STORY, title=title).notice == notice


def test_a_document_that_states_nothing_has_nothing() -> None:
    assert stated(STORY) == Metadata()
