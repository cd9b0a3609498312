"""How metadata are judged against the publisher's XML."""

from pathlib import Path

import pytest

from evaluation.articles import Article
from evaluation.metadata import Truth, metadata_rows, plain, read_truth, same_families, to_markdown

JATS = """<article><front><article-meta>
<article-id pub-id-type="doi">10.5555/a.1</article-id>
<title-group><article-title>Calf pain <italic>in</italic> a dancer</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Lima</surname></name></contrib>
<contrib contrib-type="editor"><name><surname>Lee</surname></name></contrib></contrib-group>
<pub-date pub-type="epub"><year>2019</year></pub-date>
<pub-date pub-type="pmc-release"><year>2020</year></pub-date>
</article-meta></front><body><p>She limped for ten long weeks.</p></body></article>"""
BMC = """<art><fm><bibl><title><p>Calf pain</p></title><aug><au><snm>Lima</snm></au></aug>
<pubdate>2015</pubdate><xrefbib>
<pubidlist><pubid idtype="doi">10.5555/b</pubid></pubidlist></xrefbib>
</bibl></fm><bm><refgrp><bibl><title><p>Other</p></title></bibl></refgrp></bm></art>"""


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_the_truth_is_read_from_jats(tmp_path: Path) -> None:
    truth = Truth("10.5555/a.1", "Calf pain in a dancer", frozenset({2019}), ("Lima",))
    assert read_truth(written(tmp_path, "a.xml", JATS)) == truth


def test_the_truth_is_read_from_bmc_and_not_from_its_references(tmp_path: Path) -> None:
    truth = Truth("10.5555/b", "Calf pain", frozenset({2015}), ("Lima",))
    assert read_truth(written(tmp_path, "b.xml", BMC)) == truth


def test_each_field_has_its_verdict(tmp_path: Path) -> None:
    page = (
        "Title: Calf pain in a dancer\nYear: 2001\nAuthors: Ana Lima\n\nShe limped for ten weeks."
    )
    html = written(tmp_path, "a.txt", page)
    article = Article("a", html=html, xml=written(tmp_path, "a.xml", JATS))
    rows = metadata_rows([article], formats=["html"])
    assert {row.field: row.verdict for row in rows} == {
        "doi": "absent",
        "title": "right",
        "year": "wrong",
        "authors": "right",
    }


def test_an_article_without_xml_is_not_judged(tmp_path: Path) -> None:
    assert not list(metadata_rows([Article("a", html=written(tmp_path, "a.txt", "She limped."))]))


def test_the_table_counts_and_names_what_is_not_right(tmp_path: Path) -> None:
    rows = list(metadata_rows([Article("a", xml=written(tmp_path, "a.xml", JATS))]))
    table = to_markdown(rows)
    assert "| xml | 1/1 | 1/1 | 1/1 | 1/1 |" in table


@pytest.mark.parametrize(
    ("authors", "right"),
    [
        (["Ana Lima", "Tom van den Berg"], True),
        (["Lima A", "van den Berg T"], True),
        (["ANA LÍMA", "T. van den Berg"], True),
        (["Tom van den Berg", "Ana Lima"], False),
        (["Ana Lima"], False),
        (["Ana Lima", "Tom Berg"], False),
    ],
)
def test_family_names_are_compared_in_order(authors: list[str], right: bool) -> None:
    assert same_families(authors, ["Lima", "van den Berg"]) is right


def test_titles_are_compared_without_punctuation_accents_and_case() -> None:
    assert plain("Müller’s “well-known” cyst.") == plain("MULLERS well known cyst")
