"""Which words the keyword index takes for one, and which it keeps apart."""

import pytest

from index.stems import stem


@pytest.mark.parametrize(
    "words",
    [
        ("injection", "injections", "injected", "injecting"),
        ("haematoma", "hematoma", "haematomas"),
        ("oedema", "edema"),
        ("tumour", "tumor", "tumours"),
        ("oesophageal", "esophageal"),
        ("diarrhoea", "diarrhea"),
        ("fibre", "fiber", "fibres"),
        ("anaesthetised", "anesthetized"),
        ("organisation", "organization", "organizations"),
        ("paralysed", "paralyzed", "paralysis"),
        ("diagnosis", "diagnoses", "diagnosed"),
        ("metastasis", "metastases"),
        ("bursa", "bursae"),
        ("vertebra", "vertebrae"),
        ("child", "children"),
        ("tear", "torn", "tears"),
    ],
)
def test_forms_of_one_word_share_a_stem(words: tuple[str, ...]) -> None:
    assert len({stem(word) for word in words}) == 1


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("organ", "organization"),
        ("organ", "organic"),
        ("organ", "organism"),
        ("immune", "immunization"),
        ("local", "localized"),
        ("universal", "university"),
        ("police", "policy"),
        ("toe", "tee"),
        ("shoe", "she"),
        ("exercise", "exerciz"),
    ],
)
def test_two_words_keep_two_stems(word: str, other: str) -> None:
    assert stem(word) != stem(other)


@pytest.mark.parametrize("word", ["pus", "gas", "abscess", "uterus", "bolus"])
def test_a_singular_in_s_is_not_another_word_without_it(word: str) -> None:
    assert stem(word) != stem(word[:-1])
