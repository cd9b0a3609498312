"""Documents to passages: whole sentences of one section within a budget of tokens.

Tokens are counted as words here, so that a reader of the tests can count along.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.blocks import Block, assemble
from ingest.corpus import read_document
from ingest.documents import Case, Document, Metadata, Passage
from ingest.files import find_files
from ingest.passages import (
    UNSEARCHED_KINDS,
    PassageBudget,
    encoded_text,
    encoding_prefix,
    split_passages,
)
from ingest.sentences import sentence_spans
from tests.fixtures.examples import ENDINGS, EXAMPLES

CORPUS = Path(__file__).parent.parent / "corpus"


def count_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def document(*blocks: Block, title: str = "") -> Document:
    layout = assemble(blocks)
    metadata = Metadata(title=title)
    return Document("d", "d.txt", "text", metadata, layout.text, layout.sections, layout.pages)


def split(*blocks: Block, tokens: int, overlap: int = 0) -> list[Passage]:
    return split_passages(document(*blocks), PassageBudget(tokens, overlap), count_words)


def texts(*blocks: Block, tokens: int, overlap: int = 0) -> list[str]:
    return [passage.text for passage in split(*blocks, tokens=tokens, overlap=overlap)]


FEVER = Block("Fever rose. Rash spread. She recovered.")
REFERENCES = Block("References", is_heading=True)


def test_a_passage_ends_at_a_sentence() -> None:
    assert texts(FEVER, tokens=3) == ["Fever rose.", "Rash spread.", "She recovered."]


def test_sentences_are_packed_up_to_the_budget() -> None:
    assert texts(FEVER, tokens=5) == ["Fever rose. Rash spread.", "She recovered."]


def test_a_text_within_the_budget_is_one_passage() -> None:
    assert texts(FEVER, tokens=6, overlap=1) == ["Fever rose. Rash spread. She recovered."]


def test_the_last_sentence_of_a_passage_opens_the_next() -> None:
    assert texts(FEVER, tokens=4, overlap=1) == [
        "Fever rose. Rash spread.",
        "Rash spread. She recovered.",
    ]


def test_the_overlap_gives_way_where_the_next_sentence_needs_the_room() -> None:
    block = Block("Pain. He could not walk. He was carried in.")
    assert texts(block, tokens=5, overlap=1) == ["Pain. He could not walk.", "He was carried in."]


def test_a_monster_sentence_is_cut_and_loses_no_word() -> None:
    monster = Block(" ".join(f"word{number}" for number in range(50)))
    pieces = texts(monster, tokens=10)
    assert max(count_words(pieces)) <= 10 and " ".join(pieces) == monster.text


def test_a_monster_without_a_space_is_cut_between_letters() -> None:
    passages = split_passages(
        document(Block("g" * 100)), PassageBudget(30, 0), lambda found: [len(t) for t in found]
    )
    assert max(len(p.text) for p in passages) <= 30
    assert "".join(p.text for p in passages) == "g" * 100


def test_a_monster_does_not_drag_its_neighbours_along() -> None:
    monster = " ".join(["gene"] * 9)
    found = texts(Block(f"Fever rose. {monster.capitalize()}. She recovered."), tokens=5)
    assert (found[0], found[-1]) == ("Fever rose.", "She recovered.")


def test_no_passage_crosses_a_heading() -> None:
    outcome = Block("Outcome", is_heading=True)
    assert texts(Block("Fever rose."), outcome, Block("She lived."), tokens=99) == [
        "Fever rose.",
        "She lived.",
    ]


def test_a_passage_carries_its_sections_heading_and_kind() -> None:
    passage = split(Block("2. Case Report", is_heading=True), FEVER, tokens=99)[0]
    assert (passage.section, passage.kind) == ("2. Case Report", "patient information")


def test_references_are_not_cut_into_passages() -> None:
    assert texts(FEVER, REFERENCES, Block("Lima A. Ankles. 2001."), tokens=99) == [FEVER.text]


def test_a_document_of_nothing_but_references_has_no_passages() -> None:
    assert split(REFERENCES, Block("Lima A. Ankles. 2001."), tokens=99) == []


def test_no_passage_mixes_two_patients() -> None:
    told = document(Block("Ana fell. Ben fell."))
    cases = (Case(1, "Ana", 0, 9), Case(2, "Ben", 10, 19))
    passages = split_passages(replace(told, cases=cases), PassageBudget(99), count_words)
    assert [(p.text, p.case) for p in passages] == [("Ana fell.", 1), ("Ben fell.", 2)]


def test_what_is_nobodys_story_is_a_passage_of_its_own() -> None:
    told = document(Block("Ana fell. Falls are common."))
    cases = (Case(1, "Ana", 0, 9),)
    passages = split_passages(replace(told, cases=cases), PassageBudget(99), count_words)
    assert [(p.text, p.case) for p in passages] == [("Ana fell.", 1), ("Falls are common.", None)]


def test_a_caption_is_a_passage() -> None:
    caption = Block("Figure 1. The wrist.", kind="caption", label="Figure 1")
    assert [p.kind for p in split(FEVER, caption, tokens=99)] == ["other", "caption"]


@pytest.mark.parametrize("label", ["Figure 1.", "Table II", "Fig. 2a:", "7 | 9 | 12", "* * *"])
def test_a_lone_label_is_no_passage(label: str) -> None:
    assert texts(FEVER, Block(label, kind="caption", label=label), tokens=99) == [FEVER.text]


def test_a_label_stays_with_the_words_beside_it() -> None:
    block = Block("Figure 1.\nThe wrist is swollen.")
    assert texts(block, tokens=99) == ["Figure 1.\nThe wrist is swollen."]


def test_a_passage_over_a_page_break_knows_both_pages() -> None:
    blocks = [Block("He fell", page=2), Block("at night.", page=3, continues=True)]
    passage = split(*blocks, tokens=99)[0]
    assert (passage.page, passage.last_page) == (2, 3)


def test_a_passage_on_one_page_knows_that_page_only() -> None:
    blocks = [Block("Outcome", is_heading=True, page=1), Block("He slept.", page=2)]
    assert [(p.page, p.last_page) for p in split(*blocks, tokens=99)] == [(2, 2)]


def test_a_passage_of_a_format_without_pages_has_none() -> None:
    assert [(p.page, p.last_page) for p in split(FEVER, tokens=99)] == [(None, None)]


def test_passages_are_numbered_through_the_document_from_nought() -> None:
    blocks = [FEVER, Block("Outcome", is_heading=True), Block("She lived.")]
    assert [p.passage_id for p in split(*blocks, tokens=5)] == ["d:0", "d:1", "d:2"]


def test_the_title_and_heading_are_paid_for_out_of_the_budget() -> None:
    blocks = [Block("Case", is_heading=True), Block("Fever rose. Rash spread. She slept at home.")]
    budget = PassageBudget(8, 0)
    bare = split_passages(document(*blocks[1:]), budget, count_words)
    titled = split_passages(document(*blocks, title="Measles"), budget, count_words)
    assert [len(bare), len(titled)] == [1, 2]


def test_a_long_title_leaves_three_quarters_of_the_budget_to_the_text() -> None:
    prefix = encoding_prefix(" ".join(["long"] * 99), "Case", PassageBudget(40), count_words)
    assert 0 < len(prefix.split()) <= 10


def test_a_title_that_is_also_the_heading_is_not_said_twice() -> None:
    assert encoding_prefix("Measles", "Measles", PassageBudget(40), count_words) == "Measles"


def test_what_the_encoder_reads_is_the_prefix_and_then_the_passage() -> None:
    assert encoded_text("Measles Case", "Fever rose.") == "Measles Case\nFever rose."


def test_without_title_and_heading_the_encoder_reads_the_passage_alone() -> None:
    assert encoded_text("", "Fever rose.") == "Fever rose."


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[Document]:
    """Every example document and the whole starter corpus."""
    folder = tmp_path_factory.mktemp("examples")
    for name, raw in EXAMPLES.items():
        (folder / f"{name}{ENDINGS[name]}").write_bytes(raw)
    return [read_document(path) for path in find_files([folder, CORPUS])[0]]


BUDGETS = [PassageBudget(24), PassageBudget(60), PassageBudget(254, 2)]


@pytest.mark.parametrize("budget", BUDGETS, ids=str)
def test_a_passages_offsets_give_its_text(documents: list[Document], budget: PassageBudget) -> None:
    for document in documents:
        for p in split_passages(document, budget, count_words):
            assert document.text[p.start : p.end] == p.text, document.source


@pytest.mark.parametrize("budget", BUDGETS, ids=str)
def test_no_passage_exceeds_its_budget(documents: list[Document], budget: PassageBudget) -> None:
    for document in documents:
        for p in split_passages(document, budget, count_words):
            prefix = encoding_prefix(document.metadata.title, p.section, budget, count_words)
            assert count_words([encoded_text(prefix, p.text)])[0] <= budget.tokens


def test_passages_are_whole_sentences(documents: list[Document]) -> None:
    for document in documents:
        spans = [
            (s.start + a, s.start + b)
            for s in document.sections
            for a, b in sentence_spans(document.text[s.start : s.end])
        ]
        starts, ends = {a for a, _ in spans}, {b for _, b in spans}
        for p in split_passages(document, PassageBudget(150), count_words):
            assert p.start in starts and p.end in ends, p.text


def test_every_sentence_is_in_a_passage(documents: list[Document]) -> None:
    for document in documents:
        passages = split_passages(document, PassageBudget(60), count_words)
        for s in document.sections:
            for a, b in sentence_spans(document.text[s.start : s.end]):
                inside = any(p.start <= s.start + a and s.start + b <= p.end for p in passages)
                assert inside or s.kind in UNSEARCHED_KINDS
