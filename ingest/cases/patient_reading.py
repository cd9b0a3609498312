"""How old a case's patient is and of what sex, by the sentence that brings the patient in. Pure.

People filter by what is read here and act on it: where a text leaves a doubt, nothing is said.

- The age is that of the first sentence that brings somebody in by age, of the title or of the
  case's own name. Ages of relatives and donors, of what was long before ("when she was 12"), of
  two persons in one sentence, and decades ("in her 60s") are none.
- The sex is that of the patient's own words ("a 45-year-old man"); where these do not tell, it is
  what "he" or "she" say again and again, and nothing where words and pronouns disagree.
- Of an animal nothing is said, and of who is between the sexes no sex.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.cases.ages import FEMALE, MALE, age_in_years, find_age
from ingest.cases.labels import labels_in
from ingest.cases.patients import Introduction, from_elsewhere, introduction, tells_one_case
from ingest.documents import Case, Patient
from ingest.sentences import sentence_spans

INTRODUCING_SENTENCES = 4
"""Of a case: whoever is brought in later is a relative, or the patient at another time."""
GROWN_YEARS = 3.0
"""An age from here on beside a newborn is its mother's."""
PRONOUNS = 2
"""One "his" may be a father's; two that agree, and nearly no other, are the patient's."""
AGREEMENT = 0.8
"""The share of pronouns that must say the same: a wife or a surgeon is "she" too."""

_KIN = (
    r"\b(?:mother|father|parent|husband|wife|spouse|brother|sister|sibling|twin|son|daughter|uncle"
    r"|aunt|cousin|niece|nephew|grand(?:mother|father|son|daughter|parent|child)|couple|donor)s?\b"
)
_OF_OTHERS = re.compile(
    rf"{_KIN}"
    r"|\b(?:born|delivered|child|baby|infant|neonate|newborn|f[eo]+tus|boy|girl)\b"
    r"[^.;]{0,60}\b(?:to|of|from|by) (?:an? )?$"
    r"|\b(?:when|since|until|till|while|after|before|once) (?:he|she|the \w+) \w+ (?:\w+ )?$"
    r"|\b(?:at|by|from|since|until) (?:the )?(?:age of )?(?:about |approximately )?$"
    r"|\b(?:compar\w+|similar|equal|level|that) (?:to |with |of ){1,2}(?:that of )?(?:an? )?"
    r"(?:\w+ )?$",
    re.IGNORECASE,
)
_ANY_AGE = re.compile(
    r"\b(?P<age>[\w.]{1,20})[ –-]{0,3}(?P<unit>year|yr|month|week|day|hour)s?[ –-]{0,3}old\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    rf"(?:{_KIN}[^.]{{0,40}}|\b(?:his|her|their) (?:[\w-]+ )?|\b(?:he|she) was (?:\w+ )?"
    r"|\b(?:at|since|until|when) (?:\w+ ){0,3}|\()$",
    re.IGNORECASE,
)
_AND_ONE = re.compile(r"\b(?:and|or) (?:(?:his|her|their|an?|the|one) )?$", re.IGNORECASE)
_BEGINS = re.compile(
    r"^(?:an?|one|our|this|another)\b|\b(?:patient|case|client|proband)\b[^.;]{0,20}$",
    re.IGNORECASE,
)
_NEWBORN = re.compile(r"\b(?:new ?born|neonate|infant|baby|babies)\b", re.IGNORECASE)
_ANIMAL = re.compile(
    r"\b(?:neutered|spayed|castrated|veterinary|gelding|mare|stallion|foal|heifer|ewe|sow)\b"
    r"|\b(?:male|female|intact|old|breed|bred),? "
    r"(?:(?!with|by|from|after|of|who|in|on|for|had|was|due)[\w-]+,? ){0,4}"
    r"(?:dog|cat|horse|pony|cow|bull|goat|sheep|pig|rabbit|ferret|hamster|monkey|macaque|chimpanzee"
    r"|parrot|\w*hound|\w*dog|terrier|retriever|spaniel|german shepherd|poodle|spitz|collie|pug"
    r"|labrador|chihuahua|dachshund|rottweiler|shorthair|alpaca|llama|camel|elephant|tortoise)\b"
    r"(?![ -](?:owner|breeder|trainer|keeper|handler|bite|scratch))",
    re.IGNORECASE,
)
_BETWEEN_SEXES = re.compile(
    r"\btrans-?(?:gender|sexual)|\b(?:fe)?male[- ]to[- ](?:fe)?male\b|\bintersex|hermaphrodit",
    re.IGNORECASE,
)
_WORDS_OF = {
    "male": re.compile(rf"\b(?:{MALE})\b", re.IGNORECASE),
    "female": re.compile(rf"\b(?:{FEMALE})\b", re.IGNORECASE),
}
_EITHER = rf"(?:{MALE}|{FEMALE})"
_RIGHT_BEFORE = re.compile(rf"\b{_EITHER}[, (]+$", re.IGNORECASE)
_RIGHT_AFTER = re.compile(
    rf"[ ,]*(?:(?:patient|baby|child|infant|newborn|neonate)[ ,]+)?{_EITHER}\b", re.IGNORECASE
)
_ONE_OF_A_SEX = re.compile(rf"\b(?:an?|our|this) (?:[\w,-]+ ){{0,5}}?{_EITHER}\b", re.IGNORECASE)
_PRONOUNS_OF = {
    "male": re.compile(r"\b(?:[Hh]e|[Hh]is|[Hh]im|[Hh]imself)\b"),
    "female": re.compile(r"\b(?:[Ss]he|[Hh]er|[Hh]ers|[Hh]erself)\b"),
}


def with_patients(text: str, cases: Sequence[Case], title: str = "") -> tuple[Case, ...]:
    """The cases of a text, each stretch with the age and sex of its case's patient.

    A document's title tells of the patient where it has one case only.
    """
    patients = {}
    numbers = {case.number for case in cases}
    for number in numbers:
        own = [case for case in cases if case.number == number]
        names = (own[0].label, title if len(numbers) == 1 else "")
        patients[number] = read_patient(names, [text[one.start : one.end] for one in own])
    return tuple(_with_patient(case, patients[case.number]) for case in cases)


def read_patient(names: Sequence[str], texts: Sequence[str]) -> Patient | None:
    """The patient of a case with such names and stretches of text; None if nothing is told.

    >>> read_patient(["Case 1"], ["A 9-month-old infant was seen. Her fever rose. She recovered."])
    Patient(age_years=0.75, sex='female')
    """
    # Words of the story that name the case have been read where they stand.
    headings = [name for name in names if name not in " ".join(texts)]
    sentences = [*_first_sentences(texts), *headings]
    if any(map(_ANIMAL.search, sentences)):
        return None
    aged = _brought_in_by_age(sentences)
    age = age_in_years(aged[1].age) if aged else None
    own = _own_words(*aged) if aged else ""
    is_plain = not any(map(_BETWEEN_SEXES.search, sentences))
    sex = _sex(own or _announced(sentences), " ".join(texts)) if is_plain else ""
    return Patient.told(age, sex)


def _with_patient(case: Case, patient: Patient | None) -> Case:
    return case if patient is None else replace(case, **vars(patient))


def _first_sentences(texts: Sequence[str]) -> Iterator[str]:
    sentences = (text[start:end] for text in texts for start, end in sentence_spans(text))
    for place, sentence in zip(range(INTRODUCING_SENTENCES), sentences, strict=False):
        if place == 0 or not labels_in(sentence):  # else it brings another case in
            yield sentence


def _brought_in_by_age(sentences: Sequence[str]) -> tuple[str, Introduction] | None:
    """The first sentence with an age that can only be the patient's, and whom it brings in."""
    is_newborn = False
    for place, sentence in enumerate(sentences):
        who = None if from_elsewhere(sentence) else introduction(sentence)
        if who is None or not who.age:
            is_newborn |= bool(_NEWBORN.search(sentence))
            continue
        if _is_of_another(sentence, who) or (place and not _begins(sentence, who)):
            is_newborn |= bool(_NEWBORN.search(sentence))
            continue
        years = age_in_years(who.age)
        return None if is_newborn and (years or 0) >= GROWN_YEARS else (sentence, who)
    return None


def _is_of_another(sentence: str, who: Introduction) -> bool:
    """Whether an age may be of a relative, of another time, or of one of several persons."""
    age = find_age(sentence)
    told = (sentence.partition(who.words)[0], sentence[: age.start] if age else "")
    if any(map(_OF_OTHERS.search, told)):
        return True
    ages = list(_ANY_AGE.finditer(sentence))
    others = {found["age"].lower() + found["unit"] for found in ages}
    return len(others) > 1 and any(
        _AND_ONE.search(sentence[: found.start()]) or not _BESIDE.search(sentence[: found.start()])
        for found in ages[1:]
    )


def _begins(sentence: str, who: Introduction) -> bool:
    """Whether a later sentence brings the patient in, and does not tell of another time."""
    before = sentence.partition(who.words)[0]
    return bool(_BEGINS.search(who.words) or _BEGINS.search(before))


def _own_words(sentence: str, who: Introduction) -> str:
    """The words for the patient, with those of a sex right before and right after."""
    before, words, after = sentence.partition(who.words)
    right_before, right_after = _RIGHT_BEFORE.search(before), _RIGHT_AFTER.match(after)
    own = " ".join(
        (right_before[0] if right_before else "", words, right_after[0] if right_after else "")
    )
    return own if any(sex.search(own) for sex in _WORDS_OF.values()) else ""


def _announced(sentences: Sequence[str]) -> str:
    """Where no age is told with a sex: the words for the one person that a case is about."""
    for sentence in sentences:
        if not re.search(_KIN, sentence, re.IGNORECASE) and not from_elsewhere(sentence):
            one = _ONE_OF_A_SEX.search(sentence)
            if one and (tells_one_case(sentence) or introduction(sentence)):
                return one[0]
    return ""


def _sex(own: str, text: str) -> str:
    """What the patient's own words say, unless the pronouns of the story say otherwise."""
    told = [sex for sex, words in _WORDS_OF.items() if words.search(own)]
    by_pronouns = _sex_by_pronouns(text)
    if len(told) == 1 and by_pronouns in ("", told[0]):
        return told[0]
    return "" if told else by_pronouns


def _sex_by_pronouns(text: str) -> str:
    counts = {sex: len(words.findall(text)) for sex, words in _PRONOUNS_OF.items()}
    told = max(counts, key=lambda sex: counts[sex])
    enough = counts[told] >= max(PRONOUNS, AGREEMENT * sum(counts.values()))
    return told if enough else ""
