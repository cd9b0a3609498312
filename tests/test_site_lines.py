"""Lines in which a site speaks of itself are told from those that speak of patients."""

import pytest

from ingest.site_lines import is_copy_link, is_site_heading, is_site_line, is_tool


@pytest.mark.parametrize(
    "line",
    [
        "Book your consultation today.",
        "To book an appointment, call us on 020 7946 0000.",
        "Please call our office to learn whether you are a candidate.",
        "Call us today on (212) 555-0100",
        "Mon-Fri: 9am - 5pm",
        "Monday 9.00 - 17.00, Saturday closed",
        "We accept Visa, Mastercard and cash.",
        "Payment is due at the time of your visit.",
        "Follow us on Facebook and Instagram",
        "Subscribe to our newsletter",
        "Read more about shockwave therapy",
        "This website uses cookies to remember you.",
        "Your email address will not be published.",
        "The information on this website is not a substitute for medical advice.",
        "If you have such pain, speak with our specialists about what can be done for you.",
        "© 2024 Northside Clinic. All rights reserved.",
        "Request Telehealth",
        "Buy now",
        "Next article in this series",
    ],
)
def test_the_sites_own_lines(line: str) -> None:
    assert is_site_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "She was asked to book an appointment after six weeks.",
        "The patient was told to call us if fever came back.",
        "Contact dermatitis was excluded by patch tests.",
        "Visits took place on Monday, Wednesday and Friday.",
        "She read more slowly after the stroke.",
        "Payment for performance changed how often backs were operated on.",
        "The shared decision was to wait.",
        "A follow-up on day 30 showed no effusion.",
        "Call for papers closed in May, and two reports came in.",
        "Copyright © 2014 the authors; licensee of the journal, an open access article.",
        "Book-shaped splints were worn at night.",
        "We accept that a larger trial is needed.",
        "Share of patients without pain at one year",
        "Opening of the joint capsule took two minutes.",
        "Register data were searched for all hip fractures.",
        "He came to visit our clinic after two weeks of fever.",
        "We accept that most of the pain was muscular.",
        "By using a thin needle the injection site was spared.",
        "Like this patient, two others walked again.",
        "Do not delay the operation in such a case.",
        "Take the first step with the healthy leg.",
        "Opening times of the valve were normal.",
        "Published in the journal of the society, 2015.",
        "Back to home exercises after six weeks.",
        "No responses",
        "Payment was made by the insurer of the trial.",
    ],
)
def test_lines_of_an_article(line: str) -> None:
    assert not is_site_line(line)


def test_a_paragraph_that_ends_in_an_invitation_is_no_site_line() -> None:
    told = "The tendon heals within three months if it is loaded with care, and it rarely tears."
    assert not is_site_line(f"{told} Call us today for more.")


@pytest.mark.parametrize(
    "heading",
    ["Related posts", "Leave a Reply", "3 comments", "Opening hours", "What our patients say",
     "Share this:", "You may also like", "Book your appointment", "Cited by", "Contact us"],
)  # fmt: skip
def test_headings_over_parts_of_a_site(heading: str) -> None:
    assert is_site_heading(heading)


@pytest.mark.parametrize(
    "heading",
    ["Related work", "Comment", "Search", "Reviews", "Patient contact", "Cookies and diabetes",
     "Sharing of data", "Opening of the abdomen", "Disclaimer", "Subscribers and users",
     "Directions for future research", "Other treatments", "Navigation", "Categories",
     "Schedule of each visit", "Take the first step", "Our team approach", "Related conditions"],
)  # fmt: skip
def test_headings_of_articles(heading: str) -> None:
    assert not is_site_heading(heading)


@pytest.mark.parametrize(
    "label", ["Download figure | Open in new tab", "View this table: In a new window", "Tweet"]
)
def test_labels_of_buttons(label: str) -> None:
    assert is_tool(label)


@pytest.mark.parametrize("label", ["Full thickness tear", "Loading", "Back", "Close follow-up"])
def test_short_texts_that_are_no_buttons(label: str) -> None:
    assert not is_tool(label)


def test_a_link_to_a_copy_is_told_from_a_title() -> None:
    assert (is_copy_link("CrossRef Full Text"), is_copy_link("Full thickness")) == (True, False)
