"""PubMed Central's XML as a whole: what is read, in which order, and what is said of it."""

import pytest

from ingest.blocks import assemble
from ingest.errors import UnreadableFileError
from ingest.formats.xml.jats import read_jats


def article(
    body: str = "<p>Fever rose.</p>", meta: str = "", back: str = "", more: str = ""
) -> bytes:
    front = f"<front><article-meta>{meta}</article-meta></front>" if meta else ""
    back = f"<back>{back}</back>" if back else ""
    return f"<article>{front}<body>{body}</body>{back}{more}</article>".encode()


def texts(raw: bytes) -> list[str]:
    return [block.text for block in read_jats(raw).blocks]


def headings(raw: bytes) -> list[str]:
    return [block.text for block in read_jats(raw).blocks if block.is_heading]


def test_sections_in_sections_keep_their_headings_and_levels() -> None:
    inner = "<sec><label>1.1</label><title>Imaging</title><p>MRI was normal.</p></sec>"
    blocks = read_jats(article(f"<sec><title>Case</title><p>She fell.</p>{inner}</sec>")).blocks
    assert [(b.text, b.level) for b in blocks if b.is_heading] == [("Case", 1), ("1.1 Imaging", 2)]


def test_an_abstract_is_a_section() -> None:
    assert headings(article(meta="<abstract><p>In short.</p></abstract>"))[0] == "Abstract"


def test_a_structured_abstract_keeps_its_parts() -> None:
    part = "<sec><title>Background</title><p>It is rare.</p></sec>"
    assert headings(article(meta=f"<abstract>{part}</abstract>"))[:2] == ["Abstract", "Background"]


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        ("graphical", "Graphical abstract"),
        ("plain-language-summary", "Plain language summary"),
        ("key-points", "Key points"),
    ],
)
def test_an_abstract_of_another_kind_is_named_by_its_kind(kind: str, heading: str) -> None:
    meta = f'<abstract abstract-type="{kind}"><p>It is rare.</p></abstract>'
    assert headings(article(meta=meta))[0] == heading


def test_a_translated_abstract_keeps_its_own_title() -> None:
    meta = '<trans-abstract xml:lang="fr"><title>Résumé</title><p>Rare.</p></trans-abstract>'
    assert texts(article(meta=meta))[:2] == ["Résumé", "Rare."]


def test_an_abstract_that_is_a_picture_only_leaves_no_heading() -> None:
    meta = '<abstract abstract-type="graphical"><p><graphic/></p></abstract>'
    assert headings(article(meta=meta)) == []


def test_the_number_of_an_abstract_is_no_text() -> None:
    meta = "<abstract><object-id>10.5555/a.001</object-id><p>In short.</p></abstract>"
    assert texts(article(meta=meta))[:2] == ["Abstract", "In short."]


def test_keywords_are_a_section_of_their_own() -> None:
    words = "<kwd>ankle</kwd><kwd><italic>S. aureus</italic></kwd>"
    meta = f"<kwd-group><title>Key words</title>{words}</kwd-group>"
    assert texts(article(meta=meta))[:2] == ["Key words", "ankle; S. aureus"]


def test_a_body_without_headings_is_no_part_of_the_abstract() -> None:
    meta = "<abstract><p>In short.</p></abstract>"
    assert headings(article(meta=meta)) == ["Abstract", "Text"]


def test_a_section_without_a_title_is_called_by_its_type() -> None:
    body = '<sec sec-type="cases"><p>She fell.</p></sec>'
    assert headings(article(body)) == ["Case presentation"]


def test_references_come_last_under_their_own_heading() -> None:
    entry = "<ref-list><ref><mixed-citation>Lima A.</mixed-citation></ref></ref-list>"
    back = f"{entry}<ack><p>We thank Tom.</p></ack>"
    assert texts(article(back=back))[1:] == [
        "Acknowledgements",
        "We thank Tom.",
        "References",
        "Lima A.",
    ]


def test_an_appendix_is_read_with_its_title() -> None:
    back = "<app-group><app><title>Appendix A</title><p>The scale.</p></app></app-group>"
    assert texts(article(back=back))[1:] == ["Appendix A", "The scale."]


@pytest.mark.parametrize(
    "footnote",
    [
        '<fn fn-type="conflict"><p>None.</p></fn>',
        '<fn fn-type="COI-statement"><label>1</label><p>None.</p></fn>',
    ],
)
def test_competing_interests_among_footnotes_are_a_section(footnote: str) -> None:
    raw = article(back=f"<fn-group>{footnote}</fn-group>")
    assert texts(raw)[1:] == ["Competing interests", "None."]


def test_a_footnote_is_headed_by_what_it_begins_with() -> None:
    back = "<fn-group><fn><p>Funding: the state.</p></fn></fn-group>"
    assert texts(article(back=back))[1:] == ["Funding", "Funding: the state."]


def test_a_statement_in_front_is_read_once() -> None:
    meta = '<author-notes><fn fn-type="conflict"><p>None declared.</p></fn></author-notes>'
    back = "<notes><title>Interests</title><p>None declared.</p></notes>"
    assert texts(article(meta=meta, back=back)).count("None declared.") == 1


def test_addresses_and_editors_are_left_out() -> None:
    meta = '<author-notes><fn fn-type="edited-by"><p>Edited by Tom Berg.</p></fn></author-notes>'
    assert texts(article(meta=meta)) == ["Fever rose."]


def test_funding_that_is_stated_in_front_only_is_read() -> None:
    meta = "<funding-group><funding-statement>The state paid.</funding-statement></funding-group>"
    assert texts(article(meta=meta))[-2:] == ["Funding", "The state paid."]


def test_figures_kept_at_the_end_stand_where_they_are_first_named() -> None:
    body = (
        '<sec><title>Case</title><p>See <xref rid="f1">Fig. 1</xref>.</p></sec>'
        "<sec><title>Course</title><p>She ran.</p></sec>"
    )
    floats = '<floats-group><fig id="f1"><label>Fig. 1</label><caption><p>The tear.</p></caption></fig></floats-group>'  # noqa: E501
    layout = assemble(read_jats(article(body, more=floats)).blocks)
    assert [section.heading for section in layout.sections] == ["Case", "Fig. 1", "Course"]


def test_figures_that_nothing_names_are_read_all_the_same() -> None:
    floats = '<floats-group><fig id="f1"><caption><p>The tear.</p></caption></fig></floats-group>'
    assert texts(article(more=floats)) == ["Fever rose.", "The tear."]


def test_a_sub_article_is_no_part_of_the_article() -> None:
    reply = "<sub-article><body><p>We disagree.</p></body></sub-article>"
    assert texts(article(more=reply)) == ["Fever rose."]


def test_under_a_cover_the_sub_article_is_read_with_the_journal_of_the_whole() -> None:
    raw = (
        b"<article><front><journal-meta><journal-title>J Invent</journal-title></journal-meta>"
        b"<article-meta><volume>7</volume></article-meta></front>"
        b"<sub-article><body><p>We disagree.</p></body></sub-article></article>"
    )
    reading = read_jats(raw)
    assert reading.blocks[0].text == "We disagree."
    assert reading.metadata.origin_of("volume") == "JATS volume of the whole article"


def test_a_namespace_is_no_hindrance() -> None:
    raw = b'<j:article xmlns:j="https://jats.nlm.nih.gov/ns/archiving/1.3/"><j:body><j:p>Fever.</j:p></j:body></j:article>'
    assert texts(raw) == ["Fever."]


def test_an_abstract_alone_is_read_with_a_warning() -> None:
    raw = b"<article><front><article-meta><abstract><p>In short.</p></abstract></article-meta></front></article>"  # noqa: E501
    assert read_jats(raw).warnings == ("no body: only the abstract was read",)


def test_a_title_alone_is_read_with_a_warning() -> None:
    raw = b"<article><front><article-meta><title-group><article-title>Calf pain</article-title></title-group></article-meta></front></article>"  # noqa: E501
    reading = read_jats(raw)
    assert [block.text for block in reading.blocks] == ["Calf pain"]
    assert reading.warnings == ("no body: only the title was read",)


def test_marks_that_a_tool_has_moved_are_closed_up_and_it_is_said() -> None:
    moved = "<p>" + "It was <i>large</i>\n      , indeed. " * 5 + "</p>"
    reading = read_jats(article(moved))
    assert "It was large, indeed." in reading.blocks[0].text
    assert "before 5 punctuation marks was closed up" in reading.warnings[0]


def test_a_formula_that_is_a_picture_is_reported() -> None:
    reading = read_jats(article("<p>So <inline-formula><graphic/></inline-formula> holds.</p>"))
    assert reading.warnings == ("1 formula or sign is a picture only: not in the text",)


@pytest.mark.parametrize("raw", [b"<pmc-articleset></pmc-articleset>", b"<other/>"])
def test_xml_without_an_article_is_unreadable(raw: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="XML without an article"):
        read_jats(raw)


def test_an_article_of_another_kind_is_unreadable() -> None:
    with pytest.raises(UnreadableFileError, match="another kind than JATS"):
        read_jats(b"<article><info/><para>Fever rose.</para></article>")


def test_a_power_is_not_read_as_more_digits() -> None:
    assert texts(article("<p>It was 3.5 × 10<sup>9</sup>/L.</p>")) == ["It was 3.5 × 10⁹/L."]
