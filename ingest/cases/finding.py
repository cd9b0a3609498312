"""Where each patient's story stands in a document. Pure.

What a clinician who asks for "case 2" expects to be shown, and nothing else:

- A document that tells of one patient has case 1; one that tells of several has one each, with
  the document's own numbers where it gives any.
- A case is the patient's story: history, findings, course, tests, treatment, outcome, also the
  patient's own view, and the captions and tables that stand among them. Introduction, methods,
  discussion, references and the statement of consent belong to no case, and neither does the
  article's abstract, which tells all cases in one breath; where the abstract is all there is,
  its sentences about the patient are the case.
- What is said of several patients at once ("Both recovered") belongs to none of them.
- A story told in several places ("Case 1", later "Outcome of case 1") gives a `Case` for each
  stretch, all with one number.
- Trials, reviews and pages that explain a treatment tell of no case, even if they name patients.
"""

import re
from collections.abc import Sequence

from ingest.cases.ages import ages_told_side_by_side
from ingest.cases.ends import closes, told_end
from ingest.cases.evidence import TELLING, CaseEvidence, gather_evidence, names_whole_case
from ingest.cases.labels import labels_in, leading_label, names_side_by_side, speaks_of_several
from ingest.cases.outline import Part, abstract_size, read_outline
from ingest.cases.patient_reading import with_patients
from ingest.cases.patients import (
    Introduction,
    cites_others,
    from_elsewhere,
    introduction,
    speaks_of_patient,
    tells_of_him_or_her,
    tells_one_case,
)
from ingest.documents import Case, Section
from ingest.sections import (
    ABSTRACT,
    BACK_MATTER,
    DISCUSSION,
    OTHER,
    OUTCOME,
    PERSPECTIVE,
    REFERENCES,
    SITE_TEXT,
    SOURCE,
    TIMELINE,
    section_kind,
)
from ingest.sentences import sentence_spans

_RESUMED = frozenset({OUTCOME, TIMELINE, PERSPECTIVE})
"""Kinds that go on with one patient's story even after a discussion."""
_ENDING = frozenset({DISCUSSION, REFERENCES, BACK_MATTER, SOURCE, SITE_TEXT})
"""Kinds after which no story goes on, unless a heading says so or they are `_RESUMED`."""
MAX_LABEL_CHARACTERS = 60
"""A case without a name is called by the first words of its first sentence."""
_FIRST_PERSON = re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE)


def find_cases(text: str, sections: Sequence[Section], title: str = "") -> tuple[Case, ...]:
    """The cases of a document in text order, none overlapping; none where it tells of none.

    The title is only read for the patient's age and sex.

    >>> text = "A 40-year-old man fell. Another patient, a 20-year-old woman, slipped."
    >>> [(case.number, case.label) for case in find_cases(text, [Section("", "other", 0, 70)])]
    [(1, 'A 40-year-old man'), (2, 'a 20-year-old woman')]
    """
    parts = read_outline(text, sections)
    size = abstract_size(text, parts)
    cases = _tell(text, parts[size:], TELLING | {OTHER}) or _tell(
        text, parts[:size], TELLING | {OTHER, ABSTRACT}
    )
    return with_patients(text, cases, title)


def _tell(text: str, parts: Sequence[Part], kinds: frozenset[str]) -> tuple[Case, ...]:
    evidence = gather_evidence(text, parts, kinds)
    if evidence is None:
        return ()
    teller = _Teller(text, evidence, kinds)
    for index, part in enumerate(parts):
        teller.take(index, part)
    return teller.cases()


class _Teller:
    """Goes through the parts of a document and notes whose story is told where."""

    def __init__(self, text: str, evidence: CaseEvidence, kinds: frozenset[str]) -> None:
        self.text = text
        self.evidence = evidence
        self.kinds = kinds
        self.known: dict[int, Introduction | None] = {}
        self.labels: dict[int, str] = {}
        self.vague: set[str] = set()
        self.stretches: list[tuple[int, int, int]] = []
        self.current: int | None = None
        self.goes_on = False
        self.is_over = False
        self.is_announced = False

    def take(self, index: int, part: Part) -> None:
        for heading in part.headings:
            self._enter(heading)
        kind = part.section.kind
        if part.is_apart:
            self._take_caption(part.section)
        elif kind in self.kinds:
            if index >= self.evidence.opening and self._is_told(part.section):
                self._take_story(part.section)
        else:
            self._leave()
            if kind == DISCUSSION and self.known and not self.evidence.has_references:
                self._take_discussion(part.section)

    def cases(self) -> tuple[Case, ...]:
        """What was found; a story told without headings loses its untold end."""
        stretches = list(self.stretches)
        if stretches and self.evidence.without_headings:
            number, start, end = stretches[-1]
            stretches[-1] = (number, start, told_end(self.text, start, end))
        return tuple(Case(n, self.labels[n], start, end) for n, start, end in stretches)

    def _enter(self, heading: str) -> None:
        """What a heading says about the text under it."""
        numbers = {label.number for label in labels_in(heading)}
        kind = section_kind(heading)
        if kind not in self.kinds:
            self.is_over |= bool(self.known) and kind in _ENDING
            self._leave()
        elif len(numbers) == 1:
            self._switch(numbers.pop(), heading)
        elif numbers:
            self._leave()
        elif names_whole_case(heading):
            self.is_over, self.is_announced = False, True

    def _is_told(self, section: Section) -> bool:
        """Whether a section that can tell a story goes on with one or begins one."""
        if not self.is_over:
            return True
        if section.kind not in _RESUMED:
            return False
        if len(self.known) != 1:
            return self.evidence.labelled  # its sentences say whose outcome it is
        told = section.kind == PERSPECTIVE or speaks_of_patient(
            self.text[section.start : section.end]
        )
        self.current = next(iter(self.known)) if told else None
        return told

    def _take_story(self, section: Section) -> None:
        spans = [
            (section.start + a, section.start + b)
            for a, b in sentence_spans(self.text[section.start : section.end])
        ]
        whole = section.kind in TELLING and not self.evidence.labelled
        if whole and (not self.known or self.is_announced):
            self._open_whole(section, spans)
        elif whole and self.current is None and len(self.known) == 1:
            self.current = next(iter(self.known))
        self.is_announced = False
        for start, end in spans:
            self._hear(self.text[start:end], section.kind in TELLING)
            self._extend(start, end)

    def _open_whole(self, section: Section, spans: Sequence[tuple[int, int]]) -> None:
        """A section under "Case report": the case at hand, or a new one if it brings one in."""
        met = (introduction(self.text[a:b]) for a, b in spans)
        who = next((one for one in met if one is not None), None)
        label = section.heading
        if not names_whole_case(label):  # "Clinical findings" is no name for a case
            self.vague.add(label)
            label = who.words if who else label
        if not self.known:
            self._switch(1, label, who)
        elif who:
            self._switch(self._number_of(who), label, who)
        elif self.current is None:
            self._switch(max(self.known), label)

    def _hear(self, sentence: str, is_headed: bool) -> None:
        """Whose story a sentence belongs to."""
        label = leading_label(sentence)
        if label and (self.evidence.labelled or label.number == max(self.known, default=0) + 1):
            self._switch(label.number, label.words, introduction(sentence))
            if names_side_by_side(sentence) or ages_told_side_by_side(sentence) > 1:
                self._leave()
            return
        who = None if from_elsewhere(sentence) else introduction(sentence)
        is_over = not is_headed and who is None and closes(sentence)
        if is_over or self._is_of_several(sentence):
            self._leave()
        else:
            self._meet(who, sentence)

    def _is_of_several(self, sentence: str) -> bool:
        """Whether a sentence is nobody's alone; with one patient known, plurals mean others."""
        one_known = len(self.known) == 1 and not self.evidence.labelled
        return not one_known and (
            speaks_of_several(sentence) or ages_told_side_by_side(sentence) > 1
        )

    def _meet(self, who: Introduction | None, sentence: str) -> None:
        labelled = self.evidence.labelled
        if not self.known:
            if who and not (labelled and 1 in self.evidence.numbers):
                self._switch(1, who.words, who)
            elif not labelled and tells_one_case(sentence):
                self._switch(1, sentence.split(".")[0][:MAX_LABEL_CHARACTERS])
        elif who and who.new and who.age:
            number = self._number_of(who)
            if not labelled or number not in self.evidence.numbers:
                self._switch(number, who.words, who)
        elif self.current is None and len(self.known) == 1 and tells_of_him_or_her(sentence):
            self.current = next(iter(self.known))

    def _number_of(self, who: Introduction) -> int:
        """The case of a patient brought in: one that it can be, else the next."""
        at_hand = [] if self.current is None else [self.current]
        for number in [*at_hand, *reversed(self.known)]:
            known = self.known[number]
            if known is None or not known.age or who.same_person(known):
                return number
        return (self.current if self.evidence.labelled and self.current else max(self.known)) + 1

    def _take_caption(self, section: Section) -> None:
        """A caption belongs to the case that it names, else to the story it stands in."""
        named = {one.number for one in labels_in(self.text[section.start : section.end])}
        own = named.pop() if len(named) == 1 and self.evidence.labelled else None
        if own in self.known and own != self.current and own is not None:
            self.stretches.append((own, section.start, section.end))
            self.goes_on = False
        else:
            self._extend(section.start, section.end)

    def _take_discussion(self, section: Section) -> None:
        """A further story of the author's own, as web pages tell one at their end."""
        at = section.start
        for paragraph in self.text[section.start : section.end].split("\n\n"):
            first = next(iter(sentence_spans(paragraph)), (0, 0))
            who = introduction(paragraph[first[0] : first[1]])
            if who and who.new and self._is_own(paragraph):
                number = max(self.known) + 1
                self._switch(number, who.words, who)
                rest = self.text[at : section.end].split("\n\n")
                last = max(i for i, one in enumerate(rest) if speaks_of_patient(one))
                self._extend(at, at + len("\n\n".join(rest[: last + 1])))
                self._leave()
                return
            at += len(paragraph) + 2

    def _is_own(self, paragraph: str) -> bool:
        own = _FIRST_PERSON.search(paragraph) and not cites_others(paragraph)
        return bool(own) and speaks_of_patient(paragraph)

    def _switch(self, number: int, label: str, who: Introduction | None = None) -> None:
        if number != self.current:
            self.goes_on = False
        self.current, self.is_over = number, False
        if who and self.labels.get(number) in self.vague:
            self.labels[number] = who.words
        self.labels.setdefault(number, label)
        self.known[number] = self.known.get(number) or who

    def _leave(self) -> None:
        self.current, self.goes_on = None, False

    def _extend(self, start: int, end: int) -> None:
        if self.current is None:
            return
        if self.goes_on:
            number, first, _ = self.stretches.pop()
            self.stretches.append((number, first, end))
        else:
            self.stretches.append((self.current, start, end))
        self.goes_on = True
