"""Letters without what keyboards leave out: accents, ligatures, capitals. Pure.

Words, keywords and phrases are compared in this form. Texts are mostly ASCII, which needs no
table of characters, so only the runs of other characters are looked at.
"""

import re
import unicodedata

_NOT_ASCII = re.compile("[^\\x00-\\x7f]+")


def folded(text: str) -> str:
    """Small letters without accents, compatibility forms (NFKD) as their plain letters.

    >>> folded("Morel-Lavallée"), folded("ﬁbrosis")
    ('morel-lavallee', 'fibrosis')
    """
    return (text if text.isascii() else _NOT_ASCII.sub(_bare, text)).lower()


def _bare(run: re.Match[str]) -> str:
    decomposed = unicodedata.normalize("NFKD", run[0])
    return "".join(c for c in decomposed if not unicodedata.combining(c))
