"""Casebook by its own command line and service, in a process of its own like the others.

The other programs keep their model loaded from one command to the next. So is the encoder here:
the command's way to it is replaced by one that loads it once.
"""

import json
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

from serving import Hits, Indexed, serve, unread_share

import index.encoders
from index.__main__ import main
from index.catalog import open_for_reading
from search.queries import Query
from search.service import SearchService


class Casebook:
    """The index folder, and the service that stays open over it."""

    def __init__(self, store: Path, model: Path) -> None:
        """Load the model once for all commands."""
        self.store, self.folder = store, model
        choice = index.encoders.choose_encoder("all-MiniLM-L6-v2")
        encoder = choice.load()
        encoder.encode_queries(["ready"])
        self.choice = replace(choice, load=lambda: encoder)
        index.encoders.choose_encoder = lambda *_, **__: self.choice
        self.service: SearchService | None = None

    def build(self, folder: Path) -> Callable[[], Indexed]:
        """`python -m index build FOLDER`."""
        return self._run("build", folder)

    def update(self, folder: Path, files: Sequence[Path]) -> Callable[[], Indexed]:
        """`python -m index update FILE …`: what is agreed to may change every answer."""
        return self._run("update", *files, "--yes")

    def query(self, text: str, k: int) -> Hits:
        """The hits of an ordinary search, with all that it does beside looking for vectors."""
        if self.service is None:
            self.service = SearchService.open(self.store, lambda _: self.choice)
        hits = self.service.search(Query(text, k=k)).hits
        return [(Path(hit.source).name, hit.passage.text) for hit in hits]

    def _run(self, command: str, *paths: Path | str) -> Callable[[], Indexed]:
        said = StringIO()
        try:
            with redirect_stdout(said):
                status = main([command, *map(str, paths), "--index", str(self.store), "--json"])
        except SystemExit as ended:
            status = int(ended.code or 0)
        if status:
            raise RuntimeError(f"python -m index {command} ended with status {status}")
        report = json.loads(said.getvalue())
        return lambda: self._indexed(report)

    def _indexed(self, report: dict[str, Any]) -> Indexed:
        connection = open_for_reading(self.store)
        texts = [
            text[start:end]
            for text, start, end in connection.execute(
                'SELECT text, start, "end" FROM passages JOIN documents USING (doc_id)'
            )
        ]
        connection.close()
        unread = unread_share(texts, self.folder)
        return Indexed(report["documents"], report["passages"], report["encoded"], unread)


if __name__ == "__main__":
    serve(Casebook)
