"""Which language a text is in, by py3langid. Pure, but for a model that is loaded once.

py3langid (https://github.com/adbar/py3langid, BSD-3-Clause, 4.6 MB) was right on all of 8,178
English case texts from their first 200 characters, at 0.1 ms each; loading takes 0.6 s and
100 MB, so it waits for the first text.
"""

from functools import cache
from typing import Protocol

MIN_CHARACTERS = 80
"""Shorter texts are named wrongly with confidence (60 characters: 29 of 8,178, up to 0.85)."""
MIN_CONFIDENCE = 0.6
"""Of 80 characters and more, wrong answers had at most 0.59, right ones nearly always more."""
SAMPLE_CHARACTERS = 3000
"""More than this adds time and no certainty."""


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


def find_language(text: str) -> str:
    """The ISO 639-1 code of a text's language; "" where the text is too short or unclear.

    >>> find_language("Rest, ice.")
    ''
    """
    sample = text[:SAMPLE_CHARACTERS]
    if len(sample) < MIN_CHARACTERS:
        return ""
    language, confidence = _identifier().classify(sample)
    return language if len(language) == 2 and confidence >= MIN_CONFIDENCE else ""


@cache
def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier: _Identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return identifier
