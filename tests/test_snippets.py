"""The sentence that is marked in a passage: where it stands, and what is said of it."""

from index.keywords import query_terms
from ingest.documents import Passage
from search.snippets import MarkedSentence, mark_sentences

TEXT = "1. Rest. The median nerve was swollen. Night pain had gone after one week."
START = 100


def passage(text: str) -> Passage:
    return Passage("d", 0, "Findings", "other", None, None, START, START + len(text), text)


def marked(question: str, text: str = TEXT) -> MarkedSentence:
    rarity = dict.fromkeys(query_terms(question), 1.0)
    [sentence] = mark_sentences([passage(text)], question, rarity)
    return sentence


def test_offsets_count_in_the_document() -> None:
    snippet = marked("swollen nerve").snippet
    inside = TEXT[snippet.start - START : snippet.end - START]
    assert inside == snippet.text == "The median nerve was swollen."


def test_a_fragment_is_not_marked_where_a_sentence_can_be() -> None:
    assert marked("rest").snippet.text != "1. Rest."


def test_a_question_of_duration_is_answered_by_a_span_of_time() -> None:
    assert marked("how long until better").snippet.text == "Night pain had gone after one week."


def test_a_sentence_that_only_denies_the_words_of_a_question_is_passed_over() -> None:
    text = "There was no tear of the calf muscle. A ruptured cyst was found behind the knee."
    assert marked("what is wrong with the calf muscle, a tear?", text).snippet.text[0] == "A"


def test_a_marked_denial_says_what_it_denies() -> None:
    text = "No tear of the calf muscle was seen."
    [(start, end)] = marked("calf muscle tear", text).snippet.denied
    assert text[start - START : end - START] == "tear of the calf muscle"


def test_a_denial_is_told_apart() -> None:
    assert marked("calf muscle tear", "No tear of the calf muscle was seen.").snippet.denied


def test_a_plain_statement_is_no_denial() -> None:
    assert not marked("swollen nerve").snippet.denied


def test_the_better_answer_is_stronger_across_passages() -> None:
    question = "how long did the relief last?"
    rarity = dict.fromkeys(query_terms(question), 1.0)
    passages = [passage("She came with knee pain."), passage("The relief lasted for 8 weeks.")]
    plain, answering = mark_sentences(passages, question, rarity)
    assert 0 <= plain.strength < answering.strength <= 1


def test_no_passages_have_no_sentences() -> None:
    assert mark_sentences([], "x", {}) == []


def test_a_passage_without_a_sentence_is_marked_whole() -> None:
    assert marked("pain", "").snippet.text == ""


def test_a_single_word_is_its_own_sentence() -> None:
    assert marked("pain", "Pain").snippet.text == "Pain"


def test_letters_without_terms_are_marked_too() -> None:
    assert marked("膝の痛み", "膝の痛みは消えた。").snippet.text == "膝の痛みは消えた。"


def test_a_pasted_book_is_read_for_what_it_asks_at_its_end() -> None:
    story = "He had pain in the calf and a swollen nerve. " * 500
    assert marked(f"{story} How long until better?").snippet.text.startswith("Night pain")
