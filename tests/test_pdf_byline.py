"""Printed lines of authors, taken apart into names; ‸ stands for raised signs."""

import pytest

from ingest.formats.pdf.byline import names_in, stated_names

LIMA_BERG = ("Ana Lima", "Tom Berg")


@pytest.mark.parametrize(
    "line",
    [
        "Ana Lima and Tom Berg",
        "Ana Lima‸, Tom Berg‸",
        "Ana Lima‸ , Tom Berg ‸",
        "Ana Lima,‸ and Tom Berg‸",
        "Ana Lima‸ & Tom Berg ‸",
        "Ana Lima‸ Tom Berg‸",
        "Ana Lima · Tom Berg",
        "Ana Lima | Tom Berg",
        "Ana Lima • Tom Berg",
        "Ana Lima; Tom Berg",
        "Ana Lima 1,2,*, Tom Berg 3",
        "Ana Lima1,2*, Tom Berg3†",
        "Ana Lima a,b,*, Tom Berg b",
        "Ana Lima, MD; Tom Berg, PhD, MPH",
        "Ana Lima, M.D., and Tom Berg, Ph.D.",
        "Ana Lima, PT, DPT, OCS, FAAOMPT, Tom Berg, FRCS (Tr & Orth)",
        "Ana Lima MD PhD, Tom Berg MSc",
        "Ana Lima, XYZQ, Tom Berg",
        "Dr. med. Ana Lima, Prof. Tom Berg",
        "ANA LIMA, TOM BERG",
        "By Ana Lima and Tom Berg",
        "Authors: Ana Lima, Tom Berg",
        "Ana Lima (ORCID: 0000-0001-2345-6789), Tom Berg (t.berg@example.org)",
        "Ana Lima, Tom Berg, on behalf of the Ankle Study Group",
        "Ana Lima, Tom Berg; for the REST Investigators",
        "Ana Lima'”’, Tom Berg’",
        "Ana Lima, Tom Berg, Department of Sports Medicine, Porto",
    ],
)
def test_what_journals_add_to_names_goes(line: str) -> None:
    assert names_in(line) == LIMA_BERG


@pytest.mark.parametrize(
    "name",
    [
        *("J. A. Lima", "JA Lima", "Lima JA", "Carl van Walden", "Lieke C de Jong-Potter"),
        *("Maria del Carmen de la Cruz Pérez", "José García y Vega", "Raza ur Rahman"),
        *(
            "Ahmed El-Sayed",
            "Fatima al-Zahra",
            "Ivan D'Angelo",
            "Chiara d’Amico",
            "Terence O’Neill",
        ),
        *(
            "An Lu",
            "Wei MA",
            "Yu-Chen Lin",
            "Robert Smith III",
            "J. Brown",
            "Ö. Yılmaz",
            "Ann Kopečná",
        ),
        *("S.A. van 't Hof", "Rod MacDonald", "Louis-Philippe St-Pierre"),
    ],
)
def test_a_name_stays_as_it_is_written(name: str) -> None:
    assert names_in(f"{name}‸, Tom Berg‸") == (name, "Tom Berg")


@pytest.mark.parametrize(
    "line",
    [
        "Department of Orthopaedics, Lima Medical School",
        "‸ Comparative Cognition, Lima Institute",
        "1 Sports Science, Porto",
        "New York, NY, USA",
        "Boston, MA",
        "Tokyo, Japan",
        "Hong Kong",
        "Open Access",
        "Case Report",
        "Received 26 September 2013; Revised 13 March 2014",
        "Academic Editor: Tom Berg",
        "Ana Lima and Tom Berg have no conflicts of interest",
        "A New Species of Frog",
        "12–15",
        "",
    ],
)
def test_other_lines_have_no_names(line: str) -> None:
    assert names_in(line) == ()


def test_words_that_the_document_writes_small_make_no_name() -> None:
    assert names_in("Chronic Ankle Pain", {"chronic", "ankle", "pain"}) == ()


def test_one_of_the_words_may_be_common() -> None:
    assert names_in("Ana Brown and J. Long", {"brown", "long"}) == ("Ana Brown", "J. Long")


@pytest.mark.parametrize(
    "stated",
    ["Ana Lima, Tom Berg", "Lima, Ana; Berg, Tom", "Ana Lima;Tom Berg", "ANA LIMA and TOM BERG"],
)
def test_a_field_of_authors_is_read_however_it_is_written(stated: str) -> None:
    assert stated_names(stated) == LIMA_BERG


def test_one_name_may_be_turned_round() -> None:
    assert stated_names("van der Berg, Jan") == ("Jan van der Berg",)


def test_degrees_in_a_field_are_no_authors() -> None:
    assert stated_names("Dr. Ana Lima, MD, PhD") == ("Ana Lima",)
