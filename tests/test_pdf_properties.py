"""What a PDF states in XMP and in its information dictionary."""

import pytest

from ingest.documents import Metadata
from ingest.formats.pdf.properties import information_metadata, xmp_metadata

SPACES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/" '
    'xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" '
    'xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/" xmlns:stEvt="http://ns.adobe.com/stEvt#"'
)


def xmp(content: str, attributes: str = "") -> Metadata:
    packet = f"""<?xpacket begin="" id="x"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
    <rdf:RDF {SPACES}><rdf:Description rdf:about="" {attributes}>{content}</rdf:Description>
    </rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""
    return xmp_metadata(packet.encode())


def test_title_and_authors_are_read_from_lists() -> None:
    found = xmp(
        "<dc:title><rdf:Alt><rdf:li>Calf pain in a dancer</rdf:li></rdf:Alt></dc:title>"
        "<dc:creator><rdf:Seq><rdf:li>Ana Lima</rdf:li><rdf:li>Tom Berg</rdf:li></rdf:Seq>"
        "</dc:creator>"
    )
    assert (found.title, found.authors) == ("Calf pain in a dancer", ("Ana Lima", "Tom Berg"))
    assert found.origin_of("title") == "XMP metadata"


def test_several_authors_in_one_entry_are_parted() -> None:
    entry = "<dc:creator><rdf:Seq><rdf:li>Ana Lima and Tom Berg</rdf:li></rdf:Seq></dc:creator>"
    assert xmp(entry).authors == ("Ana Lima", "Tom Berg")


def test_what_prism_states_is_read() -> None:
    found = xmp(
        "<prism:publicationName>Ankles</prism:publicationName><prism:volume>7</prism:volume>"
        "<prism:startingPage>12</prism:startingPage><prism:endingPage>15</prism:endingPage>"
        "<prism:doi>10.5555/a.1</prism:doi><prism:coverDate>2019-05-01</prism:coverDate>"
    )
    assert (found.journal, found.volume, found.page_range) == ("Ankles", "7", "12-15")
    assert (found.doi, found.year) == ("10.5555/a.1", 2019)


def test_values_may_be_attributes() -> None:
    assert xmp("", attributes='prism:doi="10.5555/a.1"').doi == "10.5555/a.1"


@pytest.mark.parametrize(
    "element",
    ["<dc:identifier>doi:10.5555/a.1</dc:identifier>", "<pdfx:doi>10.5555/A.1</pdfx:doi>"],
)
def test_a_doi_may_stand_under_other_names(element: str) -> None:
    assert xmp(element).doi == "10.5555/a.1"


def test_a_licence_is_known_by_its_address() -> None:
    page = "https://creativecommons.org/licenses/by/4.0/"
    assert xmp(f"<xmpRights:WebStatement>{page}</xmpRights:WebStatement>").licence == "CC BY 4.0"


@pytest.mark.parametrize(
    "title",
    [
        *("Microsoft Word - final2.doc", "untitled", "pone.0115884 1..14", "manuscript.indd"),
        *("265_2015_1952_Article 1383..1394", "Layout 1", "doi:10.5555/a.1", "Slide 1", "S12"),
        *("PII: S0140-6736(05)66545-2", "(Microsoft Word - ankle)", "123-456 78", "Document1"),
    ],
)
def test_what_a_program_calls_a_file_is_no_title(title: str) -> None:
    assert information_metadata({"/Title": title}).title == ""


@pytest.mark.parametrize(
    "author", ["Administrator", "user", "a.lima@example.org", "Ankle Press Ltd"]
)
def test_what_a_program_calls_its_user_is_no_author(author: str) -> None:
    assert information_metadata({"/Author": author}).authors == ()


def test_the_subject_may_be_a_reference_to_the_article() -> None:
    found = information_metadata({"/Subject": "Ankles 2015, 16:2. doi:10.5555/a.1"})
    assert (found.journal, found.year, found.doi) == ("Ankles", 2015, "10.5555/a.1")


def test_a_subject_of_other_kind_states_nothing() -> None:
    assert information_metadata({"/Subject": "Ankles; see doi:10.5555/a.1"}) == Metadata()


@pytest.mark.parametrize("packet", [b"", b"\0\0", b"<x", b"no XML", b"<a><b></a>"])
def test_a_damaged_packet_states_nothing(packet: bytes) -> None:
    assert xmp_metadata(packet) == Metadata()


def test_entities_are_not_followed() -> None:
    packet = (
        b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        b'<dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">&f; of pain</dc:title>'
    )
    assert "root" not in xmp_metadata(packet).title
