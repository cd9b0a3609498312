"""Where clinical sentences end. Each row of the tables is a text, cut by hand.

The large judged set is in `sentence_cases.txt`; `test_evaluation_sentences.py` measures it.
"""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import sentence_spans


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


PIECES = """. … ? ! ... " ” ’ ) ] ( [ “ [5] 5,6 ⁷ , ; : - • † Dr. et al. e.g. Fig. No. 3 2.5 J. R.
    mm. i.v. U.S. a.m. spp. 1.2/x pain. pain.The The the pH p53 (ABSTRACT TRUNCATED""".split()
BREAKS = ["", " ", "  ", "\u00a0", "\n", "\r\n", "\n\n", "\u2028", "\x0c"]
clinical_texts = st.one_of(st.text(), st.lists(st.sampled_from([*PIECES, *BREAKS])).map("".join))

BY_HAND = [
    # Plain ends
    ["Fever rose.", "Rash spread.", "She recovered."],
    ["Was it gout?", "It was not!", "Nothing grew."],
    ["The cause was not found…", "He was sent home."],
    ["She agreed... then she left."],
    ["He hesitated...", "Then he agreed."],
    ["The answer … was no."],
    # Titles, initials and names
    ["Dr. Lee saw her.", "Prof. Ito operated."],
    ["Mrs. Okoro fell.", "St. Mary's Hospital took her in."],
    ["J. R. Smith described it.", "It is rare."],
    ["It was named after H. Kümmell.", "He was a surgeon."],
    ["Kuhn et al. graded it type III.", "We agree."],
    ["Schmidt et al. 2015 reported two cases.", "Ours is the third."],
    ["Cultures grew S. aureus and E. coli.", "M. tuberculosis did not grow."],
    ["It was C. difficile.", "Metronidazole was given."],
    # Letters that name something
    ["She was short of vitamin C.", "Normal values returned."],
    ["He had hepatitis B.", "His wife was immune."],
    ["The blood was of group A.", "None was given."],
    ["It was a stage B or C.", "Surgery was planned."],
    ["See panel A.", "The tear is marked."],
    # Figures, tables, references
    ["The tear is shown (Fig. 2).", "It was complete."],
    ["Fig. 2 shows the tear.", "Figs. 3 and 4 show the repair."],
    ["As in Fig. 2A.", "The cyst was large."],
    ["Values are in Tab. 1, cf. Ref. 12.", "They are low."],
    ["See Table 2.", "All were women."],
    ["Screw No. 3 broke.", "Nos. 1 and 2 held."],
    ["It is kept under no. KF147852."],
    ["It is in Vol. 3, pp. 12–15.", "We read it."],
    # Numbers and units
    ["Pain fell by 2.5 points.", "Strength was 4.5/5."],
    ["It measured 4 x 3.5 cm.", "The skin was red."],
    ["It rose over 12 weeks.", "12 of 14 patients ran again."],
    ["The temperature was 39.5 °C.", "Pulse was 110."],
    ["CRP was 152 mg/L.", "ESR was 117 mm/h."],
    ["HbA1c was 7.5%.", "Insulin was begun."],
    ["The difference was small (p < .05).", "We saw none."],
    ["It was significant at p < .05.", "Power was low."],
    ["Power was 4/5.", "Reflexes were normal."],
    ["The dose was 10 mg/kg/d.", "There was no rash."],
    ["Platelets were 6 × 10³/mm³.", "He bled."],
    ["Only large tears count.", "≥ 3 cm is large."],
    ["He was discharged on day 3.", "On day 9 he came back."],
    # Doses and Latin
    ["He was given 5 mg i.v. and slept.", "He woke at noon."],
    ["Ceftriaxone 1 g i.v. was given.", "It helped."],
    ["She took 400 mg b.i.d. for 7 days.", "Fever fell."],
    ["Blood was drawn at 5 p.m. and sent.", "It clotted."],
    ["She woke at 10.30 p.m.", "Her leg was cold."],
    ["Use a large vessel, e.g. the femoral.", "Avoid others, i.e. small ones."],
    ["A graft of approx. 3 cm was cut.", "It fitted."],
    ["We compared it with, e.g., ibuprofen.", "It was weaker."],
    ["Surgery vs. Rest was the question.", "Rest won."],
    ["Rest, ice, etc. were tried.", "They failed."],
    ["They tried rest, ice, etc.", "Nothing helped."],
    # Ages and dates
    ["A 58 y.o. woman fell.", "She was well before."],
    ["A 3.5-year-old boy limped.", "His hip was stiff."],
    ["He was 12 years old.", "Growth plates were open."],
    ["She was seen on 3 Jan. 2020.", "It was cold."],
    ["Symptoms began in Dec.", "He waited."],
    ["It began in 2012.", "In 2014 it was removed."],
    # Spine levels and grades
    ["There was a bulge at L4-L5.", "S1 was free."],
    ["It was grade III.", "MRI was done."],
    ["T12 had collapsed.", "L2 had not."],
    # Citation marks, quotes and brackets
    ["This is rare [5,6].", "Others differ [7]."],
    ["This is rare.[5,6]", "Others differ.[7–9]"],
    ["This is rare (Ito 2012).", "Others differ."],
    ['He said "it hurts."', "Then he left."],
    ["He said “it hurts.”", "Then he left."],
    ["(She had no fever.)", "He had."],
    ["The fibres looked “cooked”.", '"Popeye\'s sign" was seen.'],
    ["It healed (see below).", "[Figure omitted]"],
    # List numbers
    ["1. Rest the leg.", "2. Ice it."],
    ["3. Imaging studies"],
    # Companies and addresses
    ["It was from Zimmer Inc., Warsaw, USA.", "It was cemented."],
    ["Arthrex Ltd. made it.", "It held."],
    ["See www.example.org for more.", "It is free."],
    # No boundary without white space
    ["The file knee.2.jpg was lost in transit"],
]

TOO_FEW = [
    # "no" is an abbreviation before a number only.
    ["Was there fever?", "No.", "It had gone."],
    ["Fever: no.", "He went home."],
    # Numbers of references, raised in print, stand bare after the full stop in many PDFs.
    ["This is rare.5,6", "Others differ.7 8", "We agree."],
    ["This is rare.¹,²", "Others differ.⁷–⁹", "We agree."],
    # A list that lost its line breaks, as PDFs print it.
    ["• Rest is best.", "• Ice it."],
    # Some words begin small.
    ["His temperature was 37.5 °C.", "pH was 7.4."],
]


@pytest.mark.parametrize("sentences", BY_HAND, ids=lambda s: s[0][:40])
def test_a_clinical_text_is_cut_as_by_hand(sentences: list[str]) -> None:
    assert cut(" ".join(sentences)) == sentences


@pytest.mark.parametrize("sentences", TOO_FEW, ids=lambda s: s[0][:40])
def test_these_sentences_are_parted_too(sentences: list[str]) -> None:
    assert cut(" ".join(sentences)) == sentences


def test_a_line_break_always_ends_a_sentence() -> None:
    assert cut("Rest\nIce and\n\nelevation") == ["Rest", "Ice and", "elevation"]


def test_white_space_around_a_sentence_is_left_out() -> None:
    assert cut("  Fever rose.   She slept. \n ") == ["Fever rose.", "She slept."]


def test_a_hard_space_parts_sentences_too() -> None:
    assert cut("Fever rose.\u00a0She slept.") == ["Fever rose.", "She slept."]


@pytest.mark.parametrize("text", ["", "  \n "])
def test_nothing_holds_no_sentence(text: str) -> None:
    assert cut(text) == []


SLIPS = [
    ["Pain fell.", "the leg was warm."],
    ["It hurt (VAS 8).", "He slept."],
]


@pytest.mark.parametrize("sentences", SLIPS, ids=lambda s: s[0])
def test_a_missing_space_or_capital_hides_no_boundary(sentences: list[str]) -> None:
    assert cut(" ".join(sentences)) == sentences
    assert cut("".join(sentences)) == sentences


@pytest.mark.parametrize("text", ["See www.knee.The/x now", "p.Gly35Asp was new", "It ran Node.js"])
def test_names_with_stops_inside_are_not_taken_for_slips(text: str) -> None:
    assert cut(text) == [text]


def test_a_journal_and_its_volume_stay_together() -> None:
    assert cut("It is in J. Bacteriol. 174:4324, 1992.") == [
        "It is in J. Bacteriol. 174:4324, 1992."
    ]


def test_half_a_number_does_not_begin_a_sentence() -> None:
    assert cut("Urea was 5. 7 mmol/l at 8. 2 weeks passed.") == [
        "Urea was 5. 7 mmol/l at 8.",
        "2 weeks passed.",
    ]


@given(clinical_texts)
def test_spans_are_in_order_and_do_not_overlap(text: str) -> None:
    spans = sentence_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(clinical_texts)
def test_every_character_but_white_space_stands_in_a_span(text: str) -> None:
    assert "".join("".join(cut(text)).split()) == "".join(text.split())


@given(clinical_texts)
def test_no_span_begins_or_ends_with_white_space(text: str) -> None:
    assert all(sentence == sentence.strip() for sentence in cut(text))


@given(clinical_texts)
def test_no_span_goes_over_a_line_break(text: str) -> None:
    assert all(len(sentence.splitlines()) == 1 for sentence in cut(text))


@pytest.mark.parametrize("run", [".", ". ", "e.g. ", "x. (", "?! ", "x.\u00a0", ".)", "1."])
def test_nothing_is_lost_of_a_long_run_of_marks(run: str) -> None:
    text = run * 20_000  # a reader in quadratic time would hang here
    assert "".join("".join(cut(text)).split()) == "".join(text.split())
