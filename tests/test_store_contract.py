"""What every store keeps: one contract over the embedded store and one that milvus-lite serves.

Row numbers differ, and so does the order of passages whose scores are equal. Cosines differ by
nothing, as both keep the same half floats.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import IndexMissingError
from index.keyword_engines.queries import DocumentFilter
from index.stores import Store
from index.stores.embedded import EmbeddedStore
from tests.conftest import CALF, hashing_choice, write_small_corpus

pytest.importorskip("pymilvus")
pytest.importorskip("milvus_lite")

from index.stores.milvus.server import MilvusServer
from index.stores.served import NotTheWriterError, ServedStore
from tests.served_indexes import ELBOW, asked, encoded, lite_address, texts_of


def opened(kind: str, folder: Path) -> Store:
    writer = EmbeddedStore(folder / "index", hashing_choice())
    return writer if kind == "embedded" else ServedStore(writer, served_at(folder))


def served_at(folder: Path) -> MilvusServer:
    return MilvusServer.connect(lite_address(folder))


@pytest.fixture(params=["embedded", "served"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store without anything published."""
    with closing(opened(request.param, tmp_path)) as store:
        yield store


@pytest.fixture
def documents(small_corpus: Path) -> dict[str, Path]:
    (small_corpus / "elbow.txt").write_text(ELBOW, "utf-8")
    return {path.stem: path for path in sorted(small_corpus.iterdir())}


@pytest.fixture
def store(empty: Store, documents: dict[str, Path]) -> Store:
    """A store of the small corpus."""
    empty.upsert(encoded(path) for path in documents.values())
    empty.flush()
    return empty


@pytest.fixture(scope="module", params=["embedded", "served"])
def full(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """The same, for tests that only ask."""
    folder = tmp_path_factory.mktemp(request.param)
    corpus = write_small_corpus(folder / "documents")
    (corpus / "elbow.txt").write_text(ELBOW, "utf-8")
    with closing(opened(request.param, folder)) as store:
        store.upsert(encoded(path) for path in sorted(corpus.iterdir()))
        store.flush()
        yield store


def found(store: Store, text: str) -> list[str]:
    with store.current() as generation:
        return texts_of(generation, generation.search(asked(text)))


def generation_of(store: Store) -> int:
    with store.current() as generation:
        return generation.manifest.generation


def test_a_store_without_anything_published_has_no_passages(empty: Store) -> None:
    empty.flush()
    assert empty.count() == 0


def test_a_store_without_anything_published_cannot_be_searched(empty: Store) -> None:
    with pytest.raises(IndexMissingError, match="Build it"):
        empty.search(asked("knee"))


def test_what_was_put_in_is_found_after_a_flush(full: Store) -> None:
    assert found(full, "tight calf of a runner")[0].startswith("A runner of 51 years")


def test_what_was_put_in_is_not_found_before_a_flush(
    store: Store, documents: dict[str, Path]
) -> None:
    documents["elbow"].with_name("hip.txt").write_text("Title: Hip\n\nA snapping hip.\n", "utf-8")
    before = store.count()
    store.upsert([encoded(documents["elbow"].with_name("hip.txt"))])
    assert store.count() == before
    assert "A snapping hip." not in found(store, "snapping hip")


def test_the_same_documents_again_change_nothing(store: Store, documents: dict[str, Path]) -> None:
    before = (store.count(), generation_of(store))
    store.upsert(encoded(path) for path in documents.values())
    store.flush()
    assert (store.count(), generation_of(store)) == before


def test_a_deleted_document_is_gone_with_all_its_passages(
    store: Store, documents: dict[str, Path]
) -> None:
    calf = encoded(documents["calf"])
    before = store.count()
    store.delete(calf.doc_id)
    store.flush()
    assert store.count() == before - len(calf.prepared.passages)
    with store.current() as generation:
        assert generation.document(calf.doc_id) is None
        assert all(one.place.doc_id != calf.doc_id for one in generation.search(asked("calf")))


def test_deleting_what_is_not_there_changes_nothing(store: Store) -> None:
    store.delete("0" * 16)
    store.flush()
    assert generation_of(store) == 1


def test_a_replaced_document_is_found_as_it_is_now(
    store: Store, documents: dict[str, Path]
) -> None:
    old = encoded(documents["calf"])
    documents["calf"].write_text(CALF.replace("eight weeks", "nine months"), "utf-8")
    store.upsert([encoded(documents["calf"])])
    store.flush()
    assert any("nine months" in text for text in found(store, "ran again"))
    with store.current() as generation:
        assert generation.document(old.doc_id) is None


@pytest.mark.parametrize(
    ("documents_filter", "expected"),
    [
        (DocumentFilter(year_from=2019), {"calf", "elbow"}),
        (DocumentFilter(year_to=2018), {"wrist"}),
        (DocumentFilter(document_types=("case report", "")), {"calf", "shoulder"}),
        (DocumentFilter(languages=("en",)), {"calf"}),
        (DocumentFilter(languages=("",)), {"wrist", "shoulder", "elbow"}),
        (DocumentFilter(languages=("de",)), set()),
        (DocumentFilter(formats=("text",)), {"calf", "wrist", "shoulder", "elbow"}),
        (DocumentFilter(formats=("pdf",)), set()),
        (DocumentFilter(section_kinds=("therapeutic intervention",)), {"calf"}),
        (DocumentFilter(age_from=30, age_to=34), {"elbow"}),
        (DocumentFilter(sexes=("female",)), {"elbow"}),
        (DocumentFilter(sexes=("",)), {"wrist", "shoulder"}),
    ],
)  # fmt: skip
def test_a_filter_lets_through_what_states_it(
    full: Store, documents_filter: DocumentFilter, expected: set[str]
) -> None:
    names = {"calf": "Tight", "wrist": "Numb", "shoulder": "Stiff", "elbow": "Weak"}
    with full.current() as generation:
        hits = generation.search(asked("the", documents=documents_filter))
        stored = generation.passages([one.row for one in hits])
        titles = " ".join(one.metadata.title for one in stored.values())
        left = generation.allowed([one.row for one in hits], documents_filter)
    assert {name for name, word in names.items() if word in titles} == expected
    assert left == [one.row for one in hits]


@pytest.mark.parametrize("k", [1, 2, 3])
def test_at_most_k_passages_are_found(full: Store, k: int) -> None:
    assert len(full.search(asked("the calf of a runner", k))) == k


def test_the_best_come_first_and_ties_in_order_of_rows(full: Store) -> None:
    hits = full.search(asked("the"))
    assert hits == sorted(hits, key=lambda one: (-one.score, one.row))


@pytest.mark.parametrize("weight", [0.0, 1.0])
def test_one_leg_alone_finds_too(full: Store, weight: float) -> None:
    (best,) = full.search(asked("median nerve", k=1, dense_weight=weight))
    with full.current() as generation:
        assert "median nerve" in generation.passages([best.row])[best.row].passage.text


def test_nothing_is_found_by_words_that_no_passage_has(full: Store) -> None:
    assert full.search(asked("zyxomma", dense_weight=0.0)) == []


def test_a_closed_store_has_forgotten_what_was_not_flushed(
    store: Store, documents: dict[str, Path], tmp_path: Path
) -> None:
    hip = documents["elbow"].with_name("hip.txt")
    hip.write_text("Title: Hip\n\nA snapping hip.\n", "utf-8")
    before = store.count()
    store.upsert([encoded(hip)])
    store.close()
    kind = "embedded" if isinstance(store, EmbeddedStore) else "served"
    with closing(opened(kind, tmp_path)) as again:
        again.flush()
        assert again.count() == before


def test_an_answer_is_read_from_one_generation_while_another_is_flushed(
    store: Store, documents: dict[str, Path]
) -> None:
    with store.current() as generation:
        hits = generation.search(asked("calf"))
        store.delete(encoded(documents["calf"]).doc_id)
        store.flush()
        assert texts_of(generation, generation.search(asked("calf"))) == texts_of(generation, hits)
    assert generation_of(store) == 2


def test_a_store_that_only_asks_says_where_documents_are_put_in(tmp_path: Path) -> None:
    store = ServedStore(None, served_at(tmp_path))
    with closing(store), pytest.raises(NotTheWriterError, match="index build PATH"):
        store.delete("0" * 16)
