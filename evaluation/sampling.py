"""Where the time of a search goes, by looking a thousand times a second at what it is doing.

Nothing in the search is changed or slowed, as it would be by a profiler that counts calls; so a
share is an estimate, off by about one over the root of the number of looks.
"""

import sys
import threading
import time
from functools import cache
from pathlib import Path
from types import CodeType, FrameType, TracebackType

INTERVAL_SECONDS = 0.001
"""Between two looks: a question takes tens of milliseconds and more."""
_SWITCH_SECONDS = 0.0005
"""How long Python code may keep a look waiting; the usual 5 ms would hide short steps."""
_ROOT = Path(__file__).parent.parent
_ROOMS = ("search", "index", "ingest")


class Sampler:
    """Counts what the thread that makes it is doing, inside a `with` block.

    A step is named by the function of `search/` that is at work and, where that has handed the
    work down, the function of another room: "snippets.mark_sentences > encoders.encode_passages".
    """

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}
        self._watched = threading.get_ident()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._switch_before = sys.getswitchinterval()

    def shares(self) -> dict[str, float]:
        """The share of each step in the time of all, from 0 to 1, largest first."""
        whole = sum(self._seconds.values())
        largest_first = sorted(self._seconds.items(), key=lambda item: -item[1])
        return {step: seconds / whole for step, seconds in largest_first}

    def __enter__(self) -> "Sampler":
        """Begin to look."""
        sys.setswitchinterval(_SWITCH_SECONDS)
        self._thread.start()
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Stop looking, also after an error."""
        self._ended.set()
        self._thread.join()
        sys.setswitchinterval(self._switch_before)

    def _watch(self) -> None:
        before = time.perf_counter()
        while not self._ended.wait(INTERVAL_SECONDS):
            step = step_of(sys._current_frames().get(self._watched))
            now = time.perf_counter()
            if step:
                self._seconds[step] = self._seconds.get(step, 0.0) + now - before
            before = now


def step_of(frame: FrameType | None) -> str:
    """What a stack of frames is doing, given its innermost; "" outside of `search/`."""
    innermost = ""
    while frame is not None:
        room, name = _place(frame.f_code)
        if room == "search":
            return f"{name} > {innermost}" if innermost else name
        if room and not innermost:
            innermost = name
        frame = frame.f_back
    return ""


@cache  # stacks are deep, and the search waits while they are looked at
def _place(code: CodeType) -> tuple[str, str]:
    """The room that a function is in, "" for none of ours, and "module.function"."""
    path = Path(code.co_filename)
    if not path.is_relative_to(_ROOT) or path.relative_to(_ROOT).parts[0] not in _ROOMS:
        return "", ""
    function = code.co_qualname.split(".<locals>")[0]
    return path.relative_to(_ROOT).parts[0], f"{path.stem}.{function.rpartition('.')[2]}"
