"""What a JATS article states about itself, each value with the tag that states it.

Source of the tags: https://jats.nlm.nih.gov/archiving/tag-library/1.3/element/article-meta.html
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from ingest.documents import Metadata, first_stated, read_in
from ingest.formats.xml.jats_licence import creative_commons, licence_name
from ingest.formats.xml.jats_types import document_type, notice
from ingest.formats.xml.languages import two_letter_code
from ingest.formats.xml.tree import attribute, inline_text, local_name

INHERITED = ("journal", "volume", "year", "licence", "language")
"""What a sub-article shares with the article that it came out with."""
_OWN_DATES = frozenset(["epub", "ppub", "epub-ppub", "pub", "print", "electronic", ""])
_NOMINAL_DATES = frozenset(["collection", "issue", "cover"])
"""The year of a yearly volume: articles appear in it before and after."""
_MARKS = re.compile(r"[\s*†‡§¶‖#]*")
_NUMBER = re.compile(r"\d+")
_EVIDENCE = re.compile(r"\b(?:level|class) of evidence\b|\bevidence level\b", re.IGNORECASE)
_NO_HEADINGS = re.compile(r"discipline|taxonomy|keyword|subject.?code", re.IGNORECASE)
_ENDS_TITLE = (".", "?", "!", ":", "…")


def read_metadata(article: etree._Element) -> Metadata:
    """The metadata of an `article`, `sub-article` or `response`."""
    meta = _meta(article)
    kind, kind_place = _kind(article, meta)
    title = _title(meta)
    ties = [attribute(node, "related-article-type") for node in meta.iter("related-article")]
    return first_stated(
        read_in("JATS article-title", Metadata(title=title)),
        read_in("JATS contrib-group", Metadata(authors=tuple(_authors(meta)))),
        *_identifiers(meta),
        _published(meta),
        read_in("JATS journal-title", Metadata(journal=_journal(article))),
        read_in("JATS volume", Metadata(volume=inline_text(meta.find("volume")))),
        _pages(meta),
        _licence(meta),
        read_in("JATS self-uri", Metadata(url=_link(meta))),
        read_in("JATS xml:lang", Metadata(language=two_letter_code(attribute(article, "lang")))),
        read_in(kind_place, Metadata(document_type=kind)),
        _notice(kind, ties, title),
        _disclosures(article),
        _evidence(meta),
    )


def inherited(metadata: Metadata) -> Metadata:
    """What parts of an article may take over from the whole, said to be so."""
    own = {name: getattr(metadata, name) for name in INHERITED}
    places = [o for o in metadata.origins if o.field in INHERITED]
    origins = tuple(replace(o, place=f"{o.place} of the whole article") for o in places)
    return replace(Metadata(), **own, origins=origins)


def _meta(article: etree._Element) -> etree._Element:
    """Where the tags stand: `article-meta`, or `front-stub` in a sub-article."""
    for place in ("front/article-meta", "front-stub", "front"):
        found = article.find(place)
        if found is not None:
            return found
    return etree.Element("article-meta")


def _title(meta: etree._Element) -> str:
    group = meta.find("title-group")
    if group is None:
        return ""
    title = _without_marks(group.find("article-title"))
    for subtitle in group.findall("subtitle"):
        between = " " if title.endswith(_ENDS_TITLE) else ": "
        title = f"{title}{between}{_without_marks(subtitle)}"
    return title


def _without_marks(title: etree._Element | None) -> str:
    """A title without the stars and links that lead to its footnotes."""
    if title is None:
        return ""
    for mark in list(title.iter("sup")):
        if _MARKS.fullmatch(inline_text(mark)):
            mark.tag = "fn"
    text = inline_text(title, ("xref", "fn"))
    return text.rstrip("*†‡§¶ ")


def _authors(meta: etree._Element) -> Iterator[str]:
    for person in meta.findall("contrib-group/contrib"):
        kind = attribute(person, "contrib-type").lower()
        if kind in ("", "collab", "group") or "author" in kind:
            name = _name(person)
            if name:
                yield name


def _name(person: etree._Element) -> str:
    """Given names, family name and suffix; a group's name where it is no person's."""
    forms = [node for kind in ("name", "string-name") for node in person.iter(kind)]
    collab = person.find("collab")
    if collab is None:
        collab = person.find("collab-alternatives/collab")
    if collab is not None:
        return inline_text(collab, ("contrib-group", "xref", "fn", "email", "aff", "address"))
    western = [form for form in forms if attribute(form, "lang")[:2] in ("en", "")]
    form = next(iter([*western, *forms]), None)
    if form is None:
        return ""
    parts = [inline_text(form.find(part)) for part in ("given-names", "surname", "suffix")]
    return " ".join(part for part in parts if part) or inline_text(form)


def _identifiers(meta: etree._Element) -> Iterator[Metadata]:
    for node in meta.findall("article-id"):
        kind, value = attribute(node, "pub-id-type"), inline_text(node)
        place = f"JATS article-id {kind}"
        digits = _NUMBER.search(value)
        if kind == "doi":
            bare = value.lower().removeprefix("doi:").rpartition("doi.org/")[2]
            yield read_in(place, Metadata(doi=bare.strip()))
        elif kind == "pmid" and digits:
            yield read_in(place, Metadata(pmid=digits[0]))
        elif kind in ("pmc", "pmcid") and digits:
            yield read_in(place, Metadata(pmcid=f"PMC{digits[0]}"))


def _published(meta: etree._Element) -> Metadata:
    """The earliest year in which the article itself came out.

    A collection's year counts where there is no other, an archive's only after that.
    """
    dates = []
    for node in meta.findall("pub-date"):
        kind = attribute(node, "pub-type") or attribute(node, "date-type")
        kind = kind or attribute(node, "publication-format")
        stated = inline_text(node.find("year")) or attribute(node, "iso-8601-date")
        year = re.search(r"\b(?:1[89]|20)\d\d", stated or inline_text(node))
        if year:
            rank = 0 if kind in _OWN_DATES else 1 if kind in _NOMINAL_DATES else 2
            dates.append((rank, int(year[0]), kind))
    if not dates:
        return Metadata()
    _, first, kind = min(dates)
    return read_in(f"JATS pub-date {kind}".strip(), Metadata(year=first))


def _journal(article: etree._Element) -> str:
    names = ("journal-title", "abbrev-journal-title", "journal-id")
    for name in names:
        for node in article.iterfind(f"front/journal-meta//{name}"):
            if inline_text(node):
                return inline_text(node)
    return ""


def _pages(meta: etree._Element) -> Metadata:
    first, last = inline_text(meta.find("fpage")), inline_text(meta.find("lpage"))
    if first:
        pages = f"{first}-{last}" if last and last != first else first
        return read_in("JATS fpage and lpage", Metadata(page_range=pages))
    for name in ("page-range", "elocation-id"):
        if inline_text(meta.find(name)):
            return read_in(f"JATS {name}", Metadata(page_range=inline_text(meta.find(name))))
    return Metadata()


def _licence(meta: etree._Element) -> Metadata:
    """The licence by its address, else by its words."""
    permissions = meta.find("permissions")
    nodes = [] if permissions is None else [*permissions.iter("license", "license_ref")]
    addresses = [
        attribute(link, "href") or inline_text(link)
        for node in nodes
        for link in (node, *node.iter("ext-link", "uri", "license_ref"))
        if local_name(link) != "license" or attribute(link, "href")
    ]
    for address in addresses:
        if creative_commons(address):
            return read_in("JATS license address", Metadata(licence=creative_commons(address)))
    words = next((text for node in nodes if (text := inline_text(node))), "")
    return read_in("JATS license", Metadata(licence=licence_name(words)))


def _link(meta: etree._Element) -> str:
    links = [attribute(node, "href") for node in meta.findall("self-uri")]
    return next((link for link in links if link.startswith(("http://", "https://"))), "")


def _kind(article: etree._Element, meta: etree._Element) -> tuple[str, str]:
    """The document type and where it was read."""
    stated = attribute(article, "article-type") or attribute(article, "response-type")
    headings = [
        inline_text(subject)
        for group in meta.iterfind("article-categories/subj-group")
        if not _NO_HEADINGS.search(attribute(group, "subj-group-type"))
        for subject in group.iter("subject")
    ] or [inline_text(subject) for subject in meta.iterfind("article-categories/subject")]
    kind = document_type(stated, headings)
    by_heading = kind != document_type(stated, [])
    return kind, "JATS subject" if by_heading else "JATS article-type"


def _notice(kind: str, ties: list[str], title: str) -> Metadata:
    for place, found in (
        ("JATS article-type", notice(kind, [], "")),
        ("JATS related-article", notice(kind, ties, "")),
        ("JATS article-title", notice(kind, ties, title)),
    ):
        if found:
            return read_in(place, Metadata(notice=found))
    return Metadata()


def _disclosures(article: etree._Element) -> Metadata:
    """What is tagged as a statement of competing interests."""
    for node in article.iter("fn", "notes", "sec"):
        tags = {attribute(node, name).lower() for name in ("fn-type", "notes-type", "sec-type")}
        if tags & {"conflict", "coi-statement"}:
            text = inline_text(node, ("label", "title"))
            place = f"JATS {local_name(node)} {max(tags)}"
            return read_in(place, Metadata(disclosures=text))
    return Metadata()


def _evidence(meta: etree._Element) -> Metadata:
    """A level of evidence that has a tag of its own, or a heading in the abstract."""
    for name, value in (("meta-name", "meta-value"), ("title", "p")):
        for node in meta.iter(name):
            parent = node.getparent()
            if parent is not None and _EVIDENCE.search(inline_text(node)):
                level = inline_text(parent.find(value)).rstrip(".")
                return read_in(f"JATS {name}", Metadata(evidence_level=level))
    return Metadata()
