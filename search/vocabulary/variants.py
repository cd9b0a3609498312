"""British and American spellings of a word. Pure.

The rules give more than there is ("acre", "acer"): a variant counts only if the corpus has it.
"""

import re

SHORTEST, LONGEST = 4, 40
"""Letters of a word that may have a variant: in shorter ones the rules hit other words, and longer
ones are no words: one of 100,000 letters has gigabytes of variants."""

_OUR = "arm|behavi|col|endeav|fav|flav|glam|harb|hon|hum|lab|neighb|od|parl|rum|sav|tum|vap|vig"
_RE = "calib|cent|fib|lit|lust|mac|met|nit|och|sept|spect|theat|tit"
_RULES: tuple[tuple[str, str], ...] = (
    (rf"({_OUR})our", r"\1or"),
    (rf"({_OUR})or(?!r)", r"\1our"),
    (rf"({_RE})re(s?)$", r"\1er\2"),
    (rf"({_RE})er(s?)$", r"\1re\2"),
    (r"is(e[drs]?|ing|ations?)$", r"iz\1"),
    (r"iz(e[drs]?|ing|ations?)$", r"is\1"),
    (r"lys(e[drs]?|ing)$", r"lyz\1"),
    (r"lyz(e[drs]?|ing)$", r"lys\1"),
    (r"([aeiou])ll(ed|ing|er|ers)$", r"\1l\2"),
    (r"([aeiou])l(ed|ing|er|ers)$", r"\1ll\2"),
    (r"sulph", "sulf"),
    (r"sulf", "sulph"),
    (r"^leuco", "leuko"),
    (r"^leuko", "leuco"),
    (r"^disk(s?)$", r"disc\1"),
    (r"^disc(s?)$", r"disk\1"),
    (r"mould", "mold"),
    (r"mold", "mould"),
)
_COMPILED = tuple((re.compile(pattern), replacement) for pattern, replacement in _RULES)
_ANY_RULE = re.compile("|".join(re.sub(r"\((?!\?)", "(?:", pattern) for pattern, _ in _RULES))
"""Most words are under no rule, which one look tells."""
_DIPHTHONG = re.compile("[ao]e")
_E = re.compile("(?<![ao])e(?!$)")


def american(word: str) -> str:
    """A word with ae and oe as e: what British and American spellings are compared by.

    >>> american("haemorrhoea")
    'hemorrhea'
    """
    return _DIPHTHONG.sub("e", word)


def variants(word: str) -> list[str]:
    """All spellings by the rules, most of them no words.

    >>> "haematoma" in variants("hematoma"), "hematoma" in variants("haematoma")
    (True, True)
    """
    if not SHORTEST <= len(word) <= LONGEST:
        return []
    found = []
    if _ANY_RULE.search(word):
        found = [pattern.sub(replacement, word) for pattern, replacement in _COMPILED]
    found.append(american(word))
    for match in _E.finditer(word):
        found.extend(f"{word[: match.start()]}{d}{word[match.end() :]}" for d in ("ae", "oe"))
    return [variant for variant in dict.fromkeys(found) if variant != word]
