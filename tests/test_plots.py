"""Plots: places by powers of ten, and what was not measured is seen to be so."""

from xml.etree import ElementTree

import pytest

from evaluation.plots import Line, Plot, Point, to_svg

MEASURED = Line("question", (Point(10_000, 1.0), Point(1_000_000, 100.0)))
EXTENDED = Line("question", (*MEASURED.points, Point(10_000_000, 1_000.0, measured=False)))


def drawn(line: Line, limit: float | None = None) -> list[ElementTree.Element]:
    plot = Plot("Growth <of> it", "passages", "ms", (line,), limit)
    return list(ElementTree.fromstring(to_svg(plot)).iter())


def circles(line: Line) -> list[tuple[float, float, str]]:
    found = [one.attrib for one in drawn(line) if one.tag.endswith("circle")]
    return [(float(one["cx"]), float(one["cy"]), one["fill"]) for one in found]


def words(elements: list[ElementTree.Element]) -> list[str]:
    return [one.text or "" for one in elements if one.tag.endswith("text")]


def test_the_same_factor_is_the_same_distance() -> None:
    (x1, y1, _), (x2, y2, _), (x3, y3, _) = circles(EXTENDED)
    assert x2 - x1 == pytest.approx(2 * (x3 - x2), abs=0.2)
    assert y1 - y2 == pytest.approx(2 * (y2 - y3), abs=0.2)


def test_a_larger_value_stands_higher() -> None:
    (_, first, _), (_, second, _) = circles(MEASURED)
    assert second < first


def test_what_was_not_measured_is_hollow() -> None:
    fills = [fill for *_, fill in circles(EXTENDED)]
    assert fills[:2] == [fills[0]] * 2 != ["white"] * 2
    assert fills[2] == "white"


def test_the_line_to_what_was_not_measured_is_dashed() -> None:
    heavy = [one.attrib for one in drawn(EXTENDED) if one.attrib.get("stroke-width") == "2"]
    dashes = ["stroke-dasharray" in one for one in heavy if "x1" in one]
    assert dashes == [False, True]


def test_a_limit_is_drawn_and_named() -> None:
    assert "target 25" in words(drawn(MEASURED, limit=25.0))
    assert not any(word.startswith("target") for word in words(drawn(MEASURED)))


def test_words_are_shown_as_they_are() -> None:
    assert "Growth <of> it" in words(drawn(MEASURED))


def test_powers_of_ten_are_named_on_both_sides() -> None:
    assert {"10 k", "100 k", "1 M", "1", "10", "100"} <= set(words(drawn(MEASURED)))


def test_a_plot_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to draw in 'Growth <of> it'"):
        drawn(Line("question", (Point(10_000, 0.0),)))
