"""Document to passages: whole sentences of one section and case, up to a token budget. Pure.

The budget is counted with the encoder's own tokens, given as `count_tokens`; ingest does not
know the encoder. The title and the heading ride along when a passage is encoded (see
`encoding_prefix`), so they are paid for out of the same budget.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest.documents import Document, Passage, Section
from ingest.sections import REFERENCES, SOURCE
from ingest.sentences import sentence_spans

CountTokens = Callable[[Sequence[str]], list[int]]
"""How many of the encoder's tokens each text has, without its special tokens."""

PREFIX_SHARE = 4
"""The title and heading may take one part in this many of a passage's budget."""
UNSEARCHED_KINDS = frozenset({REFERENCES, SOURCE})
"""Kept in the document, but not cut into passages: titles of other works answer no question."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_LABELS = frozenset(
    """fig figs figure figures table tables tab box panel plate scheme chart graph image photo video
    appendix supplementary additional file online continued cont see and of to
    ii iii iv vi vii viii ix xi xii""".split()
)
"""Words that name a figure or a row and tell nothing of it."""


@dataclass(frozen=True)
class PassageBudget:
    """How long a passage may be: in the encoder's tokens, title and heading included."""

    tokens: int = 254
    overlap_sentences: int = 1


@dataclass(frozen=True)
class _Piece:
    """A sentence, or a part of one that exceeds the budget alone."""

    start: int
    end: int
    tokens: int


def split_passages(
    document: Document, budget: PassageBudget, count_tokens: CountTokens
) -> list[Passage]:
    """The passages of a document, in reading order.

    Every word of its sections is in one, but for those of `UNSEARCHED_KINDS`, and for a piece
    that would hold nothing but a label ("Figure 1."). A passage ends at a sentence unless one
    sentence alone exceeds the budget; it holds one patient's story, or nobody's.
    """
    passages: list[Passage] = []
    for section in document.sections:
        if section.kind in UNSEARCHED_KINDS:
            continue
        prefix = encoding_prefix(document.metadata.title, section.heading, budget, count_tokens)
        room = budget.tokens - count_tokens([encoded_text(prefix, "")])[0]
        pieces = _pieces(document.text, section, room, count_tokens)
        for _, of_one_case in groupby(pieces, lambda p: document.case_of(p.start, p.end)):
            for start, end in _pack(document.text, list(of_one_case), room, budget, count_tokens):
                if is_worth_finding(document.text[start:end]):
                    passages.append(_passage(document, section, len(passages), start, end))
    return passages


def is_worth_finding(text: str) -> bool:
    """Whether a text has a word beside labels and figures.

    >>> is_worth_finding("Figure 1."), is_worth_finding("Fig. 1. Wrist."), is_worth_finding("7 | 9")
    (False, True, False)
    """
    return any(word.lower() not in _LABELS for word in _WORD.findall(text))


def _passage(document: Document, section: Section, ordinal: int, start: int, end: int) -> Passage:
    pages = document.pages_of(start, end)
    return Passage(
        doc_id=document.doc_id,
        ordinal=ordinal,
        section=section.heading,
        kind=section.kind,
        page=pages[0].number if pages else None,
        last_page=pages[-1].number if pages else None,
        start=start,
        end=end,
        text=document.text[start:end],
        page_name=pages[0].name if pages else "",
        last_page_name=pages[-1].name if pages else "",
        case=document.case_of(start, end),
        recognised=any(page.recognised for page in pages),
    )


def encoding_prefix(
    title: str, heading: str, budget: PassageBudget, count_tokens: CountTokens
) -> str:
    """Title and heading, cut at a word so that they leave most of the budget to the text."""
    words = f"{title}\n{heading}".split() if heading != title else title.split()
    allowed = budget.tokens // PREFIX_SHARE
    while words and count_tokens([" ".join(words)])[0] > allowed:
        words = words[: len(words) * 3 // 4]
    return " ".join(words)


def encoded_text(prefix: str, passage_text: str) -> str:
    """What the encoder reads for a passage."""
    return f"{prefix}\n{passage_text}" if prefix else passage_text


def _pieces(text: str, section: Section, room: int, count_tokens: CountTokens) -> list[_Piece]:
    body = text[section.start : section.end]
    spans = [(section.start + a, section.start + b) for a, b in sentence_spans(body)]
    counts = count_tokens([text[a:b] for a, b in spans])
    pieces: list[_Piece] = []
    for (start, end), tokens in zip(spans, counts, strict=True):
        if tokens <= room:
            pieces.append(_Piece(start, end, tokens))
        else:
            pieces.extend(_halves(text, start, end, room, count_tokens))
    return pieces


def _halves(text: str, start: int, end: int, room: int, count_tokens: CountTokens) -> list[_Piece]:
    """Cut a monster sentence near its middle, at a space if there is one, until each part fits."""
    tokens = count_tokens([text[start:end]])[0]
    if tokens <= room or end - start < 2:
        return [_Piece(start, end, tokens)]
    middle = (start + end) // 2
    space = text.rfind(" ", start + 1, middle)
    cut = space if space > start else middle
    after = cut + 1 if text[cut] == " " else cut
    return [
        *_halves(text, start, cut, room, count_tokens),
        *_halves(text, after, end, room, count_tokens),
    ]


def _pack(
    text: str,
    pieces: list[_Piece],
    room: int,
    budget: PassageBudget,
    count_tokens: CountTokens,
) -> list[tuple[int, int]]:
    windows = []
    first = 0
    while first < len(pieces):
        last = first
        used = pieces[first].tokens
        while last + 1 < len(pieces) and used + pieces[last + 1].tokens <= room:
            last += 1
            used += pieces[last].tokens
        # Joined sentences can have a token more than their sum in some tokenizers.
        while last > first and _span_tokens(text, pieces, first, last, count_tokens) > room:
            last -= 1
        windows.append((pieces[first].start, pieces[last].end))
        if last + 1 == len(pieces):
            break
        # The overlap gives way where it would leave no room for the next sentence.
        back = min(budget.overlap_sentences, last - first)
        while back and sum(p.tokens for p in pieces[last + 1 - back : last + 2]) > room:
            back -= 1
        first = last + 1 - back
    return windows


def _span_tokens(
    text: str, pieces: list[_Piece], first: int, last: int, count_tokens: CountTokens
) -> int:
    return count_tokens([text[pieces[first].start : pieces[last].end]])[0]
