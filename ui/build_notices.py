"""What a build is doing, and what it did, as HTML. Pure.

Paths, titles and errors are documents' words as far as a page is concerned: all are escaped.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ui.building import Ended
from ui.markup import escape, few_and_more
from ui.pace import READING, Stage, duration

if TYPE_CHECKING:
    from index.report import BuildReport

Named = Callable[[str], str]
"""A source as people know it."""
_FEW = 5
_STOPPING = "Stopping: the step at hand is finished first …"


def under_way(title: str, stage: Stage, seconds: int, stopping: bool) -> str:
    """A build of this server: its step with a bar, how fast it goes, how long the step takes."""
    share = min(stage.done / stage.total, 1.0) if stage.total > 1 else 0.0
    count = f": {stage.done:,} of {stage.total:,}" if stage.total > 1 else ""
    unit = "files" if stage.what == READING else "passages"
    facts = [
        f"{_count(stage.files, 'file')} read" if stage.files else "",
        f"{_count(stage.passages, 'passage')} encoded" if stage.passages else "",
        f"{stage.per_second:,.0f} {unit} per second" if stage.per_second else "",
        _time_left(stage),
    ]
    return (
        f'<section class="cb-notice cb-build" aria-label="Build under way"><h2>{escape(title)}</h2>'
        f"<p>{_STOPPING if stopping else 'Searching goes on meanwhile, in what is published.'}</p>"
        f'<div class="cb-bar cb-working" role="progressbar" aria-label="{escape(stage.what)}" '
        f'aria-valuemin="0" aria-valuemax="100" aria-valuenow="{share * 100:.0f}">'
        f'<span style="width: {share:.0%}"></span></div>'
        f'<p class="cb-stage">{escape(stage.what)}{count}<span>{seconds:,} s</span></p>'
        f'<p class="cb-pace">{" · ".join(filter(None, facts))}</p></section>'
    )


def built_elsewhere(writer: str) -> str:
    """Another process builds: who, and since when."""
    return (
        '<section class="cb-notice cb-build" aria-label="Build under way" role="status">'
        "<h2>Another process is building</h2>"
        "<p>Nothing can be changed here until it has ended. Searching goes on meanwhile.</p>"
        f'<p class="cb-stage" dir="auto">{escape(writer)}</p></section>'
    )


def waits(message: str) -> str:
    """A build that waits for another process."""
    return (
        '<section class="cb-notice cb-build" role="status"><h2>Waiting for another process</h2>'
        f'<p class="cb-stage" dir="auto">{escape(message)}</p></section>'
    )


def outcome(ended: Ended, named: Named) -> str:
    """How a build ended, and its report."""
    if ended.report is None:
        return _without_report(ended)
    report = ended.report
    return (
        '<section class="cb-notice cb-outcome" aria-label="Report of the last build" role="status" '
        f'tabindex="0"><h2>{escape(_heading(ended, report))}</h2><p>{_counts(report)}</p>'
        f"{_lists(report, named)}{_measured(report)}</section>"
    )


def _without_report(ended: Ended) -> str:
    headings = {
        "done": "Nothing had to be done",
        "stopped": "Stopped",
        "refused": "Not published: much of what is found today would be lost",
        "failed": "It could not be done. What was published before is still searched.",
    }
    line = f'<p dir="auto">{escape(ended.line[:1].upper() + ended.line[1:])}.</p>'
    kind = " cb-wrong" if ended.how in ("refused", "failed") else ""
    return (
        f'<section class="cb-notice cb-outcome{kind}" aria-label="The last build" role="status">'
        f"<h2>{escape(ended.job.title)}: {headings[ended.how]}</h2>"
        f"{line if ended.line else ''}</section>"
    )


def _heading(ended: Ended, report: "BuildReport") -> str:
    if report.rehearsed and not report.published:
        return f"Dry run: {ended.job.title}. Nothing was published"
    if report.published:
        return f"{ended.job.title}: done. Generation {report.generation} is searched now"
    return f"{ended.job.title}: nothing had changed"


def _counts(report: "BuildReport") -> str:
    """What would be, or is, different."""
    numbers = (
        (len(report.added), "added"),
        (len(report.changed), "changed"),
        (len(report.removed), "removed"),
        (report.unchanged, "unchanged"),
        (len(report.skipped), "skipped"),
    )
    parts = ", ".join(f"<b>{number:,}</b> {what}" for number, what in numbers)
    return f"{parts}. {report.documents:,} documents, {report.passages:,} passages in all."


def _lists(report: "BuildReport", named: Named) -> str:
    skipped = [
        f"{named(one.source)}{f' ({one.part})' if one.part else ''}: {one.reason}; {one.remedy}"
        for one in report.skipped
    ]
    alike = [" ~ ".join(map(named, group)) for group in report.near_duplicates.first]
    more = report.near_duplicates.count - len(alike)
    groups: tuple[tuple[str, Sequence[str]], ...] = (
        ("Not read", skipped),
        ("Look at", [f"{named(one.source)}: {one.warning}" for one in report.warnings]),
        ("Added", list(map(named, report.added))),
        ("Changed", list(map(named, report.changed))),
        ("Removed", list(map(named, report.removed))),
        ("Same content as another file", [_both(line, named) for line in report.duplicates]),
        ("Nearly the same text", [*alike, f"… and {more:,} more groups"] if more > 0 else alike),
        ("Questions that moved most", _moved(report)),
    )
    return "".join(_list(heading, lines) for heading, lines in groups if lines)


def _moved(report: "BuildReport") -> Sequence[str]:
    """The probe questions that find other documents; that ranks changed places is no news."""
    return report.probes.most_moved if report.probes and report.probes.lost else ()


def _list(heading: str, lines: Sequence[str]) -> str:
    items = [f'<span dir="auto">{escape(line)}</span>' for line in lines]
    return f"<h3>{heading}</h3>{few_and_more(items, _FEW)}"


def _both(line: str, named: Named) -> str:
    """Both sources of a line "this = that"."""
    return " = ".join(map(named, line.split(" = ")))


def _measured(report: "BuildReport") -> str:
    """What was measured of the work and of the search after it."""
    facts = []
    if report.encoded:
        speed = report.passages_per_second
        rate = f", {speed:,.0f} per second" if speed else ""
        facts.append(f"{_count(report.encoded, 'passage')} encoded{rate}")
    if report.seconds:
        facts.append(f"{report.seconds:,.1f} s in all")
    if report.probes and report.probes.questions:
        facts.append(
            f"{report.probes.questions} probe questions find {report.probes.overlap:.0%} of the "
            "same first hits as before"
        )
    facts += [line for line in (report.network_warning, report.served_behind) if line]
    return f'<p class="cb-pace">{escape(". ".join(facts))}.</p>' if facts else ""


def _time_left(stage: Stage) -> str:
    if stage.seconds_left is None or stage.total <= 1:
        return ""
    return f"{duration(stage.seconds_left)} left in this step"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
