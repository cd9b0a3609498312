"""Shards, their manifests, and how a build takes them; without a cluster."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from index.cluster.errors import ClusterError
from index.cluster.shards import (
    Manifest,
    done_shards,
    find_shard,
    forget_shards,
    read_shard,
    sees,
    shards_folder,
    unknown,
    write_known,
    write_token,
)
from index.cluster.taking import Taking
from index.cluster.workers import ShardMaker, complaint
from index.cutting import cut
from index.prepared import vector_hash
from index.readers import Read, ReadyDocument
from ingest.documents import SkippedFile
from ingest.files import SourceFile
from ingest.reading_order import READ_ALL, Passed, ReadingOrder, Told
from tests.cluster_parts import SETTINGS, a_document, a_job, make_shards, pieces
from tests.conftest import HashingEncoder

pytest.importorskip("pyarrow", reason="comes with requirements-ray.txt")
NAMES = [vector_hash(text) for text in ("calf", "wrist", "shoulder")]
ARCHIVE = [a_document("archive", f"record {number}") for number in range(5)]


def shards_of(folder: Path, *told: Told) -> list[Manifest]:
    return make_shards(a_job(folder), *pieces(*told))


def waiting(folder: Path, *names: str) -> Taking:
    files = [SourceFile(Path(f"/documents/{name}"), f"hash of {name}") for name in names]
    waited = {file.source: file for file in files}
    return Taking(folder, waited, dict.fromkeys(waited, READ_ALL))


def take_done(taking: Taking, shards: list[Manifest]) -> list[Read]:
    return list(taking.take_done(shards, dict.fromkeys(taking.waiting, SETTINGS)))


def doc_ids(taken: Sequence[Read]) -> list[str]:
    return [one.document.doc_id for one in taken if isinstance(one, ReadyDocument)]


def test_a_shard_gives_documents_with_the_passages_that_a_build_cuts(tmp_path: Path) -> None:
    (shard,) = shards_of(tmp_path, a_document("a"))
    (read,) = read_shard(tmp_path, shard, {"/documents/a"})
    assert isinstance(read, ReadyDocument)
    assert read.document == a_document("a")
    assert read.passages == cut(a_document("a"), HashingEncoder())


def test_a_shard_gives_the_vectors_of_its_passages(tmp_path: Path) -> None:
    (shard,) = shards_of(tmp_path, a_document("a"))
    (read,) = read_shard(tmp_path, shard, {"/documents/a"})
    assert isinstance(read, ReadyDocument)
    texts = [one.encoded_text for one in read.passages]
    assert read.names == tuple(map(vector_hash, texts))
    expected = HashingEncoder().encode_passages(texts).astype("float16")
    assert read.vectors.tolist() == expected.tolist()


def test_a_shard_gives_what_was_skipped_and_gone_by(tmp_path: Path) -> None:
    skipped = SkippedFile("/documents/a", "damaged", "mend it", "x")
    (shard,) = shards_of(tmp_path, skipped, Passed("/documents/b", "h", 2))
    assert list(read_shard(tmp_path, shard, {"/documents/a"})) == [skipped]
    assert list(read_shard(tmp_path, shard, {"/documents/b"})) == [Passed("/documents/b", "h", 2)]


def test_a_page_of_a_web_site_is_left_to_its_writer(tmp_path: Path) -> None:
    page = a_document("page")
    page = replace(
        page, format="html", metadata=replace(page.metadata, url="https://clinic.example/a")
    )
    (shard,) = shards_of(tmp_path, page)
    assert list(read_shard(tmp_path, shard, {page.source})) == [page]


def test_a_text_of_two_documents_is_encoded_once(tmp_path: Path) -> None:
    first = a_document("a", text="The shoulder was stiff.")
    again = replace(first, doc_id="b", source="/documents/b")
    (shard,) = shards_of(tmp_path, first, again)
    assert (shard.passages, shard.encoded) == (2, 1)


def test_a_text_that_the_catalog_has_is_not_encoded(tmp_path: Path) -> None:
    known = [one.vector_hash for one in cut(a_document("a"), HashingEncoder())]
    job = a_job(tmp_path, known)
    (shard,) = make_shards(job, *pieces(a_document("a")))
    assert (shard.passages, shard.encoded) == (1, 0)


@pytest.mark.parametrize("known", [[], NAMES[:1], NAMES[1:], NAMES])
def test_unknown_are_the_names_that_were_not_told(tmp_path: Path, known: list[str]) -> None:
    write_known(tmp_path, known)
    assert unknown(tmp_path, [*NAMES, NAMES[0]]) == [one for one in NAMES if one not in known]


def test_a_shard_without_its_manifest_is_not_done(tmp_path: Path) -> None:
    (shard,) = shards_of(tmp_path, a_document("a"))
    (tmp_path / f"{shard.name}.json").unlink()
    assert find_shard(tmp_path, shard.name) is None


def test_a_shard_whose_data_is_damaged_is_not_done(tmp_path: Path) -> None:
    (shard,) = shards_of(tmp_path, a_document("a"))
    (tmp_path / f"{shard.name}.parquet").write_bytes(b"half")
    assert done_shards(tmp_path, {SETTINGS}) == []


def test_shards_of_other_settings_do_not_count(tmp_path: Path) -> None:
    shards_of(tmp_path, a_document("a"))
    assert done_shards(tmp_path, {"others"}) == []


def test_a_done_shard_is_not_encoded_again(tmp_path: Path) -> None:
    job = a_job(tmp_path)
    (piece,) = pieces(a_document("a"))
    (before,) = make_shards(job, piece)
    rows = ShardMaker(job, on_gpu=False)({"piece": [piece.to_json()], "problem": [""]})
    assert rows == {"shard": [piece.name], "problem": [""]}
    assert find_shard(tmp_path, piece.name) == before


def test_another_model_than_the_writers_is_a_line(tmp_path: Path) -> None:
    job = replace(a_job(tmp_path), fingerprint="another")
    (piece,) = pieces(a_document("a"))
    rows = ShardMaker(job, on_gpu=False)({"piece": [piece.to_json()], "problem": [""]})
    assert "another model 'hashing' than the writer" in rows["problem"][0]


def test_a_machine_that_sees_another_folder_says_so(tmp_path: Path) -> None:
    job = a_job(tmp_path)
    assert complaint(job) == ""
    write_token(tmp_path)
    assert not sees(tmp_path, job.token)
    assert f"does not see {tmp_path}" in complaint(job)


def test_files_of_a_shard_are_taken_once(tmp_path: Path) -> None:
    (shard,) = shards_of(tmp_path, a_document("a"), a_document("b"))
    taking = waiting(tmp_path, "a", "b", "c")
    assert doc_ids(list(taking.take(shard.name))) == ["a", "b"]
    assert list(taking.take(shard.name)) == []
    assert list(taking.waiting) == ["/documents/c"]


def test_parts_of_a_file_are_taken_when_all_are_there(tmp_path: Path) -> None:
    first, second, third = shards_of(tmp_path, *ARCHIVE)
    taking = waiting(tmp_path, "archive")
    assert [len(list(taking.take(one.name))) for one in (third, first)] == [0, 0]
    assert doc_ids(list(taking.take(second.name))) == [one.doc_id for one in ARCHIVE]
    assert not taking.waiting


def test_a_stopped_builds_files_are_taken_before_anything_is_read(tmp_path: Path) -> None:
    shards = shards_of(tmp_path, *ARCHIVE, a_document("a"), a_document("b"))
    taking = waiting(tmp_path, "archive", "b", "c")
    taken = doc_ids(take_done(taking, shards))
    assert sorted(taken) == sorted([*(one.doc_id for one in ARCHIVE), "b"])
    assert list(taking.waiting) == ["/documents/c"]


def test_a_stopped_builds_file_that_lacks_a_part_is_read_again(tmp_path: Path) -> None:
    taking = waiting(tmp_path, "archive")
    assert take_done(taking, shards_of(tmp_path, *ARCHIVE)[1:]) == []


def test_a_stopped_builds_file_with_a_skipped_part_is_read_again(tmp_path: Path) -> None:
    bad = SkippedFile("/documents/a", "damaged", "mend it", "x")
    shards = shards_of(tmp_path, a_document("a", "y"), bad)
    assert take_done(waiting(tmp_path, "a"), shards) == []


def test_a_stopped_builds_file_of_another_selection_is_read_again(tmp_path: Path) -> None:
    shards = shards_of(tmp_path, a_document("a"))
    taking = waiting(tmp_path, "a")
    assert list(taking.take_done(shards, {"/documents/a": "another selection"})) == []


def test_what_the_catalog_has_of_a_file_is_passed_by(tmp_path: Path) -> None:
    (shard,) = shards_of(tmp_path, a_document("a", "x"), a_document("a", "y"))
    taking = waiting(tmp_path, "a")
    order = ReadingOrder(known_parts=frozenset({"x"}), file_hash="hash of a")
    taking.orders = {"/documents/a": order}
    first, last = taking.take(shard.name)
    assert doc_ids([first]) == ["ay"]
    assert last == Passed("/documents/a", "hash of a", known=1)


def test_a_file_that_only_its_machine_does_not_see_ends_the_build(tmp_path: Path) -> None:
    here = tmp_path / "here.txt"
    here.write_text("text", "utf-8")
    (shard,) = shards_of(tmp_path, SkippedFile(str(here), "cannot be opened", "look"))
    path = tmp_path / f"{shard.name}.json"
    path.write_text(path.read_text("utf-8").replace('"unseen": []', f'"unseen": ["{here}"]'))
    with pytest.raises(ClusterError, match=r"does not see .*here\.txt"):
        list(waiting(tmp_path).take(replace(shard, unseen=(str(here),)).name))


def test_shards_are_gone_after_a_publication(tmp_path: Path) -> None:
    shards_of(shards_folder(tmp_path), a_document("a"))
    forget_shards(tmp_path)
    assert not shards_folder(tmp_path).exists()
