"""Which known word a misspelt one is meant to be. Pure.

Words are compared by the fewest letters added, left out, changed or swapped (Damerau 1964 in
its restricted form, https://doi.org/10.1145/363958.363994). Two such errors are forgiven only where
the consonants stay, because drugs and diseases differ in just these ("cefixime" and "cefepime",
"hyperkalemia" and "hypokalemia").
"""

from collections.abc import Iterator, Sequence
from string import ascii_lowercase

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.sounds import skeleton, sound
from search.vocabulary.english import is_english, is_everyday

SHORTEST = 5
"""Letters of a word that is corrected at all: of four letters, more were wrong than right."""
SHORT = 5
"""Of so few letters a right word is one letter away from too many others: only vowels, doubled
letters and swapped neighbours are mended."""
LONG = 8
"""From here on two errors are forgiven."""
MAX_RIVALS = 3
"""Different words that may be equally near: of more than these none is sure."""

_SAME_SOUND = {"c": "ks", "k": "c", "s": "pc", "f": "p", "p": "f", "n": "kp", "r": "w", "z": "x"}
"""First letters that people write for others: "kondral", "numonia", "zanthoma"."""
_PREFIXES = (
    "inter", "intra", "infra", "supra", "super", "hyper", "hypo", "ante", "anti", "peri", "para",
    "post", "poly", "oligo", "macro", "micro", "endo", "ecto", "meta", "mono",
)  # fmt: skip
"""Two words that begin with different ones of these are different words, however like."""
_SOUND_ALIKE = ("aeiouy", "ckqsxz", "dt", "bp", "fvw", "gj", "mn", "lr")
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_MIXED_UP = {
    letter: "".join(
        other
        for other in ascii_lowercase
        if other != letter
        and (
            any(letter in group and other in group for group in _SOUND_ALIKE)
            or any(letter + other in row or other + letter in row for row in _KEYBOARD)
        )
    )
    for letter in ascii_lowercase
}
"""The letters that sound like each, or lie beside it on a keyboard."""
_DOUBLE = tuple(2 * letter for letter in "bcdfglmnprst")


def errors_forgiven(word: str) -> int:
    """How many letters of a word may be wrong.

    >>> [errors_forgiven(word) for word in ("gut", "fabela", "gastrocnemeus")]
    [0, 1, 2]
    """
    if len(word) < SHORTEST:
        return 0
    return 2 if len(word) >= LONG else 1


def initials(word: str) -> tuple[str, str]:
    """The first letter of the word that is meant, mostly; and those that sound like it."""
    return word[0], _SAME_SOUND.get(word[0], "")


def one_error_away(word: str, initials: str) -> set[str]:
    """All strings one error away that `correction` would take if they were words.

    They begin with one of some letters; other than looking at all known words of like length,
    looking these up costs the same however many words are known.

    >>> "fabella" in one_error_away("fabela", "f")
    True
    """
    found = {*_with_a_letter_changed(word), *_with_neighbours_swapped(word)}
    for place in range(len(word) + 1):
        found.add(word[:place] + word[place + 1 :])
        found.update(f"{word[:place]}{letter}{word[place:]}" for letter in ascii_lowercase)
    return {other for other in found if other[:1] in initials and other != word}


def correction(word: str, known: Sequence[tuple[str, int]]) -> str | None:
    """The known word that is meant, None where none is near enough or too many are.

    `known` are words of like length with the number of documents that have them.

    >>> correction("fabela", [("fabella", 7), ("fibula", 90)])
    'fabella'
    """
    documents = dict(known)
    near = process.extract(
        word, list(documents), scorer=OSA.distance, score_cutoff=errors_forgiven(word), limit=None
    )
    fitting = [
        (int(distance), -documents[other], skeleton(word) != skeleton(other), other)
        for other, distance, _ in near
        if distance and _could_be_meant(word, other, int(distance))
    ]
    if not fitting:
        return None
    nearest = min(fitting)[0]
    rivals = sorted(one for one in fitting if one[0] == nearest)
    if len({_without_ending(rival[-1]) for rival in rivals}) > MAX_RIVALS:
        return None
    return rivals[0][-1]


def _could_be_meant(word: str, other: str, distance: int) -> bool:
    if len({_prefix(word), _prefix(other)} - {""}) > 1:
        return False
    same = sound(word) == sound(other)
    if distance > 1:
        # Who types a long word that is not English means no everyday one: "piriform", "perform".
        ends_alike = word.rstrip("s")[-1:] == other.rstrip("s")[-1:]  # "collagenase", "collagens"
        return same and ends_alike and not is_everyday(other)
    if len(word) <= SHORT:
        swapped = len(word) == len(other) and sorted(word) == sorted(other)
        return (same or swapped) and word[0] == other[0] and word[-1] == other[-1]
    return _is_likely_slip(word, other)


def _with_a_letter_changed(word: str) -> Iterator[str]:
    for place, letter in enumerate(word):
        for other in ascii_lowercase if len(word) <= SHORT else _MIXED_UP.get(letter, ""):
            yield word[:place] + other + word[place + 1 :]


def _with_neighbours_swapped(word: str) -> Iterator[str]:
    for place in range(len(word) - 1):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _is_likely_slip(word: str, other: str) -> bool:
    """Whether one wrong letter is one that people write, not the mark of another word."""
    if len(word) != len(other):
        ended = word[: len(other) - 1] == other[: len(word) - 1]
        return not ended or not is_english(other) or word[-2:] in _DOUBLE or other[-1] in "ey"
    wrong = [(a, b) for a, b in zip(word, other, strict=True) if a != b]
    if len(wrong) > 1 or word[-1] == other[-1]:
        return len(wrong) > 1 or _are_mixed_up(*wrong[0])
    return not is_english(other) and _are_mixed_up(*wrong[0])


def _are_mixed_up(one: str, other: str) -> bool:
    """Whether two letters sound alike or lie side by side on a keyboard."""
    return other in _MIXED_UP.get(one, "")


def _prefix(word: str) -> str:
    return next((p for p in _PREFIXES if word.startswith(p)), "")


def _without_ending(word: str) -> str:
    return word.rstrip("s").rstrip("e")
