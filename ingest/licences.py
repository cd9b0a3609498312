"""Names the licence that a document states, in one short form for all wordings. Pure."""

import re

_ADDRESS = re.compile(
    r"creativecommons\.org/(?:licenses/(?P<terms>by(?:-(?:nc|nd|sa))*)/(?P<version>\d\.\d)"
    r"|(?P<zero>publicdomain/zero))",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"\bCC[ -](?P<terms>BY(?:[ -](?:NC|ND|SA))*)\b(?:[ -](?P<version>\d\.\d))?|\b(?P<zero>CC0)\b"
)
_LONG = re.compile(
    r"Creative\s+Commons[\s-]+(?P<words>Attribution(?:[\s–-]+(?:Non[\s-]?Commercial"
    r"|No[\s-]?Derivatives|No[\s-]?Derivs|Share[\s-]?Alike|and))*)"
    r"(?:\s+(?:International|Unported|Licen[cs]e|\(CC[^)]*\)|v(?:ersion)?\.?))*\s*(?P<version>\d\.\d)?",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(r"licen[cs]e of the source\b[^.;)\n]*", re.IGNORECASE)
"""A retelling names the licence of what it retells, which is not its own."""
_TERMS = (("NC", r"non[\s-]?commercial"), ("ND", r"no[\s-]?deriv"), ("SA", r"share[\s-]?alike"))


def find_licence(text: str) -> str:
    """The Creative Commons licence that a text names; "" for none and for any other.

    An address says most, then the short form, then the words; a version is given as stated.

    >>> find_licence("under the Creative Commons Attribution-NonCommercial License 4.0")
    'CC BY-NC 4.0'
    >>> find_licence("see http://creativecommons.org/licenses/by/2.0")
    'CC BY 2.0'
    >>> find_licence("In our own words (licence of the source: CC BY).")
    ''
    """
    text = _OF_ANOTHER.sub("", text)
    for pattern in (_ADDRESS, _SHORT, _LONG):
        # An address that is broken over lines is made whole.
        match = pattern.search(
            re.sub(r"(?<=/)\s+(?=\S)", "", text) if pattern is _ADDRESS else text
        )
        if match:
            return _short_form(match.groupdict())
    return ""


def _short_form(found: dict[str, str | None]) -> str:
    if found.get("zero"):
        return "CC0"
    terms = re.sub(r"[\s-]+", "-", found.get("terms") or "").upper()
    words = (found.get("words") or "").lower()
    if words:
        terms = "-".join(["BY", *(short for short, wording in _TERMS if re.search(wording, words))])
    version = found.get("version")
    return f"CC {terms} {version}" if version else f"CC {terms}"
