"""Chroma: a PersistentClient with its own sentence-transformers function.

Chroma has no splitter: its users bring one, here the windows of words of the 30-line script. A
changed document's passages are upserted by their ids, and what is left of the old is deleted.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from serving import Hits, Indexed, read_documents, serve, split_words, unread_share


class Chroma:
    """One collection; the source of each passage stands in its metadata."""

    def __init__(self, store: Path, model: Path) -> None:
        """Load the model; the index is opened when it is first needed."""
        from chromadb.utils.embedding_functions import SentenceTransformerEmbeddingFunction

        self.store, self.folder = store, model
        self.function = SentenceTransformerEmbeddingFunction(
            model_name=str(model), normalize_embeddings=True
        )
        self.opened: Any = None

    def collection(self) -> Any:
        """The collection with cosine as its measure, made where there is none."""
        if self.opened is None:
            import chromadb
            from chromadb.config import Settings

            self.client = chromadb.PersistentClient(
                path=str(self.store), settings=Settings(anonymized_telemetry=False)
            )
            self.opened = self.client.get_or_create_collection(
                "documents",
                embedding_function=self.function,
                configuration={"hnsw": {"space": "cosine"}},
            )
        return self.opened

    def build(self, folder: Path) -> Callable[[], Indexed]:
        """Add all passages in batches that the client allows."""
        return self._counted(len(self._add(read_documents(folder))))

    def update(self, folder: Path, files: Sequence[Path]) -> Callable[[], Indexed]:
        """Upsert the new passages, and delete what is left of the old: never less than one."""
        documents = {path.name: path.read_text("utf-8") for path in files}
        added = self._add(documents)
        chosen = {"source": {"$in": list(documents)}}
        held = self.collection().get(where=chosen, include=[])["ids"]
        left = sorted(set(held) - set(added))
        if left:
            self.collection().delete(ids=left)
        return self._counted(len(added))

    def query(self, text: str, k: int) -> Hits:
        """The nearest passages."""
        found = self.collection().query(query_texts=[text], n_results=k)
        sources = [one["source"] for one in found["metadatas"][0]]
        return list(zip(sources, found["documents"][0], strict=True))

    def _add(self, documents: dict[str, str]) -> list[str]:
        """Upsert the passages of documents; gives their ids."""
        rows = [
            (f"{name}-{number}", name, window)
            for name, text in documents.items()
            for number, window in enumerate(split_words(text))
        ]
        collection = self.collection()
        size = self.client.get_max_batch_size()
        for start in range(0, len(rows), size):
            ids, names, texts = zip(*rows[start : start + size], strict=True)
            sources = [{"source": name} for name in names]
            collection.upsert(ids=list(ids), documents=list(texts), metadatas=sources)
        return [name for name, _, _ in rows]

    def _counted(self, encoded: int) -> Callable[[], Indexed]:
        def count() -> Indexed:
            held = self.collection().get()
            sources = {one["source"] for one in held["metadatas"]}
            unread = unread_share(held["documents"], self.folder)
            return Indexed(len(sources), len(held["ids"]), encoded, unread)

        return count


if __name__ == "__main__":
    serve(Chroma)
