"""What kind of thing a question asks for, and whether a sentence tells that kind. Pure.

The kinds are the commonest of the generic clinical questions that doctors ask (Ely et al., BMJ
321, 2000, https://doi.org/10.1136/bmj.321.7258.429). They nudge the choice of the answering
sentence; a question of no kind is answered without them.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class QuestionKind:
    """How a kind is asked for, and how a sentence that tells it is worded."""

    name: str
    asked: re.Pattern[str]
    told: re.Pattern[str]


def _kind(name: str, asked: str, told: str) -> QuestionKind:
    return QuestionKind(name, re.compile(asked, re.IGNORECASE), re.compile(told, re.IGNORECASE))


_NUMBER = r"(\d+|\b(few|several|one|two|three|four|five|six|eight|ten|twelve))"

QUESTION_KINDS = (
    _kind(
        "treatment",
        r"\b(treat\w*|manag\w+|offer\w*|options?|therap\w+|alternatives?"
        r"|what (can|should|could) (i|we|be))\b",
        r"\b(treat\w+|inject\w+|perform\w+|underwent|therap\w+|surgery|operat\w+|options?"
        r"|consider\w*|prescrib\w+|administered|received|\w*dissect\w+)\b",
    ),
    _kind(
        "duration",
        r"\bhow (long|soon)\b|\bduration\b",
        _NUMBER + r"[ -]?(minute|hour|day|week|month|year)s?\b",
    ),
    _kind(
        "cost",
        r"\b(costs?|prices?|charges?|fees?|pay|insur\w+|reimburs\w+)\b",
        r"[$€£] ?\d|\b(insur\w+|costs?|charges?|covered|reimburs\w+)\b",
    ),
    _kind(
        "cause",
        r"\b(why|caus\w+|explain\w*|mechanisms?|lead to|due to)\b",
        r"\b(because|caus\w+|due to|result\w* (in|from)|led to|lead(ing|s)? to|trigger\w*"
        r"|secondary to|attribut\w+|link\w*)\b",
    ),
    _kind(
        "risk",
        r"\b(risk factors?|prone|predispos\w+|who gets)\b",
        r"\b(risk|factors?|common (among|in)|predispos\w+|caused by|likelihood)\b",
    ),
    _kind(
        "diagnosis",
        r"\b(diagnos\w+|work[ -]?up|detect\w*|investigat\w+|tests?|assess\w*|confirm\w*)\b",
        r"\b(diagnos\w+|ultraso\w+|MRI|magnetic|CT|radiograph\w*|X-rays?|imaging|examination"
        r"|palpation|revealed|showed|biopsy|tests?)\b",
    ),
    _kind(
        "outcome",
        r"\b(outcomes?|prognosis|recover\w*|results?|success\w*|benefit\w*|effective\w*|help"
        r"|evidence|works?)\b",
        r"\b(relief|reliev\w+|improv\w+|resolv\w+|recover\w+|returned|outcomes?|success\w*"
        r"|effective\w*|benefi\w+|significant)\b",
    ),
)


def kinds_asked(question: str) -> list[QuestionKind]:
    """The kinds that a question asks for.

    >>> [kind.name for kind in kinds_asked("How long did the benefit last?")]
    ['duration', 'outcome']
    """
    return [kind for kind in QUESTION_KINDS if kind.asked.search(question)]


def share_told(sentence: str, kinds: list[QuestionKind]) -> float:
    """The share of the kinds that a sentence tells; 0 if none is asked for.

    >>> share_told("Relief lasted 8 weeks.", kinds_asked("How long did the benefit last?"))
    1.0
    """
    return sum(bool(kind.told.search(sentence)) for kind in kinds) / len(kinds) if kinds else 0.0
