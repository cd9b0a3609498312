"""How well a sentence answers a question, by what it tells. Pure."""

from search.answering.features import Asked, read_question
from search.answering.model import answer_scores, strength_of

__all__ = ["Asked", "answer_scores", "read_question", "strength_of"]
