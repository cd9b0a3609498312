"""Characters are mended; words, figures, quotes and dashes stay the author's."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.cleaning import clean, words_in

# Letters, marks, spaces, controls and what a wrong encoding makes of them.
TEXTS = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("Ã©â€™Â°µοсa\u00ad\u200b\n\t\x0c\uf0b7\u0301\u2028ﬁ "),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("Ã©paule gelÃ©e", "épaule gelée"),  # UTF-8 once read as Windows-1252
        ("patientâ€™s", "patient’s"),
        ("37 Â°C, 5 Âµg, 3 Â± 1", "37 °C, 5 µg, 3 ± 1"),
        ("an eﬀusion, a ﬁssure", "an effusion, a fissure"),
        ("he\u0301matome", "hématome"),
        ("hydro\u00addissection", "hydrodissection"),
        ("hydro\u00ad \n dissection", "hydrodissection"),
        ("51\u2011year\u2011old", "51-year-old"),
        ("knee\u200b joint\ufeff", "knee joint"),
        ("safe\u202edesrever", "safedesrever"),
        ("10\u00a0mg\tdaily", "10 mg daily"),
        ("10\u2009mg, 5\u202fmm", "10 mg, 5 mm"),
        ("\uf0b7 Rest", "• Rest"),
        ("5 \uf06dg, \uf0b3 3 cm, \uf0b1 1", "5 μg, ≥ 3 cm, ± 1"),
        ("presentati\u03bfn \u03bff a \u0441ell", "presentation of a cell"),  # Greek ο, Cyrillic с
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
        "p < .05 & n = 12; 37.5 °C; ≥ 3 cm; ≤ 4; 242.2 µmol/l; 5 μg",
        "x10³/mm³, 10⁹/L, 24 kg/m², ½ tablet, ¾, 1⅓",
        "3.2 ± 0.4, −20°, 5′ 10″, 2 × 3 × 4 cm, 8 → 4, Δ 3, Ω, α₂, ‰, ∼5",
        "β-blocker, Kümmell, Sjögren, Ménière, Ångström, 傳染病, １２",
        "NÃO, Ça va, São Paulo",
        "&amp; is not unescaped, nor is <b>markup</b>",
        "• Rest\n• Ice",
        "☐ yes ☒ no ✓",
        "IFN-α2, TNFα, β2M, χ2, κB, μg, ΔF508, Ωm, ψDNA",
        "боль в плече, πόνος στον ώμο, рН, Tест-х",
    ],
)
def test_the_authors_characters_stay(text: str) -> None:
    assert clean(text) == text


@given(TEXTS)
@example("\u00c3\u200b\u00a9")
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@given(TEXTS)
def test_clean_text_has_no_blank_lines_nor_space_at_its_ends(text: str) -> None:
    assert "\n\n" not in clean(text) and clean(text) == clean(text).strip()


@given(st.text(st.characters(codec="ascii", categories=("L", "N", "P")), max_size=60))
def test_plain_words_and_figures_stay(text: str) -> None:
    assert clean(text) == text


def test_words_are_what_white_space_parts() -> None:
    assert words_in(" L4-L5 hurt\n2.5 days. ") == 4


def test_a_form_feed_parts_words() -> None:
    assert clean("end\x0cstart") == "end start"
