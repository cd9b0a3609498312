"""A visitor of the page without a browser: speaks Streamlit's websocket protocol (1.67).

For counting and timing only: fifty browsers would not fit on one machine. What it sends is what
the browser sends; what it cannot show is layout.
"""

import html
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.TextInput_pb2 import TextInput
from websockets.asyncio.client import ClientConnection, connect

_TITLE = re.compile(r'class="cb-title"[^>]*>(.*?)</h\d>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_LARGEST_MESSAGE = 50 * 2**20
"""Bytes; Streamlit's own limit is larger, and no answer comes near this."""


@dataclass
class Shown:
    """What one run of the page has drawn: question boxes and buttons by their ids, and HTML."""

    box: str = ""
    button: str = ""
    bodies: list[str] = field(default_factory=list)

    def titles(self) -> list[str]:
        """Of the cards, in their order."""
        found = [title for body in self.bodies for title in _TITLE.findall(body)]
        return [html.unescape(_TAG.sub("", title)).strip() for title in found]


class Visitor:
    """One open page. Use as `async with Visitor(address) as visitor`."""

    def __init__(self, address: str) -> None:
        host = urlsplit(address).netloc
        self._connecting = connect(
            f"ws://{host}/_stcore/stream",
            origin=f"http://{host}",  # type: ignore[arg-type]
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=_LARGEST_MESSAGE,
            compression=None,
        )
        self._socket: ClientConnection | None = None
        self._shown = Shown()

    async def __aenter__(self) -> "Visitor":
        self._socket = await self._connecting
        self._shown = await self._run([])
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._socket:
            await self._socket.close()

    async def ask(self, question: str) -> list[str]:
        """Type a question and press the button; gives the titles of the cards."""
        box, button = self._shown.box, self._shown.button
        states: list[dict[str, Any]] = [
            {"id": box, "string_value": question},
            {"id": button, "trigger_value": True},
        ]
        shown = await self._run(states)
        # A box that was not drawn anew keeps its place.
        self._shown = Shown(shown.box or box, shown.button or button)
        return shown.titles()

    async def _run(self, states: list[dict[str, Any]]) -> Shown:
        """Have the page drawn with these widgets' states; waits until it is."""
        assert self._socket
        asked = BackMsg()
        asked.rerun_script.query_string = ""
        for state in states:
            asked.rerun_script.widget_states.widgets.add(**state)
        await self._socket.send(asked.SerializeToString())
        shown = Shown()
        while True:
            message = ForwardMsg.FromString(await self._socket.recv(decode=False))
            kind = message.WhichOneof("type")
            if kind == "delta":
                _note(message.delta, shown)
            elif kind == "script_finished":
                return shown


def _note(delta: Any, shown: Shown) -> None:
    element = delta.new_element
    kind = element.WhichOneof("type")
    if kind == "text_input" and element.text_input.type == TextInput.SEARCH:
        shown.box = element.text_input.id
    elif kind == "button" and element.button.label == "Search":
        shown.button = element.button.id
    elif kind == "html":
        shown.bodies.append(element.html.body)
