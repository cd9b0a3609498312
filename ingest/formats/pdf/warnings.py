"""What a person should know of how a PDF's pages were read. Pure."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.formats.pdf.ocr import page_list
from ingest.formats.pdf.paragraphs import is_broken
from ingest.formats.pdf.print import PrintedPage
from ingest.formats.pdf.vocabulary import Vocabulary, small_words

MIN_WORDS = 40
"""A page with fewer tells nothing: tables of names and numbers are short."""
NONSENSE = 0.4
"""Share of words known below which a page's letters are other letters than they were."""
MIN_BROKEN = 4
"""Words broken at line ends: fewer of them may be rare ones."""
MIXED = 0.6
"""Share of broken words whose second half is not in the next line, where columns are mixed; terms
that no list has and words with hyphens of their own are fewer."""

_FIRST = re.compile(r"([^\W\d_]+)-$")
_SECOND = re.compile(r"[^\W\d_]+")


def page_warnings(pages: Sequence[PrintedPage], vocabulary: Vocabulary) -> list[str]:
    """Lines for the report on pages whose letters, or whose columns, are probably mixed up."""
    nonsense = [n for n, page in enumerate(pages, 1) if _is_nonsense(page, vocabulary)]
    mixed = [
        n for n, page in enumerate(pages, 1) if n not in nonsense and _is_mixed(page, vocabulary)
    ]
    told = []
    if nonsense:
        told.append(f"letters probably wrong (damaged encoding): {page_list(nonsense)}; compare")
    if mixed:
        told.append(f"probably two columns mixed: {page_list(mixed)}; compare with the original")
    return told


def _is_nonsense(page: PrintedPage, vocabulary: Vocabulary) -> bool:
    nonsense = vocabulary.share_known(page.text) < NONSENSE
    return nonsense and len(small_words(page.text)) >= MIN_WORDS


def _is_mixed(page: PrintedPage, vocabulary: Vocabulary) -> bool:
    """Whether the halves of words broken at line ends seldom make a word with the next line."""
    broken = missing = 0
    for before, line in pairwise(page.lines):
        first, second = _FIRST.search(before.text), _SECOND.match(line.text)
        if not is_broken(before.text) or first is None or not first[1].islower():
            continue
        broken += 1
        rest = second[0] if second else ""
        missing += not rest or f"{first[1]}{rest}".lower() not in vocabulary
    return broken >= MIN_BROKEN and missing > MIXED * broken
