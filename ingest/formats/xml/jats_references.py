"""One entry of a list of references as a line, whether its publisher gives a text or only fields.

Fields are put together as in "Lima A, Berg T. An older ankle. J Invent. 2001;7(2):11-9."; the
order is the publisher's own, and nothing is left out.
"""

import re

from lxml import etree

from ingest.formats.xml.tree import attribute, inline_text, local_name

_CITATIONS = ("mixed-citation", "element-citation", "nlm-citation", "citation")
_FORMATS = frozenset("italic bold sub sup sc underline styled-content fixed-case it b i u".split())
_PEOPLE = frozenset(["name", "string-name", "collab", "etal", "anonymous", "au", "cnm"])
_GROUPS = frozenset(["person-group", "aug", "insg", "name-alternatives", "collab-alternatives"])
_NAME_PARTS = {
    "surname": 0, "snm": 0, "given-names": 1, "fnm": 1, "mi": 2, "mnm": 2, "suffix": 3, "suf": 3
}  # fmt: skip
_IDENTIFIERS = {
    "doi": "doi:", "pmid": "PMID: ", "pmpid": "PMID: ", "pmcid": "PMCID: ", "pmc": "PMCID: "
}  # fmt: skip
_SAID_BEFORE = re.compile(r"(?:doi|pmc?id|pmc|pubmed|doi\.org)\W*$", re.IGNORECASE)
_BEFORE = {
    "volume": (";", ("year", "pubdate", "month", "day", "season")),
    "issue": ("(", ("volume",)),
    "supplement": (" ", ("volume", "issue")),
    "fpage": (":", ("volume", "issue", "year", "pubdate", "supplement")),
    "elocation-id": (":", ("volume", "issue", "year", "pubdate", "supplement")),
    "page-range": (":", ("volume", "issue", "year", "pubdate", "supplement")),
    "lpage": ("-", ("fpage",)),
    "month": (" ", ("year",)),
    "day": (" ", ("month",)),
    "publisher-name": (": ", ("publisher-loc",)),
}
"""Between which fields stands something else than a full stop."""


def reference_text(entry: etree._Element) -> str:
    """A `ref` of JATS or a `bibl` of BMC on one line; its label ("12") first if it has one."""
    label = inline_text(entry.find("label"))
    texts = [_citation(part) for part in _parts(entry)]
    number = f"{label}." if label.isdigit() else label
    return " ".join(text for text in (number, *texts) if text)


def _parts(entry: etree._Element) -> list[etree._Element]:
    if local_name(entry) == "bibl":
        return [entry]
    parts: list[etree._Element] = []
    for child in entry:
        name = local_name(child)
        if name == "citation-alternatives":
            forms = [form for kind in _CITATIONS for form in child.findall(kind)]
            parts += forms[:1] or [child]
        elif name != "label":
            parts.append(child)
    return parts


def _citation(element: etree._Element) -> str:
    """As printed where the publisher has punctuated it, else put together."""
    if local_name(element) not in (*_CITATIONS, "bibl"):
        return inline_text(element)
    between = "".join([element.text or "", *(child.tail or "" for child in element)])
    if any(not c.isspace() for c in between):
        return _as_printed(element)
    return _put_together(element)


def _as_printed(element: etree._Element) -> str:
    """The text, with a space between fields that have nothing between them."""
    text = element.text or ""
    for child in element:
        name = local_name(child)
        part = inline_text(child) if name in _FORMATS else _field(child)
        kind = attribute(child, "pub-id-type")
        if name == "pub-id" and not _SAID_BEFORE.search(text):
            part = _IDENTIFIERS.get(kind, "") + part
        apart = name not in _FORMATS and text and (text[-1].isalnum() or text[-1] in ".,?!)”")
        text += f"{' ' if apart and part else ''}{part}{child.tail or ''}"
    return re.sub(r"\s+(?=[,;:]|\.(?:\s|$))", "", " ".join(text.split()))


def _put_together(element: etree._Element) -> str:
    text, before = "", ""
    people = [child for child in element if local_name(child) in _PEOPLE | _GROUPS]
    others = [child for child in element if local_name(child) not in _PEOPLE | _GROUPS]
    authors = [person for person in people if attribute(person, "person-group-type") != "editor"]
    editors = [person for person in people if person not in authors]
    text = ", ".join(filter(None, map(_field, authors)))
    for child in [*others[:1], *editors, *others[1:]] if authors else [*others, *editors]:
        name, part = local_name(child), _field(child)
        if not part or name == "label":
            continue
        part = _IDENTIFIERS.get(attribute(child, "pub-id-type"), "") + part
        mark, after = _BEFORE.get(name, (". ", ()))
        between = mark if before in after else ". "
        if between == ". " and text:
            text, between = text.rstrip("."), " " if text.endswith(("?", "!")) else ". "
        text = f"{text}{between}{part}" if text else part
        text += ")" if between == "(" else ""
        before = name
    return f"{text.rstrip('.')}." if text else ""


def _field(element: etree._Element) -> str:
    """One field's text: a name as "Lima A", an identifier with what it is."""
    name = local_name(element)
    if name in _GROUPS:
        return ", ".join(filter(None, map(_field, element)))
    if name in ("name", "au") or (name == "string-name" and not (element.text or "").strip()):
        return _person(element)
    if name == "etal":
        return inline_text(element) or "et al"
    if name == "pubid":
        return _IDENTIFIERS.get(attribute(element, "idtype"), "") + inline_text(element)
    if name in ("xrefbib", "pubidlist"):
        return ". ".join(filter(None, map(_field, element)))
    return inline_text(element)


def _person(element: etree._Element) -> str:
    """Family name, initials, suffix; nothing of an institute or an address."""
    if any((child.tail or "").strip() for child in element):
        return inline_text(element)
    parts = sorted(
        (child for child in element if local_name(child) in _NAME_PARTS),
        key=lambda child: _NAME_PARTS[local_name(child)],
    )
    return " ".join(filter(None, map(inline_text, parts))) or inline_text(element.find("cnm"))
