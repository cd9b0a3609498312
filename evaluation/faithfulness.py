"""How faithfully an article was read, held against its publisher's XML. Measures are pure.

Both sides are brought into one form before they are compared: NFKC (which parts ligatures), lower
case, soft hyphens and the hyphen signs of a PDF's line ends taken out, and every run of letters
and digits is a word, so that "well-known" is two words whatever its hyphen is.

Citation marks are taken out on both sides, since the formats print them in different ways:

- numbers alone in square or round brackets, "[3,5-7]" and "(12)";
- where the XML marks names and years as references, all that stands in brackets with a year
  from 1900 to 2099 in it, "(Lima et al., 2004; Berg 2011)";
- where the XML marks raised numbers as references, digits glued to the end of a word of two or
  more letters or to the sign after it, "ankles.3,4".

The two readers alone are given what is cheap to give: their pages joined, and a word that is
broken at the line end made whole.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import mean, median

import pypdf
import pypdfium2

from evaluation.articles import Article
from evaluation.publisher_xml import BREAK, CitationStyle, PublishedText, read_published
from ingest.corpus import read_document
from ingest.documents import Document
from ingest.sections import SITE_TEXT

RUN = 6
"""Words of a run that is looked for: few enough to stand near a fault, enough to be rare."""

_JOINED = re.compile("[\u00ad\ufffe\u200b\u2060\ufeff]")
_WORD = re.compile(r"[^\W_]+")
_NUMBERS_IN_BRACKETS = re.compile(r"[\[(]\s*\d{1,3}(?:\s*[,;–—‒-]\s*\d{1,3})*\s*[\])]")
_YEAR_IN_BRACKETS = re.compile(r"[\[(][^()\[\]]*\b(?:19|20)\d\d[a-z]?\b[^()\[\]]*[\])]")
_RAISED_NUMBERS = re.compile(r"(?<=[a-z]{2})([.,;:)]?)\d{1,3}(?:[,–—-]\d{1,3})*(?!\w|[.,]\d)")
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])-[^\S\n]*\n(?=[^\W\d_])")


@dataclass(frozen=True)
class PdfRow:
    """How one PDF was read: shares of 1, as the measures below have them."""

    name: str
    found: float
    found_by_pypdf: float
    found_by_pypdfium2: float
    out_of_order: float


@dataclass(frozen=True)
class HtmlRow:
    """How one web page was read; `extra` leaves out what was marked as text of the site."""

    name: str
    found: float
    extra: float
    out_of_order: float


def pdf_rows(chosen: Iterable[Article]) -> Iterator[PdfRow]:
    """One row for each article that has a PDF and XML; pypdf takes seconds for each."""
    for article in chosen:
        if article.pdf and article.xml:
            published = read_published(article.xml)
            ours = read_document(article.pdf).text
            yield PdfRow(
                article.name,
                found=share_found(published, ours),
                found_by_pypdf=share_found(published, pypdf_alone(article.pdf)),
                found_by_pypdfium2=share_found(published, pypdfium2_alone(article.pdf)),
                out_of_order=share_out_of_order(published, ours),
            )


def html_rows(chosen: Iterable[Article]) -> Iterator[HtmlRow]:
    """One row for each article that has a web page and XML."""
    for article in chosen:
        if article.html and article.xml:
            published = read_published(article.xml)
            document = read_document(article.html)
            own = _without_site_text(document)
            yield HtmlRow(
                article.name,
                found=share_found(published, document.text),
                extra=share_extra(published, own),
                out_of_order=share_out_of_order(published, document.text),
            )


def _without_site_text(document: Document) -> str:
    """The text without what was marked as text of the site."""
    text = document.text
    for section in reversed(document.sections):
        if section.kind == SITE_TEXT:
            text = text[: section.start] + text[section.end :]
    return text


def pypdf_alone(path: Path) -> str:
    """What pypdf gives without any help of ours but whole words."""
    texts = [page.extract_text() for page in pypdf.PdfReader(path).pages]
    return _BROKEN_WORD.sub("", "\n".join(texts))


def pypdfium2_alone(path: Path) -> str:
    """What pypdfium2 gives without any help of ours but whole words."""
    with pypdfium2.PdfDocument(path) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return _BROKEN_WORD.sub("", "\n".join(texts).replace("\r\n", "\n"))


def words_of(text: str, style: CitationStyle) -> list[str]:
    """The words of a text in the form that is compared; `BREAK` stays where it stands.

    >>> words_of("A ﬁne well-known gait [3, 5].", CitationStyle())
    ['a', 'fine', 'well', 'known', 'gait']
    """
    text = unicodedata.normalize("NFKC", _JOINED.sub("", text)).lower()
    text = _NUMBERS_IN_BRACKETS.sub(" ", text)
    if style.by_author_and_year:
        text = _YEAR_IN_BRACKETS.sub(" ", text)
    if style.by_raised_numbers:
        text = _RAISED_NUMBERS.sub(r"\1 ", text)
    parts = (_WORD.findall(part) for part in text.split(BREAK))
    return [word for part in parts for word in (BREAK, *part)][1:]


def share_found(published: PublishedText, read: str) -> float:
    """The share of all runs of `RUN` words of the body that the read text has too.

    Runs go over the ends of paragraphs; each counts as often as it stands on both sides.
    """
    wanted = Counter(_runs(words_of("\n".join(published.paragraphs), published.style)))
    there = Counter(_runs(words_of(read, published.style)))
    return (wanted & there).total() / wanted.total() if wanted else 1.0


def missed_runs(published: PublishedText, read: str) -> list[str]:
    """The runs of the body that the read text lacks, in the order of the body."""
    there = set(_runs(words_of(read, published.style)))
    wanted = _runs(words_of("\n".join(published.paragraphs), published.style))
    return [" ".join(run) for run in wanted if run not in there]


def share_out_of_order(published: PublishedText, read: str) -> float:
    """The share of neighbouring paragraphs of the body that the read text has the other way round.

    A paragraph stands at the median place of those of its runs that occur once in the read text;
    those without any are passed over.
    """
    words = words_of(read, published.style)
    there = Counter(_runs(words))
    place = {run: at for at, run in enumerate(_runs(words)) if there[run] == 1}
    placed = [
        median(places)
        for paragraph in published.paragraphs
        if (places := [place[r] for r in _runs(words_of(paragraph, published.style)) if r in place])
    ]
    return mean(after < before for before, after in pairwise(placed)) if len(placed) > 1 else 0.0


def share_extra(published: PublishedText, read: str) -> float:
    """The share of the read words that the XML has nowhere, front, tables and references included.

    A word that the XML has three times is extra from its fourth time on. Numbers are not counted:
    the formats number references, tables and dates each in its own way.
    """
    has = Counter(_with_letters(words_of(published.everything, published.style)))
    shown = Counter(_with_letters(words_of(read, published.style)))
    return (shown - has).total() / shown.total() if shown else 0.0


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    runs = zip(*(words[start:] for start in range(RUN)), strict=False)
    return [run for run in runs if BREAK not in run]


def _with_letters(words: Sequence[str]) -> list[str]:
    return [word for word in words if not word.isdigit() and word != BREAK]
