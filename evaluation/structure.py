"""Whether passages keep what they promise, counted over documents without the code that cuts them.

A passage is the text of its offsets; it fits what the encoder reads, title and heading included;
it lies inside one section and one case; it begins and ends with a sentence, unless that sentence
alone exceeds the budget; and every word of a section that is searched is in one, but for pieces
that hold nothing but a label ("Figure 1.").
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from evaluation.tables import markdown_table
from index.encoders import Encoder
from index.publication import settings_for
from ingest.documents import Document, Passage, Section
from ingest.passages import (
    UNSEARCHED_KINDS,
    PassageBudget,
    encoded_text,
    encoding_prefix,
    is_worth_finding,
    split_passages,
)
from ingest.sentences import sentence_spans

ALL = "all"
_WORD = re.compile(r"\w+")

Spans = list[tuple[int, int]]
Count = Callable[[Sequence[str]], list[int]]


@dataclass(frozen=True)
class PassageRow:
    """The documents of one format: their passages, and how many break each promise.

    `long_sentences` counts those that exceed the budget alone and may be cut; `unfound_words`
    words of searched sections that are in no passage.
    """

    format: str
    documents: int = 0
    passages: int = 0
    long_sentences: int = 0
    wrong_offsets: int = 0
    over_budget: int = 0
    beyond_section: int = 0
    beyond_case: int = 0
    cut_sentences: int = 0
    unsearched: int = 0
    unfound_words: int = 0

    @property
    def violations(self) -> int:
        """Broken promises of all kinds."""
        kept = ("format", "documents", "passages", "long_sentences")
        return sum(getattr(self, f.name) for f in fields(self) if f.name not in kept)

    def to_dict(self) -> dict[str, Any]:
        """For a results file."""
        return {**asdict(self), "violations": self.violations}


def passage_rows(documents: Iterable[Document], encoder: Encoder) -> list[PassageRow]:
    """A row for each format, and one for all, with the budget that a build would give `encoder`."""
    budget = settings_for(encoder).budget
    rows: dict[str, PassageRow] = {}
    for document in documents:
        row = check_passages(
            document, split_passages(document, budget, encoder.count_tokens), budget, encoder
        )
        for name in (document.format, ALL):
            rows[name] = _sum(name, rows.get(name, PassageRow(name)), row)
    return [*(rows[name] for name in sorted(rows) if name != ALL), rows.get(ALL, PassageRow(ALL))]


def check_passages(
    document: Document, passages: Sequence[Passage], budget: PassageBudget, encoder: Encoder
) -> PassageRow:
    """What the passages of one document break; it need not be `split_passages` that made them."""
    count = encoder.count_tokens
    homes = [_home(document, passage) for passage in passages]
    sections = {home for home in homes if home is not None}
    long = {section: _long_sentences(document, section, budget, count) for section in sections}
    pairs = list(zip(passages, homes, strict=True))
    return PassageRow(
        format=document.format,
        documents=1,
        passages=len(passages),
        long_sentences=sum(map(len, long.values())),
        wrong_offsets=sum(document.text[p.start : p.end] != p.text for p in passages),
        over_budget=sum(_is_over(document, p, budget, count) for p in passages),
        beyond_section=sum(home is None for home in homes),
        beyond_case=sum(_mixes_cases(document, p) for p in passages),
        cut_sentences=sum(
            _cuts_sentence(document, p, home, long[home]) for p, home in pairs if home is not None
        ),
        unsearched=sum(home is not None and home.kind in UNSEARCHED_KINDS for home in homes),
        unfound_words=_unfound_words(document, passages),
    )


def to_markdown(rows: Sequence[PassageRow]) -> str:
    """A table with a line for each row."""
    names = [f.name for f in fields(PassageRow)]
    head = [name.replace("_", " ") for name in names]
    return markdown_table(head, ([getattr(row, name) for name in names] for row in rows)) + "\n"


def _sum(name: str, first: PassageRow, second: PassageRow) -> PassageRow:
    names = [f.name for f in fields(PassageRow) if f.name != "format"]
    sums = [getattr(first, one) + getattr(second, one) for one in names]
    return PassageRow(name, *sums)


def _home(document: Document, passage: Passage) -> Section | None:
    """The section that a passage lies in whole, and says that it does."""
    return next(
        (
            section
            for section in document.sections
            if section.start <= passage.start < passage.end <= section.end
            and (section.heading, section.kind) == (passage.section, passage.kind)
        ),
        None,
    )


def _sentences(document: Document, section: Section) -> Spans:
    body = document.text[section.start : section.end]
    return [(section.start + a, section.start + b) for a, b in sentence_spans(body)]


def _room(document: Document, heading: str, budget: PassageBudget, count: Count) -> int:
    """Tokens that the title and the heading leave to a passage."""
    prefix = encoding_prefix(document.metadata.title, heading, budget, count)
    return budget.tokens - count([encoded_text(prefix, "")])[0]


def _long_sentences(
    document: Document, section: Section, budget: PassageBudget, count: Count
) -> Spans:
    """The sentences of a section that no passage can hold whole."""
    spans = _sentences(document, section)
    room = _room(document, section.heading, budget, count)
    tokens = count([document.text[a:b] for a, b in spans])
    return [span for span, size in zip(spans, tokens, strict=True) if size > room]


def _is_over(document: Document, passage: Passage, budget: PassageBudget, count: Count) -> bool:
    prefix = encoding_prefix(document.metadata.title, passage.section, budget, count)
    return count([encoded_text(prefix, passage.text)])[0] > budget.tokens


def _mixes_cases(document: Document, passage: Passage) -> bool:
    """Whether a case begins or ends inside a passage, or the passage names another case."""
    edges = (edge for case in document.cases for edge in (case.start, case.end))
    named = {c.number for c in document.cases if c.start < passage.end and passage.start < c.end}
    own = set() if passage.case is None else {passage.case}
    return named != own or any(passage.start < edge < passage.end for edge in edges)


def _cuts_sentence(document: Document, passage: Passage, home: Section, long: Spans) -> bool:
    """Whether a passage begins or ends inside a sentence that would have fitted into one."""
    inside = {
        span
        for span in _sentences(document, home)
        for edge in (passage.start, passage.end)
        if span[0] < edge < span[1]
    }
    return bool(inside - set(long))


def _unfound_words(document: Document, passages: Sequence[Passage]) -> int:
    """Words of searched sections in no passage, those of mere labels not counted."""
    found = bytearray(len(document.text))
    for passage in passages:
        found[passage.start : passage.end] = b"\1" * (passage.end - passage.start)
    return sum(
        len(_WORD.findall(left))
        for section in document.sections
        if section.kind not in UNSEARCHED_KINDS
        for left in _left_out(document, section, found)
        if is_worth_finding(left)
    )


def _left_out(document: Document, section: Section, found: bytearray) -> Iterator[str]:
    """The stretches of a section that no passage covers."""
    for gap in re.finditer(rb"\0+", bytes(found[section.start : section.end])):
        yield document.text[section.start + gap.start() : section.start + gap.end()]
