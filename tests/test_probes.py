"""Questions kept with the index notice a publication that loses what was found before."""

import io
from pathlib import Path

import pytest

from index.__main__ import main
from index.build import build_index
from index.encoders import EncoderChoice
from index.errors import PublicationRefusedError
from index.options import DEFAULT_OPTIONS, BuildOptions
from index.probes import ProbeReport, compare
from index.progress import no_progress
from index.report import BuildReport
from tests.conftest import CALF, hashing_choice, write_small_corpus
from tests.index_contents import MERGED, UNMERGED, contents, update

REFUSED, AGREED = BuildOptions(agree=lambda _: False), BuildOptions(agree=lambda _: True)
REGIONS = ("ankle", "elbow", "hip", "knee", "neck", "thumb", "toe", "jaw")


def probes(report: BuildReport) -> ProbeReport:
    assert report.probes is not None
    return report.probes


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """Eleven documents, so that the questions find more than is compared."""
    folder = write_small_corpus(tmp_path / "documents")
    for region in REGIONS:
        (folder / f"{region}.txt").write_text(
            f"Title: A stiff {region}\n\nThe {region} was stiff and sore.\n", "utf-8"
        )
    return folder


@pytest.fixture
def index(documents: Path, tmp_path: Path) -> Path:
    build_index([documents], tmp_path / "index", hashing_choice())
    return tmp_path / "index"


def remove_most(folder: Path) -> None:
    for region in REGIONS:
        (folder / f"{region}.txt").unlink()


def test_the_overlap_is_the_mean_share_of_hits_that_stayed() -> None:
    before, now = {"p": ["a", "b"], "q": ["a", "b"]}, {"p": ["b", "a"], "q": ["b", "c"]}
    assert compare(before, now, ()).overlap == 0.75


def test_hits_that_are_not_found_any_more_are_lost() -> None:
    report = compare({"p": ["a", "b", "c"]}, {"p": ["b"]}, ())
    assert (report.lost, report.before, report.most_moved) == (2, 3, ("p",))


def test_what_only_makes_room_for_new_documents_is_not_lost() -> None:
    before = {"p": [f"{n}" for n in range(10)]}
    report = compare(before, {"p": ["new", *before["p"]]}, {"new"})
    assert (report.overlap, report.lost) == (0.9, 0)


def test_only_questions_that_were_asked_before_are_compared() -> None:
    report = compare({"p": ["a"]}, {"p": ["a"], "q": ["b"]}, ())
    assert (report.questions, report.before) == (1, 1)


def test_nothing_before_is_nothing_lost() -> None:
    assert compare({}, {"p": ["a"]}, ()) == ProbeReport(0, 1, 1.0, 0, 0, ())


@pytest.mark.parametrize(
    ("lost", "before", "much"), [(19, 20, False), (20, 100, False), (20, 99, True)]
)
def test_a_fifth_of_the_hits_is_much_and_a_few_are_not(lost: int, before: int, much: bool) -> None:
    assert ProbeReport(10, 10, 0.5, lost, before, ()).loses_much is much


def test_a_first_build_compares_nothing(documents: Path, tmp_path: Path) -> None:
    report = build_index([documents], tmp_path / "index", hashing_choice(), options=REFUSED)
    assert probes(report).questions == 0


def test_added_documents_lose_nothing(documents: Path, index: Path) -> None:
    for number in range(12):
        (documents / f"more {number}.txt").write_text(
            f"Title: A stiff calf\n\nThe calf was stiff for {number} days.\n", "utf-8"
        )
    report = probes(update(index, documents, options=MERGED))
    assert (report.questions, report.lost, report.overlap < 1) == (11, 0, True)


def test_a_changed_document_at_the_same_place_is_not_lost(
    small_corpus: Path, tmp_path: Path
) -> None:
    build_index([small_corpus], tmp_path / "index", hashing_choice())
    (small_corpus / "calf.txt").write_text(CALF.replace("eight", "nine"), "utf-8")
    report = probes(update(tmp_path / "index", small_corpus))
    assert (report.lost, report.overlap) == (0, 1.0)


def test_removed_documents_are_lost(documents: Path, index: Path) -> None:
    remove_most(documents)
    report = probes(update(index, documents))
    # Three documents stay: at least seven hits of each of the eleven questions go.
    assert (report.before, 77 <= report.lost <= 88, report.loses_much) == (110, True, True)


def test_moved_documents_are_not_lost(documents: Path, index: Path, tmp_path: Path) -> None:
    documents.rename(tmp_path / "moved")
    report = probes(build_index([tmp_path / "moved"], index, hashing_choice(), options=REFUSED))
    assert (report.lost, report.overlap) == (0, 1.0)


def test_a_copy_under_a_name_that_comes_first_loses_nothing(documents: Path, index: Path) -> None:
    (documents / "a copy.txt").write_text(CALF, "utf-8")
    report = probes(update(index, documents))
    assert (report.lost, report.overlap) == (0, 1.0)


def test_a_copy_that_went_loses_nothing(documents: Path, index: Path) -> None:
    (documents / "a copy.txt").write_text(CALF, "utf-8")
    update(index, documents)
    (documents / "a copy.txt").unlink()
    report = probes(update(index, documents))
    assert (report.lost, report.overlap) == (0, 1.0)


def test_a_refused_publication_leaves_everything(documents: Path, index: Path) -> None:
    held, files = contents(index), sorted(index.rglob("*"))
    remove_most(documents)
    with pytest.raises(PublicationRefusedError, match="nothing was published"):
        build_index([documents], index, hashing_choice(), options=REFUSED)
    assert (contents(index), sorted(index.rglob("*"))) == (held, files)


def test_an_agreed_publication_goes_on(documents: Path, index: Path) -> None:
    remove_most(documents)
    report = build_index([documents], index, hashing_choice(), options=AGREED)
    assert (report.published, report.documents) == (True, 3)


def test_a_refused_publication_can_be_agreed_to_later(documents: Path, index: Path) -> None:
    remove_most(documents)
    with pytest.raises(PublicationRefusedError):
        update(index, documents, options=REFUSED)
    assert update(index, documents, options=AGREED).documents == 3


class Terminal(io.StringIO):
    """Standard input as a person types it."""

    def isatty(self) -> bool:
        """Whether somebody can be asked."""
        return True


@pytest.fixture
def command(index: Path, documents: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """An update that loses most documents, with the encoder of these tests."""

    def choose(_name: str, **_options: bool) -> EncoderChoice:
        return hashing_choice()

    monkeypatch.setattr("index.encoders.choose_encoder", choose)
    remove_most(documents)
    return ["update", str(documents), "--index", str(index)]


def test_where_nobody_can_be_asked_it_is_refused_in_one_line(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert main(command) == 1
    told = capsys.readouterr()
    assert (told.out, len(told.err.splitlines())) == ("", 1)
    assert "publish it all the same with --yes" in told.err


def test_yes_publishes_without_asking(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert main([*command, "--yes"]) == 0
    told = capsys.readouterr()
    assert ("3 documents" in told.out, told.err) == (True, "")


@pytest.mark.parametrize(("typed", "status"), [("y\n", 0), ("n\n", 1), ("\n", 1), ("", 1)])
def test_a_person_at_a_terminal_is_asked(
    command: list[str], typed: str, status: int, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    assert main(command) == status
    assert "Publish it all the same? [y/N]" in capsys.readouterr().err


def test_a_rehearsal_asks_nobody(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert main([*command, "--dry-run"]) == 0
    told = capsys.readouterr()
    assert ("nothing published" in told.out, told.err) == (True, "")


def rebuilt(documents: Path, index: Path, options: BuildOptions = DEFAULT_OPTIONS) -> ProbeReport:
    return probes(build_index([documents], index, hashing_choice(), no_progress, options))


def test_of_an_added_document_only_its_own_question_is_asked(documents: Path, index: Path) -> None:
    (documents / "wrist2.txt").write_text("Title: A sore wrist\n\nIt was sore.\n", "utf-8")
    report = rebuilt(documents, index, UNMERGED)
    assert (report.asked, report.lost, report.questions) == (1, 0, 11)


def test_questions_that_found_what_is_gone_are_asked_again(documents: Path, index: Path) -> None:
    (documents / "jaw.txt").unlink()
    report = rebuilt(documents, index, UNMERGED)
    assert 0 < report.asked <= 11 and report.lost > 0


def test_what_came_with_small_changes_is_not_lost_for_at_the_next_merge(
    documents: Path, index: Path
) -> None:
    for number in range(12):
        text = f"Title: A stiff hip\n\nThe hip of case {number} was stiff and sore.\n"
        (documents / f"hip{number}.txt").write_text(text, "utf-8")
        rebuilt(documents, index, UNMERGED)
    (documents / "toe2.txt").write_text("Title: A stiff toe\n\nIt was stiff.\n", "utf-8")
    report = rebuilt(documents, index)
    assert (report.asked, report.lost) == (11, 0)
