"""txtai: Embeddings with content, split into paragraphs by its own Segmentation pipeline.

A changed document's passages are deleted, the new ones upserted, and the index saved in its place.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from serving import Hits, Indexed, read_documents, serve, unread_share


class Txtai:
    """Ids are "file name#number of the paragraph"."""

    def __init__(self, store: Path, model: Path) -> None:
        """Load the model; the index is loaded when it is first needed."""
        from txtai import Embeddings
        from txtai.pipeline import Segmentation

        self.store, self.folder = store, model
        self.split = Segmentation(paragraphs=True)
        # Vectors are made by the model's own library, which reads how the weights are to be used.
        self.settings = {"path": str(model), "method": "sentence-transformers", "content": True}
        self.embeddings = Embeddings(self.settings)
        self.embeddings.transform("ready")
        self.loaded = False

    def opened(self) -> Any:
        """The index as it was saved last."""
        if not self.loaded:
            self.embeddings.load(str(self.store))
            self.loaded = True
        return self.embeddings

    def build(self, folder: Path) -> Callable[[], Indexed]:
        """Index everything anew and save it."""
        rows = self._rows(read_documents(folder))
        self.embeddings.index(rows)
        self.embeddings.save(str(self.store))
        self.loaded = True
        return self._counted(len(rows))

    def update(self, folder: Path, files: Sequence[Path]) -> Callable[[], Indexed]:
        """Out with the old passages, in with the new, and save."""
        embeddings = self.opened()
        rows = self._rows({path.name: path.read_text("utf-8") for path in files})
        names = {path.name for path in files}
        ids = [one["id"] for one in self._all("id")]
        embeddings.delete([one for one in ids if one.rpartition("#")[0] in names])
        embeddings.upsert(rows)
        embeddings.save(str(self.store))
        return self._counted(len(rows))

    def query(self, text: str, k: int) -> Hits:
        """The nearest passages."""
        found = self.opened().search(text, k)
        return [(one["id"].rpartition("#")[0], one["text"]) for one in found]

    def _rows(self, documents: dict[str, str]) -> list[tuple[str, str]]:
        return [
            (f"{name}#{number}", paragraph)
            for name, text in documents.items()
            for number, paragraph in enumerate(self.split(text))
        ]

    def _all(self, column: str) -> list[dict[str, str]]:
        """A column of every passage: txtai's SQL gives three rows unless told how many."""
        count = self.embeddings.count()
        found: list[dict[str, str]] = self.embeddings.search(f"select {column} from txtai", count)
        return found

    def _counted(self, encoded: int) -> Callable[[], Indexed]:
        def count() -> Indexed:
            held = self._all("id, text")
            sources = {one["id"].rpartition("#")[0] for one in held}
            unread = unread_share([one["text"] for one in held], self.folder)
            return Indexed(len(sources), len(held), encoded, unread)

        return count


if __name__ == "__main__":
    serve(Txtai)
