"""What a corpus is about, at a glance: regions of the body, procedures and years.

Counted by the words of titles: they are short, so that those of a large index are read in seconds,
and a title names what a document is about where its text also names what it is not. A document
counts under each region and procedure that its title names.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from index.progress import Progress, no_progress
from index.titles import Titles

COUNTING = "Counting what titles name"
KEPT_WORDS = 1 << 15
"""Words whose names are kept, some megabytes: all but the rare ones of any titles."""
_TOLD_EVERY = 10_000
_WORD = re.compile(r"\b[^\W\d]\w*")
"""Words that begin with a letter, as all terms do: numbers are many, and each is rare."""


@dataclass(frozen=True)
class TermTable:
    """Names, each with the words that stand for it, without accents; a star is any ending."""

    words: Mapping[str, str]

    @cached_property
    def _patterns(self) -> Mapping[str, re.Pattern[str]]:
        """For each name what its words look like."""
        return {
            name: re.compile(rf"\b(?:{'|'.join(map(_form, words.split()))})")
            for name, words in self.words.items()
        }

    @cached_property
    def _phrases(self) -> re.Pattern[str]:
        """How terms of several words begin."""
        terms = " ".join(self.words.values()).split()
        first = {re.escape(term.partition("-")[0]) for term in terms if "-" in term}
        return re.compile(rf"\b(?:{'|'.join(sorted(first)) or '(?!)'})[- ]")

    @cached_property
    def _names_of_word(self) -> Callable[[str], frozenset[str]]:
        """The names that a text stands for, kept: titles are made of few words."""
        return lru_cache(KEPT_WORDS)(self._find)

    def _find(self, text: str) -> frozenset[str]:
        return frozenset(name for name, form in self._patterns.items() if form.search(text))

    def named_in(self, text: str) -> frozenset[str]:
        """The names whose words stand in a folded text.

        >>> sorted(REGIONS.named_in("calf pain after a tear of the knee's meniscus"))
        ['Knee', 'Lower leg']
        """
        if self._phrases.search(text):
            return self._find(text)
        return frozenset().union(*map(self._names_of_word, _WORD.findall(text)))


def _form(term: str) -> str:
    return term.replace("-", "[- ]").removesuffix("*") + ("" if term.endswith("*") else r"\b")


REGIONS = TermTable(
    {
        "Shoulder and upper arm": "shoulder* scapul* clavic* acromi* glenoid* glenohumer* humer* "
        "rotator supraspinat* infraspinat* subscap* sternoclavic* latarjet upper-arm* triceps "
        "axilla*",
        "Elbow and forearm": "elbow* forearm* olecran* radial ulna ulnar antebrach* "
        "bicipitoradial biceps cubital epicondyl*",
        "Wrist and hand": "wrist* hand hands finger* thumb* carpal carpomet* scapho* scaphoid* "
        "lunate* metacarp* palm palmar",
        "Spine": "spine spinal spinous vertebr* lumbar lumbo* sacral sacrum disc discs kummell "
        r"kyph* scolio* c\d l\d t\d{1,2}",
        "Hip and pelvis": "hip hips pelvi* iliac ilium acetabul* glute* groin* sacroili*",
        "Thigh": "thigh* femur femor* quadriceps hamstring*",
        "Knee": "knee* patell* menisc* cruciate poplit*",
        "Lower leg": "leg legs calf calves tibia* fibula* shin shins soleus gastrocnem* achilles",
        "Ankle and foot": "ankle* foot feet toe toes heel* plantar malleol* metatars* calcan* "
        "talus talar",
        "Head and neck": "head skull* cranial brain cerebr* face facial mandib* maxill* orbit* "
        "eye eyes ocular ear ears nose nasal rhino* tongue hypogloss* laryn* pharyn* thyroid* "
        "neck",
        "Chest": "chest thorac* lung lungs pulmon* rib ribs sternum sternal heart cardiac aort* "
        "breast* subclavian*",
        "Abdomen": "abdom* liver hepat* pancrea* kidney* renal spleen stomach gastric bowel* "
        "colon* bladder* uter* ovar* prostat*",
        "Skin": "skin cutaneous dermat* pannicul*",
    }
)
"""Regions of the body, as titles name them."""
PROCEDURES = TermTable(
    {
        "Injection": "inject* infiltrat* nerve-block*",
        "Hydrodissection": "hydrodissect* hydrodisect* hydroreleas*",
        "Aspiration or drainage": "aspirat* drain* punctur*",
        "Biopsy": "biops*",
        "Fixation of bone": "fixation osteosynth* nail nails nailing pinning pinned plating screw*",
        "Joint replacement": "arthroplast* replacement* prosthe*",
        "Arthroscopy": "arthroscop*",
        "Repair or reconstruction": "repair* reconstruct* graft* transfer* sutur* latarjet "
        "stabilisation stabilization",
        "Removal": "resect* excis* amputat* removal removed ectomy curett*",
        "Setting (reduction)": "reduction* reduced",
        "Decompression or release": "decompress* released release fasciotom*",
        "Fusion or osteotomy": "fusion arthrodes* osteotom*",
        "Exercise and physiotherapy": "physiotherap* exercis* rehabilitat* physical-therap*",
        "Platelet-rich plasma": "platelet-rich prp",
        "Shock waves": "shock-wave* shockwave* eswt",
        "Ultrasound guidance": "ultrasound-guid* sonograph*",
        "Operation, not further named": "surgery surgical* operation* operative*",
    }
)
"""What was done, as titles name it."""


@dataclass(frozen=True)
class Coverage:
    """Documents by year, region and procedure; the last two most first, without empty ones.

    `undated`, `no_region` and `no_procedure` count those of which the title says nothing.
    """

    documents: int
    years: Mapping[int, int]
    undated: int
    regions: Mapping[str, int]
    no_region: int
    procedures: Mapping[str, int]
    no_procedure: int


def count_coverage(titles: Titles, progress: Progress = no_progress) -> Coverage:
    """Count documents by what their titles name, and by their years."""
    regions, procedures = Counter[str](), Counter[str]()
    no_region = no_procedure = 0
    for done, title in enumerate(titles.folded):
        if done % _TOLD_EVERY == 0:
            progress(COUNTING, done, len(titles))
        here, procedure = REGIONS.named_in(title), PROCEDURES.named_in(title)
        if here:
            regions.update(here)
        if procedure:
            procedures.update(procedure)
        no_region += not here
        no_procedure += not procedure
    years = Counter(titles.years)
    undated = years.pop(0, 0)
    return Coverage(
        len(titles), dict(sorted(years.items())), undated,
        dict(regions.most_common()), no_region, dict(procedures.most_common()), no_procedure,
    )  # fmt: skip
