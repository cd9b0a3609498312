"""The library: documents listed, added without removing any, looked at again; what is covered."""

from array import array
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.adding import add_documents, renew_documents
from index.build import build_index
from index.catalog import published
from index.coverage import Coverage, count_coverage
from index.encoders import EncoderChoice
from index.errors import NothingToIndexError, PathMissingError
from index.library import (
    _CONDITIONS,
    Kind,
    ListedDocument,
    Wanted,
    list_documents,
    published_state,
)
from index.rollback import roll_back
from index.titles import Titles, read_titles
from tests.conftest import CALF, HashingEncoder, hashing_choice, write_small_corpus

UNSTATED = "Of no title at all and of some length, but it has words.\n"


def choose(_model: str) -> EncoderChoice:
    return hashing_choice()


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """calf.txt, wrist.txt, shoulder.txt and near.txt, which is nearly calf.txt."""
    documents = write_small_corpus(tmp_path / "documents")
    (documents / "near.txt").write_text(_long("It was cold."), "utf-8")
    (documents / "calf.txt").write_text(_long("It was warm."), "utf-8")
    build_index([documents], tmp_path / "index", hashing_choice())
    return tmp_path / "index"


def _long(end: str) -> str:
    more = " ".join(f"On day {day} he walked {day} miles and felt better." for day in range(60))
    return f"{CALF}{more} {end}\n"


def listed(library: Path, wanted: Wanted = Wanted()) -> dict[str, ListedDocument]:  # noqa: B008
    documents = list_documents(library, wanted, 0, 100).documents
    return {Path(one.sources[0]).stem: one for one in documents}


# Listing


def test_every_document_is_listed_with_what_it_states(library: Path) -> None:
    calf = listed(library)["calf"]
    assert (calf.title, calf.document_type, calf.year, calf.format) == (
        "Tight calf in a runner", "case report", 2021, "text",
    )  # fmt: skip


def test_passages_are_counted_document_by_document(library: Path) -> None:
    counts = [one.passages for one in listed(library).values()]
    assert min(counts) > 0 and sum(counts) == published_state(library).passages


def test_near_duplicates_name_each_other(library: Path) -> None:
    found = listed(library, Wanted(kind="alike"))
    assert set(found) == {"calf", "near"}
    assert found["calf"].alike == ("Tight calf in a runner",)


def test_a_document_without_a_title_is_called_by_its_file(library: Path, tmp_path: Path) -> None:
    (tmp_path / "unstated.txt").write_text(UNSTATED)
    add_documents([tmp_path / "unstated.txt"], library, choose)
    assert listed(library)["unstated"].title == "unstated.txt"


def test_the_newest_document_comes_first(library: Path, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text(UNSTATED)
    add_documents([tmp_path / "new.txt"], library, choose)
    assert next(iter(listed(library))) == "new"


@pytest.mark.parametrize("words", ["fingers", "NIGHT numb", "at night", "  fíngers "])
def test_titles_are_found_by_their_words_in_any_order(library: Path, words: str) -> None:
    assert list(listed(library, Wanted(words))) == ["wrist"]


def test_titles_that_are_kept_find_the_same(library: Path) -> None:
    kept = list_documents(library, Wanted("calf"), 0, 10, read_titles(library))
    assert kept == list_documents(library, Wanted("calf"), 0, 10) and kept.total == 2


def test_titles_are_found_among_near_duplicates_alone(library: Path) -> None:
    assert set(listed(library, Wanted("a", "alike"))) == {"calf", "near"}
    assert listed(library, Wanted("fingers", "alike")) == {}


def test_what_has_gone_since_titles_were_read_is_not_listed(library: Path, tmp_path: Path) -> None:
    titles = read_titles(library)
    (tmp_path / "documents" / "wrist.txt").unlink()
    renew_documents(library, choose)
    assert list_documents(library, Wanted("fingers"), 0, 10, titles).documents == ()


@pytest.mark.parametrize("kind", ["warned", "alike"])
def test_a_kind_of_documents_is_listed_without_looking_at_all(library: Path, kind: Kind) -> None:
    with published(library) as (connection, _):
        query = f"SELECT number FROM documents WHERE {_CONDITIONS[kind]} ORDER BY number DESC"
        ((*_, plan),) = connection.execute(f"EXPLAIN QUERY PLAN {query}")
    assert "USING COVERING INDEX" in plan and "TEMP B-TREE" not in plan


@pytest.mark.parametrize("words", ["calf fingers", "%", "_", "' OR 1"])
def test_what_no_title_has_finds_nothing(library: Path, words: str) -> None:
    assert list_documents(library, Wanted(words), 0, 10).total == 0


def test_pages_of_the_list_meet_without_gap_or_overlap(library: Path) -> None:
    pages = [list_documents(library, Wanted(), first, 3) for first in (0, 3)]
    ids = [one.doc_id for page in pages for one in page.documents]
    assert [page.total for page in pages] == [4, 4] and len(set(ids)) == len(ids) == 4


def test_warned_documents_are_listed_alone(library: Path, tmp_path: Path) -> None:
    (tmp_path / "named.txt").write_text("{\\rtf1\\ansi Some words of a letter.}")
    add_documents([tmp_path / "named.txt"], library, choose)
    (warned,) = list_documents(library, Wanted(kind="warned"), 0, 10).documents
    assert warned.warnings == ("named .txt, read as the rtf that it holds",)


def test_the_state_before_is_known_while_it_is_kept(library: Path, tmp_path: Path) -> None:
    assert published_state(library).documents_before is None
    (tmp_path / "new.txt").write_text(UNSTATED)
    add_documents([tmp_path / "new.txt"], library, choose)
    assert published_state(library).documents_before == 4


# Adding and looking again


def test_adding_a_folder_removes_nothing_that_is_gone_from_it(
    library: Path, tmp_path: Path
) -> None:
    (tmp_path / "documents" / "wrist.txt").unlink()
    (tmp_path / "documents" / "new.txt").write_text(UNSTATED)
    report = add_documents([tmp_path / "documents"], library, choose)
    assert (len(report.added), report.removed) == (1, ()) and "wrist" in listed(library)


def test_what_changed_in_an_added_folder_is_read_again(library: Path, tmp_path: Path) -> None:
    (tmp_path / "documents" / "wrist.txt").write_text(UNSTATED)
    assert len(add_documents([tmp_path / "documents"], library, choose).changed) == 1


def test_adding_what_is_not_there_is_refused(library: Path, tmp_path: Path) -> None:
    with pytest.raises(PathMissingError):
        add_documents([tmp_path / "nowhere"], library, choose)


def test_adding_an_empty_folder_is_refused(library: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingToIndexError):
        add_documents([tmp_path / "empty"], library, choose)


def test_a_broken_file_is_reported_and_the_others_are_added(library: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "broken.pdf").write_bytes(b"%PDF-1.4 and no more")
    (tmp_path / "more" / "good.txt").write_text(UNSTATED)
    report = add_documents([tmp_path / "more"], library, choose)
    assert (len(report.added), len(report.skipped)) == (1, 1)


def test_looking_again_takes_out_what_is_gone(library: Path, tmp_path: Path) -> None:
    (tmp_path / "documents" / "wrist.txt").unlink()
    report = renew_documents(library, choose)
    assert [Path(path).name for path in report.removed] == ["wrist.txt"]


def test_looking_again_adds_no_other_file_of_a_folder(library: Path, tmp_path: Path) -> None:
    (tmp_path / "documents" / "private.txt").write_text(UNSTATED)
    assert not renew_documents(library, choose).published


def test_looking_again_rebuilds_what_another_version_of_the_model_made(library: Path) -> None:
    newer = HashingEncoder()
    newer.fingerprint = "hashing-2"
    report = renew_documents(library, lambda _: hashing_choice(newer))
    assert report.published and report.documents == 4 and report.encoded > 0


def test_what_was_added_can_be_taken_back(library: Path, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text(UNSTATED)
    add_documents([tmp_path / "new.txt"], library, choose)
    roll_back(library, choose)
    assert set(listed(library)) == {"calf", "wrist", "shoulder", "near"}


# Coverage


def count_titles(documents: Sequence[tuple[str, int | None]]) -> Coverage:
    """What documents of these titles and years cover."""
    years = array("h", [year or 0 for _, year in documents])
    plain = [title.lower() for title, _ in documents]
    return count_coverage(Titles(1, array("q", range(len(plain))), years, plain))


def test_titles_count_under_every_region_that_they_name() -> None:
    found = count_titles([("A ganglion of the wrist and a tear of the knee", 2020)])
    assert found.regions == {"Wrist and hand": 1, "Knee": 1}


def test_titles_count_under_what_was_done() -> None:
    found = count_titles([("Ultrasound-guided biopsy", None), ("Excision of a lipoma", None)])
    assert found.procedures == {"Ultrasound guidance": 1, "Biopsy": 1, "Removal": 1}


@pytest.mark.parametrize("title", ["A left-handedness study", "Shipping", "Hearth", "Learned"])
def test_a_word_inside_another_names_no_region(title: str) -> None:
    assert count_titles([(title, None)]).no_region == 1


def test_years_are_counted_and_those_not_stated() -> None:
    found = count_titles([("", 2020), ("", 2019), ("", 2020), ("", None)])
    assert (found.years, found.undated) == ({2019: 1, 2020: 2}, 1)


def test_the_most_frequent_region_stands_first() -> None:
    found = count_titles([("Knee", None), ("Hip", None), ("Hips", None)])
    assert list(found.regions) == ["Hip and pelvis", "Knee"]
