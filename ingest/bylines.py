"""Reads people's names from the line that says who wrote a document. Pure."""

import re

MAX_NAMES = 60
"""More names than that on one line are a consortium, or no names."""
_DEGREES = re.compile(
    r",?\s*\b(?:M\.?D|Ph\.?\s?D|D\.?O|M\.?Sc|B\.?Sc|M\.?S|B\.?S|M\.?A|B\.?A|MBBS|MBChB|MB|BCh|ChB|DPT"
    r"|PT|RN|FRCS|FRCP|FACP|FACS|FAAPMR|MPH|Dr\.?\s?med|DSc|DPhil|MRCP|MRCS|MCh|MS|DNB|DC|DVM"
    r"|PharmD|FAAOS|RMSK|CSCS|ATC|OTR/L|PA-C)\b\.?(?:\s?\([A-Za-z. ]{2,12}\))?(?=[\s,;*)†‡]|$)"
)
_TITLES = re.compile(r"^(?:dr|prof|professor|mr|mrs|ms|sir)\.?\s+", re.IGNORECASE)
_MARKS = re.compile(
    r"[⁰¹²³⁴-⁹*†‡§¶#^]+(?:\s*,\s*[⁰¹²³⁴-⁹*†‡§¶#]+)*|(?<=\w)\d+(?:\s*,\s*\d+\b)*|\[\d+\]"
)
_ADDRESS = re.compile(r"(?:e-?mail\s*:?\s*)?\S+@\S+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[,;]\s*(?:and\b|&)?|\band\b|&|\bund\b|\bet\b)\s*")
_PARTICLE = r"(?:van|von|de|der|den|del|della|da|di|dos|du|la|le|el|al|bin|ibn|ter|ten|af|av|y|e)"
_FAMILY = r"(?:[A-ZÀ-ÖØ-Þ][\w'’.-]*\w\.?)"
_INITIALS = r"(?:[A-ZÀ-ÖØ-Þ]\.?[- ]?){1,4}"
_PERSON = re.compile(
    rf"(?:(?:{_FAMILY}|{_INITIALS})\s+){{1,3}}(?:{_PARTICLE}\s+){{0,2}}{_FAMILY}"
    rf"|(?:{_PARTICLE}\s+){{0,2}}{_FAMILY}(?:\s+{_FAMILY})?\s+[A-ZÀ-ÖØ-Þ](?:[.-]?\s?[A-ZÀ-Þ]){{0,3}}\.?"
)
_SENTENCE_END = re.compile(r"(?<![A-Z])(?<!\.D)[.?!:]$")  # and no initial, nor "Ph.D."
_NO_PERSON = re.compile(
    r"\b(?:university|hospital|department|institute|clinic|school|college|centre|center|journal"
    r"|report|case|study|review|syndrome|disease|patients?|treatment|the|of|in|for|with|abstract"
    r"|introduction|keywords?|street|road|medical|medicine|surgery|figure|table|group|pain|injury"
    r"|imaging|therapy|ultrasound|sonography|injections?|diagnosis|management|results?|methods?"
    r"|views?|exercises?|muscles?|tendons?|nerves?|joints?|tendinopathy|fractures?|rehabilitation"
    r"|manual|guide|clinical|physical|health|care|team|editors?|staff)\b",
    re.IGNORECASE,
)


def split_names(value: str) -> tuple[str, ...]:
    """The names in a text that is known to hold names; degrees and marks of affiliation go.

    >>> split_names("Ana Lima¹, MD, and Tom Berg²"), split_names("Lima, Ana; Berg, Tom")
    (('Ana Lima', 'Tom Berg'), ('Ana Lima', 'Tom Berg'))
    """
    bare = _MARKS.sub("", _DEGREES.sub("", _ADDRESS.sub("", value)))
    if ";" in bare:
        names = [_first_name_first(name) for name in bare.split(";")]
    else:
        names = _BETWEEN.split(bare)
    cleaned = [_TITLES.sub("", " ".join(name.split()).strip(" ,.*")) for name in names]
    return tuple(name for name in cleaned if any(map(str.isalpha, name)))


def byline(line: str) -> tuple[str, ...]:
    """The authors that an unlabelled line names; empty where anything in it is no name.

    One name alone counts only after "by" or with a degree: "Anterior Drawer" is no author.

    >>> byline("Ana Lima, MD and Tom Berg"), byline("Knee Pain, Rest and Ice")
    (('Ana Lima', 'Tom Berg'), ())
    """
    stated = re.sub(r"^(?:written\s+)?by\s*:?\s+", "", line.strip(), flags=re.IGNORECASE)
    if len(stated) > MAX_NAMES * 40 or _SENTENCE_END.search(stated):
        return ()
    names = split_names(stated)
    if not 0 < len(names) <= MAX_NAMES or any(_NO_PERSON.search(name) for name in names):
        return ()
    if not all(_PERSON.fullmatch(name) for name in names):
        return ()
    marked = stated != line.strip() or _DEGREES.search(line) or _MARKS.search(line)
    return names if len(names) > 1 or marked else ()


def _first_name_first(name: str) -> str:
    parts = [part.strip() for part in name.split(",")]
    return " ".join(reversed(parts)) if len(parts) == 2 else name
