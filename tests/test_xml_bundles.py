"""Files that hold several documents."""

import resource
import tracemalloc
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from ingest.corpus import read_file
from ingest.documents import Document, SkippedFile
from ingest.errors import UnreadableFileError
from ingest.formats import Part
from ingest.formats.xml.bundles import split_jats, split_medline
from ingest.formats.xml.jats import read_jats


def record(pmid: int, text: str = "A man fell.") -> str:
    return (
        f"<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID><Article><ArticleTitle>Calf pain."
        f"</ArticleTitle><Abstract><AbstractText>{text}</AbstractText></Abstract></Article>"
        "</MedlineCitation></PubmedArticle>"
    )


def records(*inside: str) -> bytes:
    return f"<PubmedArticleSet>{''.join(inside)}</PubmedArticleSet>".encode()


def article(name: str, kind: str = "pmc", inside: str = "") -> str:
    return (
        f'<article><front><article-meta><article-id pub-id-type="{kind}">{name}</article-id>'
        f"</article-meta></front><body><p>Fever {name}.</p></body>{inside}</article>"
    )


def bundle(*articles: str) -> bytes:
    return f"<pmc-articleset>{''.join(articles)}</pmc-articleset>".encode()


def names(parts: Iterator[Part]) -> list[str]:
    return [part.name for part in parts]


def written(parts: Iterator[Part]) -> list[tuple[str, str, bytes]]:
    """The parts with their bytes, each made before the next is asked for."""
    return [(part.name, part.format, part.write()) for part in parts]


def test_each_record_of_a_set_is_a_document() -> None:
    assert names(split_medline(records(record(1), record(2)))) == ["PMID 1", "PMID 2"]


@pytest.mark.parametrize("root", ["PubmedArticleSet", "MedlineCitationSet"])
def test_records_are_found_under_any_root(root: str) -> None:
    citation = "<MedlineCitation><PMID>3</PMID></MedlineCitation>"
    assert names(split_medline(f"<{root}>{citation}</{root}>".encode())) == ["PMID 3"]


def test_one_record_alone_has_a_name_as_well() -> None:
    assert names(split_medline(record(1).encode())) == ["PMID 1"]


def test_a_book_is_a_record() -> None:
    book = "<PubmedBookArticle><BookDocument><PMID>5</PMID></BookDocument></PubmedBookArticle>"
    assert names(split_medline(records(book))) == ["PMID 5"]


def test_deleted_records_are_no_documents() -> None:
    deleted = "<DeleteCitation><PMID>9</PMID></DeleteCitation>"
    assert names(split_medline(records(record(1), deleted))) == ["PMID 1"]


def test_a_set_without_a_record_says_so() -> None:
    with pytest.raises(UnreadableFileError, match="a set without a record"):
        names(split_medline(records("<DeleteCitation/>")))


def test_the_same_name_twice_is_told_apart() -> None:
    assert names(split_medline(records(record(1), record(1)))) == ["PMID 1", "PMID 1 (2)"]


def test_the_same_record_has_the_same_bytes_however_its_file_is_laid_out() -> None:
    flat = records(record(1, "H<sub>2</sub>O &amp; <i>S. aureus</i> <b>x</b>"))
    indented = b"<?xml version='1.0'?>\n" + flat.replace(b"><P", b">\n\t <P").replace(
        b"</AbstractText>", b"\n  </AbstractText>"
    ).replace(b"<sub>", b"\n   <sub>").replace(
        b"<PubmedArticleSet", b'<PubmedArticleSet xmlns:a="u"'
    )
    assert written(split_medline(flat)) == written(split_medline(indented))


def test_words_are_not_glued_where_layout_is_taken_away() -> None:
    ((*_, raw),) = written(split_medline(records(record(1, "<i>S. a.</i>\n <b>was</b> seen"))))
    assert b"<i>S. a.</i> <b>was</b> seen" in raw


def test_articles_of_a_bundle_are_named_by_the_archive_or_counted() -> None:
    raw = bundle(article("PMC7"), article("8", "pmid"), article("10.5555/a", "doi"))
    assert names(split_jats(raw)) == ["PMC7", "PMID 8", "article 3"]


def test_sub_articles_do_not_count_as_articles() -> None:
    first, second = article("a", "doi", REPLY), article("b", "doi")
    found = ["article 1", "article 1 sub-article 1", "article 2"]
    assert names(split_jats(bundle(first, second))) == found


def test_a_bundle_of_one_article_names_it() -> None:
    assert names(split_jats(bundle(article("7")))) == ["PMC7"]


def test_articles_in_the_answer_of_an_archive_are_found() -> None:
    inside = article("7").replace("<article>", '<article xmlns="urn:jats" xmlns:x="urn:x">')
    raw = f'<OAI-PMH xmlns="urn:oai"><record><metadata>{inside}</metadata></record></OAI-PMH>'
    assert written(split_jats(raw.encode())) == written(split_jats(bundle(article("7"))))


def test_an_answer_without_an_article_says_so() -> None:
    with pytest.raises(UnreadableFileError, match="XML without an article"):
        names(split_jats(bundle('<Reply error="not open access"/>')))


def test_an_article_that_stands_alone_is_given_as_it_is() -> None:
    raw = article("7").encode()
    assert written(split_jats(raw)) == [("", "jats", raw)]


REPLY = '<sub-article article-type="reply"><body><p>We differ.</p></body></sub-article>'
RESPONSE = "<response><body><p>So do we.</p></body></response>"


@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
def test_a_sub_article_is_a_document_of_its_own(code: str) -> None:
    declared = f'<?xml version="1.0" encoding="{code}"?>' + article("7", inside=REPLY)
    (*_, whole), (name, _, reply) = written(split_jats(declared.encode(code)))
    assert [block.text for block in read_jats(whole).blocks] == ["Fever 7."]
    assert (name, read_jats(reply).blocks[0].text) == ("sub-article 1", "We differ.")


def test_sub_articles_inside_others_are_told_apart() -> None:
    inside = REPLY.replace("</sub-article>", f"{RESPONSE}</sub-article>")
    raw = bundle(article("7", inside=inside), article("8"))
    assert names(split_jats(raw)) == ["PMC7", "PMC7 sub-article 1", "PMC7 sub-article 2", "PMC8"]


def test_a_sub_article_keeps_journal_and_year_but_not_the_doi_of_the_whole() -> None:
    date = "<pub-date><year>2020</year></pub-date>"
    raw = article("10.5555/a", "doi", REPLY).replace("</article-meta>", f"{date}</article-meta>")
    _, (*_, reply) = written(split_jats(raw.encode()))
    found = read_jats(reply).metadata
    assert (found.year, found.doi, found.document_type) == (2020, "", "letter")


def test_several_files_written_one_after_the_other_are_all_read() -> None:
    one = b'<?xml version="1.0"?>\n<!DOCTYPE a SYSTEM "u">\n' + records(record(1))
    assert names(split_medline(one + b"\n" + one.replace(b">1<", b">2<"))) == ["PMID 1", "PMID 2"]


def test_letters_and_prefixes_that_nothing_declares_are_read_over() -> None:
    odd = article("7").replace("Fever", "caf&eacute; <x:b/>")
    first, second = written(split_jats(bundle(article("6"), odd)))
    assert (first[0], second[0]) == ("PMC6", "PMC7")
    assert "café" in second[2].decode()


def test_records_before_a_cut_are_given_and_then_it_is_said() -> None:
    parts = split_medline(records(record(1), record(2))[:-60])
    assert next(parts).name == "PMID 1"
    with pytest.raises(UnreadableFileError, match="damaged XML at line 1, after 1 document"):
        next(parts)


def test_a_file_that_is_cut_gives_its_documents_and_one_line(tmp_path: Path) -> None:
    (tmp_path / "cut.xml").write_bytes(records(record(1), record(2))[:-60])
    first, second = read_file(tmp_path / "cut.xml")
    assert isinstance(first, Document) and first.part == "PMID 1"
    assert isinstance(second, SkippedFile) and "after 1 document" in second.reason


def test_a_bad_record_does_not_lose_the_next(tmp_path: Path) -> None:
    empty = "<PubmedArticle><MedlineCitation><PMID>1</PMID></MedlineCitation></PubmedArticle>"
    (tmp_path / "two.xml").write_bytes(records(empty, record(2)))
    bad, good = read_file(tmp_path / "two.xml")
    assert isinstance(bad, SkippedFile) and bad.part == "PMID 1"
    assert isinstance(good, Document) and good.part == "PMID 2"


def test_an_id_comes_from_the_record_and_not_from_the_file(tmp_path: Path) -> None:
    (tmp_path / "one.xml").write_bytes(records(record(1)))
    (tmp_path / "two.xml").write_bytes(records(record(2), record(1)))
    alone, (_, among) = read_file(tmp_path / "one.xml")[0], read_file(tmp_path / "two.xml")
    assert isinstance(alone, Document) and isinstance(among, Document)
    assert alone.doc_id == among.doc_id


@pytest.mark.parametrize(
    "inside",
    [
        "<!DOCTYPE a [<!ENTITY b 'c'>]><pmc-articleset>" + "<x>" * 9_999,
        "<!DOCTYPE a [<!ENTITY b '&c;'><!ENTITY c '&b;'>]><pmc-articleset y='&b;'/>",
    ],
)
def test_a_bomb_ends_with_one_line(inside: str) -> None:
    with pytest.raises(UnreadableFileError, match=r"nested too deeply|grows beyond measure"):
        names(split_jats(inside.encode()))


def test_a_piece_may_be_larger_than_the_parser_takes_at_once() -> None:
    raw = records(*(record(number, "A man fell. " * 1_000) for number in range(1, 1_101)))
    assert len(raw) > 12_000_000
    assert sum(1 for _ in split_medline(iter([raw]))) == 1_100


def test_memory_does_not_grow_with_the_number_of_records() -> None:
    raw = records(*(record(number, "A man fell. " * 400) for number in range(2_000)))
    parts = split_medline(raw)
    next(islice(parts, 200, 201))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tracemalloc.start()
    assert sum(1 for _ in parts) == 1_799
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    grown = 1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
    assert max(peak, grown) < len(raw)
