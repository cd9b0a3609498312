"""What a sentence denies, and whether that is a poor answer to a question. Pure."""

from search.denial.answers import Denial, denial_of, denies, is_poor_answer
from search.denial.spans import denied_spans

__all__ = ["Denial", "denial_of", "denied_spans", "denies", "is_poor_answer"]
