"""PubMed Central's XML."""

import pytest

from ingest.errors import UnreadableFileError
from ingest.formats.jats import read_jats


def texts(body: str) -> list[str]:
    raw = f"<article><body><sec><title>Case</title>{body}</sec></body></article>".encode()
    return [block.text for block in read_jats(raw).blocks[1:] if block.text]


def meta(inside: str, front: str = "", kind: str = "case-report") -> bytes:
    return (
        f'<article article-type="{kind}"><front>{front}<article-meta>{inside}</article-meta>'
        "</front><body><p>Fever rose.</p></body></article>"
    ).encode()


def headings(raw: bytes) -> list[str]:
    return [block.text for block in read_jats(raw).blocks if block.is_heading]


def test_sections_in_sections_keep_their_headings() -> None:
    inner = "<sec><label>1.1</label><title>Imaging</title><p>MRI was normal.</p></sec>"
    assert texts(f"<p>She fell.</p>{inner}") == ["She fell.", "1.1 Imaging", "MRI was normal."]


def test_an_abstract_is_a_section() -> None:
    assert headings(meta("<abstract><p>In short.</p></abstract>"))[0] == "Abstract"


def test_a_structured_abstract_keeps_its_parts() -> None:
    part = "<sec><title>Background</title><p>It is rare.</p></sec>"
    assert headings(meta(f"<abstract>{part}</abstract>"))[:2] == ["Abstract", "Background"]


def test_a_body_without_headings_is_no_part_of_the_abstract() -> None:
    assert headings(meta("<abstract><p>In short.</p></abstract>")) == ["Abstract", "Text"]


def test_a_graphical_abstract_is_left_out() -> None:
    assert headings(meta('<abstract abstract-type="graphical"><p>x</p></abstract>')) == []


def test_a_caption_follows_the_paragraph_that_it_stands_in() -> None:
    figure = "<fig><label>Figure 1</label><caption><p>The tear.</p></caption></fig>"
    assert texts(f"<p>It was torn{figure} widely.</p>") == [
        "It was torn widely.",
        "Figure 1 The tear.",
    ]


def test_a_table_gives_its_caption_rows_and_notes() -> None:
    table = (
        "<table-wrap><label>Table 1</label><caption><p>Pain.</p></caption>"
        "<table><tr><th>Week</th><th>VAS</th></tr><tr><td>1</td><td>7</td></tr></table>"
        "<table-wrap-foot><p>VAS, visual analogue scale.</p></table-wrap-foot></table-wrap>"
    )
    rows = ["Week | VAS", "1 | 7", "VAS, visual analogue scale."]
    assert texts(table) == ["Table 1 Pain.", *rows]


def test_list_items_are_paragraphs() -> None:
    items = "<list-item><p>rest</p></list-item><list-item><p>ice</p></list-item>"
    assert texts(f"<p>We advised:</p><list>{items}</list>") == ["We advised:", "rest", "ice"]


def test_mathematics_is_not_read_twice() -> None:
    formula = "<inline-formula><tex-math>\\alpha</tex-math></inline-formula>"
    assert texts(f"<p>It was{formula} small.</p>") == ["It was small."]


def test_references_come_last_under_their_own_heading() -> None:
    raw = meta("").replace(
        b"</article>",
        b"<back><ref-list><ref><mixed-citation>Lima A.</mixed-citation></ref></ref-list></back>"
        b"</article>",
    )
    assert [block.text for block in read_jats(raw).blocks[-2:]] == ["References", "Lima A."]


def test_of_several_dates_the_earliest_counts() -> None:
    dates = "".join(f"<pub-date><year>{year}</year></pub-date>" for year in (2013, 2012, 2014))
    assert read_jats(meta(dates)).metadata.year == 2012


def test_a_title_is_read_without_its_footnote_mark() -> None:
    title = "<article-title>Calf <i>pain</i><xref>*</xref></article-title>"
    raw = meta(f"<title-group>{title}</title-group>")
    assert read_jats(raw).metadata.title == "Calf pain"


def test_editors_are_no_authors_and_a_group_is_one() -> None:
    def contributor(kind: str, name: str) -> str:
        return f'<contrib contrib-type="{kind}">{name}</contrib>'

    lima = "<name><surname>Lima</surname><given-names>Ana</given-names></name>"
    group = "<collab>The Ankle Group</collab>"
    people = (
        contributor("author", lima) + contributor("editor", lima) + contributor("author", group)
    )
    raw = meta(f"<contrib-group>{people}</contrib-group>")
    assert read_jats(raw).metadata.authors == ("Ana Lima", "The Ankle Group")


def test_identifiers_are_told_apart() -> None:
    ids = '<article-id pub-id-type="pmid">1884</article-id><article-id pub-id-type="doi">10.5555/A'
    metadata = read_jats(meta(f"{ids}</article-id>")).metadata
    assert (metadata.pmid, metadata.doi) == ("1884", "10.5555/a")


@pytest.mark.parametrize(
    ("kind", "subject", "document_type"),
    [
        ("case-report", "", "case report"),
        ("research-article", "Case Reports", "case report"),
        ("research-article", "Surgery", "article"),
        ("product-review", "", "product review"),
    ],
)
def test_the_type_is_said_in_plain_words(kind: str, subject: str, document_type: str) -> None:
    groups = f"<article-categories><subject>{subject}</subject></article-categories>"
    assert read_jats(meta(groups, kind=kind)).metadata.document_type == document_type


def test_a_namespace_on_the_root_is_no_hindrance_to_attributes_of_others() -> None:
    raw = (
        b'<article xmlns:xlink="http://www.w3.org/1999/xlink"><body><p>Fever.</p></body></article>'
    )
    assert [block.text for block in read_jats(raw).blocks] == ["Fever."]


def test_an_abstract_alone_is_read_with_a_warning() -> None:
    raw = meta("<abstract><p>In short.</p></abstract>").replace(
        b"<body><p>Fever rose.</p></body>", b""
    )
    assert read_jats(raw).warnings == ("no body: only the abstract was read",)


def test_marks_that_a_tool_has_moved_are_closed_up_and_it_is_said() -> None:
    moved = "<p>" + "It was <i>large</i>\n      , indeed. " * 5 + "</p>"
    reading = read_jats(f"<article><body>{moved}</body></article>".encode())
    assert "It was large, indeed." in reading.blocks[0].text
    assert "before 5 punctuation marks was closed up" in reading.warnings[0]


def test_xml_without_an_article_is_unreadable() -> None:
    with pytest.raises(UnreadableFileError, match="XML without an article"):
        read_jats(b"<pmc-articleset></pmc-articleset>")


def test_a_power_is_not_read_as_more_digits() -> None:
    assert "109" not in texts("<p>It was 3.5 × 10<sup>9</sup>/L.</p>")[0]


@pytest.mark.parametrize(
    "inside", ["one<break/>two", "one<list><list-item><p>x</p></list-item></list>two"]
)
def test_what_is_taken_out_of_a_paragraph_parts_its_words(inside: str) -> None:
    assert "onetwo" not in texts(f"<p>{inside}</p>")[0]


def test_a_bundle_of_articles_is_read_whole_or_with_a_warning() -> None:
    article = "<article><body><p>{} rose.</p></body></article>"
    bundle = f"<pmc-articleset>{article.format('Fever')}{article.format('Pain')}</pmc-articleset>"
    reading = read_jats(bundle.encode())
    assert reading.warnings or "Pain rose." in [block.text for block in reading.blocks]
