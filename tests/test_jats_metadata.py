"""What a JATS article states about itself, and where it says so."""

import pytest

from ingest.documents import Metadata
from ingest.formats.xml.jats import read_jats


def metadata(meta: str, journal: str = "", attributes: str = "") -> Metadata:
    front = f"<front>{journal}<article-meta>{meta}</article-meta></front>"
    raw = f'<article xmlns:l="http://www.w3.org/1999/xlink" {attributes}>{front}<body><p>Fever.</p></body></article>'  # noqa: E501
    return read_jats(raw.encode()).metadata


def title(inside: str) -> str:
    return metadata(f"<title-group>{inside}</title-group>").title


def test_a_title_is_read_without_its_footnote_marks() -> None:
    inside = "<article-title>Calf <i>pain</i><xref>*</xref><sup>†</sup></article-title>"
    assert title(inside) == "Calf pain"


def test_raised_letters_of_a_title_are_no_marks() -> None:
    assert (
        title("<article-title>Na<sup>+</sup> and <sup>18</sup>F</article-title>") == "Na⁺ and ¹⁸F"
    )


@pytest.mark.parametrize(("mark", "whole"), [("", "Pain: a case"), ("?", "Pain? a case")])
def test_a_subtitle_belongs_to_the_title(mark: str, whole: str) -> None:
    inside = f"<article-title>Pain{mark}</article-title><subtitle>a case</subtitle>"
    assert title(inside) == whole


def authors(*people: str) -> tuple[str, ...]:
    return metadata(f"<contrib-group>{''.join(people)}</contrib-group>").authors


def person(name: str, kind: str = "author") -> str:
    return f'<contrib contrib-type="{kind}">{name}</contrib>'


LIMA = "<name><surname>Lima</surname><given-names>Ana</given-names></name>"
BERG = "<name><surname>Berg</surname><given-names>Tom</given-names><suffix>Jr</suffix></name>"


def test_authors_stand_in_order_and_editors_are_none() -> None:
    assert authors(person(BERG), person(LIMA, "editor"), person(LIMA)) == (
        "Tom Berg Jr",
        "Ana Lima",
    )


def test_a_group_is_one_author_whoever_is_in_it() -> None:
    group = f"<collab>The Ankle Group<contrib-group>{person(LIMA)}</contrib-group></collab>"
    assert authors(person(group)) == ("The Ankle Group",)


def test_of_a_name_in_several_scripts_the_western_one_is_read() -> None:
    forms = f'<name-alternatives><name xml:lang="ja"><surname>林</surname></name>{LIMA}</name-alternatives>'  # noqa: E501
    assert authors(person(forms)) == ("Ana Lima",)


@pytest.mark.parametrize(
    "name", ["Ana Lima", "<given-names>Ana</given-names> <surname>Lima</surname>"]
)
def test_a_name_may_be_a_string(name: str) -> None:
    assert authors(person(f"<string-name>{name}</string-name>")) == ("Ana Lima",)


def year(*dates: tuple[str, int]) -> int | None:
    tags = (f'<pub-date pub-type="{kind}"><year>{year}</year></pub-date>' for kind, year in dates)
    return metadata("".join(tags)).year


def test_of_several_dates_the_earliest_counts() -> None:
    assert year(("ppub", 2013), ("epub", 2012), ("ppub", 2014)) == 2012


@pytest.mark.parametrize("kind", ["collection", "pmc-release"])
def test_the_year_of_a_yearly_volume_or_an_archive_counts_last(kind: str) -> None:
    assert (year((kind, 2014), ("epub", 2015)), year((kind, 2014))) == (2015, 2014)


def test_the_day_of_arrival_is_no_publication() -> None:
    received = '<history><date date-type="received"><year>2010</year></date></history>'
    assert metadata(received).year is None


def test_a_date_may_stand_in_an_attribute() -> None:
    assert metadata('<pub-date date-type="pub" iso-8601-date="2019-05-17"/>').year == 2019


def test_identifiers_are_told_apart() -> None:
    kinds = {"pmid": "1884", "doi": "https://doi.org/10.5555/A", "pmc": "77", "publisher-id": "x"}
    found = metadata(
        "".join(f'<article-id pub-id-type="{k}">{v}</article-id>' for k, v in kinds.items())
    )
    assert (found.pmid, found.doi, found.pmcid) == ("1884", "10.5555/a", "PMC77")
    assert found.origin_of("doi") == "JATS article-id doi"


@pytest.mark.parametrize(
    ("tags", "pages"),
    [
        ("<fpage>11</fpage><lpage>19</lpage>", "11-19"),
        ("<fpage>11</fpage><lpage>11</lpage>", "11"),
        ("<elocation-id>e77</elocation-id>", "e77"),
        ("<page-range>1-3, 7</page-range>", "1-3, 7"),
    ],
)
def test_pages_are_given_as_printed(tags: str, pages: str) -> None:
    assert metadata(tags).page_range == pages


def test_the_journal_is_named_in_full_where_it_can_be() -> None:
    names = "<journal-meta><journal-id>JI</journal-id><journal-title-group><journal-title>J Invent</journal-title></journal-title-group></journal-meta>"  # noqa: E501
    assert metadata("", journal=names).journal == "J Invent"


@pytest.mark.parametrize(
    ("licence", "name"),
    [
        ('<license l:href="https://creativecommons.org/licenses/by-nc/4.0/"/>', "CC BY-NC 4.0"),
        ("<license><license-p>All rights reserved.</license-p></license>", "All rights reserved."),
        ("<license><p>See http://creativecommons.org/licenses/by/3.0</p></license>", "CC BY 3.0"),
        (
            '<a:license_ref xmlns:a="u">https://creativecommons.org/licenses/by/4.0</a:license_ref>',
            "CC BY 4.0",
        ),
    ],
)
def test_a_licence_is_named_by_its_address_or_its_words(licence: str, name: str) -> None:
    assert metadata(f"<permissions>{licence}</permissions>").licence == name


@pytest.mark.parametrize(("code", "language"), [("en-GB", "en"), ("ger", "de"), ("", "")])
def test_a_language_has_two_letters(code: str, language: str) -> None:
    assert metadata("", attributes=f'xml:lang="{code}"').language == language


@pytest.mark.parametrize(
    ("kind", "group", "subject", "document_type"),
    [
        ("case-report", "heading", "", "case report"),
        ("research-article", "heading", "Case Reports", "case report"),
        ("research-article", "Discipline-v3", "Clinical trials", "article"),
        ("research-article", "heading", "Surgery", "article"),
    ],
)
def test_the_type_is_that_of_the_article_or_its_heading(
    kind: str, group: str, subject: str, document_type: str
) -> None:
    groups = f'<article-categories><subj-group subj-group-type="{group}"><subject>{subject}</subject></subj-group></article-categories>'  # noqa: E501
    found = metadata(groups, attributes=f'article-type="{kind}"')
    assert found.document_type == document_type


@pytest.mark.parametrize(
    ("kind", "tie", "title", "notice"),
    [
        ("research-article", "retraction-forward", "", "retracted"),
        ("research-article", "correction-forward", "", "corrected"),
        ("research-article", "", "RETRACTED ARTICLE: Pain", "retracted"),
        ("retraction", "retracted-article", "Retraction: Pain", "retraction notice"),
        ("correction", "corrected-article", "", "correction notice"),
        ("research-article", "companion", "Pain", ""),
    ],
)
def test_a_retraction_or_a_correction_is_said(kind: str, tie: str, title: str, notice: str) -> None:
    meta = f'<title-group><article-title>{title}</article-title></title-group><related-article related-article-type="{tie}"/>'  # noqa: E501
    assert metadata(meta, attributes=f'article-type="{kind}"').notice == notice


def test_disclosures_are_those_that_are_tagged_as_such() -> None:
    notes = '<author-notes><fn fn-type="conflict"><p>None.</p></fn><fn><p>x</p></fn></author-notes>'
    found = metadata(notes)
    assert (found.disclosures, found.origin_of("disclosures")) == ("None.", "JATS fn conflict")


def test_a_level_of_evidence_is_read_where_it_has_a_heading() -> None:
    abstract = "<abstract><sec><title>Level of Evidence</title><p>IV.</p></sec></abstract>"
    assert metadata(abstract).evidence_level == "IV"


def test_a_link_is_one_to_the_web() -> None:
    links = '<self-uri l:href="a.pdf"/><self-uri l:href="https://example.org/a"/>'
    assert metadata(links).url == "https://example.org/a"


def test_an_article_that_states_nothing_has_no_metadata() -> None:
    assert read_jats(b"<article><body><p>Fever.</p></body></article>").metadata == Metadata()
