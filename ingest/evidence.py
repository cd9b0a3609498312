"""What a document states of itself in passing: level of evidence, disclosures, licence, notice.

All of it in the document's own words; nothing is judged. Pure.
"""

import re
from collections.abc import Iterator, Sequence

from ingest.documents import Metadata, Section, first_stated, read_in
from ingest.licences import find_licence
from ingest.sections import BACK_MATTER, CAPTION, DISCUSSION, METHODS, REFERENCES, SOURCE, TABLE
from ingest.sentences import sentence_spans

MAX_LEVEL_CHARACTERS = 120
"""A level of evidence is a few words; what is longer speaks of how levels are given."""
MAX_DECLARING_CHARACTERS = 400
"""A paragraph that is longer speaks of more than interests, if it is not labelled as theirs."""
MAX_DISCLOSURE_CHARACTERS = 5000
"""Paragraphs of disclosures are kept whole, as many as fit; the first one always."""

_LEVEL = r"(?:levels?\s+)?(?P<level>[1-5][a-d]?|(?-i:I{1,3}|IV|V)(?:-?[a-d1-3])?)(?![\w.]*\w)"
_LEVEL_LABEL = re.compile(
    rf"^\W*(?:levels?\s+of\s+evidence|evidence\s+level|LOE)\b\s*[:.,–—-]*\s*"
    rf"(?P<words>(?:[\w-]+,?\s+){{0,3}}?{_LEVEL}[^\n]*)$",
    re.IGNORECASE,
)
_LEVEL_NAMED = re.compile(
    r"\b(?P<words>(?:(?:therapeutic|prognostic|diagnostic|oxford)\W+)?level\s+"
    r"(?:[1-5][a-d]?|(?-i:I{1,3}|IV|V)[ab]?)(?:\s+evidence\b|,?\s+(?:therapeutic|prognostic"
    r"|diagnostic|retrospective|case series|expert opinion|cohort|case[ -]control)[\w ,-]{0,40}|"
    r"(?<=oxford level \d)))",
    re.IGNORECASE,
)
_LEVEL_HEADING = re.compile(r"levels? of evidence|evidence level|^LOE$", re.IGNORECASE)
_WHERE_LEVELS_ARE_DISCUSSED = frozenset({DISCUSSION, METHODS})
"""Here other works are weighed, and a level in passing is theirs."""
_WORTH_READING = re.compile(
    r"\bcreative commons|\bCC[ -]BY|\bCC0|evidence|\blevel\b|LOE", re.IGNORECASE
)
_DISCLOSING = re.compile(
    r"(?:competing|conflict(?:s|ing)?(?: of)?|declarations? of(?: competing)?) interests?"
    r"|^(?:financial )?disclosures?\b|disclosure statement",
    re.IGNORECASE,
)
_DISCLOSURE_LABEL = re.compile(
    r"^(?:(?:declaration of )?(?:competing|conflicts? of|conflicting) interests?(?: statement)?"
    r"|(?:financial )?disclosures?(?: statement)?)\s*[:.–—-]\s*(?P<words>\S.*)$",
    re.IGNORECASE,
)
_DECLARED = re.compile(
    r"\bauthors?\b[^.]{0,30}\b(?:declares?|disclosed?|reports?|states?|have|has)\b[^.]{0,60}"
    r"\b(?:competing|conflicts?|conflicting|financial)\b[^.]{0,20}\b(?:interests?|disclos\w+|ties)\b",
    re.IGNORECASE,
)
_OF_ITSELF = re.compile(
    r"\b(?:this|the) (?:is an?|article|work|text|page|document|publication|content|site)\b"
    r"|open[- ]access|licen[sc]ed under|distributed under|under the terms",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"licen[cs]e of the source|image|figure|photo|adapted|reproduced|retold", re.I
)
_RETRACTED = re.compile(
    r"^\W*(?:retracted|withdrawn|removed)(?:[ -](?:article|paper|chapter))?\s*[\]:)–—-]", re.I
)
_NOTICES = (
    (
        "retraction notice",
        re.compile(r"^\W*(?:notice of )?retraction(?: note)?(?: to)?\s*[:–—-]", re.I),
    ),
    (
        "correction notice",
        re.compile(r"^\W*(?:\w+ )?(?:corrections?|erratum|corrigendum)(?: to)?\s*[:–—-]", re.I),
    ),
)


def read_statements(title: str, text: str, sections: Sequence[Section]) -> Metadata:
    """What a document states of itself in its title and text, with the places it was read in."""
    return first_stated(
        _evidence_level(text, sections),
        _disclosures(text, sections),
        _licence(text, sections),
        _notice(title),
    )


def _evidence_level(text: str, sections: Sequence[Section]) -> Metadata:
    """The level that a label, a heading or a passing word states."""
    for section in sections:
        words = text[section.start : section.end].strip().split("\n")[0]
        if _LEVEL_HEADING.search(section.heading) and len(words) <= MAX_LEVEL_CHARACTERS:
            return _level(words, section)
    passing: tuple[str, Section] | None = None
    for section, sentence in _sentences(text, sections, frozenset({REFERENCES, SOURCE})):
        labelled = _LEVEL_LABEL.match(sentence)
        if labelled and len(labelled["words"]) <= MAX_LEVEL_CHARACTERS:
            return _level(labelled["words"], section)
        named = _LEVEL_NAMED.search(sentence) if passing is None else None
        if named and section.kind not in _WHERE_LEVELS_ARE_DISCUSSED:
            passing = (named["words"], section)
    return _level(*passing) if passing else Metadata()


def _level(words: str, section: Section) -> Metadata:
    return read_in(_place(section), Metadata(evidence_level=words.strip(" .;,")))


def _disclosures(text: str, sections: Sequence[Section]) -> Metadata:
    """The section on interests, else a paragraph with that label, else the sentence itself."""
    for section in sections:
        if _DISCLOSING.search(section.heading) and section.kind == BACK_MATTER:
            return _disclosed(_whole_paragraphs(text[section.start : section.end]), section)
    declared = Metadata()
    for section in sections:
        if section.kind == REFERENCES:
            continue
        for paragraph in text[section.start : section.end].split("\n"):
            labelled = _DISCLOSURE_LABEL.match(paragraph)
            if labelled:
                return _disclosed(labelled["words"], section)
            if not declared.disclosures and _DECLARED.search(paragraph):
                declared = _disclosed(_declaring_part(paragraph), section)
    return declared


def _declaring_part(paragraph: str) -> str:
    """A paragraph that declares interests; of one about much else, the sentence that does."""
    if len(paragraph) <= MAX_DECLARING_CHARACTERS:
        return paragraph
    sentences = (paragraph[a:b] for a, b in sentence_spans(paragraph))
    return next((one for one in sentences if _DECLARED.search(one)), paragraph)


def _disclosed(words: str, section: Section) -> Metadata:
    return read_in(_place(section), Metadata(disclosures=words.strip()))


def _whole_paragraphs(words: str) -> str:
    first, *rest = words.strip().split("\n")
    kept = first
    for paragraph in rest:
        if len(kept) + len(paragraph) > MAX_DISCLOSURE_CHARACTERS:
            break
        kept += f"\n{paragraph}"
    return kept


def _licence(text: str, sections: Sequence[Section]) -> Metadata:
    """The licence of the document itself, not of a picture or of what it retells."""
    left_out = frozenset({REFERENCES, SOURCE, CAPTION, TABLE})
    for section, sentence in _sentences(text, sections, left_out):
        if _OF_ITSELF.search(sentence) and not _OF_ANOTHER.search(sentence):
            licence = find_licence(sentence)
            if licence:
                return read_in(_place(section), Metadata(licence=licence))
    return Metadata()


def _notice(title: str) -> Metadata:
    """What the title says before it begins."""
    found = "retracted" if _RETRACTED.search(title) else ""
    found = found or next((name for name, pattern in _NOTICES if pattern.search(title)), "")
    return read_in("title", Metadata(notice=found))


def _sentences(
    text: str, sections: Sequence[Section], left_out: frozenset[str]
) -> Iterator[tuple[Section, str]]:
    for section in sections:
        if section.kind not in left_out:
            body = text[section.start : section.end]
            if _WORTH_READING.search(body):
                yield from ((section, body[a:b]) for a, b in sentence_spans(body))


def _place(section: Section) -> str:
    return f'section "{section.heading}"' if section.heading else "the text"
