"""Which known word a misspelt one is meant to be, and which words are left alone."""

import random

import pytest

from index.sounds import skeleton, sound
from search.vocabulary.english import is_english, is_everyday
from search.vocabulary.right_words import RIGHT_WORDS
from search.vocabulary.spelling import correction, errors_forgiven, initials, one_error_away
from search.vocabulary.variants import american, variants


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fabela", "fabella"),
        ("gastrocnemeus", "gastrocnemius"),
        ("tociluzimab", "tocilizumab"),
        ("quadracep", "quadriceps"),
        ("ibuprophen", "ibuprofen"),
        ("tibea", "tibia"),
        ("tendno", "tendon"),
        ("painfull", "painful"),
        ("kondral", "chondral"),
        ("syndrom", "syndrome"),
    ],
)
def test_a_slip_is_mended(typed: str, meant: str) -> None:
    known = [(meant, 3)] if typed != "kondral" else [("chondral", 3), ("condral", 1)]
    expected = meant if typed != "kondral" else "condral"
    assert correction(typed, known) == expected


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("cefixime", "cefepime"),
        ("hyperkalemia", "hypokalemia"),
        ("intraosseous", "interosseous"),
        ("piriform", "perform"),
        ("discal", "distal"),
        ("osteoclastic", "osteoblastic"),
        ("gut", "gout"),
        ("ulna", "luna"),
        ("maximus", "maximum"),
    ],
)
def test_another_word_is_not_taken_for_a_slip(typed: str, other: str) -> None:
    assert correction(typed, [(other, 50)]) is None


def test_of_two_words_that_are_as_near_the_commoner_is_meant() -> None:
    assert correction("lesoin", [("lesion", 40), ("lesoins", 2)]) == "lesion"


def test_a_nearer_word_goes_before_a_commoner() -> None:
    assert correction("hematomaa", [("hematoma", 1), ("haematoma", 90)]) == "hematoma"


def test_of_many_words_that_are_as_near_none_is_sure() -> None:
    known = [("barter", 1), ("carter", 1), ("marter", 1), ("tarter", 1)]
    assert correction("xarter", [*known, ("xerter", 1), ("xirter", 1), ("xorter", 1),
                                 ("xurter", 1)]) is None  # fmt: skip


def test_a_word_is_no_slip_of_itself() -> None:
    assert correction("tendon", [("tendon", 9)]) is None


@pytest.mark.parametrize(("word", "errors"), [("knee", 0), ("tendon", 1), ("meniscus", 2)])
def test_longer_words_may_have_more_errors(word: str, errors: int) -> None:
    assert errors_forgiven(word) == errors


def test_a_first_letter_may_be_written_as_it_sounds() -> None:
    assert initials("kondral") == ("k", "c")


def test_words_that_sound_alike_have_one_skeleton() -> None:
    assert skeleton("hemorage") == skeleton("hemorrhage")


@pytest.mark.parametrize("word", ["motorcycle", "lasagne", "kneecaps"])
def test_an_english_word_is_known(word: str) -> None:
    assert is_english(word)


@pytest.mark.parametrize(("word", "everyday"), [("pin", True), ("dish", True), ("tibial", False)])
def test_everyday_words_are_told_from_rare_ones(word: str, everyday: bool) -> None:
    assert is_everyday(word) is everyday


def test_right_words_are_single_small_words() -> None:
    assert all(word.isascii() and word.isalpha() and word.islower() for word in RIGHT_WORDS)


@pytest.mark.parametrize(
    ("british", "us"),
    [
        ("haematoma", "hematoma"),
        ("oedema", "edema"),
        ("tumour", "tumor"),
        ("fibres", "fibers"),
        ("localised", "localized"),
        ("catheterisation", "catheterization"),
        ("labelled", "labeled"),
        ("sulphate", "sulfate"),
        ("leucocyte", "leukocyte"),
        ("diarrhoea", "diarrhea"),
        ("disc", "disk"),
    ],
)
def test_each_side_of_the_ocean_gives_the_others_spelling(british: str, us: str) -> None:
    assert us in variants(british) and british in variants(us)


@pytest.mark.parametrize("word", ["four", "hour", "toe", "knee"])
def test_short_words_are_not_respelt(word: str) -> None:
    assert {"for", "hor", "te"}.isdisjoint(variants(word))


def test_what_is_too_long_for_a_word_has_no_other_spelling() -> None:
    assert variants("hematoma" * 5) and not variants("hematoma" * 6)


def test_spellings_are_compared_in_the_american_form() -> None:
    assert american("oesophageal") == american("esophageal")


def misspelt(word: str, chance: random.Random) -> str:
    """A word with one to three letters changed, added, left out or swapped."""
    for _ in range(chance.randint(1, 3)):
        place, letter = chance.randrange(len(word)), chance.choice("aeiouckstpfrnmhyz")
        rest = word[place + 1 :]
        swapped = rest[:1] + word[place] + rest[1:]
        word = word[:place] + chance.choice(
            (letter + rest, letter + word[place] + rest, rest, swapped)
        )
    return word


@pytest.mark.parametrize("right", ["fabella", "cefixime", "haemorrhage", "psoas", "phlebitis"])
def test_words_looked_up_correct_as_all_words_of_like_length_would(right: str) -> None:
    chance = random.Random(right)
    known = {misspelt(right, chance): chance.randint(1, 9) for _ in range(400)} | {right: 5}
    for _ in range(200):
        asked = misspelt(right, chance)
        for begins in filter(None, initials(asked) if asked else ()):
            like = {one: n for one, n in known.items() if one and one[0] in begins}
            near = one_error_away(asked, begins)
            few = {one: n for one, n in like.items() if one in near or sound(one) == sound(asked)}
            assert correction(asked, list(few.items())) == correction(asked, list(like.items()))
