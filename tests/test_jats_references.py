"""One entry of a list of references as a line."""

import pytest

from ingest.formats.xml.jats_references import reference_text
from ingest.formats.xml.tree import parse_xml

LIMA = "<name><surname>Lima</surname><given-names>A</given-names></name>"
BERG = "<name><surname>Berg</surname><given-names>T</given-names><suffix>Jr</suffix></name>"


def entry(inside: str, name: str = "mixed-citation", label: str = "") -> str:
    raw = f"<ref>{label}<{name}>{inside}</{name}></ref>"
    return reference_text(parse_xml(raw.encode()))


def test_a_punctuated_entry_is_read_as_printed() -> None:
    assert entry("Lima A, <italic>J Invent</italic>. 2001;7:11.") == "Lima A, J Invent. 2001;7:11."


def test_fields_with_nothing_between_them_are_not_glued() -> None:
    inside = f"{LIMA}, {BERG} (<year>2001</year>) <source>J Invent</source><volume>7</volume>: 11"
    assert entry(inside) == "Lima A, Berg T Jr (2001) J Invent 7: 11"


def test_an_identifier_is_named_where_nothing_names_it() -> None:
    number = '<pub-id pub-id-type="pmid">1884</pub-id>'
    assert entry(f"Lima A. 2001.{number}") == "Lima A. 2001. PMID: 1884"
    assert entry(f"Lima A. PMID: {number}") == "Lima A. PMID: 1884"


FIELDS = (
    f"<person-group>{LIMA}{BERG}<etal/></person-group><article-title>An ankle</article-title>"
    "<source>J Invent</source><year>2001</year><volume>7</volume><issue>2</issue>"
    '<fpage>11</fpage><lpage>9</lpage><pub-id pub-id-type="doi">10.5555/a</pub-id>'
)


@pytest.mark.parametrize("name", ["element-citation", "nlm-citation", "citation", "mixed-citation"])
def test_an_entry_of_fields_only_is_put_together(name: str) -> None:
    whole = "Lima A, Berg T Jr, et al. An ankle. J Invent. 2001;7(2):11-9. doi:10.5555/a."
    assert entry(FIELDS, name) == whole


def test_no_field_is_lost() -> None:
    inside = (
        f'{LIMA}<source>Ankles</source><person-group person-group-type="editor">{BERG}'
        "</person-group><publisher-loc>Oslo</publisher-loc><publisher-name>Fjell</publisher-name>"
        "<year>1987</year><comment>in Norwegian</comment>"
    )
    whole = "Lima A. Ankles. Berg T Jr. Oslo: Fjell. 1987. in Norwegian."
    assert entry(inside, "element-citation") == whole


def test_a_title_that_asks_keeps_its_mark() -> None:
    inside = "<article-title>Why?</article-title><source>J Invent</source>"
    assert entry(inside, "element-citation") == "Why? J Invent."


@pytest.mark.parametrize(("label", "start"), [("12", "12. "), ("[12]", "[12] "), ("", "")])
def test_a_number_stands_first(label: str, start: str) -> None:
    assert entry("Lima A.", label=f"<label>{label}</label>") == f"{start}Lima A."


def test_of_several_forms_one_is_read() -> None:
    forms = (
        "<citation-alternatives><element-citation><source>J Invent</source></element-citation>"
        "<mixed-citation>Lima A. J Invent.</mixed-citation></citation-alternatives>"
    )
    assert reference_text(parse_xml(f"<ref>{forms}</ref>".encode())) == "Lima A. J Invent."


def test_an_entry_that_is_a_note_is_read_as_it_is() -> None:
    assert reference_text(parse_xml(b"<ref><note><p>See text.</p></note></ref>")) == "See text."


def test_an_entry_of_bmc_begins_with_its_authors() -> None:
    raw = (
        b"<bibl><title><p>An ankle</p></title><aug><au><snm>Lima</snm><fnm>A</fnm></au>"
        b"<au><snm>Berg</snm><fnm>T</fnm></au></aug><source>J Invent</source>"
        b"<pubdate>2001</pubdate><volume>7</volume><fpage>11</fpage>"
        b'<xrefbib><pubidlist><pubid idtype="pmpid">1884</pubid></pubidlist></xrefbib></bibl>'
    )
    whole = "Lima A, Berg T. An ankle. J Invent. 2001;7:11. PMID: 1884."
    assert reference_text(parse_xml(raw)) == whole
