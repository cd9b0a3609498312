"""Reads how journals print where an article stands: "Trials 2015, 16:2". Pure.

Source: the forms of BMC, Springer, Elsevier, PLOS, Frontiers, MDPI, Hindawi, BMJ and of the
Vancouver style (https://www.nlm.nih.gov/bsd/uniform_requirements.html).
"""

import re

from ingest.documents import Metadata

_JOURNAL = r"(?P<journal>[A-Z][\w&'’:-]*\.?(?:[ ][\w&'’.()-]+){0,11}?)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_VOLUME = r"(?P<volume>\d{1,4})"
_ISSUE = r"(?:\s*\((?:[Ss]uppl\.?\s*)?[\w ,.–/-]{1,20}\))?"
_PAGE = r"[A-Za-z]{0,2}\d+"
_PAGES = rf"(?:pp?\.?\s*)?(?P<pages>{_PAGE}(?:\s*(?:--|[-–—])\s*{_PAGE})?(?:\.e\d+)?)"
_MONTH = r"(?:\s[A-Z][a-z]{2,8}\.?(?:[-–][A-Z][a-z]{2,8})?(?:\s\d{1,2})?)?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        # "Trials 2015, 16:2", "Trials (2015) 16:38", "Metabolites 2014, 4, 932-945"
        rf"{_JOURNAL}[.,]?\s+\(?{_YEAR}\)?{_MONTH}\s*[,;:.]?\s*{_VOLUME}{_ISSUE}\s*[,:]\s*{_PAGES}",
        # "Journal of Hand Therapy 27 (2014) 23–29", "Knee 2(1) (2014): 4"
        rf"{_JOURNAL},?\s+(?:[Vv]ol\.?\s*)?{_VOLUME}{_ISSUE}\s*\({_YEAR}\)\s*[,:]?\s*{_PAGES}",
        # "Journal of Manual Therapy, 22:3, 125-131"
        rf"{_JOURNAL},\s+{_VOLUME}:\d+,\s*{_PAGES}",
        # "Case Reports in Orthopedics Volume 2014, Article ID 801626"
        rf"{_JOURNAL},?\s+[Vv]olume\s+{_YEAR}(?:\s*\(\d{{4}}\))?,\s+Article\s+(?:ID\s+)?(?P<pages>\w+)",
        # "Knee. Vol. 12, No. 3, 2014, pp. 23-29"
        rf"{_JOURNAL}[.,]?\s+[Vv]ol(?:ume|\.)?\s*{_VOLUME}[,;]?\s+(?:[Nn]o\.?|[Ii]ssue)\s*\d+[,;]?"
        rf"{_MONTH},?\s+{_YEAR}(?:[,;:]\s*{_PAGES})?",
        # "BMJ Case Rep 2013. doi:…"
        rf"{_JOURNAL}[.,]?\s+{_YEAR}[.;:,]\s*(?=doi|https?://)",
        # "PLoS ONE 9(12): e115884", "Front. Psychol. 5:1582", "Cureus 10(3): e2345"
        rf"{_JOURNAL}\s+{_VOLUME}{_ISSUE}:\s*{_PAGES}",
    )
)
_AUTHORS = re.compile(r"^(?:[^\W\d_][\w'’ .,&-]{1,60}?)\s+et al\b[.,:]*\s*")
_NO_JOURNAL = re.compile(
    r"\b(?:received|accepted|revised|published|available|copyright|page|vol|volume|figure|table|"
    r"citation|doi|issn|article|january|february|march|april|june|july|august|september|october|"
    r"november|december)\b",
    re.IGNORECASE,
)


def read_reference(line: str) -> Metadata:
    """Journal, year, volume and pages of a line that begins with a journal's name.

    "Lima et al." may stand before it.

    >>> read_reference("Lima et al. Trials 2015, 16:2").volume
    '16'
    >>> read_reference("Received 3 May 2015; accepted 6 June 2015") == Metadata()
    True
    """
    bare = _AUTHORS.sub("", " ".join(line.split()))
    for form in _FORMS:
        match = form.match(bare)
        if match and not _NO_JOURNAL.search(match["journal"]):
            return _metadata(match.groupdict())
    return Metadata()


def _metadata(found: dict[str, str | None]) -> Metadata:
    year = found.get("year")
    return Metadata(
        journal=(found.get("journal") or "").strip(" .,:"),
        year=int(year) if year else None,
        volume=found.get("volume") or "",
        page_range=re.sub(r"\s*(?:--|[-–—])\s*", "-", found.get("pages") or ""),
    )
