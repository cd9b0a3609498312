"""The weights of the sentence model (`search.answering`), chosen and measured on judged ones."""
