"""What a page states about itself, and where each value was read."""

import pytest
from lxml import html

from ingest.documents import Metadata
from ingest.formats.html.metadata import page_metadata
from ingest.formats.html.reader import read_html
from tests.fixtures.pages import BUILDER, CLINIC, PUBLISHER


def stated(head: str = "", body: str = "", attributes: str = "") -> Metadata:
    page = f"<html {attributes}><head>{head}</head><body>{body}</body></html>"
    return page_metadata(html.document_fromstring(page))


def meta(**tags: str) -> str:
    """Meta tags; "__" in a name is the dot of Dublin Core and PRISM."""
    return "".join(
        f'<meta name="{name.replace("__", ".")}" content="{content}">'
        for name, content in tags.items()
    )


def shown(text: str) -> Metadata:
    """The metadata of a page with a few lines under its title and an article."""
    prose = "<p>The tendon was thick and sore at the first visit, and rest had not helped.</p>" * 3
    page = f"<html><body><article><h1>A sore tendon</h1>{text}{prose}</article></body></html>"
    return read_html(page.encode()).metadata


@pytest.mark.parametrize(
    ("tag", "content", "field", "value"),
    [
        ("citation_doi", "doi:10.5555/Abc.1", "doi", "10.5555/abc.1"),
        ("dc__identifier", "10.5555/abc.1", "doi", "10.5555/abc.1"),
        ("prism__doi", "10.5555/abc.1", "doi", "10.5555/abc.1"),
        ("citation_pmid", "25572800", "pmid", "25572800"),
        ("dc__identifier", "info:pmid/25572800", "pmid", "25572800"),
        ("ncbi_pcid", "journal article: PMC5000001", "pmcid", "PMC5000001"),
        ("citation_volume", "16", "volume", "16"),
        ("citation_pages", "e12", "page_range", "e12"),
        ("citation_date", "11/01/2013", "year", 2013),
        ("dcterms__issued", "2014/05/08", "year", 2014),
        ("citation_journal_title", "Odd Hands", "journal", "Odd Hands"),
        ("prism__publicationName", "Odd Hands", "journal", "Odd Hands"),
        ("dc__rights", "http://creativecommons.org/licenses/by-nc/4.0/", "licence", "CC BY-NC 4.0"),
        ("citation_language", "English", "language", "en"),
        ("dc__language", "de-AT", "language", "de"),
        ("dc__type", "Research article", "document_type", "article"),
        ("citation_title", "A &lt;i&gt;sore&lt;/i&gt;  knee", "title", "A sore knee"),
    ],
)
def test_a_tag_states_a_field(tag: str, content: str, field: str, value: object) -> None:
    metadata = stated(meta(**{tag: content}))
    assert (getattr(metadata, field), metadata.origin_of(field)) == (
        value,
        f"meta tag {tag.replace('__', '.').lower()}",
    )


@pytest.mark.parametrize(
    ("tag", "contents", "authors"),
    [
        ("citation_author", ["Ana Lima", "Tom Berg"], ("Ana Lima", "Tom Berg")),
        ("citation_author", ["Lima, Ana", "Berg, Tom"], ("Ana Lima", "Tom Berg")),
        ("citation_author", ["Ana Lima, MD"], ("Ana Lima",)),
        ("citation_authors", ["Lima A;Berg T;"], ("Lima A", "Berg T")),
        (
            "citation_authors",
            ["Ana Lima, Tom Berg, Kai Foss"],
            ("Ana Lima", "Tom Berg", "Kai Foss"),
        ),
        ("dc.creator", ["van Voorst, Sabine"], ("Sabine van Voorst",)),
        ("author", ["admin"], ()),
    ],
)
def test_authors_are_read_first_name_first(
    tag: str, contents: list[str], authors: tuple[str, ...]
) -> None:
    tags = "".join(f'<meta name="{tag}" content="{content}">' for content in contents)
    assert stated(tags).authors == authors


def test_first_and_last_page_make_the_range() -> None:
    assert stated(meta(citation_firstpage="932", citation_lastpage="945")).page_range == "932-945"


def test_pages_that_are_none_are_not_stated() -> None:
    assert stated(meta(citation_pages="n/a-n/a")).page_range == ""


def test_the_source_with_a_place_in_it_is_no_journal() -> None:
    assert stated(meta(dc__source="Trials 2015 16:2")).journal == ""


def test_the_printed_date_comes_before_the_online_date() -> None:
    tags = meta(citation_online_date="2014/12/21", citation_publication_date="2015/01/15")
    assert stated(tags).year == 2015


def test_linked_data_states_a_publishers_article() -> None:
    metadata = read_html(PUBLISHER.encode()).metadata
    assert (metadata.doi, metadata.journal, metadata.volume, metadata.page_range) == (
        "10.5555/odd.2018.12",
        "Journal of Odd Hands",
        "9",
        "12-15",
    )


def test_linked_data_names_its_type_as_the_origin() -> None:
    metadata = read_html(PUBLISHER.encode()).metadata
    assert metadata.origin_of("authors") == "JSON-LD ScholarlyArticle"


def test_an_author_who_is_named_elsewhere_in_the_data_is_found() -> None:
    metadata = read_html(CLINIC.encode()).metadata
    assert (metadata.authors, metadata.year) == (("Mara Quill",), 2021)


@pytest.mark.parametrize(
    "broken", ["{", "[]", '{"@type": 5}', '{"@graph": {"@graph": []}}', "null"]
)
def test_linked_data_that_is_damaged_states_nothing(broken: str) -> None:
    assert stated(f'<script type="application/ld+json">{broken}</script>') == Metadata()


def test_the_sites_name_is_taken_off_the_title() -> None:
    assert read_html(BUILDER.encode()).metadata.title == "Tennis elbow"


def test_a_heading_that_leads_home_is_the_logo() -> None:
    body = '<h1><a href="/">River Clinic</a></h1><h2>A sore tendon</h2>'
    assert stated("<title>A sore tendon | River Clinic</title>", body).title == "A sore tendon"


def test_a_part_of_a_title_after_a_dash_stays() -> None:
    assert stated("<title>A sore tendon - a case report</title>").title == (
        "A sore tendon - a case report"
    )


def test_the_canonical_link_is_the_address() -> None:
    metadata = read_html(CLINIC.encode()).metadata
    assert metadata.origin_of("url") == "canonical link"


def test_a_doi_in_the_address_is_the_articles() -> None:
    link = '<link rel="canonical" href="https://press.example/doi/full/10.5555/abc.1">'
    assert stated(link).doi == "10.5555/abc.1"


def test_a_licence_is_read_from_its_link() -> None:
    link = '<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC</a>'
    assert stated(body=link).origin_of("licence") == "licence link"


def test_the_language_of_the_page_counts_where_nothing_else_is_stated() -> None:
    assert stated(attributes='lang="pt-BR"').language == "pt"


def test_a_year_in_the_footer_is_not_the_articles() -> None:
    assert stated(body="<p>Fever rose.</p><footer>© 2023 Elbow Doctors</footer>").year is None


@pytest.mark.parametrize(
    "line",
    [
        "doi: 10.5555/own.1",
        "https://doi.org/10.5555/own.1",
        "Odd Hands 2018, 9:12 doi:10.5555/own.1",
        "How to cite: Lima A. A sore tendon. Odd Hands 2018. https://doi.org/10.5555/own.1",
    ],
)
def test_a_labelled_doi_near_the_title_is_the_articles_own(line: str) -> None:
    assert shown(f"<p>{line}</p>").doi == "10.5555/own.1"


@pytest.mark.parametrize(
    "text",
    [
        "<p>As was shown before (doi:10.5555/other.1), the tendon heals slowly when it rests.</p>",
        "<h2>References</h2><ol><li>Berg T. Knees. 2001. doi:10.5555/other.1</li></ol>",
        '<p>See <a href="https://doi.org/10.5555/other.1">the trial of Berg</a>.</p>',
    ],
)
def test_a_doi_of_another_work_is_not(text: str) -> None:
    assert shown(text).doi == ""


def test_the_line_of_identifiers_is_read() -> None:
    metadata = shown("<ul><li>PMID: 28000001</li><li>PMCID: PMC5000001</li></ul>")
    assert (metadata.pmid, metadata.pmcid, metadata.origin_of("pmid")) == (
        "28000001",
        "PMC5000001",
        "a line near the title",
    )


@pytest.mark.parametrize("line", ["May 12, 2020", "Posted on 12 May 2020 by Ana", "12/05/2020"])
def test_a_date_near_the_title_states_the_year(line: str) -> None:
    assert shown(f"<div>{line}</div>").year == 2020


def test_a_date_in_a_sentence_does_not() -> None:
    assert shown("<p>She fell on 12 May 2020 while she was dancing.</p>").year is None


def test_names_that_the_page_marks_as_such_are_the_authors() -> None:
    name = '<button><span class="given-name">Iris</span> <span class="surname">Dorn</span></button>'
    assert stated(body=f"<h1>Odd toes</h1>{name}").authors == ("Iris Dorn",)


def test_a_sentence_is_no_author() -> None:
    assert shown('<div class="author">Highlights: flour dust may stiffen toes</div>').authors == ()
