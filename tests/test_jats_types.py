"""Document types, notices, licences and languages in plain words."""

import pytest

from ingest.formats.xml.jats_licence import licence_name
from ingest.formats.xml.jats_types import document_type, notice, type_in_words
from ingest.formats.xml.languages import two_letter_code


@pytest.mark.parametrize(
    ("kind", "subject", "document_type_"),
    [
        ("case-report", "Surgery", "case report"),
        ("research-article", "Case Series", "case series"),
        ("other", "Clinical Case", "case report"),
        ("brief-report", "", "article"),
        ("research-article", "Systematic Review", "review"),
        ("other", "Reviewer acknowledgement", ""),
        ("", "Book Review", "commentary"),
        ("research-article", "Study protocol", "study protocol"),
        ("letter", "Case report", "letter"),
        ("product-review", "", "product review"),
        ("addendum", "", "correction"),
        ("", "Erratum", "correction"),
    ],
)
def test_the_type_is_said_in_plain_words(kind: str, subject: str, document_type_: str) -> None:
    assert document_type(kind, [subject]) == document_type_


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        (["Journal Article", "Case Reports", "Review"], "case report"),
        (["Clinical Trial, Phase III", "Journal Article"], "trial"),
        (["Editorial", "Comment"], "editorial"),
        (["Journal Article", "Meta-Analysis"], "review"),
        (["Published Erratum"], "correction"),
        (["Retraction of Publication"], "retraction"),
        (["Retracted Publication", "Journal Article"], "article"),
        (["Portrait"], ""),
    ],
)
def test_pubmeds_types_are_named_by_what_tells_most(types: list[str], kind: str) -> None:
    assert type_in_words(types) == kind


@pytest.mark.parametrize(
    ("kind", "related", "title", "said"),
    [
        ("article", ["ErratumIn", "RetractionIn"], "", "retracted"),
        ("article", ["ExpressionOfConcernIn"], "", "expression of concern"),
        ("article", ["addendum"], "", "corrected"),
        ("article", ["RetractionOf"], "", "retraction notice"),
        ("correction", ["RetractionIn"], "", "correction notice"),
        ("article", [], "[Retracted] Pain", "retracted"),
        ("article", [], "WITHDRAWN: Pain", "retracted"),
        ("article", [], "Retracted tendons of the shoulder", ""),
        ("article", ["CommentIn"], "Pain", ""),
    ],
)
def test_of_several_notices_the_gravest_is_said(
    kind: str, related: list[str], title: str, said: str
) -> None:
    assert notice(kind, related, title) == said


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("http://creativecommons.org/licenses/by/4.0/deed.en", "CC BY 4.0"),
        ("https://creativecommons.org/licences/by-nc-nd/3.0", "CC BY-NC-ND 3.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
        ("the Creative Commons Attribution 4.0 International License", "CC BY 4.0"),
        ("Creative Commons Attribution-NonCommercial-ShareAlike license", "CC BY-NC-SA"),
        ("Creative Commons Attribution Non-Commercial License, which", "CC BY-NC"),
        ("open access under CC-BY-NC 4.0", "CC BY-NC 4.0"),
        ("Free for all  uses.", "Free for all uses."),
        ("", ""),
    ],
)
def test_a_licence_has_its_short_name_or_its_own_words(text: str, name: str) -> None:
    assert licence_name(text) == name


def test_a_version_is_not_made_up() -> None:
    assert licence_name("a Creative Commons Attribution License") == "CC BY"


@pytest.mark.parametrize(
    ("code", "letters"), [("eng", "en"), ("chi", "zh"), ("pt-BR", "pt"), ("mul", ""), ("", "")]
)
def test_a_language_is_two_letters_or_none(code: str, letters: str) -> None:
    assert two_letter_code(code) == letters
