"""What a tutorial ends with: sentence-transformers, an exact FAISS index, the texts in a JSON file.

Splits by words. A changed document means that everything is made anew.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from serving import Hits, Indexed, read_documents, serve, split_words, unread_share


class ThirtyLines:
    """An index in two files: vectors.faiss and texts.json."""

    def __init__(self, store: Path, model: Path) -> None:
        """Load the model."""
        import faiss
        from sentence_transformers import SentenceTransformer

        self.faiss, self.store, self.folder = faiss, store, model
        self.model = SentenceTransformer(str(model), device="cpu")
        self.texts: Hits = []

    def build(self, folder: Path) -> Callable[[], Indexed]:
        """Encode all windows of all documents, then write the two files."""
        documents = read_documents(folder)
        texts = [(name, window) for name, text in documents.items() for window in split_words(text)]
        vectors = self.model.encode([text for _, text in texts], normalize_embeddings=True)
        index = self.faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        self.store.mkdir(parents=True, exist_ok=True)
        self.faiss.write_index(index, str(self.store / "vectors.faiss"))
        (self.store / "texts.json").write_text(json.dumps(texts), "utf-8")
        self.texts = []
        return lambda: Indexed(
            len(documents), len(texts), len(texts), unread_share([t for _, t in texts], self.folder)
        )

    def update(self, folder: Path, files: Sequence[Path]) -> Callable[[], Indexed]:
        """The script knows no part of its index: it runs again."""
        return self.build(folder)

    def query(self, text: str, k: int) -> Hits:
        """The nearest windows by inner product."""
        if not self.texts:
            self.index = self.faiss.read_index(str(self.store / "vectors.faiss"))
            self.texts = json.loads((self.store / "texts.json").read_text("utf-8"))
        _, rows = self.index.search(self.model.encode([text], normalize_embeddings=True), k)
        return [self.texts[row] for row in rows[0] if row >= 0]


if __name__ == "__main__":
    serve(ThirtyLines)
