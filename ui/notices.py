"""The page's own words as HTML. Pure."""

from collections import Counter

from search.hits import Answer, IndexState
from search.output import ALSO_SEARCHED, NOTHING_SURE
from ui.markup import escape, few_and_more

MACHINE, SERVER = "machine", "server"
"""Where everything stays: where people sign in, it is not at their own machine."""
SHARE_WARNING = (
    '<div class="cb-share"><p><strong>This link holds your question.</strong> Whoever gets it can '
    "read it; so can every browser, mail program, chat and server that it passes through, and "
    "they may keep it. Take out what could tell who the patient is before you make one.</p></div>"
)
LINK_TOO_LONG = "This question is too long for a link. Share a shorter one, or the text itself."
WAITING = (
    '<div class="cb-skeleton" role="status" aria-label="Searching">'
    "<p>Searching …</p><div></div><div></div><div></div></div>"
)
EXAMPLES_HEADING = '<h2 class="cb-examples">For example</h2>'
NOTHING_FITS = "Nothing in these documents answers this."
OWN_WORDS_ONLY = '<p class="cb-expansions">Only your own words are searched for.</p>'
_FEW_EXPANSIONS = 4
"""A pasted case may have a dozen; they are not to push the first hit out of sight."""


def header(machine: str) -> str:
    """What this page is; `machine` is `MACHINE` or `SERVER`."""
    return (
        '<header class="cb-header"><h1>Casebook</h1>'
        f"<p>Ask the case literature on this {machine}. "
        "<strong>The sources speak: no text is generated.</strong></p></header>"
    )


def index_line(state: IndexState, machine: str, asked_host: str = "") -> str:
    """How much is searched, and where questions go: nowhere, or to the one server of the index."""
    stays = (
        f"Questions go to {escape(asked_host)} and nowhere else."
        if asked_host
        else f"Everything stays on this {machine}."
    )
    return (
        f'<p class="cb-index">{_count(state.documents, "document")}, '
        f"{_count(state.passages, 'passage')} to search. {stays}</p>"
    )


def found_line(answer: Answer) -> str:
    """What was found and how sure it is, for the eye and for a screen reader."""
    if answer.strength == "weak":
        return f'<div role="status"><h2 class="cb-found cb-unsure">{NOTHING_SURE}</h2></div>'
    number = Counter(hit.strength for hit in answer.hits)
    likely = _count(number["strong"] + number["weak"], "passage")
    weak = f": {_count(number['strong'], 'strong match', 'es')}, {number['weak']} weak"
    return (
        f'<div role="status"><h2 class="cb-found">{likely}, best first'
        f"{weak if number['weak'] else ''}</h2></div>"
    )


def asked_line(question: str) -> str:
    """What was asked, for paper: a page that is printed shows no box."""
    return f'<p class="cb-asked" dir="auto">{escape(question)}</p>'


def expansions_line(answer: Answer) -> str:
    """What was searched for beside the question's own words; "" where that was nothing."""
    if not answer.expansions:
        return ""
    items = [
        f'<span dir="auto">{escape(one.asked)}</span> → <b dir="auto">{escape(one.added)}</b> '
        f"({escape(one.reason)})"
        for one in answer.expansions
    ]
    return (
        f'<div class="cb-expansions"><p>{ALSO_SEARCHED}:</p>'
        f"{few_and_more(items, _FEW_EXPANSIONS)}</div>"
    )


def nothing_fits(filtered: bool) -> str:
    """Said plainly, with what may help."""
    advice = [
        "Name the finding, the structure or the procedure in other words.",
        "Ask one thing at a time: a shorter question often finds more.",
    ]
    if filtered:
        advice.insert(0, "Clear the filters: they leave documents out.")
    lines = "".join(f"<li>{line}</li>" for line in advice)
    return (
        f'<div class="cb-notice" role="status"><h2>{NOTHING_FITS}</h2>'
        f"<p>It may not be in them, or be said otherwise. What may help:</p><ul>{lines}</ul></div>"
    )


def building(what: str, done: int, total: int, seconds: int) -> str:
    """What the first build is doing, with a bar that moves also while a stage counts nothing."""
    count = f": {done:,} of {total:,}" if total > 1 else ""
    share = min(done / total, 1.0) if total > 0 else 0.0
    return (
        '<div class="cb-notice"><h2>Preparing the documents</h2>'
        "<p>This happens once and takes a minute or two. You can type your question already.</p>"
        f'<div class="cb-bar cb-working" role="progressbar" aria-label="{escape(what)}" '
        f'aria-valuemin="0" aria-valuemax="100" aria-valuenow="{share * 100:.0f}">'
        f'<span style="width: {share:.0%}"></span></div>'
        f'<p class="cb-stage">{escape(what)}{count}<span>{seconds} s</span></p></div>'
    )


def building_elsewhere(message: str) -> str:
    """Another process is at it; the page comes by itself."""
    return (
        '<div class="cb-notice" role="status"><h2>Being prepared in another process</h2>'
        "<p>This page tries again by itself every few seconds.</p>"
        f'<p class="cb-stage" dir="auto">{escape(message)}</p></div>'
    )


def problem(message: str) -> str:
    """One line about what is wrong; it may quote a path, so it is escaped like a document."""
    sentence = message[:1].upper() + message[1:]
    return f'<p class="cb-problem" role="alert" dir="auto">{escape(sentence)}</p>'


def _count(number: int, what: str, ending: str = "s") -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}{ending}"
