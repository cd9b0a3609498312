"""Headings to the kinds of the CARE guideline."""

import pytest

from ingest.sections import section_kind


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Abstract", "abstract"),
        ("SUMMARY", "abstract"),
        ("Key words", "keywords"),
        ("Introduction", "introduction"),
        ("1. Background", "introduction"),
        ("Case Report", "patient information"),
        ("2.1 Patient", "patient information"),
        ("Our Patient", "patient information"),
        ("Examination", "clinical findings"),
        ("Timeline", "timeline"),
        ("Laboratory tests", "diagnostic assessment"),
        ("Imaging", "diagnostic assessment"),
        ("Our Diagnosis", "diagnostic assessment"),
        ("Our Treatment Approach", "therapeutic intervention"),
        ("Surgery", "therapeutic intervention"),
        ("Follow-up", "follow-up and outcomes"),
        ("Outcome", "follow-up and outcomes"),
        ("Results:", "follow-up and outcomes"),
        ("Discussion", "discussion"),
        ("IV. Conclusion", "discussion"),
        ("Patient’s perspective", "patient perspective"),
        ("Informed consent", "informed consent"),
        ("Materials and methods", "methods"),
        ("References", "references"),
        ("Competing interests", "back matter"),
        ("Authors’ contributions", "back matter"),
        ("The Challenge", "other"),
        ("", "other"),
    ],
)
def test_a_heading_has_a_kind(heading: str, kind: str) -> None:
    assert section_kind(heading) == kind


def test_only_a_whole_heading_names_references() -> None:
    assert section_kind("Preferences of the patient") != "references"
