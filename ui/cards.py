"""A hit as an HTML card. Pure: strings in, one string out, every text escaped.

A card shows one passage word for word with exactly one mark, the sentence that answers. What is
said about the passage stands outside of its text, so that a copy of it is the document's:
"says no" beside the mark is the style sheet's.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.documents import Passage
from search.hits import Hit, Snippet, Twin
from search.output import (
    NEARLY_THE_SAME,
    SAYS_NO,
    STRENGTH_WORDS,
    patient_words,
    place_of,
    score_words,
)
from search.vocabulary import Expansion
from ui.badges import badges_of, notice_line
from ui.copying import copying, quotation
from ui.markup import escape, few_and_more, link_or_text, site_of

_LIKELY = "How likely the passage is relevant, calibrated on this index"
_DENIED = "The underlined words say no to what was asked"
_SAYS_NO = (
    f'<span class="cb-no" role="note" aria-label="{SAYS_NO}. {_DENIED}." title="{_DENIED}"></span>'
)
_PATIENT = "Whom the passage is about, as the text brings them in"
_FEW_TWINS = 3


def card(hit: Hit, expansions: Sequence[Expansion] = ()) -> str:
    """One ranked card; `expansions` are the question's, of which those found here are shown."""
    return (
        f'<article class="cb-card cb-{hit.strength}">'
        f"{_head(hit)}{notice_line(hit.metadata.notice)}"
        f"{_where(hit)}"
        f'<div class="cb-passage" dir="auto">{marked(hit)}</div>'
        f"{_found_by(expansions_in(hit.passage.text, expansions))}"
        '<dl class="cb-origin">'
        '<dt>Cite</dt><dd class="cb-cite">'
        '<span class="cb-copy" dir="auto" title="One click selects the citation">'
        f"{escape(hit.citation)}</span>{copying(quotation(hit))}</dd>"
        f"<dt>Source</dt><dd>{link_or_text(hit.source)}</dd>"
        f"</dl>{_twins(hit.twins)}</article>"
    )


def marked(hit: Hit) -> str:
    """The passage with the answering sentence in a mark; snippet offsets are the document's."""
    text = hit.passage.text
    start = hit.snippet.start - hit.passage.start
    end = hit.snippet.end - hit.passage.start
    label = _SAYS_NO if hit.snippet.denied else ""
    mark = f"<mark>{_underlined(text[start:end], hit.snippet)}</mark>{label}"
    return f"{escape(text[:start])}{mark}{escape(text[end:])}"


def without_overlap(passages: Sequence[Passage], centre: int) -> list[str]:
    """The texts of neighbouring passages, nothing twice; the one at `centre` stays whole.

    Passages share a sentence with the next one. It is cut from the outer of the two.
    """
    texts = []
    for place, passage in enumerate(passages):
        start, end = passage.start, passage.end
        if place < centre:
            end = min(end, passages[place + 1].start)
        elif place > centre:
            start = max(start, passages[place - 1].end)
        texts.append(passage.text[start - passage.start : max(end - passage.start, 0)].strip())
    return texts


def expansions_in(text: str, expansions: Sequence[Expansion]) -> list[Expansion]:
    """Those whose added words stand in a text, whatever their letters' case.

    >>> expansions = [Expansion("PRP", "platelet-rich plasma", "abbreviation")]
    >>> len(expansions_in("Platelet-rich plasma was given.", expansions))
    1
    """
    return [
        one
        for one in expansions
        if re.search(rf"(?<!\w){re.escape(one.added)}(?!\w)", text, re.IGNORECASE)
    ]


def _underlined(sentence: str, snippet: Snippet) -> str:
    """The sentence with what it denies underlined; places that overlap are underlined once."""
    parts, done = [], 0
    for denied_start, denied_end in sorted(snippet.denied):
        start, end = max(denied_start - snippet.start, done), denied_end - snippet.start
        if start < end:
            said = f'<span class="cb-denied">{escape(sentence[start:end])}</span>'
            parts += [escape(sentence[done:start]), said]
            done = end
    return "".join(parts) + escape(sentence[done:])


def _twins(twins: Sequence[Twin]) -> str:
    if not twins:
        return ""
    names = [
        f'<span dir="auto" title="{escape(twin.citation)}">{escape(twin.title)}</span> '
        f"{link_or_text(twin.source)}"
        for twin in twins
    ]
    return f'<div class="cb-twins"><p>{NEARLY_THE_SAME}:</p>{few_and_more(names, _FEW_TWINS)}</div>'


def _head(hit: Hit) -> str:
    stated = hit.metadata
    facts = (
        _fact("" if stated.year is None else str(stated.year), stated.origin_of("year")),
        _fact(stated.journal or site_of(hit.source), stated.origin_of("journal")),
        *(badge.html for badge in badges_of(hit)),
    )
    return (
        f'<header class="cb-head"><span class="cb-rank"><span class="cb-sr">Rank </span>{hit.rank}'
        '</span><div class="cb-what">'
        f'<h3 class="cb-title" dir="auto">{escape(hit.title)}</h3>'
        f'<p class="cb-facts">{"".join(facts)}</p>{_strength(hit)}</div>'
        f"{_meter(hit.score)}</header>"
    )


def _strength(hit: Hit) -> str:
    """That a match is weak, in words."""
    words = STRENGTH_WORDS[hit.strength]
    return f'<p class="cb-strength">{words[:1].upper()}{words[1:]}</p>' if words else ""


def _fact(text: str, origin: str) -> str:
    """A stated value with where it was read on hover; one that was concluded looks so."""
    if not text:
        return ""
    kind = ' class="cb-inferred"' if origin.startswith("inferred") else ""
    where = f' title="Read in: {escape(origin)}"' if origin else ""
    return f"<span{kind}{where}>{escape(text)}</span>"


def _where(hit: Hit) -> str:
    """Section, pages, patient and kind of file; "" where none is known.

    A section named like the document would say the title twice.
    """
    if hit.passage.section == hit.title:
        hit = replace(hit, passage=replace(hit.passage, section=""))
    place = f"<span>{escape(place)}</span>" if (place := place_of(hit)) else ""
    whom = patient_words(hit.patient) if hit.patient else ""
    patient = f'<span class="cb-patient" title="{_PATIENT}">{escape(whom)}</span>' if whom else ""
    kind = f"<span>{escape(hit.source_type)}</span>" if hit.source_type else ""
    told = place + patient + kind
    return f'<p class="cb-place" dir="auto">{told}</p>' if told else ""


def _found_by(expansions: Sequence[Expansion]) -> str:
    """Why a passage was found that does not have the question's own words."""
    if not expansions:
        return ""
    items = " · ".join(
        f'<span dir="auto">{escape(one.asked)}</span> → <b dir="auto">{escape(one.added)}</b>'
        for one in expansions
    )
    return f'<p class="cb-found-by">Found by {items}</p>'


def _meter(score: float) -> str:
    """How likely to be relevant, from 0 to 1, as a figure and a bar."""
    share = min(max(score, 0.0), 1.0)
    return (
        '<div class="cb-relevance" role="meter" aria-label="Relevance" aria-valuemin="0" '
        f'aria-valuemax="1" aria-valuenow="{share:.2f}" title="{_LIKELY}">'
        f"<span>Relevance <b>{escape(score_words(share))}</b></span>"
        f'<span class="cb-bar"><span style="width: {share:.0%}"></span></span></div>'
    )
