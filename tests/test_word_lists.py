"""Word lists are read line by line, and a line that is none is named."""

from pathlib import Path

import pytest

from search.word_lists import lines_of, read_word_list


def test_blank_lines_and_comments_are_left_out() -> None:
    assert [number for number, _ in lines_of("# words\n\none\ttwo\n")] == [3]


def test_a_list_has_its_columns(tmp_path: Path) -> None:
    (tmp_path / "list.tsv").write_text("pain\tsore aching\nfever\thot\n", "utf-8")
    assert read_word_list(tmp_path / "list.tsv", columns=2)[1] == ["fever", "hot"]


def test_a_line_with_other_columns_is_named(tmp_path: Path) -> None:
    (tmp_path / "list.tsv").write_text("pain\tsore\nfever\n", "utf-8")
    with pytest.raises(ValueError, match=r"list\.tsv: line 2 has 1 columns, not 2"):
        read_word_list(tmp_path / "list.tsv", columns=2)
