"""Heading to section kind. Pure.

Kinds follow the items of the CARE guideline for case reports (Riley et al., J Clin Epidemiol
2017, https://doi.org/10.1016/j.jclinepi.2017.04.026), with those that articles and clinic pages
add. A heading that fits none has the kind "other" and keeps its wording.
"""

import re

OTHER = "other"
REFERENCES = "references"
SOURCE = "source"
ABSTRACT = "abstract"
BACK_MATTER = "back matter"
KEYWORDS = "keywords"

# First match wins, so the narrow wordings stand before the wide ones.
_KINDS: tuple[tuple[str, str], ...] = (
    (REFERENCES, r"^(references|bibliography|literature cited|works cited)$"),
    (SOURCE, r"^(source|about this (text|retelling)|how to cite|to cite this \w+)$"),
    (
        BACK_MATTER,
        r"^(acknowledge?ments?|funding|competing interests?|conflicts? of interests?"
        r"|authors?.? contributions?|author details|disclosures?|abbreviations|additional files?"
        r"|supplementary (material|data)|pre-publication history|copyright|data availability.*)$",
    ),
    ("informed consent", r"\bconsent\b"),
    ("patient perspective", r"\bpatient.s? perspective\b"),
    (ABSTRACT, r"^(abstract|summary)$"),
    (KEYWORDS, r"^key ?words$"),
    ("timeline", r"\btime ?line\b"),
    ("follow-up and outcomes", r"\b(outcomes?|follow.?up|results?|course|prognosis|outlook)\b"),
    ("diagnostic assessment", r"\b(diagnos\w+|imaging|investigations?|laboratory|ultrasound)\b"),
    (
        "therapeutic intervention",
        r"\b(treatments?|interventions?|therap\w+|procedures?|management|surgery|technique)\b",
    ),
    ("clinical findings", r"\b(findings|examination|symptoms|presentation|complaints?)\b"),
    ("patient information", r"\b(patients?|case|cases|history|case description|case report)\b"),
    ("discussion", r"\b(discussion|conclusions?|learning points?|take.?home|adds)\b"),
    ("methods", r"\b(methods?|materials?|study design|setting)\b"),
    ("introduction", r"\b(introduction|background|aims?|objectives?)\b"),
)
_NUMBERING = re.compile(r"^\s*(?:\d+(?:\.\d+)*\.?|[ivx]+\.)\s+", re.IGNORECASE)


def section_kind(heading: str) -> str:
    """The kind of section that a heading opens.

    >>> section_kind("Our Treatment Approach"), section_kind("2. Case Report")
    ('therapeutic intervention', 'patient information')
    """
    wording = _NUMBERING.sub("", heading).strip().rstrip(":").lower()
    for kind, pattern in _KINDS:
        if re.search(pattern, wording):
            return kind
    return OTHER
