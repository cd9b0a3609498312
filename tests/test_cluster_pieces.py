"""Files to units, and what reading a unit gives to pieces."""

import gzip
import importlib.util
from dataclasses import replace
from pathlib import Path

import pytest

from index.cluster.errors import RayMissingError
from index.cluster.pieces import PieceLimits, piece_from_json
from index.cluster.reader import refuse_without_ray
from index.cluster.units import UnitLimits, group_files
from index.cluster.workers import read_unit
from ingest.documents import SkippedFile
from ingest.reading_order import READ_ALL, Passed
from tests.cluster_parts import a_document, a_job, pieces

SKIPPED = SkippedFile("/documents/bad", "damaged", "get a fresh copy")


def sizes(*bytes_of: int) -> list[tuple[Path, int]]:
    return [(Path(f"/{number}"), size) for number, size in enumerate(bytes_of)]


def names_of(bytes_of: list[tuple[Path, int]], limits: UnitLimits) -> list[str]:
    units = group_files(bytes_of, limits)
    return [" ".join(path.name for path in unit.paths) for unit in units]


def test_a_unit_is_full_by_files() -> None:
    assert names_of(sizes(1, 1, 1), UnitLimits(files=2, bytes=99)) == ["0 1", "2"]


def test_a_unit_is_full_by_bytes() -> None:
    assert names_of(sizes(6, 3, 2), UnitLimits(files=9, bytes=10)) == ["0 1", "2"]


def test_a_file_that_exceeds_a_unit_is_one_alone_and_first() -> None:
    assert names_of(sizes(1, 50, 1), UnitLimits(files=9, bytes=10)) == ["1", "0 2"]


def test_no_files_are_no_units() -> None:
    assert group_files([], UnitLimits()) == []


def test_a_unit_knows_its_bytes() -> None:
    assert [unit.bytes for unit in group_files(sizes(4, 5), UnitLimits())] == [9]


def test_a_piece_holds_whole_files() -> None:
    made = pieces(*map(a_document, ("a", "b", "c")))
    assert [[one.source for one in piece.told] for piece in made] == [
        ["/documents/a", "/documents/b"],
        ["/documents/c"],
    ]
    assert {piece.part for piece in made} == {None}


def test_a_long_file_has_pieces_of_its_own() -> None:
    records = [a_document("archive", f"record {number}") for number in range(3)]
    made = pieces(a_document("a"), *records, a_document("b"))
    assert [(len(piece.told), piece.part, piece.last) for piece in made] == [
        (2, 0, False),
        (1, 1, True),
        (2, None, True),
    ]


def test_each_part_of_a_file_names_the_one_before() -> None:
    made = pieces(*[a_document("archive", f"record {number}") for number in range(5)])
    assert [piece.after for piece in made] == ["", made[0].name, made[1].name]


def test_a_piece_is_full_by_characters_too() -> None:
    long = "A long story was told of the shoulder. " * 30_000
    assert len(pieces(a_document("a", text=long), a_document("b"), documents=9)) == 2


def test_the_same_told_again_has_the_same_name() -> None:
    assert pieces(a_document("a"), SKIPPED) == pieces(a_document("a"), SKIPPED)


def test_another_reason_to_skip_has_another_name() -> None:
    other = SkippedFile(SKIPPED.source, "too long", SKIPPED.remedy)
    assert pieces(SKIPPED)[0].name != pieces(other)[0].name


def test_other_settings_have_other_names() -> None:
    one, other = pieces(a_document("a")), pieces(a_document("a"), settings="others")
    assert one[0].name != other[0].name


def test_what_was_gone_by_is_said_once_a_file() -> None:
    source, name = "/documents/a", "hash of a"
    (piece,) = pieces(Passed(source, name, 2), a_document("a"), Passed(source, name, 3, 1))
    assert piece.told[1:] == (Passed(source, name, 5, 1),)


def test_a_piece_comes_back_from_text_as_it_was() -> None:
    for piece in pieces(a_document("a"), SKIPPED, Passed("/documents/c", "hash of c", 1)):
        assert piece_from_json(piece.to_json()) == piece


def test_a_file_of_many_records_is_read_into_parts(tmp_path: Path) -> None:
    records = "".join(
        f"<PubmedArticle><MedlineCitation><PMID>{number}</PMID><Article><ArticleTitle>Case {number}"
        "</ArticleTitle><Abstract><AbstractText>The calf was tight.</AbstractText></Abstract>"
        "</Article></MedlineCitation></PubmedArticle>"
        for number in range(1, 6)
    )
    path = tmp_path / "pubmed.xml.gz"
    path.write_bytes(gzip.compress(f"<PubmedArticleSet>{records}</PubmedArticleSet>".encode()))
    job = replace(a_job(tmp_path / "shards"), limits=PieceLimits(documents=2))
    rows = list(read_unit(job, [path], [READ_ALL]))
    made = [piece_from_json(row["piece"][0]) for row in rows]
    assert [(len(piece.told), piece.part, piece.last) for piece in made] == [
        (2, 0, False),
        (2, 1, False),
        (1, 2, True),
    ]


def test_without_ray_a_line_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(RayMissingError, match=r"pip install -r requirements-ray\.txt"):
        refuse_without_ray()
