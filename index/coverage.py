"""What a corpus is about, at a glance: regions of the body, procedures and years.

Counted by the words of titles: they are short, so that all of a large index are read in a second,
and a title names what a document is about where its text also names what it is not. A document
counts under each region and procedure that its title names.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from index.catalog import published
from index.folding import folded
from index.library import titles


@dataclass(frozen=True)
class TermTable:
    """Names, each with the words that stand for it, without accents; a star is any ending."""

    words: Mapping[str, str]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """One pattern with a group for each name: a text is gone through once."""
        groups = (
            f"(?P<g{number}>{'|'.join(map(_form, words.split()))})"
            for number, words in enumerate(self.words.values())
        )
        return re.compile(rf"\b(?:{'|'.join(groups)})")

    def named_in(self, text: str) -> set[str]:
        """The names whose words stand in a folded text.

        >>> sorted(REGIONS.named_in("calf pain after a tear of the knee's meniscus"))
        ['Knee', 'Lower leg']
        """
        names = list(self.words)
        found = {match.lastgroup for match in self._pattern.finditer(text)}
        return {names[int(group[1:])] for group in found if group}


def _form(word: str) -> str:
    return word.replace("-", "[- ]").removesuffix("*") + ("" if word.endswith("*") else r"\b")


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


def coverage(folder: Path) -> Coverage:
    """What the published generation covers; raises a `CatalogError`."""
    with published(folder) as (connection, _):
        return count_titles(titles(connection))


def count_titles(documents: Iterable[tuple[str, int | None]]) -> Coverage:
    """Count titles with their years."""
    years, regions, procedures = Counter[int](), Counter[str](), Counter[str]()
    count = no_region = no_procedure = 0
    for title, year in documents:
        plain = folded(title)
        here, done = REGIONS.named_in(plain), PROCEDURES.named_in(plain)
        regions.update(here)
        procedures.update(done)
        count += 1
        no_region += not here
        no_procedure += not done
        if year is not None:
            years[year] += 1
    undated = count - years.total()
    return Coverage(
        count, dict(sorted(years.items())), undated,
        dict(regions.most_common()), no_region, dict(procedures.most_common()), no_procedure,
    )  # fmt: skip
