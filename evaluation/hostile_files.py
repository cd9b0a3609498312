"""Files made to hurt whoever reads them, written when they are needed: bombs, loops, floods.

Each is a few kilobytes to megabytes on the disk. What they hold is ours.
"""

import gzip
import io
import random
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

PAGES, LINES = 2_000, 10
"""Pages of the long PDF, a whole book, and lines of each."""
UNPACKED_BYTES = 600_000_000
"""What an archive unpacks to: three times what a reader may take."""
DEPTH = 100_000
"""Elements inside each other: more than any parser's stack has room for."""
LAST_WORDS = "The last of them went home."
"""What stands at the end of the long PDF."""

_SENTENCE = "The knee was swollen and the patient could not walk on it."
_WORDS = """the a knee shoulder wrist was were had been swollen tender stiff torn healed after
    before during weeks months days patient man woman surgeon nurse pain fever rash scan showed
    and of in with without left right upper lower tendon nerve muscle""".split()
_LAUGHS = '<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11)
)
_OFFICE = "http://schemas.openxmlformats.org"


def write_hostile_files(folder: Path) -> list[Path]:
    """Write one file of each kind; gives their paths, sorted."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in HOSTILE_FILES.items():
        (folder / name).write_bytes(content())
    return sorted(folder / name for name in HOSTILE_FILES)


def zip_bomb(members: dict[str, bytes], bomb: str) -> bytes:
    """An archive with one member that unpacks to `UNPACKED_BYTES`."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        with archive.open(bomb, "w") as member:
            for _ in range(UNPACKED_BYTES // 10_000_000):
                member.write(b" " * 10_000_000)
    return file.getvalue()


def docx_bomb() -> bytes:
    """A Word file whose text unpacks to more than memory should take."""
    return zip_bomb(_word_parts(""), "word/document.xml")


def epub_bomb() -> bytes:
    """A book whose one chapter unpacks to more than memory should take."""
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/><manifest>'
        '<item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="c"/></spine></package>'
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
        '<rootfiles><rootfile full-path="c.opf" media-type="application/oebps-package+xml"/>'
        "</rootfiles></container>"
    )
    members = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": container.encode(),
        "c.opf": package.encode(),
    }
    return zip_bomb(members, "c.xhtml")


def docx_that_lies() -> bytes:
    """A Word file that unpacks to more than its table of contents admits."""
    text = f"<w:p><w:r><w:t>{_SENTENCE}</w:t></w:r></w:p>" * 1_000
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _word_parts(text).items():
            archive.writestr(name, content)
    raw = bytearray(file.getvalue())
    entry = raw.rindex(b"word/document.xml") - 46  # its line in the central directory
    raw[entry + 24 : entry + 28] = (100).to_bytes(4, "little")
    return bytes(raw)


def gzip_bomb() -> bytes:
    """A compressed record of 1.2 GB, as members of 10 MB one after the other."""
    return gzip.compress(b" " * 10_000_000, mtime=0) * 120


def billion_laughs() -> bytes:
    """Entities made of entities: ten of each, ten deep."""
    return _jats("<p>&a10;</p>", f"<!DOCTYPE article [{_LAUGHS}]>")


def quadratic_blowup() -> bytes:
    """One long entity, named many times."""
    entity = f'<!ENTITY a "{"ha" * 50_000}">'
    return _jats(f"<p>{'&a;' * 50_000}</p>", f"<!DOCTYPE article [{entity}]>")


def external_entity() -> bytes:
    """A record that asks for a file of the reader's computer."""
    entity = '<!ENTITY a SYSTEM "file:///etc/passwd">'
    return _jats(f"<p>{_SENTENCE} &a;</p>", f"<!DOCTYPE article [{entity}]>")


def deep_xml() -> bytes:
    """Sections inside sections."""
    return _jats("<sec>" * DEPTH + _SENTENCE + "</sec>" * DEPTH)


def deep_html() -> bytes:
    """Boxes inside boxes."""
    boxes = "<div>" * DEPTH + _SENTENCE + "</div>" * DEPTH
    return f"<!DOCTYPE html><html><body>{boxes}</body></html>".encode()


def laughing_docx() -> bytes:
    """A Word file whose text is entities made of entities."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _word_parts("&a10;").items():
            before = (
                f"<!DOCTYPE w:document [{_LAUGHS}]>".encode() if name.endswith("t.xml") else b""
            )
            archive.writestr(name, before + content)
    return file.getvalue()


def deep_rtf() -> bytes:
    """Groups inside groups."""
    return b"{\\rtf1 " + b"{" * DEPTH + _SENTENCE.encode() + b"}" * DEPTH + b"}"


def deep_markdown() -> bytes:
    """Quotations inside quotations, and brackets inside brackets."""
    return b">" * DEPTH + b" " + _SENTENCE.encode() + b"\n\n" + b"[" * DEPTH


def deep_pdf() -> bytes:
    """A page whose drawing is lists inside lists."""
    return _pdf([b"[" * DEPTH + b"]" * DEPTH + b" TJ"])


def wide_xml() -> bytes:
    """One element with a million attributes."""
    attributes = " ".join(f'a{n}="1"' for n in range(1_000_000))
    return _jats(f"<p {attributes}>{_SENTENCE}</p>")


def long_pdf() -> bytes:
    """A sound PDF of 2,000 small pages with a heading each; none says what another says."""
    chance = random.Random(PAGES)
    said = [" ".join(chance.choices(_WORDS, k=9)).capitalize() + "." for _ in range(PAGES * LINES)]
    said[::LINES] = [f"{number}. The {chance.choice(_WORDS)}" for number in range(PAGES)]
    said[-1] = LAST_WORDS
    return _pdf([_shown(said[at : at + LINES]) for at in range(0, len(said), LINES)])


def pdf_bomb() -> bytes:
    """A page whose drawing unpacks to 400 MB."""
    packer = zlib.compressobj(1)
    parts = [packer.compress(b" " * 10_000_000) for _ in range(40)]
    return _pdf([b"".join([*parts, packer.flush()])], b" /Filter /FlateDecode")


def pdf_loop() -> bytes:
    """A PDF whose list of pages holds itself."""
    return _pdf([_shown([_SENTENCE])]).replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")


def endless_word() -> bytes:
    """Megabytes without a space."""
    return b"a" * 5_000_000


def endless_digits() -> bytes:
    """Numbers, points and slashes: what patterns for identifiers and dates try again and again."""
    return b"10.1/1-1. " * 100_000


HOSTILE_FILES: dict[str, Callable[[], bytes]] = {
    "billion-laughs.xml": billion_laughs,
    "deep.html": deep_html,
    "deep.md": deep_markdown,
    "deep.pdf": deep_pdf,
    "deep.rtf": deep_rtf,
    "deep.xml": deep_xml,
    "endless-digits.txt": endless_digits,
    "endless-word.txt": endless_word,
    "external-entity.xml": external_entity,
    "gzip-bomb.xml.gz": gzip_bomb,
    "laughing.docx": laughing_docx,
    "liar.docx": docx_that_lies,
    "long.pdf": long_pdf,
    "pdf-loop.pdf": pdf_loop,
    "pdf-bomb.pdf": pdf_bomb,
    "quadratic-blowup.xml": quadratic_blowup,
    "wide.xml": wide_xml,
    "zip-bomb.docx": docx_bomb,
    "zip-bomb.epub": epub_bomb,
}
"""Name to what writes its bytes."""


def _jats(body: str, before: str = "") -> bytes:
    """An article of PubMed Central's kind around a body."""
    return (
        f'<?xml version="1.0"?>{before}<article><front><article-meta><title-group>'
        f"<article-title>A knee</article-title></title-group></article-meta></front>"
        f"<body>{body}</body></article>"
    ).encode()


def _word_parts(text: str) -> dict[str, bytes]:
    """The parts that a Word file cannot do without."""
    relation = f"{_OFFICE}/officeDocument/2006/relationships/officeDocument"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_OFFICE}/package/2006/content-types"><Override '
        f'PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{relation}" Target="word/document.xml"/></Relationships>',
    }
    if text:
        parts["word/document.xml"] = (
            f'<w:document xmlns:w="{_OFFICE}/wordprocessingml/2006/main">'
            f"<w:body>{text}</w:body></w:document>"
        )
    return {name: part.encode() for name, part in parts.items()}


def _shown(lines: list[str]) -> bytes:
    """A page's drawing: lines of text, one below the other, the first in larger letters."""
    first, *rest = (f"({line}) Tj T*" for line in lines)
    return f"BT 14 TL 72 720 Td /F1 14 Tf {first} /F1 11 Tf {' '.join(rest)} ET".encode()


def _pdf(drawings: list[bytes], packed: bytes = b"") -> bytes:
    """A PDF by hand, with one page for each drawing (ISO 32000-1, 7.5)."""
    pages = range(3, 3 + 2 * len(drawings), 2)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{n} 0 R' for n in pages)}] "
        f"/Count {len(drawings)} >>".encode(),
    ]
    for number, drawing in zip(pages, drawings, strict=True):
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources "
            b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
            % (number + 1),
            b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(drawing), packed, drawing),
        ]
    file, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size, start = len(objects) + 1, len(file)
    file += f"xref\n0 {size}\n0000000000 65535 f \n{table}".encode()
    file += f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(file)
