"""Words that a full stop does not end, or not always, and words that begin sentences. Data only.

Each set answers one question that `ingest.full_stops` asks about a full stop. Abbreviations stand
without their last stop and in lower case unless said otherwise. The lists come from clinical case
reports, abstracts and trials, from the AMA's and Vancouver style, and from thinking of neighbours;
none is complete, and a word that is missing costs one boundary, no more.
"""

NEVER_LAST = frozenset(
    """dr drs mr mrs messrs prof profs hon rev sgt capt col gen
    vs viz cf i.e e.g c.f n.b incl suppl approx ca resp circa equiv syn
    lig musc subsp ssp var serovar ser bv cv
    fig figs ref refs eq eqs sect chap pp tel fax mol
    staph strep pseud neuro cardiol exper""".split()
)
"""Titles, and words that lead on to what they announce: no sentence ends with them."""

CAPITALISED_NEVER_LAST = frozenset(
    """Ms Pr St Ste Mt Ft Lt Th Proc Natl Nat Acad Sci Biol Chem Physiol Pharmacol Med Surg Clin
    Am Br Eur Int Ann Arch Bull Assoc Res Environ Appl Microbiol Immunol Neurol Orthop Radiol
    Univ Inst Hosp Soc Biochem Biophys Commun Dev Cryst Neurosci""".split()
)
"""As above, but only with this capital: "402 ms." and "at 3 am." do end sentences."""

RARELY_LAST = frozenset(
    """al inc ltd co corp statacorp pty llc dept jr sr bros est y.o y/o ed eds rt lt ant post
    sup inf lat med ext pt pts hx dx tx rx ht abd neg pos""".split()
)
"""They end a sentence only where a word follows that begins one as a rule ("et al. The …")."""

BEFORE_NUMBERS = frozenset(
    """nr vol ver vers art sec app wt max min temp av ave avg
    jan feb mar apr jun jul aug sep sept oct nov dec
    mon tue tues wed thu thur thurs fri sat sun""".split()
)
"""With a number after them they go on; with a capitalised word they end ("in Dec. He …")."""

TIME_UNITS = frozenset("sec secs min mins hr hrs wk wks mo mos yr yrs".split())
"""They end a sentence as words do, but not before a small letter ("After 6 wks. the cast …")."""

SPECIES = frozenset("sp spp sspp".split())
"""They end a sentence before a capitalised word, and not before the letter of an unnamed one."""

DRUG_FORMS = frozenset("tab tabs cap caps inj amp amps syr susp supp".split())
"""They announce a drug where a name and a dose follow ("Tab. Paracetamol 1 g")."""

UPPER_CASE = frozenset("MRS VS FIG FIGS REF REFS PROF".split())
"""The abbreviations that are also printed in capitals; other words in capitals are acronyms."""

NAMED_BY_LETTER = frozenset(
    """vitamin vitamins hepatitis type types group groups grade stage cstage class protein factor
    case patient phase level arm arms influenza category part table figure panel segment segments
    lobe zone region site hole point lead line nerve nerves step lane tube cohort series syndrome
    complex chromosome trisomy antigen serotype serogroup subtype genotype variant strain isoform
    chain domain toxin haemoglobin hemoglobin app appendix supplement score model criterion
    criteria method plan option scenario polysaccharide hemophilia haemophilia degrees""".split()
)
"""After these a single capital is a name ("vitamin C."), not somebody's initial."""

STARTERS = frozenset(
    """The A An He She It They We This That These Those There Here His Her Its Their Our My In On
    At After Before During By For From To Of With Without As Although Though However Because
    Since While When Where Whereas If What Why How No Not One Two Three Four Five Six Seven Eight
    Nine Ten All Both Each Some Many Most Several Only Also Then Thus Therefore Hence Further
    Furthermore Moreover Finally Subsequently Following Upon Based Due Despite Under Until Within
    Over Once Initially Later Such Another Other Among Between Given Nevertheless Patient Patients
    Physical Laboratory Examination
    BACKGROUND OBJECTIVE OBJECTIVES AIM AIMS PURPOSE DESIGN SETTING PARTICIPANTS PATIENTS METHODS
    MEASUREMENTS INTERVENTIONS RESULTS CONCLUSION CONCLUSIONS
    Background Objective Objectives Methods Results Conclusion Conclusions""".split()
)
"""Words that begin sentences and are nobody's name: before one of them even "et al." has ended."""

SMALL_STARTERS = frozenset("the he she it they we there this these his her patient".split())
"""With these a careless writer begins a sentence in a small letter."""

SMALL_CONTINUERS = frozenset(
    """and or nor but than with of which that who whose was were is are has have had be been being
    to by as from for into via per then once twice daily weekly showed revealed""".split()
)
"""With these in a small letter a sentence goes on in spite of a stray full stop."""

WEEKDAYS_AND_MONTHS = frozenset(
    """Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May
    June July August September October November December""".split()
)
"""They belong to the time before them ("9 a.m. Monday")."""
