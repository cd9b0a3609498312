"""What kind of query this is: a question, a few keywords, or a pasted case. Pure.

The kinds want different rankings: a case shares many words with a case like it, and one vector
blurs its story; a well-formed question is understood better than its words are found.
"""

import re
from typing import Literal

from index.keywords import STOP_WORDS

QueryKind = Literal["question", "keywords", "case"]

CASE_WORDS = 45
"""Of 120 clinicians' questions the longest has 30 words; pasted cases begin at 70."""
MOST_KEYWORDS = 8
_ENDS = ("?", ".", "!")
"""Who ends with one of these wrote a sentence."""
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


def kind_of(text: str) -> QueryKind:
    """The kind of a query, by its length and its small words.

    >>> [kind_of(text) for text in ("ganglion Guyon canal", "Can a ganglion press on the nerve?")]
    ['keywords', 'question']
    """
    words = _WORD.findall(text.lower())
    if len(words) >= CASE_WORDS:
        return "case"
    small = any(word in STOP_WORDS for word in words)
    if small or len(words) > MOST_KEYWORDS or text.rstrip().endswith(_ENDS):
        return "question"
    return "keywords"
