"""Which words are known."""

from ingest.formats.pdf.vocabulary import Vocabulary

PLAIN = "The patient had turned her left ankle and could not stand on the foot. " * 3


def test_words_of_the_list_are_known() -> None:
    assert Vocabulary([PLAIN]).share_known("she had turned her ankle") == 1


def test_split_and_glued_words_are_not() -> None:
    vocabulary = Vocabulary([PLAIN])
    assert vocabulary.share_known("contamin ation ofthe inthe") == 0


def test_a_term_that_the_document_writes_often_is_known() -> None:
    assert "hydrodissectate" in Vocabulary([PLAIN + "hydrodissectate " * 3])


def test_a_glued_word_is_not_known_however_often_it_stands() -> None:
    assert "ofthe" not in Vocabulary([PLAIN + "ofthe " * 9])


def test_names_and_numbers_do_not_count() -> None:
    assert Vocabulary([PLAIN]).share_known("Xyzzy QWFP 12") == 1


def test_a_document_is_held_against_the_words_of_its_language() -> None:
    text = "der Patient konnte nicht auf dem Fuß stehen und hatte starke Schmerzen im Knie " * 3
    assert Vocabulary([text]).share_known("er hatte starke schmerzen") == 1
