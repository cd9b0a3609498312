"""The commands as people and scripts call them: real processes, real model, real corpus."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CALF, REPOSITORY

HEAVY = ("torch", "faiss", "sentence_transformers", "streamlit", "numpy")


def run(*arguments: str, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=REPOSITORY,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, **variables},
        check=False,
    )


def assert_one_line(error: str) -> None:
    assert len(error.strip().splitlines()) == 1, error
    assert "Traceback" not in error


def test_help_imports_nothing_heavy() -> None:
    asked = run("-X", "importtime", "query.py", "--help")
    assert "usage" in asked.stdout
    assert not any(f" {name}\n" in asked.stderr for name in HEAVY)


def test_a_question_is_answered_as_json(corpus_index: Path) -> None:
    asked = run("query.py", "why was the calf of the runner tight", "--format", "json", "-k", "3",
                "--index", str(corpus_index))  # fmt: skip
    answer = json.loads(asked.stdout)
    assert (asked.returncode, answer["answered"], len(answer["hits"])) == (0, True, 3)
    assert answer["hits"][0]["title"].startswith("Fascial hydrodissection between soleus")


def test_a_pasted_case_is_read_from_standard_input(corpus_index: Path) -> None:
    case = "A man of 51 had calf pain for years.\n\nFluid between gastrocnemius and soleus helped."
    asked = run("query.py", "-", "--format", "trec", stdin=case, CASEBOOK_INDEX=str(corpus_index))
    assert (asked.returncode, len(asked.stdout.splitlines())) == (0, 10)


@pytest.mark.parametrize(
    ("arguments", "stdin", "status", "said"),
    [
        (["query.py", ""], "", 2, "the question is empty"),
        (["query.py", "-"], "pain " * 50_000, 2, "50,000 words"),
        (["query.py", "pain", "--index", "/nonexistent/index"], "", 1, "python -m index build"),
        (["query.py", "pain", "--index", "ingest"], "", 1, "is not an index"),
        (["query.py", "pain", "--year-from", "2020", "--year-to", "2010"], "", 2, "no year lies"),
        (["query.py", "pain", "--sex", "woman"], "", 2, "'woman' is no sex (female, male,"),
        (["query.py", "pain", "-k", "0"], "", 2, "not 0"),
        (["-m", "index", "info", "--index", "/nonexistent/index"], "", 1, "no index in"),
        (["-m", "index", "build", "/nonexistent"], "", 2, "no such file or folder"),
        (["-m", "index", "update", "/nonexistent"], "", 1, "no index in"),
        (["-m", "index", "rollback"], "", 1, "no index in"),
        (["-m", "index", "build", "--model", "no/such-model"], "", 1, "cannot be used"),
        (["-m", "index", "build", "--model", "ingest"], "", 1, "holds no modules.json"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    arguments: list[str], stdin: str, status: int, said: str, tmp_path: Path
) -> None:
    done = run(*arguments, stdin=stdin, CASEBOOK_INDEX=str(tmp_path / "none"), HF_HUB_OFFLINE="1")
    assert (done.returncode, done.stdout) == (status, "")
    assert said in done.stderr
    assert_one_line(done.stderr)


def test_a_case_in_another_encoding_is_read(corpus_index: Path) -> None:
    asked = subprocess.run(
        [sys.executable, "query.py", "-", "-k", "1", "--format", "json"],
        cwd=REPOSITORY, input="Kümmell disease of the spine".encode("cp1252"),
        capture_output=True, check=True, env={**os.environ, "CASEBOOK_INDEX": str(corpus_index)},
    )  # fmt: skip
    assert json.loads(asked.stdout)["query"] == "Kümmell disease of the spine"


def test_binary_input_is_one_line(corpus_index: Path) -> None:
    asked = run("query.py", "-", "--index", str(corpus_index), stdin="pain\0pain")
    assert (asked.returncode, asked.stdout) == (2, "")
    assert_one_line(asked.stderr)


def test_a_folder_with_nothing_readable_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run("-m", "index", "build", str(tmp_path / "empty"), "--index", str(tmp_path / "index"))
    assert done.returncode == 1
    assert_one_line(done.stderr)


def test_info_tells_what_the_index_holds(corpus_index: Path) -> None:
    told = json.loads(run("-m", "index", "info", "--json", "--index", str(corpus_index)).stdout)
    assert (told["model"], told["documents"] >= 40, told["dim"]) == ("all-MiniLM-L6-v2", True, 384)


def test_a_build_reports_as_json(tmp_path: Path) -> None:
    (tmp_path / "calf.txt").write_text(CALF, "utf-8")
    done = run("-m", "index", "build", str(tmp_path / "calf.txt"), "--json",
               "--index", str(tmp_path / "index"))  # fmt: skip
    report = json.loads(done.stdout)
    assert (done.returncode, done.stderr, report["documents"], report["encoded"]) == (0, "", 1, 2)


def test_an_update_is_published_and_taken_back(tmp_path: Path) -> None:
    index, calf, knee = (str(tmp_path / name) for name in ("index", "calf.txt", "knee.txt"))
    for path in (calf, knee):
        Path(path).write_text(f"{CALF}\n{path}\n", "utf-8")
    run("-m", "index", "build", calf, "--index", index)
    commands = (["update", knee, "--dry-run"], ["update", knee], ["rollback"])
    done = [run("-m", "index", *command, "--json", "--index", index) for command in commands]
    reports = [json.loads(one.stdout) for one in done]
    assert [one["generation"] for one in reports] == [2, 2, 3]
    assert [one["published"] for one in reports] == [False, True, True]
    assert [one["documents"] for one in reports] == [2, 2, 1]


def test_a_mistyped_path_of_an_update_is_one_line(corpus_index: Path) -> None:
    done = run("-m", "index", "update", "/nonexistent", "--index", str(corpus_index))
    assert (done.returncode, done.stdout) == (2, "")
    assert_one_line(done.stderr)


def test_a_first_build_that_cannot_be_taken_back_is_one_line(corpus_index: Path) -> None:
    done = run("-m", "index", "rollback", "--index", str(corpus_index))
    assert (done.returncode, "cannot be taken back" in done.stderr) == (1, True)
    assert_one_line(done.stderr)
