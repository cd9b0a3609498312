"""What a licence is called, by its address or its words. Pure."""

import re

_ADDRESS = re.compile(
    r"creativecommons\.org/(?:licen[sc]es/(?P<terms>by(?:-[a-z]{2})*)(?:/(?P<version>\d\.\d))?"
    r"|publicdomain/(?P<domain>zero|mark)(?:/(?P<edition>\d\.\d))?)",
    re.IGNORECASE,
)
_SHORT = re.compile(r"\bCC[ -]?(BY(?:[ -](?:NC|ND|SA))*|0)(?:[ -](\d\.\d))?(?![\w-])")
_TERMS = (
    ("-NC", r"non.?commercial"),
    ("-ND", r"no.?deriv\w+"),
    ("-SA", r"share.?alike"),
)
_NAMED = re.compile(
    r"creative commons\W+(?:\(?CC\W*[\w -]{0,12}\)?\s)?"
    r"(?P<name>attribution[\w \W]{0,80}?licen[cs]e)"
    r"(?:,? (?:version )?(?P<version>\d\.\d))?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\b\d\.\d\b")
MAX_WORDS = 40
"""A licence that has no name is given in its own words, up to this many."""


def licence_name(text: str) -> str:
    """The short name of a Creative Commons licence, else the first words of the text.

    >>> licence_name("http://creativecommons.org/licenses/by-nc/3.0/")
    'CC BY-NC 3.0'
    >>> licence_name("under the terms of the Creative Commons Attribution License, which permits")
    'CC BY'
    """
    return creative_commons(text) or " ".join(text.split()[:MAX_WORDS])


def creative_commons(text: str) -> str:
    """The short name of the Creative Commons licence that a text names; "" if it names none."""
    address = _ADDRESS.search(text)
    if address and address["domain"]:
        name = "CC0" if address["domain"].lower() == "zero" else "public domain mark"
        return f"{name} {address['edition'] or ''}".strip()
    if address:
        return f"CC {address['terms'].upper()} {address['version'] or ''}".strip()
    short = _SHORT.search(text)
    if short:
        joined = "CC0" if short[1] == "0" else f"CC {short[1].replace(' ', '-')}"
        return f"{joined} {short[2] or ''}".strip()
    named = _NAMED.search(text)
    if named is None:
        return ""
    terms = "".join(mark for mark, word in _TERMS if re.search(word, named["name"], re.IGNORECASE))
    version = named["version"] or next(iter(_NUMBER.findall(named["name"])), "")
    return f"CC BY{terms} {version}".strip()
