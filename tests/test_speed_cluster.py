import pytest

from evaluation.speed.cluster import ClusterSpeed

SPEED = ClusterSpeed(
    documents=300,
    passages=900,
    cores=2,
    cluster="a cluster of this machine alone",
    runtime="torch fp32",
    ray_runtime="torch fp32",
    seconds=30.0,
    ray_seconds=40.0,
    same=True,
    greatest_difference=0.00006,
)


def test_the_ratio_is_the_time_here_by_the_time_on_ray() -> None:
    assert SPEED.ratio == pytest.approx(0.75)


def test_the_table_shows_both_and_their_ratio() -> None:
    assert "| one machine | torch fp32 | 30.0 | 10.0 | 1.00 |" in SPEED.to_markdown()
    assert "| `--on ray` | torch fp32 | 40.0 | 7.5 | 0.75 |" in SPEED.to_markdown()


def test_the_results_file_holds_the_ratio() -> None:
    assert SPEED.to_dict()["ratio"] == 0.75
