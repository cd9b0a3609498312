"""Filters in words: labels, options with their counts, and what is active. Pure."""

from collections.abc import Mapping
from typing import Any

LABELS: dict[str, str] = {
    "year_from": "Year from",
    "year_to": "Year to",
    "age_from": "Age from",
    "age_to": "Age to",
    "document_types": "Document type",
    "section_kinds": "Section",
    "sexes": "Sex",
    "languages": "Language",
    "source_types": "Source",
}
"""Field of `search.queries.Filters` to what people call it, in the order of the page."""
LANGUAGES: dict[str, str] = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian",
    "zh": "Chinese",
}  # fmt: skip
"""ISO 639-1 to English, for the languages that most of the literature is in; others show a code."""


def option_words(field: str, value: str, documents: int) -> str:
    """One choice of a filter, with how many documents it would leave.

    >>> option_words("languages", "de", 1200)
    'German (1,200)'
    """
    return f"{value_words(field, value)} ({documents:,})"


def value_words(field: str, value: str) -> str:
    """A value as people call it.

    >>> value_words("languages", "xx"), value_words("document_types", "review")
    ('xx', 'review')
    """
    return LANGUAGES.get(value, value) if field == "languages" else value


def active_filters(chosen: Mapping[str, Any]) -> list[tuple[tuple[str, ...], str]]:
    """What is active, each with the fields that it is made of; nothing for what may be any.

    >>> active_filters({"year_from": 2015, "age_to": 17, "sexes": ("male", "female")})
    [(('year_from', 'year_to'), 'year from 2015'), (('age_from', 'age_to'), 'age to 17'), \
(('sexes',), 'sex: male or female')]
    """
    active: list[tuple[tuple[str, ...], str]] = []
    for name in ("year", "age"):
        fields = (f"{name}_from", f"{name}_to")
        if words := _range_words(*(chosen.get(field) for field in fields)):
            active.append((fields, f"{name} {words}"))
    for field, label in LABELS.items():
        values = chosen.get(field)
        if isinstance(values, tuple) and values:
            texts = " or ".join(value_words(field, value) for value in values)
            active.append(((field,), f"{label.lower()}: {texts}"))
    return active


def _range_words(low: int | None, high: int | None) -> str:
    """From one number to another, with an open end where one is any."""
    if low is not None and high is not None:
        return f"{low}–{high}" if low != high else str(low)
    if low is not None:
        return f"from {low}"
    return "" if high is None else f"to {high}"
