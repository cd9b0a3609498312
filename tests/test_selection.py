"""What is wanted of large inputs: chosen by what documents state, before they are read."""

import json
import re
import sqlite3
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from index.__main__ import main as index_main
from index.build import build_index, update_index
from index.catalog import catalog_path, published
from index.errors import NothingToIndexError
from index.information import describe
from index.location import UPLOADS_FOLDER
from index.manifest import Manifest
from index.options import BuildOptions
from index.report import BuildReport
from ingest.__main__ import main
from ingest.corpus import read_file, read_parts
from ingest.documents import Document
from ingest.reading_order import Passed, ReadingOrder
from ingest.selection import EVERYTHING, Selection
from ingest.traits import Traits
from tests.conftest import HashingEncoder, hashing_choice
from tests.fixtures.archives import article, packed, record, records, saved
from tests.index_contents import contents
from tests.test_xml_bundles import REPLY

CASES = Selection(article_types=("case-report",))
CASE = Traits(("Case Reports",), ("Tendon Injuries", "Adult"), "Ultrasound-guided hydrodissection")


# What a selection takes


@pytest.mark.parametrize(
    ("wanted", "stated", "taken"),
    [
        ("case-report", "Case Reports", True),
        ("case-report", "Clinical case", True),
        ("Case Report", "case-report", True),
        ("case-report", "research-article", False),
        ("systematic-review", "Systematic Review", True),
        ("systematic-review", "review-article", False),
        ("review", "Systematic Review", True),
        ("case-report", "", False),
    ],
)
def test_an_article_type_is_the_same_however_it_is_worded(
    wanted: str, stated: str, taken: bool
) -> None:
    assert Selection(article_types=(wanted,)).takes(Traits((stated,))) == taken


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        ("tendon injuries", True),
        ("tendon*", True),
        ("Tendon", False),
        ("injuries", False),
        ("ADULT", True),
    ],
)
def test_a_descriptor_is_named_whole_or_by_its_beginning(wanted: str, taken: bool) -> None:
    assert Selection(mesh=(wanted,)).takes(CASE) == taken


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        ("hydrodissect*", True),
        ("Hydrodissection", True),
        ("hydro", False),
        ("dissection", False),
        ("guided  Hydro*", True),
        ("guided", True),
        ("(guided", False),
    ],
)
def test_a_word_of_the_title_is_whole_and_may_have_any_ending(wanted: str, taken: bool) -> None:
    assert Selection(title_words=(wanted,)).takes(CASE) == taken


def test_within_a_kind_any_will_do_and_every_kind_must() -> None:
    assert Selection(mesh=("Child", "Adult")).takes(CASE)
    assert not Selection(mesh=("Adult",), title_words=("knee",)).takes(CASE)


def test_no_condition_takes_everything() -> None:
    assert EVERYTHING.takes(Traits()) and EVERYTHING.is_everything


def test_a_selection_is_told_in_words() -> None:
    wanted = Selection(("case-report",), ("Adult", "Child"), ())
    assert wanted.to_text() == "article type case-report; MeSH Adult or Child"


# What is judged


def read(path: Path, selection: Selection) -> tuple[list[str], int]:
    """The parts that are read of a file, and how many documents are left out."""
    told = [*read_parts(path, ReadingOrder(selection))]
    left_out = sum(one.left_out for one in told if isinstance(one, Passed))
    return [one.part for one in told if isinstance(one, Document)], left_out


@pytest.mark.parametrize(
    "selection", [CASES, Selection(mesh=("Tendon Injuries",)), Selection(title_words=("tendon",))]
)
def test_a_record_of_pubmed_is_judged_by_what_it_states(
    tmp_path: Path, selection: Selection
) -> None:
    wanted = record(2, ("Case Reports", "Letter"), "A tendon.", ("Adult", "Tendon Injuries"))
    others = [record(pmid, ("Journal Article",), "Calf pain.", ("Adult",)) for pmid in (1, 3)]
    path = saved(tmp_path / "set.xml", records([others[0], wanted, others[1]]))
    assert read(path, selection) == (["PMID 2"], 2)


@pytest.mark.parametrize(
    "selection", [CASES, Selection(mesh=("Tendon*",)), Selection(title_words=("tendon",))]
)
def test_an_article_is_judged_by_what_it_states(tmp_path: Path, selection: Selection) -> None:
    other = article(1, "research-article", "Calf pain", "Adult")
    both = {"a.nxml": other, "b.nxml": article(2, title="A <i>tendon</i>", keyword="Tendons")}
    assert read(saved(tmp_path / "a.tar.gz", packed(both)), selection) == (["b.nxml"], 1)


def test_a_subject_heading_names_the_kind_of_an_article(tmp_path: Path) -> None:
    heading = "<article-categories><subj-group><subject>Case Report</subject></subj-group>"
    raw = article(1, "research-article").replace(
        b"<title-group>", f"{heading}</article-categories><title-group>".encode()
    )
    assert read(saved(tmp_path / "a.nxml", raw), CASES) == ([""], 0)


def test_a_reply_is_judged_apart_from_its_article(tmp_path: Path) -> None:
    raw = article(1).replace(b"</article>", f"{REPLY}</article>".encode())
    path = saved(tmp_path / "a.nxml", raw)
    assert read(path, CASES) == ([""], 1)
    assert read(path, Selection(article_types=("reply",))) == (["sub-article 1"], 1)


def test_an_article_of_bmc_is_judged_by_what_it_states(tmp_path: Path) -> None:
    raw = (
        b"<art><fm><dochead>Case report</dochead><bibl><title><p>A torn tendon</p></title></bibl>"
        b"</fm><bdy><sec><st><p>Course</p></st><p>He fell.</p></sec></bdy></art>"
    )
    path = saved(tmp_path / "a.xml", raw)
    assert read(path, replace(CASES, title_words=("tendon",))) == ([""], 0)
    assert read(path, Selection(article_types=("review",))) == ([], 1)


@pytest.mark.parametrize("named", ["case report", "review"])
def test_other_formats_are_judged_when_they_have_been_read(tmp_path: Path, named: str) -> None:
    path = saved(tmp_path / "a.txt", f"Title: Calf\nType: {named}\n\nHe fell.".encode())
    assert read(path, CASES) == (([""], 0) if named == "case report" else ([], 1))


def test_what_is_left_out_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path / "set.xml", records(record(pmid, ("Letter",)) for pmid in (1, 2)))
    monkeypatch.setattr("ingest.corpus.reader", lambda name: 1 / 0)
    assert read(path, CASES) == ([], 2)


def test_a_damaged_article_has_its_line_whatever_is_wanted(tmp_path: Path) -> None:
    (line,) = read_parts(saved(tmp_path / "a.nxml", article(1)[:90]), ReadingOrder(CASES))
    assert "damaged XML" in getattr(line, "reason", "")


def test_a_real_article_is_found_by_a_word_of_its_title(shared: Path, tmp_path: Path) -> None:
    paths = sorted((shared / "data/jats").iterdir()) + sorted((shared / "data/medline").iterdir())
    path = saved(tmp_path / "a.tar.gz", packed({one.name: one.read_bytes() for one in paths}))
    for document in (one for one in read_file(path) if isinstance(one, Document)):
        word = max(re.findall(r"\w+", document.metadata.title), key=len)
        chosen, left_out = read(path, Selection(title_words=(word,)))
        assert document.part in chosen and left_out >= len(paths) - len(chosen)


# The commands


def test_ingest_counts_what_is_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inside = [record(1), *(record(pmid, ("Letter",)) for pmid in range(2, 6))]
    path = saved(tmp_path / "set.xml", records(inside))
    assert main([str(path), "--article-type", "case-report"]) == 0
    out = capsys.readouterr().out
    assert "4 of 5 documents left out by the selection." in out and "Skipped: 0" in out


@pytest.mark.parametrize("value", ["*", "", "a*b"])
def test_a_condition_that_names_nothing_is_refused(
    value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["corpus", "--title-word", value])
    assert "names nothing" in capsys.readouterr().err


def test_build_takes_the_selection_and_info_tells_it(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--index", str(tmp_path / "index"), "--title-word", "ten*", "--title-word", "knee"]
    assert index_main(["build", str(library), *given]) == 0
    assert "2 of 3 documents left out by the selection." in capsys.readouterr().out
    assert index_main(["info", "--index", str(tmp_path / "index")]) == 0
    assert "title word ten* or knee" in capsys.readouterr().out


# The index


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A folder of a set of three records: two cases, one of them of a tendon, and a letter."""
    (tmp_path / "library").mkdir()
    inside = [record(1, title="A tendon."), record(2), record(3, ("Letter",))]
    saved(tmp_path / "library" / "set.xml", records(inside))
    return tmp_path / "library"


def build(
    path: Path,
    folder: Path,
    selection: Selection | None = None,
    encoder: HashingEncoder | None = None,
) -> BuildReport:
    options = BuildOptions(selection=selection)
    return build_index([path], folder, hashing_choice(encoder), options=options)


def test_what_is_left_out_is_one_figure_and_no_line(library: Path, tmp_path: Path) -> None:
    report = build(library, tmp_path / "index", CASES)
    assert (report.documents, report.left_out, report.skipped) == (2, 1, ())
    assert "1 of 3 documents left out by the selection." in report.to_text()


def test_an_index_knows_its_selection(library: Path, tmp_path: Path) -> None:
    build(library, tmp_path / "index", CASES)
    assert describe(tmp_path / "index")["selection"] == "article type case-report"
    build(library, tmp_path / "all")
    assert describe(tmp_path / "all")["selection"] == "everything"


def test_another_selection_reads_again_and_keeps_the_vectors(library: Path, tmp_path: Path) -> None:
    build(library, tmp_path / "index", CASES)
    encoder = HashingEncoder()
    report = build(library, tmp_path / "index", EVERYTHING, encoder)
    assert (report.documents, report.encoded, report.left_out) == (3, 1, 0)
    assert contents(tmp_path / "index") == fresh(library, tmp_path, EVERYTHING)


def fresh(library: Path, tmp_path: Path, selection: Selection) -> list[list[str]]:
    build(library, tmp_path / "fresh", selection)
    return contents(tmp_path / "fresh")


def test_a_narrower_selection_takes_documents_out(library: Path, tmp_path: Path) -> None:
    build(library, tmp_path / "index")
    assert build(library, tmp_path / "index", CASES).documents == 2
    assert contents(tmp_path / "index") == fresh(library, tmp_path, CASES)


def test_the_same_selection_changes_nothing(library: Path, tmp_path: Path) -> None:
    build(library, tmp_path / "index", CASES)
    report = build(library, tmp_path / "index", CASES)
    assert (report.generation, report.published, report.left_out) == (1, False, 0)


def test_without_a_selection_a_build_keeps_that_of_the_index(library: Path, tmp_path: Path) -> None:
    build(library, tmp_path / "index", CASES)
    assert build(library, tmp_path / "index").documents == 2


def test_an_update_keeps_to_the_selection(library: Path, tmp_path: Path) -> None:
    build(library, tmp_path / "index", CASES)
    saved(library / "more.xml", records([record(4), record(5, ("Letter",))]))
    report = update_index([library / "more.xml"], tmp_path / "index", lambda _: hashing_choice())
    assert (report.documents, report.left_out) == (3, 1)


def test_what_people_upload_is_taken_whatever_it_is(library: Path, tmp_path: Path) -> None:
    build(library, tmp_path / "index", CASES)
    uploads = tmp_path / "index" / UPLOADS_FOLDER
    uploads.mkdir()
    saved(uploads / "0123456789abcdef-letter.xml", records([record(9, ("Letter",))]))
    report = update_index([uploads], tmp_path / "index", lambda _: hashing_choice())
    assert report.documents == 3


def test_a_selection_that_leaves_nothing_says_so(library: Path, tmp_path: Path) -> None:
    with pytest.raises(NothingToIndexError, match="the selection leaves out all 3 documents"):
        build(library, tmp_path / "index", Selection(mesh=("Knee",)))


def test_a_manifest_of_before_selections_is_one_of_everything(
    library: Path, tmp_path: Path
) -> None:
    build(library, tmp_path / "index")
    with published(tmp_path / "index") as (_, manifest):
        values = json.loads(manifest.to_json())
    del values["settings"]["selection"]
    assert Manifest.from_json(json.dumps(values)) == manifest


def test_an_index_of_before_selections_is_not_read_again(library: Path, tmp_path: Path) -> None:
    build(library, tmp_path / "index")
    with sqlite3.connect(catalog_path(tmp_path / "index")) as connection:
        connection.execute(
            "UPDATE generations SET manifest = json_remove(manifest, '$.settings.selection')"
        )
    connection.close()
    assert build(library, tmp_path / "index", EVERYTHING).published is False


def test_a_selection_comes_back_from_the_manifest(library: Path, tmp_path: Path) -> None:
    wanted = Selection(("case-report",), ("Tendon*", "Adult"), ("calf", "tendon"))
    build(saved(library / "own.xml", article(1, keyword="Adult")), tmp_path / "index", wanted)
    with published(tmp_path / "index") as (_, manifest):
        assert Manifest.from_json(manifest.to_json()).settings.selection == wanted
        assert asdict(wanted) == asdict(manifest.settings.selection)
