"""Heading to section kind. Pure.

Kinds follow the items of the CARE guideline for case reports (Riley et al., J Clin Epidemiol
2017, https://doi.org/10.1016/j.jclinepi.2017.04.026), with those that articles and clinic pages
add. A heading that fits none has the kind "other" and keeps its wording.

What was decided where a wording can mean two things:

- "Case presentation", "Case report", "Case 2" tell a whole case: patient information, which is
  what CARE begins one with.
- "Results" tells what came of it, for one patient or for a thousand: follow-up and outcomes. What
  a trial *plans* to measure ("Primary outcome", "Outcome measures") is methods.
- Results of tests ("Laboratory results", "MRI findings") are diagnostic assessment.
- "Treatment and outcome" has the kind of what is named first.
- What names consent is informed consent, also beside ethics; ethics alone is back matter.
"""

import re

OTHER = "other"
REFERENCES = "references"
SOURCE = "source"
ABSTRACT = "abstract"
BACK_MATTER = "back matter"
KEYWORDS = "keywords"
CAPTION = "caption"
TABLE = "table"
BOXED_TEXT = "boxed text"
FOOTNOTE = "footnote"
SITE_TEXT = "site text"
"""What a website says on many of its pages, or sells: kept, marked, behind text that tells."""
INTRODUCTION = "introduction"
METHODS = "methods"
PATIENT = "patient information"
FINDINGS = "clinical findings"
TIMELINE = "timeline"
DIAGNOSIS = "diagnostic assessment"
TREATMENT = "therapeutic intervention"
OUTCOME = "follow-up and outcomes"
DISCUSSION = "discussion"
PERSPECTIVE = "patient perspective"
CONSENT = "informed consent"
KINDS = (
    ABSTRACT, INTRODUCTION, METHODS, PATIENT, FINDINGS, TIMELINE, DIAGNOSIS, TREATMENT, OUTCOME,
    DISCUSSION, PERSPECTIVE, CONSENT, TABLE, CAPTION, BOXED_TEXT, FOOTNOTE, SITE_TEXT, OTHER,
    KEYWORDS, SOURCE, REFERENCES, BACK_MATTER,
)  # fmt: skip
"""All of them, in the order in which articles have them."""

_FRAMING = frozenset({BACK_MATTER, INTRODUCTION})

# The whole heading, where a part of it would mislead. First match wins, here and below.
_NAMES: tuple[tuple[str, str], ...] = (
    (REFERENCES, r"references?( and notes)?|bibliography|(literature|works) cited|further reading"),
    (SOURCE, r"source|about this (text|retelling)|(how )?to cite\b.*|cite this \w+|citation"),
    (
        SITE_TEXT,
        r"(popular|recent) posts\b.*|related (posts|articles|pages|products|content)"
        r"|(book|request|make|schedule) (an? |your )?(appointment|consultation|visit)"
        r"|book (now|online|today)|contact us|leave a (comment|reply)|share( this)?( \w+)?"
        r"|opening hours|subscribe|quick links|you (may|might) also like",
    ),
    (
        ABSTRACT,
        r"((structured|graphical|visual) )?abstract|in brief|at a glance|highlights|synopsis"
        r"|((plain.language|lay|author|executive) )?summary|plain.language statement",
    ),
    (KEYWORDS, r"key.?words?|index terms|mesh terms"),
    (CONSENT, r"(ethic(s|al)|declarations?)\b.*\bconsent\b.*"),
    (
        BACK_MATTER,
        r"(conflicts?|declarations?) of (competing |conflicting )?interests?( statement)?"
        r"|availability of .*|levels? of evidence|about the authors?|ethic(s|al)\b.*"
        r"|competing interests?.*|list of abbreviations|(sources? of )?funding.*|guarantors?"
        r"|session information|open access|author\w* contributions?( statement)?"
        r"|credit author\w* .*",
    ),
    (METHODS, r"(patients?|subjects|participants|cases|study) and (methods?|design)|setting"),
    (PERSPECTIVE, r"(in )?(the )?patients?('s?)? (own )?(words|views?|voice|experiences?)"),
    (PERSPECTIVE, r"perspectives? of the (patient|family)|what (the|our) patients? says?"),
    (
        PATIENT,
        r"(presentation|description|report) of (the |our |an? )?cases?|meet the patient"
        r"|case introductions?"
        r"|history of (the )?(present|presenting|current) (illness|complaint|problem)"
        r"|reason for (visit|consultation|referral|admission|presentation)",
    ),
    (FINDINGS, r"what (we|was) found|on examination|review of systems|what are the symptoms"),
    (DIAGNOSIS, r"how (is|was|did|do|are)\b.*\bdiagnos\w+.*"),
    (
        TREATMENT,
        r"(how|what) (we|is|was|are|were|did we|do we)\b.*\b(help|treat|did|done|do)\w*\b.*"
        r"|plan( of care)?",
    ),
    (OUTCOME, r"assessment ?(/|and) ?results?|returns? to (sports?|play|work|activit(y|ies))"),
    (DISCUSSION, r"comment|what\b.*\b(adds?|learn(ed|t)?)|reviews? of (the |published ).*"),
)

# Words of a part of the heading: of what stands before "of", "for" …, and between "and"s.
_WORDS: tuple[tuple[str, str], ...] = (
    (TIMELINE, r"^(case |clinical )?(time.?line|chronology)$|^sequence$"),
    (
        BACK_MATTER,
        r"acknowledge?ments?|funding|financial|interests?$|disclosures?"
        r"|authors?.{0,2} (contributions?|information|details|affiliations?)|abbreviations?$"
        r"|(additional|supplement\w+|supporting) (files?|materials?|data|information)"
        r"|data availability|^ethic(s|al)\b|^declarations?$|registration|publisher.?s note"
        r"|peer.review|provenance|(pre-?publication|publication|article) history|disclaimer"
        r"|copyright|correspond(ing|ence)|evidence level",
    ),
    (CONSENT, r"consent"),
    (
        PERSPECTIVE,
        r"(patient|famil|client)\w*('s?)? (perspectives?|viewpoints?|feedback)|testimonials?",
    ),
    (INTRODUCTION, r"aims?$|objectives?(?! \w)|purposes?$|rationale|hypothes[ie]s|introduction"),
    (DISCUSSION, r"limitations?|implications|^strengths"),
    (
        METHODS,
        r"(outcomes?|end.?points?) (measures?|measurements?|assessments?|variables?|definitions?)"
        r"|(primary|secondary|main|exploratory) (outcomes?|end.?points?)|end.?points?|methods?"
        r"|methodology|^materials?|design|participants?|criteria|eligibility|recruitment"
        r"|(study|trial) (procedures?|protocols?|settings?|population|sites?|samples?|visits?)"
        r"|enrol\w*ment|sample size|randomi[sz]ation|blinding|masking|allocation|statistic\w*"
        r"|data (collection|analys[ie]s|management|integrity|extraction|sources?)"
        r"|search( strategy)?$"
        r"|(control|intervention|experimental|comparator|treatment) (groups?|arms?)"
        r"|case.(definition|control|selection)\b.*|(patient|subject)s? (selection|recruitment)",
    ),
    (PATIENT, r"(?<!natural )history$|anamnesis|^hpi$|demographics|^allergies$"),
    (PATIENT, r"^(chief|main|presenting|primary) (complaints?|concerns?|problems?)|^complaints?$"),
    (OUTCOME, r"follow.?ups?\b"),
    (
        DIAGNOSIS,
        r"diagnos\w+|investigations?|work.?up|laboratory|lab|tests|test results?|testing|blood"
        r"|imaging|radi\w+graph\w*|radiolog\w+|x.?rays?|m[rc]i|ct|pet|scans?|tomography"
        r"|ultraso\w+(?!.guid)\b|sonogra\w+|(echo|electro)cardio\w+|ecg|eeg|emg|angiogra\w+"
        r"|endoscop(y|ic)|biops\w+|histolog\w+|histopatholog\w+|cytolog\w+|microbiolog\w+"
        r"|(?<!patho)(?<!physio)patholog\w+|microscop\w+|nerve conduction|resonance"
        r"|electrodiagnos\w+|genetic (tests?|testing|analys[ie]s|findings)|assessments?|evaluation",
    ),
    (
        PATIENT,
        r"^case( (presentations?|reports?|descriptions?|summar(y|ies)|stud(y|ies)|series|details"
        r"|illustrations?|vignettes?|examples?|overview))?s?$|^cases$|^(index )?patients?$"
        r"|^clients?$|(patient|client)s?('s?)? (information|characteristics|background|profile"
        r"|story|data|details)",
    ),
    (
        OUTCOME,
        r"outcomes?|results?|\w+ course$|^course$|prognosis|outlook|recovery|complications?"
        r"|disease progression",
    ),
    (
        FINDINGS,
        r"findings|exam(ination)?s?|symptoms?|presentation|(clinical|vital) \w*signs?|^signs",
    ),
    (FINDINGS, r"clinical (features?|manifestations?)"),
    (
        TREATMENT,
        r"treatments?|interventions?|therap(y|ies|eutics?)|physiotherapy|procedures?|management"
        r"|surger(y|ies)|surgical|operations?|operative|injections?|medications?|rehabilitation"
        r"|ana?esthe(sia|tics?)|after.?care|techniques?|patient education|^approach$|^plan$"
        r"|^solution$",
    ),
    (
        DISCUSSION,
        r"discussion|conclusions?|concluding|commentary|learning points?|take.?home"
        r"|(key|teaching|clinical) (points?|messages?)|pearls?|lessons?"
        r"|clinical (significance|relevance)|literature review|interpretation"
        r"|future directions?|^relevance$",
    ),
    (INTRODUCTION, r"background|^context$"),
)
_NAME_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _NAMES)
_WORD_PATTERNS = tuple((kind, re.compile(rf"\b(?:{pattern})(?!\w)")) for kind, pattern in _WORDS)
_NUMBERING = re.compile(
    r"^\s*(?:\(?(?:\d+(?:\.\d+)*|[ivx]+|[a-h])[.)]\s*|\d+(?:\.\d+)*\s+)(?=\D)", re.IGNORECASE
)
_CASE_LABEL = re.compile(
    r"^(?:(?:first|second|third|fourth|fifth|next|other) (?:case|patient)"
    r"|(?:\w+ (?=case stud))?(?:case|patient|observation)"
    r"(?: (?:report|presentation|study|description))?"
    r"[ –—-]*(?:patient )?(?:n[o°]\.? ?|number |#)?(?:\d{1,2}|[a-f]|[ivx]+|one|two|three|four|five)"
    r"\b)(?:[:.,–— -]+|$)"
)
_DETERMINER = re.compile(r"^(?:the|our|an?|his|her|my|your|this)\s+")
_BEYOND_HEAD = re.compile(
    r"[:(–—]|\b(?:of|for|in|with|to|after|before|at|on|by|from|into|as|during|among|between)\b"
)
_BETWEEN_PARTS = re.compile(r"\s*(?:,|/|;|\band\b|&)\s*")


def section_kind(heading: str) -> str:
    """The kind of section that a heading opens.

    >>> section_kind("Our Treatment Approach"), section_kind("2. Case Report")
    ('therapeutic intervention', 'patient information')
    """
    wording = _NUMBERING.sub("", heading.replace("’", "'")).strip(" \t:.?*–—-").lower()
    label = _CASE_LABEL.match(wording)
    if label:
        rest = wording[label.end() :]
        return kind if rest and (kind := section_kind(rest)) != OTHER else PATIENT
    wording = _DETERMINER.sub("", " ".join(wording.replace("&", "and").split()))
    return _kind_of_name(wording) or _kind_of_words(wording) or OTHER


def _kind_of_name(wording: str) -> str:
    return next((kind for kind, pattern in _NAME_PATTERNS if pattern.fullmatch(wording)), "")


def _kind_of_words(wording: str) -> str:
    """The kind of the first part that has one; what frames a story gives way to what tells it."""
    heads = (_BEYOND_HEAD.split(one.strip())[0] or one for one in wording.split("/"))
    parts = (part.strip() for head in heads for part in _BETWEEN_PARTS.split(head))
    kinds = [kind for part in parts if (kind := _kind_of_part(part))]
    return next((kind for kind in kinds if kind not in _FRAMING), kinds[0] if kinds else "")


def _kind_of_part(part: str) -> str:
    return next((kind for kind, pattern in _WORD_PATTERNS if pattern.search(part)), "")
