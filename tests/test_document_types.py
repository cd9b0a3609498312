"""What kind of document it is: stated, or concluded and so said."""

import pytest

from ingest.blocks import Block, assemble
from ingest.cases.finding import find_cases
from ingest.document_types import describe_type, normalised_type
from ingest.documents import Metadata, read_in


def heading(text: str) -> Block:
    return Block(text, is_heading=True)


def typed(*blocks: Block, metadata: Metadata | None = None) -> Metadata:
    layout = assemble(blocks)
    cases = find_cases(layout.text, layout.sections)
    return describe_type(metadata or Metadata(), layout.text, layout.sections, cases)


def kind(*blocks: Block, title: str = "", doi: str = "") -> str:
    return typed(*blocks, metadata=Metadata(title=title, doi=doi)).document_type


STORY = Block("A 40-year-old man fell on his knee. He rested and walked again after a month.")
PLAIN = Block("The knee bends and stretches. It carries the body.")
REFERENCES = [heading("References"), Block("Lima A. Knees. 2001.")]
STUDY = [heading("Methods"), PLAIN, heading("Results"), PLAIN]


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("case report", "case report"),
        ("Case Reports", "case report"),
        ("case-series", "case series"),
        ("Research Article", "article"),
        ("Original Article", "article"),
        ("Systematic Review", "review"),
        ("Randomized Controlled Trial", "trial"),
        ("Study Protocol", "study protocol"),
        ("Meeting Abstract", "abstract"),
        ("Clinic Page", "clinic page"),
        ("Reviewer acknowledgement", "reviewer acknowledgement"),
    ],
)
def test_a_stated_type_has_the_name_that_all_share_or_keeps_its_own(stated: str, name: str) -> None:
    assert normalised_type(stated) == name


def test_a_stated_type_wins_and_keeps_its_origin() -> None:
    stated = read_in("meta tag dc.type", Metadata(document_type="Review"))
    found = typed(STORY, metadata=stated)
    assert (found.document_type, found.origin_of("document_type")) == ("review", "meta tag dc.type")


def test_a_line_at_the_beginning_states_the_type() -> None:
    found = typed(heading("REVIEW ARTICLE"), heading("Knees of today"), PLAIN)
    assert found.document_type == "review"
    assert found.origin_of("document_type") == 'line "REVIEW ARTICLE" at the beginning'


def test_what_is_concluded_says_so() -> None:
    origin = typed(STORY).origin_of("document_type")
    assert origin == "inferred from the cases that it tells"


def test_one_patients_story_is_a_case_report() -> None:
    assert kind(STORY) == "case report"


def test_several_patients_are_a_case_series() -> None:
    other = Block("Another patient, a 30-year-old woman, slipped on ice.")
    assert kind(STORY, other) == "case series"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Swollen knee: a case report and review of the literature", "case report"),
        ("A rare case of gout", "case report"),
        ("Two cases of gout", "case series"),
        ("Splints for thumbs: study protocol for a randomised controlled trial", "study protocol"),
        ("Splints or rest: a randomized trial", "trial"),
        ("Gout of the spine: a systematic review", "review"),
        ("A guideline for sprains", "guideline"),
    ],
)
def test_a_title_tells_the_type(title: str, name: str) -> None:
    assert kind(PLAIN, title=title) == name


def test_methods_results_and_references_are_an_article() -> None:
    assert kind(*STUDY, *REFERENCES) == "article"


def test_with_a_heading_on_randomisation_it_is_a_trial() -> None:
    assert kind(*STUDY, heading("Randomisation"), PLAIN, *REFERENCES) == "trial"


def test_short_and_without_references_it_is_an_abstract() -> None:
    assert kind(*STUDY) == "abstract"


def test_a_story_told_at_a_meeting_is_an_abstract() -> None:
    assert kind(STORY, Block("To cite this abstract: Lima A. Meeting Abstracts.")) == "abstract"


def test_a_clinic_that_tells_of_a_patient_has_a_clinic_page() -> None:
    voice = Block("Our client came to our clinic, where our specialists helped.")
    assert kind(STORY, voice) == "clinic page"


def test_one_mention_of_our_clinic_is_still_a_case_report() -> None:
    assert kind(Block(f"{STORY.text} He came to our clinic once more.")) == "case report"


def test_a_price_and_an_appointment_are_promotional() -> None:
    assert kind(PLAIN, Block("It costs $500. Book an appointment today.")) == "promotional"


def test_an_article_that_speaks_of_insurance_is_no_advertisement() -> None:
    sale = Block("The visit costs $500, and insurance pays for it.")
    assert kind(*STUDY, sale, *REFERENCES, doi="10.5555/knees") == "article"


def test_a_document_that_fits_nothing_has_no_type() -> None:
    assert typed(PLAIN) == Metadata()
