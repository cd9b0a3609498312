"""LlamaIndex: SentenceSplitter with its own settings, HuggingFaceEmbedding and FAISS, persisted.

A changed document means that everything is made anew: FaissVectorStore cannot delete. Its sister
FaissMapVectorStore (0.7.0) does so by passage only, and gives a new passage the number of an old
one after that: a question then ends in a KeyError.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from serving import Hits, Indexed, read_documents, serve, unread_share


class LlamaIndex:
    """A document's id is its file's name."""

    def __init__(self, store: Path, model: Path) -> None:
        """Load the model; the index is loaded when it is first needed."""
        import faiss
        from llama_index.core.node_parser import SentenceSplitter
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        self.faiss, self.store, self.folder = faiss, store, model
        self.model = HuggingFaceEmbedding(model_name=str(model), device="cpu")
        self.splitter = SentenceSplitter()
        self.index: Any = None

    def opened(self) -> Any:
        """The index as it was persisted last."""
        if self.index is None:
            from llama_index.core import StorageContext, load_index_from_storage
            from llama_index.vector_stores.faiss import FaissVectorStore

            context = StorageContext.from_defaults(
                vector_store=FaissVectorStore.from_persist_dir(str(self.store)),
                persist_dir=str(self.store),
            )
            self.index = load_index_from_storage(
                context, embed_model=self.model, transformations=[self.splitter]
            )
        return self.index

    def build(self, folder: Path) -> Callable[[], Indexed]:
        """Index everything anew and persist it."""
        from llama_index.core import Document, StorageContext, VectorStoreIndex
        from llama_index.vector_stores.faiss import FaissVectorStore

        dim = len(self.model.get_text_embedding("ready"))
        vectors = FaissVectorStore(faiss_index=self.faiss.IndexFlatL2(dim))
        context = StorageContext.from_defaults(vector_store=vectors)
        self.index = VectorStoreIndex.from_documents(
            [Document(text=text, id_=name) for name, text in read_documents(folder).items()],
            storage_context=context,
            embed_model=self.model,
            transformations=[self.splitter],
        )
        context.persist(str(self.store))
        return self._counted

    def update(self, folder: Path, files: Sequence[Path]) -> Callable[[], Indexed]:
        """Make everything anew: a passage cannot be taken out of this index."""
        return self.build(folder)

    def query(self, text: str, k: int) -> Hits:
        """The nearest passages."""
        found = self.opened().as_retriever(similarity_top_k=k).retrieve(text)
        return [(one.node.ref_doc_id, one.node.get_content()) for one in found]

    def _counted(self) -> Indexed:
        nodes = list(self.index.docstore.docs.values())
        unread = unread_share([node.get_content() for node in nodes], self.folder)
        return Indexed(len({node.ref_doc_id for node in nodes}), len(nodes), len(nodes), unread)


if __name__ == "__main__":
    serve(LlamaIndex)
