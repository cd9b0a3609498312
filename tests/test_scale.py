"""What numbers of passages take: hand-made results files, cells reckoned by hand, and the page."""

import json
from pathlib import Path
from typing import Any

import pytest

from evaluation.__main__ import RESULTS, SCALE_PAGE, main
from evaluation.scale import Cell, Row, Scale, ScaleError, measure_scale
from evaluation.scale_report import tables_of, to_markdown, write_scale

LAST = 3
"""The place of 100 M passages among the cells of a row."""


def of_questions(passages: int, factor: float) -> dict[str, Any]:
    times = {"whole_p50_ms": 10.0 * factor, "whole_p95_ms": 20.0 * factor, "recall": 0.99}
    return {
        "passages": passages,
        "documents": passages // 10,
        "bytes_on_disk": passages * 5_000,
        "memory": {"resident": 1e8 * factor, "anonymous": 5e7},
        "open_seconds": 0.01 * factor,
        "build_cpu_seconds": passages / 1_000,
        "filters": [{"filter": "5 %"}, {"filter": "none", **times}],
    }


def of_update(passages: int, by: str, seconds: float) -> dict[str, Any]:
    return {"passages": passages, "by": by, "rows": [
        {"change": "added", "searchable_seconds": 9.0},
        {"change": "changed", "searchable_seconds": seconds},
    ]}  # fmt: skip


def of_server(passages: int) -> dict[str, Any]:
    return {
        "passages": passages,
        "vector_bytes": passages * 768,
        "sparse_bytes": passages * 900,
        "field_bytes": passages * 1_000,
        "record_bytes": passages * 88,
        "cards_bytes": passages * 100,
        "kept_cards_bytes": passages * 300,
    }


FILES: dict[str, Any] = {
    "speed-questions": {"sizes": [of_questions(10_000, 1), of_questions(1_000_003, 2)]},
    "speed-encoding": {
        "model": "all-MiniLM-L6-v2", "passages_per_s": 50.0, "plain_passages_per_s": 20.0,
    },
    "speed-update": {"updates": [
        of_update(10_000, "command", 2.0), of_update(10_000, "page", 0.5),
        of_update(1_000_003, "page", 0.5),
    ]},
    "speed-served": {"sizes": [of_server(10_000), of_server(1_000_003)]},
    "load": {
        "at_once": {"p50_ms": 400.0, "p95_ms": 500.0},
        "thinking": {"p50_ms": 70.0, "p95_ms": 170.0},
    },
}  # fmt: skip
CLUSTER = {"cluster": "a cluster of its own", "cores": 2, "passages": 900, "ratio": 0.8}
STORE = {
    "dataset": "judged", "server": "Milvus 9", "same_in_sample": 47, "sample": 50,
    "time_ratio": 1.5,
}  # fmt: skip


@pytest.fixture
def results(tmp_path: Path) -> Path:
    for name, values in FILES.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(values))
    return tmp_path


def cells(results: Path, name: str) -> tuple[Cell, ...]:
    (found,) = [row.cells for row in measure_scale(results).rows if row.name.startswith(name)]
    return found


def marks(results: Path, name: str) -> list[str]:
    return [cell.mark for cell in cells(results, name)]


def test_what_was_measured_is_taken_as_it_is(results: Path) -> None:
    assert cells(results, "disk: the index")[0] == Cell("measured", 50_000_000, 50_000_000)


def test_a_measured_size_need_not_be_exact(results: Path) -> None:
    assert cells(results, "documents")[1] == Cell("measured", 100_000, 100_000)


def test_larger_sizes_are_extrapolated_and_say_so(results: Path) -> None:
    expected = ["measured", "measured", "extrapolated", "extrapolated"]
    assert marks(results, "disk: the index") == expected


def test_growth_goes_on_as_between_the_last_two_sizes(results: Path) -> None:
    # Twice as much for a hundred times the passages, and so once more.
    assert cells(results, "memory of a process")[LAST].low == pytest.approx(4e8, rel=1e-4)


def test_vectors_are_half_floats(results: Path) -> None:
    assert cells(results, "vectors alone")[1] == Cell("computed", 768_000_000, 768_000_000)


def test_a_change_is_timed_where_the_model_is_loaded(results: Path) -> None:
    assert cells(results, "a changed article")[0] == Cell("measured", 0.5, 0.5)


def test_hours_of_encoding_are_passages_over_speed(results: Path) -> None:
    cell = cells(results, "encoding, this machine")[1]
    assert cell.mark == "computed"
    assert cell.low == pytest.approx(1_000_000 / 50 / 3600)


def test_hours_on_a_gpu_are_a_range_of_what_others_published(results: Path) -> None:
    cell = cells(results, "encoding, one GPU")[1]
    assert cell.mark == "published"
    assert cell.low == pytest.approx(1_000_000 / 14_200 / 3600)
    assert cell.high == pytest.approx(1_000_000 / (20 * 24) / 3600)


def test_questions_a_second_are_of_one_core(results: Path) -> None:
    assert cells(results, "questions that one core")[0] == Cell("measured", 50.0, 100.0)


def test_how_many_neighbours_are_found_is_never_extrapolated(results: Path) -> None:
    assert marks(results, "share of the 50") == ["measured", "measured", "not known", "not known"]


def test_what_a_server_searches_is_a_published_range(results: Path) -> None:
    cell = cells(results, "memory: vectors")[0]
    assert cell.mark == "published"
    assert cell.low == pytest.approx(10_000 * (768 + 144 + 900) / 0.9)
    assert cell.high == pytest.approx(10_000 * (768 * 2.3 + 900 / 0.9))


def test_a_server_has_what_is_sent_and_the_graph_twice(results: Path) -> None:
    cell = cells(results, "disk of the server")[0]
    assert (cell.mark, cell.low) == ("computed", 2 * 10_000 * (768 + 1_988 + 144))


def test_cards_are_as_measured(results: Path) -> None:
    assert cells(results, "cards that each reader fetches")[0] == Cell("measured", 1e6, 1e6)


def test_ray_has_no_row_before_it_was_measured(results: Path) -> None:
    assert not [row for row in measure_scale(results).rows if "Ray" in row.name]


def test_hours_on_ray_are_shortened_by_the_measured_ratio(results: Path) -> None:
    (results / "speed-cluster.json").write_text(json.dumps(CLUSTER))
    cell = cells(results, "encoding, Ray on 10")[1]
    assert cell.mark == "computed"
    assert cell.low == pytest.approx(1_000_000 / 400 / 3600)


def test_what_ray_was_measured_on_is_told(results: Path) -> None:
    (results / "speed-cluster.json").write_text(json.dumps(CLUSTER))
    expected = "Ray (a cluster of its own, 2 cores, 900 passages, its start included) builds 0.80"
    assert measure_scale(results).notes[-1].startswith(expected)


def test_what_a_server_answered_alike_is_told(results: Path) -> None:
    (results / "stores-judged-hybrid.json").write_text(json.dumps(STORE))
    assert "judged through Milvus 9: 47 of 50 questions" in measure_scale(results).notes[-1]


def test_a_missing_results_file_names_the_command_that_writes_it(results: Path) -> None:
    (results / "load.json").unlink()
    with pytest.raises(ScaleError, match=r"load\.json is not there; write it first: make load"):
        measure_scale(results)


def test_a_damaged_results_file_is_one_line(
    results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (results / "load.json").write_text("{")
    assert main(["scale", "--results", str(results), "--page", str(results / "none.md")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_every_cell_has_its_mark() -> None:
    known = (Cell("measured", 2e6, 2e6), Cell("extrapolated", 3e9, 3e9), Cell("not known"))
    scale = Scale((1, 2, 3), (Row("here", "disk", "bytes", known),), ())
    assert "| disk | 2 MB m | 3 GB e | not known |" in to_markdown(scale)


def test_tables_are_written_between_the_marks_of_the_page(results: Path) -> None:
    page, scale = results / "page.md", measure_scale(results)
    page.write_text(f"above\n{SCALE_PAGE.read_text('utf-8')}\nbelow", "utf-8")
    write_scale(scale, results, page)
    assert tables_of(page.read_text("utf-8")) == to_markdown(scale)
    assert page.read_text("utf-8").startswith("above\n")
    assert page.read_text("utf-8").endswith("\nbelow")


def test_a_page_without_marks_is_left_alone(results: Path) -> None:
    (results / "page.md").write_text("mine")
    with pytest.raises(ScaleError, match="to write between"):
        write_scale(measure_scale(results), results, results / "page.md")


def scale_of(values: dict[str, Any]) -> Scale:
    rows = [
        Row(row["part"], row["name"], row["unit"], tuple(Cell(**one) for one in row["cells"]))
        for row in values["rows"]
    ]
    return Scale(tuple(values["sizes"]), tuple(rows), tuple(values["notes"]))


def test_the_page_has_the_tables_of_the_results_file() -> None:
    written = scale_of(json.loads((RESULTS / "scale.json").read_text("utf-8")))
    assert tables_of(SCALE_PAGE.read_text("utf-8")) == to_markdown(written)
