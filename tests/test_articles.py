"""Articles that stand in several formats."""

from pathlib import Path

from evaluation.articles import Article, articles


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "data" / name).write_text("x")


def test_each_folder_of_trials_is_an_article(tmp_path: Path) -> None:
    write(tmp_path, "trials/7/fulltext.pdf", "trials/7/fulltext.xml", "trials/7/s1.docx")
    folder = tmp_path / "data" / "trials" / "7"
    pdf, xml = folder / "fulltext.pdf", folder / "fulltext.xml"
    assert articles(tmp_path) == [Article("trials/7", pdf, None, xml)]


def test_files_of_one_name_in_journals_are_an_article(tmp_path: Path) -> None:
    write(tmp_path, "journals/b.pdf", "journals/b.html", "journals/a.xml")
    folder = tmp_path / "data" / "journals"
    assert articles(tmp_path) == [
        Article("journals/a", xml=folder / "a.xml"),
        Article("journals/b", folder / "b.pdf", folder / "b.html"),
    ]


def test_a_folder_without_an_article_is_none(tmp_path: Path) -> None:
    write(tmp_path, "trials/7/s1.docx")
    assert articles(tmp_path) == []


def test_without_real_data_there_are_none(tmp_path: Path) -> None:
    assert articles(tmp_path) == []
