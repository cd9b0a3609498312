"""What a website says on many of its pages is marked in each of them."""

from collections import Counter
from dataclasses import replace

from ingest.blocks import Block, assemble
from ingest.documents import Document, Metadata
from ingest.passages import PassageBudget, split_passages
from ingest.sections import SITE_TEXT
from ingest.site_text import mark_site_text, paragraph_hashes, repeated, site_of

BOAST = "Our team has helped more than nine thousand people since the practice opened by the river."
CASES = (
    "A baker of 44 years had a swollen wrist for two months and could not knead his dough at all.",
    "A driver of 52 years felt numb toes whenever he sat behind the wheel for longer than an hour.",
    "A teacher of 31 years lost her grip after a fall, and her thumb stayed weak for a whole year.",
    "A farmer of 60 years had a stiff shoulder that kept him from lifting hay over the old gate.",
)


def page(case: str, *more: str, url: str = "https://www.river.example/a", **of: str) -> Document:
    """A web page with one headed section."""
    blocks = [Block("Our patient", is_heading=True), Block(case), *map(Block, more)]
    layout = assemble(blocks)
    return Document(
        doc_id=case,
        source="/pages/page.html",
        format="html",
        metadata=Metadata(url=url, **of),  # type: ignore[arg-type]
        text=layout.text,
        sections=layout.sections,
    )


def marked(*documents: Document) -> list[Document]:
    """The documents of one site as a build would mark them."""
    counts = Counter(digest for one in documents for digest in paragraph_hashes(one))
    found = repeated(counts, len(documents))
    return [mark_site_text(one, found) for one in documents]


def site_texts(document: Document) -> list[str]:
    return [document.text[s.start : s.end] for s in document.sections if s.kind == SITE_TEXT]


def test_a_paragraph_on_three_pages_is_the_sites() -> None:
    pages = marked(*(page(case, BOAST) for case in CASES[:3]))
    assert [site_texts(one) for one in pages] == [[BOAST]] * 3


def test_a_paragraph_on_two_pages_is_not() -> None:
    pages = marked(page(CASES[0], BOAST), page(CASES[1], BOAST), page(CASES[2]))
    assert [site_texts(one) for one in pages] == [[], [], []]


def test_a_paragraph_on_few_of_many_pages_is_not() -> None:
    others = [page(f"{CASES[3]} This was visit {number}.") for number in range(13)]
    pages = marked(*(page(case, BOAST) for case in CASES[:3]), *others)
    assert site_texts(pages[0]) == []


def test_spelling_of_marks_and_case_does_not_hide_it() -> None:
    other = BOAST.upper().replace(" ", "  ").rstrip(".")
    pages = marked(*(page(c, t) for c, t in zip(CASES, (BOAST, BOAST, other), strict=False)))
    assert site_texts(pages[2]) == [other.replace("  ", " ")]


def test_a_short_line_must_stand_on_half_of_the_pages() -> None:
    line = "Pain on climbing the stairs"
    others = [page(f"{CASES[3]} This was visit {number}.") for number in range(4)]
    pages = marked(*(page(case, line) for case in CASES[:3]), *others)
    assert site_texts(pages[0]) == []


def test_text_stays_and_sections_are_cut_around_it() -> None:
    document = page(CASES[0], BOAST, "He works again.")
    after = marked(document, page(CASES[1], BOAST), page(CASES[2], BOAST))[0]
    assert after.text == document.text
    assert [after.text[s.start : s.end] for s in after.sections] == [
        CASES[0],
        BOAST,
        "He works again.",
    ]


def test_the_headings_stay_with_their_parts() -> None:
    after = marked(*(page(case, BOAST) for case in CASES[:3]))[0]
    assert [(s.heading, s.kind) for s in after.sections] == [
        ("Our patient", "patient information"),
        ("Our patient", SITE_TEXT),
    ]


def test_passages_hold_either_text_or_site_text() -> None:
    after = marked(*(page(case, BOAST) for case in CASES[:3]))[0]
    count = lambda texts: [len(text.split()) for text in texts]  # noqa: E731
    passages = split_passages(after, PassageBudget(tokens=100), count)
    assert [passage.text for passage in passages] == [CASES[0], BOAST]


def test_an_article_with_a_doi_keeps_what_all_articles_say() -> None:
    consent = "Written informed consent was obtained from the patient for publication of this text."
    pages = marked(*(page(case, consent, doi="10.5555/1") for case in CASES[:3]))
    assert [site_texts(one) for one in pages] == [[], [], []]


def test_what_is_no_web_page_has_no_site() -> None:
    assert site_of(replace(page(CASES[0]), format="jats")) == ""


def test_a_text_saved_with_its_address_has_the_site_of_it() -> None:
    assert site_of(replace(page(CASES[0]), format="text")) == "river.example"


def test_pages_without_an_address_are_of_their_folder() -> None:
    assert site_of(page(CASES[0], url="")) == "/pages"


def test_copies_of_one_page_are_not_marked_away() -> None:
    copies = [page(CASES[0], BOAST, url=f"https://river.example/{n}") for n in range(3)]
    assert [site_texts(one) for one in marked(*copies)] == [[], [], []]


def test_a_heading_that_recurs_is_left_alone() -> None:
    assert not any(
        "our patient" in text.lower()
        for one in marked(*(page(case, BOAST) for case in CASES[:3]))
        for text in site_texts(one)
    )
