"""Sentences that bring a patient in, or speak of one. Pure.

"A 45-year-old man presented with …" brings one in; "Patients aged 18 to 65 years were eligible"
does not, and neither does a case that somebody else reported.
"""

import re
from dataclasses import dataclass

from ingest.cases.ages import PERSON, find_age, find_sex

_CLINICAL_VERB = re.compile(
    r"\b(?:presented|presents|presenting|admitted|referred|diagnosed|seen|came|complained|born"
    r"|consulted|attended|brought|underwent|suffered|suffering|sustained|developed|developing"
    r"|treated|evaluated|visited|sought|entered|experienced|hospitali[sz]ed|injured|fell|delivered"
    r"|transferred|operated|noticed|examined|found)\b"
)
_DETERMINER = re.compile(
    r"\b(?:an?|another|one|our)\s+(?:(?!an?\s)[^\s,]+[ ,]+){0,6}(?:of\s+)?$", re.IGNORECASE
)
_TELLS = (
    r"(?:highlight|report|present|describe|document|introduce|discuss|encounter|experience|saw"
    r"|treat)\w*"
)
_HEAD = re.compile(
    r"^(?:patient\b|(?:[A-Z(][^,.;:]{0,70}[,:]\s+)?(?:an?|another|one)\s"
    rf"|(?:[^,.]{{0,40}},?\s)?we\s+(?:\w+\s+){{0,3}}{_TELLS}\s)",
    re.IGNORECASE,
)
_KNOWN_ALREADY = re.compile(r"^(?:Our|The|This) (?:\w+ )?(?:patient|case|client)\b")
_UNAGED_HEAD = re.compile(
    rf"^(?:[A-Z(][^,.;:]{{0,70}}[,:]\s+)?(?:an?|another)\s(?:[\w-]+\s){{0,4}}?{PERSON}\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:we|our)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"et al|\[\d+(?:[,–-]\s?\d+)*\]|\(\d{4}\)|literature|previously (?:reported|described)"
    r"|(?:reported|described) (?:by|in (?:19|20)\d\d)|been (?:reported|described|published)"
    r"|for example|e\.g\.|imagine|suppose",
    re.IGNORECASE,
)
_HE_OR_SHE = re.compile(
    r"\b(?:[Hh]e|[Ss]he) (?:\w+ly )?(?:was|had|did|could|went|felt|came|began|underwent|remains"
    r"|\w+ed)\b"
)
_SPOKEN_OF = re.compile(
    r"\b(?:[Tt]he|[Oo]ur|[Tt]his) (?:\w+ ){0,2}(?:patient|client|man|woman|boy|girl|infant|baby"
    r"|child|neonate|newborn|athlete|runner|player|lady|gentleman)\b"
    rf"|{_HE_OR_SHE.pattern}|\b(?:[Hh]is|[Hh]er) [a-z]"
)
_SOMEONE = (
    r"(?:case|patient|client|proband|man|boy|gentleman|woman|girl|lady|infant|baby|child|neonate"
    r"|toddler|teenager|adolescent|athlete|runner|player"
    r"|(?:male|female|adult|newborn)(?=,|\.| (?:who|with|of|presenting|patient)))"
)
_ONE_CASE = re.compile(
    r"(?:\b(?:we|authors?|this (?:case )?(?:report|article|paper|abstract)|case)\b[^.]{0,40}"
    rf"\b(?:{_TELLS}|is (?:of )?)|^this is|^in (?:this|the present) case report,?)\s[^.]{{0,60}}?"
    r"\b(?:an?|the|our|one|this|rare|unusual|unique|interesting)\s(?:[\w-]+\s){0,4}?"
    rf"{_SOMEONE}\b(?![–-]| (?:for|series|control|stud|reports|groups?))",
    re.IGNORECASE,
)
_DEFINITE = re.compile(
    r"^(?:[A-Z][^,.]{0,40}, )?"
    r"(?:(?:[Tt]he|[Oo]ur|[Tt]his|[Aa]n?) (?:[\w-]+ ){0,4}?|(?:Elderly|Young|Male|Female) )"
    rf"{_SOMEONE}(?=,|\s\(|\s(?:\w+ly )?(?:with|who|whose|of|on|in|was|had|has|went|underwent|felt"
    r"|presented|developed|suffered|received|came|complained|began|started|noticed|fell|visited)\b)"
    r"[^.]{0,120}?\b(?:was|had|has|received|went|underwent|felt|\w+ed)\b"
    r"|^(?:He|She) (?:was|had|\w+ed)\b"
    rf"|^(?:Our|This) (?:\w+ ){{0,2}}{_SOMEONE}(?: \([^)]*\))? is\b"
)
_MANY = re.compile(
    r"\b(?:patients|cases|children|women|men|infants|girls|boys|siblings|sisters|brothers|twins"
    r"|subjects|participants"
    r"|cohort|case[ -](?:control|series))\b(?!['’])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Introduction:
    """What a sentence says of the patient whom it brings in.

    `words` as they stand; `age` with its unit ("45 year"), `sex` "m" or "f", each "" where not
    told. `new` where it can only be somebody not yet spoken of ("A …", "Another …").
    """

    words: str
    age: str
    sex: str
    new: bool

    def same_person(self, other: "Introduction") -> bool:
        """Whether both can be one person: nothing that both tell differs."""
        ages_differ = bool(self.age and other.age) and self.age != other.age
        sexes_differ = bool(self.sex and other.sex) and self.sex != other.sex
        return not ages_differ and not sexes_differ


def introduction(sentence: str) -> Introduction | None:
    """Whom a sentence brings in by age, or as "a patient who presented …".

    >>> introduction("In May, a 45-year-old man presented with fever.")
    Introduction(words='a 45-year-old man', age='45 year', sex='m', new=True)
    >>> introduction("Women aged 18 to 45 years were eligible.")
    """
    age = find_age(sentence)
    if age is None:
        return _without_age(sentence)
    before = sentence[: age.start]
    determiner = _DETERMINER.search(before)
    start = determiner.start() if determiner else age.start
    is_first = determiner is not None or before.startswith("Patient")
    return Introduction(
        words=sentence[start : age.end].strip(),
        age=age.years_or_so,
        sex=find_sex(sentence[start : age.end + 90]) or find_sex(before),
        new=is_first and bool(_HEAD.match(sentence)) and not _KNOWN_ALREADY.match(sentence),
    )


def tells_one_case(sentence: str) -> bool:
    """Whether a sentence announces one case ("We report a case of …") or begins with a patient.

    >>> tells_one_case("We describe a young woman with gout."), tells_one_case("The knee bends.")
    (True, False)
    """
    if _ONE_CASE.search(sentence):
        return not _MANY.search(sentence)
    return bool(_DEFINITE.match(sentence)) and not _MANY.search(sentence)


def cites_others(text: str) -> bool:
    """Whether a text speaks of what others saw, or makes an example up."""
    return bool(_ELSEWHERE.search(text))


def from_elsewhere(sentence: str) -> bool:
    """Whether a sentence cites others without a word of "us"."""
    return cites_others(sentence) and not _OWN.search(sentence)


def speaks_of_patient(text: str) -> bool:
    """Whether a text speaks of one patient as known already ("she was", "our patient").

    >>> speaks_of_patient("She was well."), speaks_of_patient("MRI cannot show motion.")
    (True, False)
    """
    return bool(_SPOKEN_OF.search(text))


def tells_of_him_or_her(text: str) -> bool:
    """Whether a text says what one person did or was ("she was", "he felt")."""
    return bool(_HE_OR_SHE.search(text))


def _without_age(sentence: str) -> Introduction | None:
    head = _UNAGED_HEAD.match(sentence)
    if head is None or not _CLINICAL_VERB.search(sentence[: head.end() + 90], head.end()):
        return None
    return Introduction(head[0].strip(), "", find_sex(head[0]), new=True)
