"""Articles that stand in several formats, so that one can be measured against another.

trials/16_1_2/fulltext.pdf, .html, .xml     a folder for each article
journals/plos.pdf, .html, .xml              one folder, files of one article named alike
"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Article:
    """One article in the formats that there are of it; None for one that there is not."""

    name: str
    pdf: Path | None = None
    html: Path | None = None
    xml: Path | None = None


def articles(shared: Path) -> list[Article]:
    """The articles under `shared`/data in order of their names; none where there are none."""
    data = shared / "data"
    in_folders = [
        _article(f"trials/{folder.name}", folder / "fulltext")
        for folder in sorted((data / "trials").glob("*"))
        if folder.is_dir()
    ]
    stems = sorted({path.stem for path in (data / "journals").glob("*.*")})
    alike = [_article(f"journals/{stem}", data / "journals" / stem) for stem in stems]
    return [article for article in in_folders + alike if article != Article(article.name)]


def _article(name: str, stem: Path) -> Article:
    found = [stem.with_name(f"{stem.name}.{ending}") for ending in ("pdf", "html", "xml")]
    pdf, html, xml = (path if path.is_file() else None for path in found)
    return Article(name, pdf, html, xml)
