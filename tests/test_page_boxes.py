"""The words of a passage on a printed page."""

from ingest.documents import Document, Metadata, Page, Passage
from ingest.page_boxes import find_passage, part_on_page

NOWHERE = (0, 0)


def found(page: str, passage: str) -> list[str]:
    """The words of a page that are boxed for a passage."""
    words = page.split()
    return [words[n] for n in sorted(find_passage(words, passage, NOWHERE).words)]


def test_a_word_broken_at_the_end_of_a_line_is_boxed_in_both_its_parts() -> None:
    page = "Methods Saline hydro- dissection freed the nerve. Results followed"
    assert " ".join(found(page, "Saline hydrodissection freed the nerve.")) == (
        "Saline hydro- dissection freed the nerve."
    )


def test_reference_numbers_inside_the_passage_are_in_its_box() -> None:
    page = "Earlier The sural nerve was freed 12,13 under ultrasound guidance. Later"
    assert "12,13" in found(page, "The sural nerve was freed under ultrasound guidance.")


def test_ligatures_case_and_accents_make_no_difference() -> None:
    page = "A ﬁbular FRACTURE by José Núñez healed"
    assert len(found(page, "a fibular fracture by Jose Nunez")) == 6


def test_a_passage_that_goes_on_in_the_next_column_is_found_in_both() -> None:
    figure = "Unrelated words of a wide figure and of its long legend between the two columns " * 2
    page = f"Swelling of the calf came on {figure} after a long run over the hills."
    boxed = found(page, "Swelling of the calf came on after a long run over the hills.")
    assert " ".join(boxed) == "Swelling of the calf came on after a long run over the hills."


def test_the_sentence_is_boxed_where_it_stands_and_not_where_it_is_repeated() -> None:
    page = "He had severe pain. Abstract ends here. The knee was red. He had severe pain. It went."
    passage = "The knee was red. He had severe pain. It went."
    words = find_passage(page.split(), passage, NOWHERE).words
    assert sorted(words) == list(range(7, 17))


def test_the_answering_sentence_is_told_apart() -> None:
    page = "The knee was swollen. Saline was injected twice."
    passage = "The knee was swollen. Saline was injected twice."
    marked = find_passage(page.split(), passage, (22, len(passage))).sentence
    assert sorted(marked) == [4, 5, 6, 7]


def test_a_page_that_holds_nothing_of_the_passage_has_no_box() -> None:
    assert not found("References are listed on this page only", "Saline was injected twice.")


def test_the_share_says_how_much_of_the_passage_is_on_the_page() -> None:
    assert find_passage("abcd efgh ijkl".split(), "abcd efgh ijkl mnop", NOWHERE).share == 0.75


def test_an_empty_page_and_an_empty_passage_have_no_box() -> None:
    assert not find_passage([], "Saline was injected.", NOWHERE).words
    assert not find_passage(["Saline"], "", NOWHERE).words


def test_of_a_passage_over_two_pages_each_page_has_its_own_part() -> None:
    text = "Saline was injected. The pain went."
    pages = (Page(1, 0, 20), Page(2, 21, len(text)))
    document = Document("d", "a.pdf", "pdf", Metadata(), text, (), pages)
    passage = Passage("d", 0, "", "", 1, 2, 0, len(text), text)
    parts = [part_on_page(document, passage, (21, len(text)), number) for number in (1, 2, 3)]
    assert parts == [("Saline was injected. ", (0, 0)), ("The pain went. ", (0, 14)), ("", (0, 0))]
