"""python -m tests.browser.slow_start SECONDS run app.py …: Streamlit, with a model slow to load.

The model is the real one, only later: as on a cold disk, or where it is a larger one.
"""

import sys
import time
from dataclasses import replace

import index.encoders
from index.encoders import Encoder, EncoderChoice

_CHOOSE = index.encoders.choose_encoder


def main() -> None:
    """Make loading slow, then be `streamlit`."""
    seconds = float(sys.argv.pop(1))

    def choose_slow(model: str) -> EncoderChoice:
        choice = _CHOOSE(model)

        def load() -> Encoder:
            time.sleep(seconds)
            return choice.load()

        return replace(choice, load=load)

    # Before `search.service` is imported, which takes it as a default.
    index.encoders.choose_encoder = choose_slow  # type: ignore[assignment]
    from streamlit.web.cli import main as streamlit

    streamlit()


if __name__ == "__main__":
    main()
