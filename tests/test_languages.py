"""Which language a text is in."""

from dataclasses import dataclass

import pytest

from ingest import languages
from ingest.languages import find_language

TEXTS = {
    "en": "The patient came to the clinic with a swollen knee, which had hurt for three weeks. "
    "Rest and ice did not help her.",
    "fr": "Le patient est venu à la clinique avec un genou gonflé, douloureux depuis trois "
    "semaines. Le repos et la glace ne l'ont pas soulagé.",
    "de": "Der Patient kam mit einem geschwollenen Knie in die Klinik, das seit drei Wochen "
    "schmerzte. Ruhe und Eis halfen ihm nicht.",
    "es": "El paciente acudió a la clínica con una rodilla hinchada que le dolía desde hacía tres "
    "semanas. El reposo y el hielo no le ayudaron.",
    "it": "Il paziente è venuto in clinica con un ginocchio gonfio, dolente da tre settimane. "
    "Il riposo e il ghiaccio non lo hanno aiutato.",
    "pt": "O paciente veio à clínica com um joelho inchado, que doía havia três semanas. "
    "O repouso e o gelo não o ajudaram.",
    "nl": "De patiënt kwam met een gezwollen knie naar de kliniek, die al drie weken pijn deed. "
    "Rust en ijs hielpen hem niet.",
    "ru": "Пациентка пришла в клинику с опухшим коленом, которое болело три недели. "
    "Покой и лёд ей не помогли.",
}


@pytest.mark.parametrize(("code", "text"), TEXTS.items())
def test_a_language_is_found(code: str, text: str) -> None:
    assert find_language(text) == code


def test_a_short_text_has_no_language() -> None:
    assert find_language("Rest and ice.") == ""


def test_measurements_have_no_language() -> None:
    assert find_language("WBC 12 000, CRP 34, Hb 12.1, Plt 344, Na 134, K 4.5, ALT 33 " * 3) == ""


def test_evident_english_needs_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "_identifier", None)
    assert find_language(TEXTS["en"]) == "en"


@pytest.mark.parametrize("code", ["fr", "de", "es", "it", "pt", "nl", "ru"])
def test_a_text_of_two_languages_is_not_evidently_english(
    monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(languages, "_identifier", lambda: Noting(asked))
    find_language(f"{TEXTS[code]} {TEXTS['en']}")
    assert len(asked) == 1


@dataclass(frozen=True)
class Noting:
    """Stands for the model, and notes what it is asked."""

    asked: list[str]

    def classify(self, text: str) -> tuple[str, float]:
        self.asked.append(text)
        return "en", 1.0
