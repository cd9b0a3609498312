"""What is particular to an index folder as a store; the rest is in test_store_contract."""

from pathlib import Path

from index.build import build_index
from index.information import describe
from index.options import BuildOptions
from index.stores.embedded import EmbeddedStore
from ingest.selection import Selection
from tests.conftest import WRIST, hashing_choice, write_small_corpus
from tests.served_indexes import encoded

CASE_REPORTS = Selection(article_types=("case report",))


def test_an_index_that_was_built_with_a_selection_keeps_it_and_takes_what_is_put_in(
    tmp_path: Path,
) -> None:
    corpus, index = write_small_corpus(tmp_path / "documents"), tmp_path / "index"
    build_index([corpus], index, hashing_choice(), options=BuildOptions(selection=CASE_REPORTS))
    before = describe(index)
    (tmp_path / "other.txt").write_text(WRIST, "utf-8")
    store = EmbeddedStore(index, hashing_choice())
    store.upsert([encoded(tmp_path / "other.txt")])
    store.flush()
    after = describe(index)
    assert (before["documents"], after["documents"]) == (1, 2)
    assert before["selection"] == after["selection"]
