"""Document to passages: whole sentences of one section, packed up to a token budget. Pure.

The budget is counted with the encoder's own tokens, given as `count_tokens`; ingest does not
know the encoder. The title and the heading ride along when a passage is encoded (see
`encoding_prefix`), so they are paid for out of the same budget.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.documents import Document, Passage, Section
from ingest.sections import REFERENCES, SOURCE
from ingest.sentences import sentence_spans

CountTokens = Callable[[Sequence[str]], list[int]]
"""How many of the encoder's tokens each text has, without its special tokens."""

PREFIX_SHARE = 4
"""The title and heading may take one part in this many of a passage's budget."""
UNSEARCHED_KINDS = frozenset({REFERENCES, SOURCE})
"""Kept in the document, but not cut into passages: titles of other works answer no question."""


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
    """The passages of a document, in reading order; every character of its sections is in one.

    A passage ends at a sentence unless one sentence alone exceeds the budget.
    """
    passages: list[Passage] = []
    for section in document.sections:
        if section.kind in UNSEARCHED_KINDS:
            continue
        prefix = encoding_prefix(document.metadata.title, section.heading, budget, count_tokens)
        room = budget.tokens - (count_tokens([prefix])[0] if prefix else 0)
        pieces = _pieces(document.text, section, room, count_tokens)
        for start, end in _pack(document.text, pieces, room, budget, count_tokens):
            page, last_page = document.pages_of(start, end)
            passages.append(
                Passage(
                    document.doc_id,
                    len(passages),
                    section.heading,
                    section.kind,
                    page,
                    last_page,
                    start,
                    end,
                    document.text[start:end],
                )
            )
    return passages


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
