"""Ages and persons as clinical texts write them: "45-year-old", "man of 51", "in her 60s". Pure."""

import re
from dataclasses import dataclass

WORDS_TO_PERSON = 7
"""Words between an age and its person: "45-year-old previously healthy right-handed man"."""
HEAD_CHARACTERS = 300
"""Who a sentence is about stands in its first clauses; ages after that are of relatives."""

OLDEST = 115
"""Years; a greater number is a slip, or not an age."""

_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = {word: value for value, word in enumerate(_ONES + _TEENS, 1)} | {
    word: 10 * tens for tens, word in enumerate(_TENS, 2)
}
_UNITS_PER_YEAR = {
    "year": 1.0,
    "month": 12.0,
    "week": 365.25 / 7,
    "day": 365.25,
    "hour": 24 * 365.25,
}
_AMOUNT_AND_UNIT = re.compile(rf"(\S.*?) ({'|'.join(_UNITS_PER_YEAR)})(?: |$)")
_HALF = re.compile(r"(?: and (?:a )?| |-)?(?:half|½|1/2)$")
_NUMBER = (
    rf"(?:\d{{1,3}}(?:[.,]\d)?(?:(?: and (?:a )?| |-)(?:half|½|1/2)|½)?|one and (?:a )?half"
    rf"|(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_ONES)}))?|{'|'.join(_TEENS + _ONES)})"
)
_AGE = re.compile(
    rf"(?<!\d[/.,])\b(?P<number>{_NUMBER})[ –-]*(?P<unit>year|yr|month|week|day|hour)s?"
    rf"(?:[ ,–-]+(?:and )?(?P<more>{_NUMBER})[ –-]*(?P<part>month|week|day)s?"
    r"(?=[ –-]*(?:old|of age)\b))?"
    r"(?P<old>[ –-]*(?:old|of age)\b)?"
    r"|\b(?P<short>\d{1,3}) ?-?(?:y/o|yo|y\.o\.|y[ -]old)(?!\w)"
    r"|\b(?:aged|age of) (?P<aged>\d{1,3})\b(?![ -]*(?:to|and|–|-)\s*\d)"
    r"|(?<=[nlyd] of )(?P<bare>\d{1,2})(?=,|\s+(?:who|whose|with|was|had|has|in|came|saw))"
    r"|\bin (?:his|her|their) (?:early |mid[ -]?|late )?"
    r"(?P<decade>\d0['’]?s|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b",
    re.IGNORECASE,
)
MALE = r"man|male|boy|gentleman|(?-i:Mr|M)"
FEMALE = r"woman|female|girl|lady|\w+(?:gravida|para)|G\d ?P\d\w*|(?-i:Mrs|Ms|F)"
ANYBODY = (
    r"patient|infant|baby|child|neonate|newborn|toddler|teenager|adolescent|adult|proband|client"
    r"|athlete|runner|player|footballer|dancer|swimmer|cyclist|worker|farmer|student|soldier"
    r"|pensioner|teacher|driver|smoker"
)
PERSON = rf"(?:{MALE}|{FEMALE}|{ANYBODY})"
_SEX = re.compile(rf"\b(?:(?P<male>{MALE}|he|his|him)|(?P<female>{FEMALE}|she|her))\b", re.I)

_SEVERAL_BEFORE = re.compile(
    r"(?:\b(?:patients|men|women|children|infants|boys|girls|participants|subjects|individuals"
    r"|youth|adults|people|persons|volunteers|mean|median|average|range|between|than|least|ages)\s*"
    r"|[≥≤<>±=]\s*|\d[ -]*(?:to|and|–|-)\s*)(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_SEVERAL_AFTER = re.compile(
    r"^\W*(?:(?:\w+\W+){0,3}(?:patients|men|women|children|boys|girls|participants|subjects|twins"
    r"|individuals|adults|people|persons|mice|rats)|or (?:older|over|more|younger|less)"
    r"|and (?:older|over|above)|(?:to|and|–|-) ?\d|later|earlier|ago|before|after|follow)\b",
    re.IGNORECASE,
)
_OF_KIN = re.compile(
    r"\b(?:his|her|their|whose|patient['’]s)\s+(?:[\w-]+\s+){0,2}(?:\w+,\s+an?\s+)?$", re.I
)
_PERSON_AFTER = re.compile(
    rf"(?:[ ,-]+(?!(?:with|of|for|in|by|to|at|from|was|were|history|course|had)\b)[^\s,]+)"
    rf"{{0,{WORDS_TO_PERSON}}}?[ ,–-]+{PERSON}\b",
    re.IGNORECASE,
)
_PERSON_RIGHT_AFTER = re.compile(rf" (?:[A-Z]\w+ )?{PERSON}\b")
_PERSON_BEFORE = re.compile(rf"\b{PERSON}(?:[\s,(]+| of )$", re.I)
_SUBJECT_BEFORE = re.compile(
    rf"\b(?:{PERSON}|he|she)(?:\s(?-i:[A-Z])[\w.]*){{0,2}}"
    r"(?:\s*[,(]\s*|\s+of\s+|(?:,[^,]{0,40},)?\s+(?:was|is)\s+(?:\w+\s+)?)$",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"\b(?:Mr|Mrs|Ms|Patient)\.?\s[A-Z][\w.]*,?\s+$")

_THING = (
    r"(?:fracture|prosthesis|implant|injur|scar|wound|lesion|history|tumou?r|mass|stent|graft|device"
    r"|infection|mouse|rat|denture|crown|burn|stroke|lens|shunt|catheter|pacemaker|hernia|fistula"
    r"|ulcer|follow|course|record|sample|specimen|culture|study|data)"
)
_ONE_BEFORE = re.compile(r"\b(?:an?|another)\s(?:[\w-]+\s){0,3}$", re.IGNORECASE)
_SOMEBODY_AFTER = re.compile(
    rf",|\s(?!(?:[\w-]+ ){{0,3}}{_THING})(?:[\w-]+\s){{0,12}}?(?:with|who|whose|had|was|is|from"
    r"|complaining|presenting|presented|presents|came|underwent|complained|consulted|attended"
    r"|suffered|sustained|developed|visited|sought|fell)\b"
)
"""An aged somebody by what is said of them, whatever they are called ("a 46-year-old bowler")."""
_AS_AN_EQUAL = re.compile(
    r"(?:\band|,|;|\(|\d\))\s+(?:the \w+ (?:patient|case)(?:,| was| is)?\s+)?"
    r"(?:an?|one|the)\s(?:[\w-]+\s){0,3}?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Age:
    """One person's age in a sentence: where it stands, what it is, and the person's words.

    `years_or_so` holds number and unit ("45 year", "2 year 3 month", "60s"); `end` includes the
    person where that stands after the age ("45-year-old man").
    """

    start: int
    end: int
    years_or_so: str


def find_age(sentence: str) -> Age | None:
    """The first age of one single person; none where it is of many, of kin, or of a thing.

    >>> find_age("The implant was 3 years old when a 60-year-old cook fell.")
    Age(start=35, end=46, years_or_so='60 year')
    """
    for found in _AGE.finditer(sentence[:HEAD_CHARACTERS]):
        before, after = sentence[: found.start()], sentence[found.end() : found.end() + 100]
        if (found["unit"] or "").lower() == "hour" and not found["old"]:
            continue
        is_one = bool(found["old"] and _ONE_BEFORE.search(before) and _SOMEBODY_AFTER.match(after))
        if _OF_KIN.search(before):
            continue
        if not is_one and (_SEVERAL_BEFORE.search(before) or _SEVERAL_AFTER.match(after)):
            continue
        person = _person_after(found, after)
        if person or is_one or _person_before(found, before):
            end = found.end() + (person.end() if person else 0)
            return Age(found.start(), end, _told(found))
    return None


def age_in_years(years_or_so: str) -> float | None:
    """An age as `Age` tells it in years; None for a decade, and for what nobody reaches.

    >>> [age_in_years(told) for told in ("54 year", "9 month", "2 year 3 month", "60s")]
    [54.0, 0.75, 2.25, None]
    """
    years = 0.0
    parts = _AMOUNT_AND_UNIT.findall(years_or_so)
    for number, unit in parts:
        amount = _amount(number)
        if amount is None:
            return None
        years += amount / _UNITS_PER_YEAR[unit]
    return round(years, 4) if parts and years <= OLDEST else None


def _amount(number: str) -> float | None:
    """A number in figures or words ("2.5", "two and a half", "twenty-one"); None for none.

    >>> _amount("2 and half"), _amount("11 and 1/2"), _amount("sixty-four")
    (2.5, 11.5, 64.0)
    """
    half = _HALF.search(number)
    whole = number[: half.start()] if half else number
    if whole[:1].isdecimal():
        amount = float(whole.replace(",", "."))
    else:
        words = re.split("[ -]", whole)
        if not words or any(word not in _VALUES for word in words):
            return None
        amount = float(sum(_VALUES[word] for word in words))
    return amount + 0.5 if half else amount


def ages_told_side_by_side(sentence: str) -> int:
    """How many persons a sentence brings in as equals: "a 64-year-old man and a 42-year-old woman".

    >>> ages_told_side_by_side("A 2-day-old boy of a 30-year-old woman had fever.")
    1
    """
    ages = [found for found in _AGE.finditer(sentence) if found["old"]]
    equals = [one for one in ages[1:] if _AS_AN_EQUAL.search(sentence[: one.start()])]
    return min(1, len(ages)) + len(equals)


def find_sex(text: str) -> str:
    """The sex, "m" or "f", by the first word that tells; "" where none does.

    >>> find_sex("The girl and her father")
    'f'
    """
    found = _SEX.search(text)
    return "" if found is None else "m" if found["male"] else "f"


def _person_after(age: re.Match[str], after: str) -> re.Match[str] | None:
    if age["aged"] or age["decade"] or age["bare"]:
        return None
    return (_PERSON_AFTER if age["old"] or age["short"] else _PERSON_RIGHT_AFTER).match(after)


def _person_before(age: re.Match[str], before: str) -> bool:
    if age["aged"] or age["decade"] or age["bare"]:
        return bool(_PERSON_BEFORE.search(before))
    is_years = age["old"] or (age["unit"] or "").lower() in ("year", "yr")
    return bool(is_years and (_SUBJECT_BEFORE.search(before) or _NAME_BEFORE.search(before)))


def _told(age: re.Match[str]) -> str:
    if age["number"]:
        unit = age["unit"].lower()
        more = f" {age['more'].lower()} {age['part'].lower()}" if age["more"] else ""
        return f"{age['number'].lower()} {'year' if unit == 'yr' else unit}{more}"
    years = age["short"] or age["aged"] or age["bare"]
    return f"{years} year" if years else str(age["decade"])
