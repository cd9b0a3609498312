"""The titles of an index, held in memory: found by their words at once, in any number.

A million titles are read in some seconds and take some 150 MB; looking through them takes a tenth
of a second, where reading them again would take the seconds each time.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from index.folding import folded
from index.location import Place
from index.progress import Progress, no_progress
from index.stores.opening import published_at

TITLE = "coalesce(json_extract(metadata, '$.title'), '')"
"""A document's title as SQL, "" where it states none."""
READING_TITLES = "Reading titles"
_TOLD_EVERY = 10_000


@dataclass(frozen=True)
class Titles:
    """The titles of one generation, newest document first, in small letters without accents.

    `numbers` are the documents' numbers in the catalog, `years` theirs, 0 for one not stated.
    """

    generation: int
    numbers: "array[int]"
    years: "array[int]"
    folded: Sequence[str]

    def __len__(self) -> int:
        return len(self.folded)

    def having(self, words: Sequence[str]) -> list[int]:
        """Numbers of the documents whose titles have all these folded words, newest first."""
        places: Sequence[int] = range(len(self))
        for word in words:
            places = [place for place in places if word in self.folded[place]]
        return [self.numbers[place] for place in places]


def read_titles(place: Place, progress: Progress = no_progress) -> Titles:
    """The titles of the published generation; raises a `CatalogError`."""
    numbers, years, plain = array("q"), array("h"), list[str]()
    with published_at(place) as (connection, manifest):
        rows = connection.execute(
            f"SELECT number, coalesce(year, 0), {TITLE} FROM documents ORDER BY number DESC"
        )
        for done, (number, year, title) in enumerate(rows):
            if done % _TOLD_EVERY == 0:
                progress(READING_TITLES, done, manifest.documents)
            numbers.append(number)
            years.append(year if 0 < year < 2**15 else 0)
            plain.append(folded(title))
        return Titles(manifest.generation, numbers, years, plain)
