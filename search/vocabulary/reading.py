"""What the encoder reads of a question: spelt right, abbreviations written out. Pure."""

import re
from collections.abc import Sequence

from search.vocabulary.expansions import ABBREVIATION, SPELLING, Expansion


def spelled_out(text: str, expansions: Sequence[Expansion]) -> str:
    """A question with its misspellings replaced and long forms added in parentheses.

    An abbreviation is written out where it stands first. Synonyms are left to the keywords: the
    encoder knows them.

    >>> spelled_out("PIN palsy", [Expansion("PIN", "posterior interosseous nerve", "abbreviation")])
    'PIN (posterior interosseous nerve) palsy'
    """
    long_forms: dict[str, list[str]] = {}
    for one in expansions:
        if one.reason == ABBREVIATION and len(one.added) > len(one.asked):
            long_forms.setdefault(one.asked, []).append(one.added)
    for asked, longs in long_forms.items():
        written_out = f"{asked} ({', '.join(longs)})".replace("\\", r"\\")
        text = _whole(asked).sub(written_out, text, 1)
    for one in expansions:
        if one.reason == SPELLING:
            text = _whole(one.asked).sub(one.added, text)
    return text


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){re.escape(words)}(?![^\W_])")
