"""The check of passages finds each way to break a promise; it is given passages made by hand."""

from dataclasses import replace

from evaluation.structure import PassageRow, check_passages, passage_rows, to_markdown
from ingest.blocks import Block, assemble
from ingest.documents import Case, Document, Metadata, Passage
from ingest.passages import PassageBudget, split_passages
from tests.conftest import HashingEncoder

BUDGET = PassageBudget(8, 0)
LAYOUT = assemble(
    [
        Block("Course", is_heading=True),
        Block("Fever rose. Rash spread. She recovered."),
        Block("References", is_heading=True),
        Block("Lima A. Ankles."),
    ]
)
TEXT = LAYOUT.text
DOCUMENT = Document("d", "d.txt", "text", Metadata(), TEXT, LAYOUT.sections)


def passage(words: str, case: int | None = None) -> Passage:
    start = TEXT.index(words)
    heading, kind = "Course", "follow-up and outcomes"
    return Passage("d", 0, heading, kind, None, None, start, start + len(words), words, case=case)


WHOLE = passage("Fever rose. Rash spread. She recovered.")


def check(*passages: Passage, document: Document = DOCUMENT, tokens: int = 8) -> PassageRow:
    return check_passages(document, passages, PassageBudget(tokens, 0), HashingEncoder())


def test_a_sound_passage_breaks_nothing() -> None:
    assert check(WHOLE).violations == 0


def test_a_text_that_is_not_at_its_offsets_is_counted() -> None:
    assert check(replace(WHOLE, text="Fever fell.")).wrong_offsets == 1


def test_a_passage_that_the_encoder_would_cut_is_counted() -> None:
    assert check(WHOLE, tokens=6).over_budget == 1


def test_a_passage_over_the_end_of_its_section_is_counted() -> None:
    long = replace(WHOLE, end=WHOLE.end + 5, text=TEXT[WHOLE.start : WHOLE.end + 5])
    assert check(long).beyond_section == 1


def test_a_passage_under_another_heading_is_counted() -> None:
    assert check(replace(WHOLE, section="Outcome")).beyond_section == 1


def test_a_passage_over_the_edge_of_a_case_is_counted() -> None:
    told = replace(DOCUMENT, cases=(Case(1, "Case 1", WHOLE.start, TEXT.index("Rash")),))
    assert check(WHOLE, document=told).beyond_case == 1


def test_a_passage_that_names_no_case_inside_one_is_counted() -> None:
    told = replace(DOCUMENT, cases=(Case(1, "Case 1", WHOLE.start, WHOLE.end),))
    assert [check(p, document=told).beyond_case for p in (WHOLE, replace(WHOLE, case=1))] == [1, 0]


def test_half_a_sentence_is_counted() -> None:
    assert check(passage("Fever rose. Rash"), passage("She recovered.")).cut_sentences == 1


def test_half_a_sentence_that_exceeds_the_budget_is_not_counted() -> None:
    row = check(passage("Fever"), passage("rose."), tokens=1)
    assert (row.cut_sentences, row.long_sentences) == (0, 3)


def test_words_in_no_passage_are_counted() -> None:
    assert check(passage("Fever rose.")).unfound_words == 4


def test_a_label_in_no_passage_is_not_counted() -> None:
    blocks = [Block("Fever rose."), Block("Figure 1.", kind="caption", label="Figure 1")]
    layout = assemble(blocks)
    document = Document("d", "d.txt", "text", Metadata(), layout.text, layout.sections)
    passages = split_passages(document, BUDGET, HashingEncoder().count_tokens)
    row = check_passages(document, passages, BUDGET, HashingEncoder())
    assert (row.passages, row.unfound_words) == (1, 0)


def test_a_passage_of_references_is_counted() -> None:
    start = TEXT.index("Lima A.")
    lima = replace(
        WHOLE,
        section="References",
        kind="references",
        start=start,
        end=len(TEXT),
        text=TEXT[start:],
    )
    assert check(WHOLE, lima).unsearched == 1


def test_each_format_has_a_row_and_all_together_one() -> None:
    rows = passage_rows([DOCUMENT, replace(DOCUMENT, format="pdf")], HashingEncoder())
    assert [(row.format, row.documents, row.violations) for row in rows] == [
        ("pdf", 1, 0),
        ("text", 1, 0),
        ("all", 2, 0),
    ]


def test_the_table_has_a_line_for_each_row() -> None:
    assert to_markdown([PassageRow("pdf", 3)]).count("\n| pdf | 3 |") == 1
