"""Documents that say nearly the same are grouped."""

import numpy as np

from index.near_duplicates import PERMUTATIONS, groups, signature, similarity
from ingest.documents import Document, Metadata, Section

WORDS = [f"word{number}" for number in range(300)]


def document(words: list[str], kind: str = "other") -> Document:
    text = " ".join(words)
    return Document("d", "d.txt", "text", Metadata(), text, (Section("", kind, 0, len(text)),))


def grouped(**texts: list[str]) -> list[tuple[str, ...]]:
    made = {name: signature(document(words)) for name, words in texts.items()}
    return groups({name: one for name, one in made.items() if one is not None})


def test_the_same_text_is_wholly_similar() -> None:
    first, second = signature(document(WORDS)), signature(document(WORDS))
    assert first is not None and second is not None
    assert similarity(first, second) == 1.0


def test_case_and_punctuation_make_no_difference() -> None:
    shouted = [f"{word.upper()}," for word in WORDS]
    assert grouped(a=WORDS, b=shouted) == [("a", "b")]


def test_a_text_with_a_tenth_changed_is_grouped_with_the_first() -> None:
    changed = [*WORDS[:270], *(f"other{n}" for n in range(30))]
    assert grouped(a=WORDS, b=changed) == [("a", "b")]


def test_half_of_a_text_in_another_is_no_version_of_it() -> None:
    half = [*WORDS[:150], *(f"other{n}" for n in range(150))]
    assert grouped(a=WORDS, b=half) == []


def test_a_version_of_a_version_is_in_the_group() -> None:
    second = [*WORDS[45:], *(f"second{n}" for n in range(45))]
    third = [*second[45:], *(f"third{n}" for n in range(45))]
    assert grouped(a=WORDS, b=second, c=third) == [("a", "b", "c")]


def test_other_words_in_the_references_change_nothing() -> None:
    text = " ".join(WORDS)
    sections = (Section("", "other", 0, len(text)),)
    longer = f"{text} {' '.join(f'reference{n}' for n in range(200))}"
    cited = (*sections, Section("References", "references", len(text) + 1, len(longer)))
    first = signature(Document("a", "a", "text", Metadata(), text, sections))
    second = signature(Document("b", "b", "text", Metadata(), longer, cited))
    assert np.array_equal(first, second)  # type: ignore[arg-type]


def test_a_text_of_a_few_words_is_not_compared() -> None:
    assert signature(document(WORDS[:21])) is None


def test_a_signature_has_its_size() -> None:
    made = signature(document(WORDS))
    assert made is not None and made.shape == (PERMUTATIONS,) and made.dtype == np.uint32
