"""PubMed's records."""

import pytest

from ingest.documents import Metadata
from ingest.errors import UnreadableFileError
from ingest.formats.xml.medline import read_medline


def record(article: str, citation: str = "", data: str = "") -> bytes:
    return (
        f"<PubmedArticle><MedlineCitation><PMID>1884</PMID><Article>{article}</Article>{citation}"
        f"</MedlineCitation><PubmedData>{data}</PubmedData></PubmedArticle>"
    ).encode()


TITLE = "<ArticleTitle>Calf pain.</ArticleTitle>"
ABSTRACT = "<Abstract><AbstractText>A man fell.</AbstractText></Abstract>"


def texts(article: str, citation: str = "") -> list[str]:
    return [block.text for block in read_medline(record(article, citation)).blocks]


def metadata(article: str = TITLE, citation: str = "", data: str = "") -> Metadata:
    return read_medline(record(article, citation, data)).metadata


def test_the_labels_of_an_abstract_are_headings() -> None:
    part = '<Abstract><AbstractText Label="CASE">A man fell.</AbstractText></Abstract>'
    blocks = read_medline(record(part)).blocks
    assert [(b.text, b.level) for b in blocks] == [("Abstract", 1), ("CASE", 2), ("A man fell.", 0)]


def test_an_abstract_without_labels_has_one_heading() -> None:
    assert texts(ABSTRACT) == ["Abstract", "A man fell."]


def test_an_abstract_for_patients_is_named_so() -> None:
    other = '<OtherAbstract Type="plain-language-summary"><AbstractText>He fell.</AbstractText></OtherAbstract>'  # noqa: E501
    assert texts(ABSTRACT, other)[2:] == ["Plain language summary", "He fell."]


def test_marks_and_raised_digits_of_an_abstract_are_read() -> None:
    text = "β\n   <sub>2</sub>-agonist, 10<sup>9</sup>/L, <i>S. aureus</i> &amp;lt; 5"
    assert texts(f"<Abstract><AbstractText>{text}</AbstractText></Abstract>")[1] == (
        "β₂-agonist, 10⁹/L, S. aureus < 5"
    )


def test_keywords_and_subject_headings_are_keywords() -> None:
    words = "<KeywordList><Keyword>calf.</Keyword></KeywordList>"
    mesh = "<MeshHeading><DescriptorName>Pain</DescriptorName><QualifierName>therapy</QualifierName></MeshHeading>"  # noqa: E501
    assert texts(ABSTRACT, f"<MeshHeadingList>{mesh}</MeshHeadingList>{words}")[2:] == [
        "Keywords",
        "calf",
        "MeSH: Pain / therapy",
    ]


def test_a_trial_can_be_found_by_its_number() -> None:
    number = "<AccessionNumber>77</AccessionNumber>"
    bank = f"<DataBank><DataBankName>ISRCTN</DataBankName>{number}</DataBank>"
    assert texts(f"{ABSTRACT}<DataBankList>{bank}</DataBankList>")[2:] == [
        "Registration",
        "ISRCTN 77",
    ]


def test_without_an_abstract_the_title_is_read_and_it_is_said() -> None:
    reading = read_medline(record(TITLE))
    assert [block.text for block in reading.blocks] == ["Calf pain"]
    assert reading.warnings == ("no abstract: only the title was read",)


@pytest.mark.parametrize("title", ["", "<ArticleTitle>[Not Available].</ArticleTitle>"])
def test_a_record_that_says_nothing_is_unreadable(title: str) -> None:
    with pytest.raises(UnreadableFileError, match="without title and abstract"):
        read_medline(record(title))


def test_a_file_without_a_record_is_unreadable() -> None:
    with pytest.raises(UnreadableFileError, match="no PubMed record"):
        read_medline(b"<PubmedArticleSet/>")


def test_a_title_that_is_not_translated_is_the_authors_own() -> None:
    titles = "<ArticleTitle>[Not Available].</ArticleTitle><VernacularTitle>Wadenschmerz.</VernacularTitle>"  # noqa: E501
    assert metadata(titles).title == "Wadenschmerz"


def test_authors_stand_in_order_and_a_group_is_one() -> None:
    people = (
        "<Author><LastName>Lima</LastName><ForeName>Ana R</ForeName><Suffix>Jr</Suffix></Author>"
        "<Author><LastName>Berg</LastName><Initials>T</Initials></Author>"
        "<Author><CollectiveName>The Ankle Group</CollectiveName></Author>"
    )
    found = metadata(f"{TITLE}<AuthorList>{people}</AuthorList>").authors
    assert found == ("Ana R Lima Jr", "T Berg", "The Ankle Group")


@pytest.mark.parametrize(
    ("date", "year"),
    [
        ("<Year>2018</Year><Month>05</Month><Day>17</Day>", 2018),
        ("<MedlineDate>2001 Spring</MedlineDate>", 2001),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", 1998),
    ],
)
def test_a_year_is_read_from_any_date(date: str, year: int) -> None:
    issue = f"<Journal><JournalIssue><PubDate>{date}</PubDate></JournalIssue></Journal>"
    assert metadata(TITLE + issue).year == year


def test_an_electronic_date_that_is_earlier_counts() -> None:
    dates = (
        "<Journal><JournalIssue><PubDate><Year>2013</Year></PubDate></JournalIssue></Journal>"
        '<ArticleDate DateType="Electronic"><Year>2012</Year></ArticleDate>'
    )
    assert metadata(TITLE + dates).year == 2012


def test_journal_volume_pages_and_language_are_read() -> None:
    found = metadata(
        f"{TITLE}<Journal><Title>J Invent</Title><JournalIssue><Volume>7</Volume></JournalIssue>"
        "</Journal><Pagination><MedlinePgn>101-9</MedlinePgn></Pagination><Language>ger</Language>"
    )
    assert (found.journal, found.volume, found.page_range, found.language) == (
        "J Invent",
        "7",
        "101-9",
        "de",
    )


def test_an_article_number_stands_for_pages() -> None:
    assert metadata(f'{TITLE}<ELocationID EIdType="pii">e77</ELocationID>').page_range == "e77"


def test_identifiers_are_the_articles_own_and_not_those_of_works_cited() -> None:
    cited = "<ReferenceList><Reference><ArticleIdList><ArticleId IdType='doi'>10.5555/z</ArticleId></ArticleIdList></Reference></ReferenceList>"  # noqa: E501
    ids = "<ArticleIdList><ArticleId IdType='doi'>10.5555/A</ArticleId><ArticleId IdType='pmc'>PMC77</ArticleId></ArticleIdList>"  # noqa: E501
    found = metadata(data=cited + ids)
    assert (found.pmid, found.doi, found.pmcid) == ("1884", "10.5555/a", "PMC77")


def types(*names: str) -> str:
    listed = "".join(f"<PublicationType>{name}</PublicationType>" for name in names)
    return f"{TITLE}<PublicationTypeList>{listed}</PublicationTypeList>"


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("Case Reports", "Journal Article"), "case report"),
        (("Journal Article",), "article"),
        (("Portrait",), "portrait"),
        ((), ""),
    ],
)
def test_a_publication_type_is_said_in_plain_words(names: tuple[str, ...], kind: str) -> None:
    assert metadata(types(*names)).document_type == kind


@pytest.mark.parametrize(
    ("names", "tie", "notice"),
    [
        (("Retracted Publication",), "CommentIn", "retracted"),
        (("Journal Article",), "RetractionIn", "retracted"),
        (("Journal Article",), "ErratumIn", "corrected"),
        (("Retraction of Publication",), "RetractionOf", "retraction notice"),
        (("Journal Article",), "CommentIn", ""),
    ],
)
def test_a_retraction_or_a_correction_is_said(
    names: tuple[str, ...], tie: str, notice: str
) -> None:
    ties = (
        f'<CommentsCorrectionsList><CommentsCorrections RefType="{tie}"/></CommentsCorrectionsList>'
    )
    assert metadata(types(*names), ties).notice == notice


def test_interests_and_the_level_of_evidence_are_read_as_stated() -> None:
    abstract = '<Abstract><AbstractText Label="LEVEL OF EVIDENCE">IV.</AbstractText></Abstract>'
    found = metadata(TITLE + abstract, "<CoiStatement>None.</CoiStatement>")
    assert (found.evidence_level, found.disclosures) == ("IV", "None.")


BOOK = (
    "<PubmedBookArticle><BookDocument><PMID>30</PMID><Book><BookTitle>Ankles</BookTitle>"
    "<PubDate><Year>2024</Year></PubDate><AuthorList Type='editors'><Author><LastName>Berg"
    "</LastName></Author></AuthorList></Book><ArticleTitle>Sprains</ArticleTitle>"
    "<AuthorList Type='authors'><Author><LastName>Lima</LastName></Author></AuthorList>"
    f"{ABSTRACT}<Sections><Section><SectionTitle>Signs</SectionTitle></Section></Sections>"
    "</BookDocument></PubmedBookArticle>"
)


def test_a_chapter_is_named_with_its_own_authors_and_its_book() -> None:
    found = read_medline(BOOK.encode()).metadata
    assert (found.title, found.authors, found.journal, found.year, found.pmid) == (
        "Sprains",
        ("Lima",),
        "Ankles",
        2024,
        "30",
    )


def test_the_contents_of_a_chapter_are_read() -> None:
    assert [b.text for b in read_medline(BOOK.encode()).blocks][2:] == ["Contents", "Signs"]
