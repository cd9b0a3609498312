"""Tables as lines: one a row, cells in their columns."""

import pytest

from ingest.formats.xml.jats_tables import MAX_SPAN, table_lines
from ingest.formats.xml.tree import parse_xml


def lines(inside: str) -> list[str]:
    return table_lines(parse_xml(f"<table>{inside}</table>".encode()))


def row(*cells: str) -> str:
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def test_a_row_is_a_line() -> None:
    assert lines(row("Week", "Pain") + row("1", "7")) == ["Week | Pain", "1 | 7"]


def test_an_empty_cell_keeps_its_column_and_an_empty_end_does_not() -> None:
    assert lines(row("", "7", "", "3", "")) == [" | 7 |  | 3"]


def test_a_row_without_text_is_none() -> None:
    assert lines(row("", "") + row("1")) == ["1"]


def test_a_cell_over_several_columns_keeps_the_others_in_place() -> None:
    assert lines('<tr><td colspan="2">Group</td><td>p</td></tr>') == ["Group |  | p"]


def test_a_name_over_several_rows_stands_in_each() -> None:
    rows = '<tr><td rowspan="2">Knee</td><td>1</td></tr>' + row("2") + row("Hip", "3")
    assert lines(rows) == ["Knee | 1", "Knee | 2", "Hip | 3"]


def test_a_long_text_over_several_rows_is_said_once() -> None:
    rows = f'<tr><td rowspan="2">{"long " * 20}</td><td>1</td></tr>{row("2")}'
    assert lines(rows)[1] == " | 2"


def test_the_foot_comes_last() -> None:
    assert lines(f"<tfoot>{row('mean')}</tfoot><tbody>{row('1')}</tbody>") == ["1", "mean"]


def test_a_table_in_a_cell_is_part_of_the_cell() -> None:
    assert lines(row(f"<table>{row('a', 'b')}</table>", "c")) == ["a b | c"]


def test_the_columns_of_an_exchange_table_are_known_by_name() -> None:
    columns = "".join(f'<colspec colname="c{n}"/>' for n in (1, 2, 3))
    rows = '<row><entry namest="c1" nameend="c2">Group</entry><entry>p</entry></row>'
    assert lines(f"<tgroup>{columns}<tbody>{rows}</tbody></tgroup>") == ["Group |  | p"]


def test_rows_of_an_exchange_table_go_on_by_how_many_more() -> None:
    rows = '<row><entry morerows="1">Knee</entry><entry>1</entry></row><row><entry>2</entry></row>'
    assert lines(rows) == ["Knee | 1", "Knee | 2"]


@pytest.mark.parametrize("span", ["1000000000", "-3", "all", "0"])
def test_a_span_that_cannot_be_is_bounded(span: str) -> None:
    (line,) = lines(f'<tr><td colspan="{span}" rowspan="{span}">a</td><td>b</td></tr>')
    assert line.startswith("a |") and line.count("|") <= MAX_SPAN
