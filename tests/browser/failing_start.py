"""python -m tests.browser.failing_start run app.py …: Streamlit, with a model that fails at once.

The model is the real one until it is asked to encode a question; then it says so with the question
in its message, as an error that nobody foresaw may.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import index.encoders
from index.encoders import Encoder, EncoderChoice, Vectors

_CHOOSE = index.encoders.choose_encoder


class FailingEncoder:
    """An encoder in all but questions."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def __getattr__(self, name: str) -> Any:
        return getattr(self._encoder, name)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Never gives anything."""
        raise ValueError(f"no vector for {texts}")


def choose_failing(model: str) -> EncoderChoice:
    """The model that was asked for, failing."""
    choice = _CHOOSE(model)
    return replace(choice, load=lambda: FailingEncoder(choice.load()))


def main() -> None:
    """Make encoding fail, then be `streamlit`."""
    # Before `search.service` is imported, which takes it as a default.
    index.encoders.choose_encoder = choose_failing  # type: ignore[assignment]
    from streamlit.web.cli import main as streamlit

    streamlit()


if __name__ == "__main__":
    main()
