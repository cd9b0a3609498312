"""A small index with all that a large one has: a base, rows after it, and rows removed since."""

from pathlib import Path

from index.base import MergePolicy
from index.build import build_index
from index.options import BuildOptions
from tests.conftest import CALF, hashing_choice, write_small_corpus

SITE_PAGE = """Title: Knee page {0}
Source: https://www.clinic.example/{0}

The knee of patient {0} was swollen for {0} weeks after a fall from a horse, she said on day {0}.

Our rooms are open on all weekdays, call us and have a talk with a specialist of ours.

An ultrasound scan on day {0} showed a collection of fluid of {0} millilitres, which was drained.
"""
EXPLAINED = "\nThe posterior interosseous nerve (PIN) was free.\n"
ELBOW = """Title: Weak extension of the fingers
Year: 2019

Course

The elbow was tender over the radial tunnel. Extension of the fingers came back in a month.
"""
GENERATIONS = 3
NO_NEW_BASE = BuildOptions(merging=MergePolicy(small=0))


def make_index(home: Path) -> Path:
    """Documents in `home`, and their index: the last generation has the base of the one before."""
    documents, index = write_small_corpus(home / "documents"), home / "index"
    (documents / "calf.txt").write_text(CALF + EXPLAINED, "utf-8")
    story = " ".join(f"Finding {n} was seen in the knee on day {n}." for n in range(20))
    for name in ("first", "second"):
        (documents / f"{name}.txt").write_text(f"Title: A long stay\n\n{story}\n{name}\n", "utf-8")
    for number in ("one", "two", "three"):
        (documents / f"{number}.txt").write_text(SITE_PAGE.format(number), "utf-8")
    build_index([documents], index, hashing_choice())
    (documents / "late.txt").write_text("Title: Thumb\n\nThe thumb was stiff.\n", "utf-8")
    build_index([documents], index, hashing_choice())
    (documents / "late.txt").unlink()
    (documents / "elbow.txt").write_text(ELBOW, "utf-8")
    build_index([documents], index, hashing_choice(), options=NO_NEW_BASE)
    return index
