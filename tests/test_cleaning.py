"""Characters are mended; words, figures, quotes and dashes stay the author's."""

import pytest

from ingest.cleaning import clean, words_in


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("Ã©paule gelÃ©e", "épaule gelée"),  # UTF-8 once read as Windows-1252
        ("patientâ€™s", "patient’s"),
        ("an eﬀusion, a ﬁssure", "an effusion, a fissure"),
        ("he\u0301matome", "hématome"),
        ("hydro\u00addissection", "hydrodissection"),
        ("knee\u200b joint\ufeff", "knee joint"),
        ("safe\u202edesrever", "safedesrever"),
        ("10\u00a0mg\tdaily", "10 mg daily"),
        ("one \n\n\n two", "one\ntwo"),
        ("beep\x07", "beep"),
    ],
)
def test_damage_is_mended(damaged: str, mended: str) -> None:
    assert clean(damaged) == mended


@pytest.mark.parametrize(
    "text",
    [
        "“Popeye’s sign” – seen…",
        "p < .05 & n = 12; 37.5 °C; ≥ 3 cm; 242.2 µmol/l",
        "x10³/mm³, 10⁹/L, ½ tablet",
        "β-blocker, Kümmell, 傳染病, １２",
        "&amp; is not unescaped, nor is <b>markup</b>",
        "• Rest\n• Ice",
    ],
)
def test_the_authors_characters_stay(text: str) -> None:
    assert clean(text) == text


def test_cleaning_twice_changes_nothing_more() -> None:
    once = clean(" Ã©paule \u200b \n\n eﬀusion\u00ad ")
    assert clean(once) == once


def test_words_are_what_white_space_parts() -> None:
    assert words_in(" L4-L5 hurt\n2.5 days. ") == 4


def test_a_form_feed_parts_words() -> None:
    assert clean("end\x0cstart") == "end start"
