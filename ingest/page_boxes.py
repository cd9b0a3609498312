"""Where the words of a passage stand on a printed page. Pure.

A passage's text is not the page's: it was cleaned, its broken words were joined, reference numbers
and running heads were left out, and columns were put in order. What both share are runs of
letters. These runs are chained in the order of the passage, so that a word that stands elsewhere
on the page too is boxed in its right place.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from ingest.documents import Document, Passage

SHORTEST_RUN = 8
"""Letters that passage and page must share in one piece: shorter ones stand everywhere."""
SHORTEST_IN_GAP = 3
"""The same between two runs that belong together, where only a few letters are possible."""
NEAR = 60
"""Letters of the page after a run in which the next short one is looked for."""
JUMP = 15.0
"""What going on elsewhere on the page costs, in letters: a column or a figure lies between."""
DRIFT = 0.25
"""What each letter costs that stands between two runs only on the page, or only in the passage."""
MOST_PLACES = 50
"""A run that begins in more places of the page tells nothing of where the passage is."""
MOST_RUNS = 400
"""Runs that are chained; the time grows with their square."""
MOST_OF_WORD = 0.5
"""Share of a word's letters from which on it is the passage's."""


@dataclass(frozen=True)
class Found:
    """A passage on a page: the page's words that are its own, and those of its sentence.

    `words` and `sentence` are places in the list of words; `share` of the passage's letters stand
    on this page, from 0 to 1.
    """

    words: frozenset[int] = frozenset()
    sentence: frozenset[int] = frozenset()
    share: float = 0.0


class _Run(NamedTuple):
    """Letters that both have: where they begin in the passage and on the page."""

    passage: int
    page: int
    length: int

    def without(self, count: int) -> "_Run":
        """The same run without its first letters."""
        return _Run(self.passage + count, self.page + count, self.length - count)


def part_on_page(
    document: Document, passage: Passage, sentence: tuple[int, int], number: int
) -> tuple[str, tuple[int, int]]:
    """What of a passage stands on a page by what its reader told, and where its sentence is in it.

    `sentence` counts characters of the document, the one that is given those of the part; (0, 0)
    where nothing of the sentence is there.
    """
    text = ""
    marks: list[int] = []
    for page in document.pages_of(passage.start, passage.end):
        if page.number == number:
            start, end = max(passage.start, page.start), min(passage.end, page.end)
            shift = len(text) - start
            marked = max(start, sentence[0]), min(end, sentence[1])
            marks += [place + shift for place in marked if marked[0] < marked[1]]
            text += document.text[start:end] + " "
    return text, (marks[0], marks[-1]) if marks else (0, 0)


def find_passage(words: Sequence[str], passage: str, sentence: tuple[int, int]) -> Found:
    """Find the words of a page that a passage is made of; `sentence` counts its characters.

    >>> sorted(find_passage(["Page", "3", "Saline", "hydro-", "dissected", "it."],
    ...     "Saline hydrodissected it.", (0, 6)).words)
    [2, 3, 4, 5]
    """
    wanted = list(_letters(passage))
    printed = [(letter, n) for n, word in enumerate(words) for letter, _ in _letters(word)]
    sought = "".join(letter for letter, _ in wanted)
    page = "".join(letter for letter, _ in printed)
    runs = _completed(sought, page)
    if not runs:
        return Found()
    letters = Counter(n for _, n in printed)
    own, own_sentence = Counter[int](), Counter[int]()
    for run in runs:
        for offset in range(run.length):
            word, place = printed[run.page + offset][1], wanted[run.passage + offset][1]
            own[word] += 1
            own_sentence[word] += sentence[0] <= place < sentence[1]
    inside = {n for n, count in own.items() if count >= MOST_OF_WORD * letters[n]}
    marked = {n for n in inside if own_sentence[n] > own[n] / 2}
    between = list(_between(runs, printed))
    inside.update(n for _, n in between)
    marked.update(n for before, n in between if before in marked)
    share = sum(run.length for run in runs) / len(sought)
    return Found(frozenset(inside), frozenset(marked), share)


def _letters(text: str) -> Iterator[tuple[str, int]]:
    """Letters and digits without case, accents and ligatures, each with its place in the text."""
    for place, char in enumerate(text):
        for letter in unicodedata.normalize("NFKD", char).casefold():
            if letter.isalnum():
                yield letter, place


def _completed(sought: str, page: str) -> list[_Run]:
    """The chain of runs, with the few letters around and between them, in the passage's order."""
    runs = _chain(_runs(sought, page, min(SHORTEST_RUN, max(len(sought), 1))))
    if not runs:
        return []
    first, last = runs[0], runs[-1]
    whole = _small(sought, page, (0, first.passage), (first.page - 2 * first.passage, first.page))
    whole = _beside(whole, after=first)
    for before, after in pairwise(runs):
        gap = (before.passage + before.length, after.passage)
        window = (before.page + before.length, min(after.page, before.page + before.length + NEAR))
        whole += [before, *_beside(_small(sought, page, gap, window), before, after)]
    end, end_of_page = last.passage + last.length, last.page + last.length
    rest = len(sought) - end
    window = (end_of_page, end_of_page + 2 * rest)
    return [*whole, last, *_beside(_small(sought, page, (end, len(sought)), window), last)]


def _small(sought: str, page: str, gap: tuple[int, int], window: tuple[int, int]) -> list[_Run]:
    """Short runs between two places of the passage, within a window of the page."""
    left = max(0, window[0])
    found = _runs(sought[gap[0] : gap[1]], page[left : max(left, window[1])], SHORTEST_IN_GAP)
    return [_Run(run.passage + gap[0], run.page + left, run.length) for run in found]


def _beside(small: list[_Run], before: _Run | None = None, after: _Run | None = None) -> list[_Run]:
    """Those short runs that make a chain with the long ones next to them."""
    long = [run for run in (before, after) if run is not None]
    ordered = [*long[: before is not None], *small, *long[before is not None :]]
    return [run for run in _chain(ordered) if run.length and run in small]


def _runs(sought: str, page: str, shortest: int) -> list[_Run]:
    """The runs of letters that both have and that cannot be made longer."""
    places: dict[str, list[int]] = defaultdict(list)
    for place in range(len(page) - shortest + 1):
        places[page[place : place + shortest]].append(place)
    runs = []
    for start in range(len(sought) - shortest + 1):
        found = places.get(sought[start : start + shortest], [])
        for place in found if len(found) <= MOST_PLACES else ():
            if start and place and sought[start - 1] == page[place - 1]:
                continue
            end = start + shortest
            shift = place - start
            while (
                end < len(sought) and end + shift < len(page) and sought[end] == page[end + shift]
            ):
                end += 1
            runs.append(_Run(start, place, end - start))
    longest = sorted(runs, key=lambda run: -run.length)[:MOST_RUNS]
    return sorted(longest)


def _chain(runs: Sequence[_Run]) -> list[_Run]:
    """The best runs one after another in the passage, wherever they stand on the page.

    A run is worth its letters, less what it costs that it stands apart from the one before.
    """
    best: list[tuple[float, int, _Run]] = []
    for run in runs:
        choice: tuple[float, int, _Run] = (float(run.length), -1, run)
        for place, (score, _, before) in enumerate(best):
            rest = run.without(_overlap(before, run))
            worth = score + rest.length - _cost(before, rest)
            if rest.length > 0 and worth > choice[0]:
                choice = (worth, place, rest)
        best.append(choice)
    place = max(range(len(best)), key=lambda n: best[n][0], default=-1)
    chain: list[_Run] = []
    while place >= 0:
        _, place, run = best[place]
        chain.append(run)
    return chain[::-1]


def _overlap(before: _Run, run: _Run) -> int:
    """How many letters two runs share, in the passage or, by chance, on the page."""
    on_page = before.page + before.length - run.page
    by_chance = on_page if 0 < on_page < SHORTEST_RUN and run.page > before.page else 0
    return max(0, before.passage + before.length - run.passage, by_chance)


def _cost(before: _Run, run: _Run) -> float:
    """What it costs to go on with a run: more, the less the page goes on as the passage does."""
    on_page = run.page - before.page - before.length
    drift = on_page - (run.passage - before.passage - before.length)
    return min(JUMP, DRIFT * abs(drift)) if on_page >= 0 else JUMP


def _between(runs: Sequence[_Run], printed: Sequence[tuple[str, int]]) -> Iterator[tuple[int, int]]:
    """Words that stand between two neighbouring runs and nowhere else: reference numbers, signs.

    Each comes with the word before it.
    """
    for before, after in pairwise(runs):
        left, right = before.page + before.length, after.page
        missing = after.passage - before.passage - before.length
        if 0 < right - left <= missing + SHORTEST_RUN:
            previous = printed[left - 1][1]
            for place in range(left, right):
                yield previous, printed[place][1]
