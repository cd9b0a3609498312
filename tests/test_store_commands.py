"""An index on a server by the commands of people and scripts; the server is milvus-lite."""

import json
import shutil
from pathlib import Path

import pytest

from tests.test_commands import assert_one_line, run

pytest.importorskip("pymilvus")
pytest.importorskip("milvus_lite")

QUESTION = "why was the calf of the runner tight"
NOBODY = "milvus://127.0.0.1:1/cases"


@pytest.fixture(scope="module")
def folder(corpus_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index folder of our own: a server is noted in it."""
    return Path(shutil.copytree(corpus_index, tmp_path_factory.mktemp("served") / "index"))


@pytest.fixture(scope="module")
def address(folder: Path) -> str:
    address = f"milvus-lite://{folder.parent}/server.db#cases"
    served = run("-m", "index", "serve", "--index", str(folder), "--store", address, "--json")
    assert served.returncode == 0, served.stderr
    told = json.loads(served.stdout)
    assert told["documents_put"] == told["documents"] > 0
    return address


def test_a_question_finds_at_the_address_what_it_finds_in_the_folder(
    folder: Path, address: str
) -> None:
    asked = [
        json.loads(run("query.py", QUESTION, "-k", "3", "--format", "json", "--index", at).stdout)
        for at in (str(folder), address)
    ]
    here, there = ([hit["passage_id"] for hit in answer["hits"]] for answer in asked)
    assert here == there and len(here) == 3


def test_the_environment_may_name_the_address(address: str) -> None:
    told = run("-m", "index", "info", "--json", CASEBOOK_INDEX=address)
    assert json.loads(told.stdout)["index"] == address


def test_serving_again_sends_nothing(folder: Path, address: str) -> None:
    again = run("-m", "index", "serve", "--index", str(folder), "--store", address)
    assert again.stdout.startswith(f"{address} serves generation 1 already.")


def test_a_server_that_nobody_can_reach_is_told_of_before_anything_is_built(tmp_path: Path) -> None:
    built = run("-m", "index", "build", "--index", str(tmp_path / "index"), "--store", NOBODY)
    assert built.returncode == 1
    assert_one_line(built.stderr)
    assert f"index: {NOBODY} cannot be reached" in built.stderr
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["query.py", "pain", "--index", NOBODY], "cannot be reached"),
        (["query.py", "pain", "--index", "milvus://search"], "is written milvus://HOST:PORT/NAME"),
        (["-m", "index", "verify", "--index", NOBODY], "is served and not written"),
        (["-m", "index", "build", "--index", NOBODY], "--index DIR --store"),
        (["-m", "index", "serve", "--store", "here"], "is written milvus://HOST:PORT/NAME"),
    ],
)
def test_a_place_that_cannot_be_used_is_one_line(arguments: list[str], said: str) -> None:
    asked = run(*arguments)
    assert asked.returncode == 1
    assert_one_line(asked.stderr)
    assert said in asked.stderr


def test_an_address_where_nothing_was_built_names_the_command(tmp_path: Path) -> None:
    address = f"milvus-lite://{tmp_path}/empty.db#cases"
    asked = run("query.py", "pain", "--index", address)
    assert_one_line(asked.stderr)
    assert "Build it: python -m index build --store" in asked.stderr
