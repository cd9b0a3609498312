"""Takes the printed line of authors apart into names. Pure.

    Alan J Forster‸, Carl van Walraven‸, MD and Robyn Tamblyn‸    (‸ for raised signs)

What journals add goes: signs of affiliation, degrees, ORCID signs, addresses. A line is one of
authors only if every part of it is a name or such an addition.
"""

import re
from collections.abc import Collection, Iterator, Sequence

MARK = "‸"
"""Stands for raised signs, as `ingest.formats.pdf.front_lines` writes them."""
MAX_LETTERS = 6000
"""Of a line of authors: 200 names."""
MAX_TOKENS = 7
"""Words of a name: "Maria del Carmen de la Cruz Pérez"."""

_DEGREES = frozenset(
    """ab aprn arnp atc ba bchir bch bds bm bmed bmedsc bms bn bpharm bphty bphysio bs bsc bscpt
    ccc chb ccfp cnm cns cpt crna cscs dabr dabpmr dc dcn ddr dds diplacsm dipclinpath dm
    dmd dmedsc dmsc dnb dnp do dph dphil dpm dpt drph drmed dsc dscpt dvm edd edm facc face
    facep facg facp facr facs facsm faafp faan faaos faaospm faaptm faaompt facog facpm
    facrm famssm faota fapta faap faaem faanaos faapmr faaot fcps fesc ffr ffsem frca frcp
    frcpath frcpc frcpch frcr frcs frcsc frcsed fracgp fracp fracs franzcr hbsc jd llb llm
    lmt ma mba mbbch mbbs mbchb mch mchir md mda mdphd mds med menghc mhs mhsc mm mms mmed
    mmedsc mmsc mph mphil mphty mpt mrcgp mrcp mrcpch mrcs ms msc mscpt mse msn msph mspt
    mstr msw mt nd np ocs otd otr otrl pac phd pharmd pgdip psyd pt ptdpt rd rmsk rn rpt
    rphd rpvi rvt scd scs td vmd""".split()
)
_TITLES = frozenset(
    "dr prof professor mr mrs ms miss sir pd med habil rer nat priv-doz univ-prof dott dres".split()
)
_SUFFIXES = frozenset("jr sr ii iii iv".split())
_PARTICLES = frozenset(
    """von van der den de del della di da das do dos du la le los las el al bin ben ibn abu ur ul
    ter ten te zu zum zur af av und y e i st san santa 't op in het d' dal degli dello""".split()
)
_NO_PERSON = frozenset(
    """university universiteit universität universidad universidade università université college
    school faculty department dept division hospital hospitals clinic clinics clinica center
    centre institute institut instituto istituto academy laboratory laboratories medical
    medicine medicina surgery research foundation journal society association ministry
    street road avenue drive suite floor box city state province county district health
    healthcare care services unit ward program programme sciences science engineering
    technology article report reports review case cases study studies abstract summary
    introduction background methods results discussion conclusion conclusions keywords
    references figure table patient patients patient’s clinical open access original paper
    trial protocol editorial letter commentary correspondence correspondent corresponding
    received accepted revised published publisher copyright rights reserved license licence
    volume issue page pages doi issn email e-mail tel fax edited reviewed editor editors
    reviewer reviewers supplementary acknowledgements inc ltd gmbh llc author authors orcid
    the of for with from on at to by""".split()
)
_ADDRESS_WORDS = frozenset(
    """university universiteit universität universidad universidade università université college
    school faculty department dept division hospital clinic clinics center centre institute
    institut instituto istituto academy laboratory""".split()
)
_GROUP = re.compile(
    r"\b(?:group|consortium|collaborat\w+|investigators|network|committee|team|society|taskforce)\b",
    re.IGNORECASE,
)
_COUNTRIES = frozenset(
    """africa zealand kong arabia emirates rico rica lanka usa uk u.s.a. u.k. argentina australia
    austria bangladesh belgium brasil brazil bulgaria canada chile china colombia croatia
    cuba cyprus czechia denmark deutschland ecuador egypt england españa estonia ethiopia
    finland france germany ghana greece hungary iceland india indonesia iran iraq ireland
    israel italia italy japan jordan kenya korea kuwait lebanon lithuania malaysia mexico
    morocco nepal netherlands nigeria norway oman pakistan peru philippines poland portugal
    qatar romania russia scotland serbia singapore slovakia slovenia spain sudan sweden
    switzerland syria taiwan tanzania thailand tunisia turkey türkiye uganda ukraine uruguay
    venezuela vietnam wales""".split()
)

_STATES = frozenset(
    """al ak az ar ca co ct de fl ga hi id il ia ks ky la me mi mn mo mt ne nv nh nj nm ny nc oh ok
    ri sc sd tn tx ut vt va wa wv wi wy bc ab on qc nsw vic qld""".split()
)
"""As addresses have them; those that are degrees as well are left out."""

_BEFORE = re.compile(r"^\W*(?:(?:written\s+)?by|authors?)\b\s*:?\s+", re.IGNORECASE)
_CONTACTS = re.compile(
    r"\S+@\S+|https?://\S+|\borcid\b(?:\s*id)?\s*:?|\b\d{4}-\d{4}-\d{4}-\d{3}[\dX]\b|[\ue000-\uf8ff]+",
    re.IGNORECASE,
)
_BEHALF = re.compile(r"[,;]?\s*\b(?:on behalf of|for|and) the\b.*$", re.IGNORECASE)
_ET_AL = re.compile(r"[,;]?\s*\bet al\b\.?", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SIGNS = re.compile(r"[\d⁰¹²³⁴-⁹*†‡§¶#∗⁎✉✱™®♦]+")
_QUOTES = re.compile(
    r"(?<=[\w,;][\w,;])[\"'`´’‘“”°^]+(?=[\s,;]|$)|(?<=\s)[\"'`´’‘“”°^]+(?=[\s,;]|$)"
)
"""What raised figures become where a picture of the page was recognised."""
_APART = re.compile(
    rf"\s*(?:[;|·•‧∙&,{MARK}]|(?<!\w)(?i:and|und|et)(?!\w)|(?<!\w)[ye]\s+(?=[^\s,;]+\s+[^\s,;]))\s*"
)
_CAPITAL = "[A-ZÀ-ÖØ-ÞĀ-ž]"
_INITIALS = re.compile(rf"{_CAPITAL}{{1,3}}|(?:{_CAPITAL}\.-?){{1,4}}")
_LETTER = re.compile(r"[^\W\d_]")


def names_in(line: str, common: Collection[str] = ()) -> tuple[str, ...]:
    """The names of a line of authors, first names first; empty for any other line.

    `common` are words that the document writes with small letters: what is made of them only is
    no name, however it is written ("Ankle Pain"), unless it begins with initials ("J. Brown").

    >>> names_in("Alan J Forster‸, Carl van Walraven‸ and R. Tamblyn‸, MD, PhD")
    ('Alan J Forster', 'Carl van Walraven', 'R. Tamblyn')
    >>> names_in("Ottawa Hospital Research Institute, Ottawa, Canada")
    ()
    """
    names: list[str] = []
    for part in _parts(line) if _begins_with_letter(line) else ():
        tokens = _bare_tokens(part)
        if _is_addition(part, tokens, after_name=bool(names)):
            continue
        if _is_suffix(tokens) and names:
            names[-1] += f" {part}"
        elif is_name(tokens, common):
            names.append(" ".join(tokens))
        elif names and is_address(part):
            break
        else:
            return ()
    return tuple(_in_title_case(names))


def is_marked(line: str) -> bool:
    """Whether a line has what only lines of authors have: signs, degrees, "by"."""
    tokens = re.split(r"[\s,;]+", line)
    signs = MARK in line or _SIGNS.search(line) or _BEFORE.match(line)
    return bool(signs) or any(_is_degree(token) for token in tokens[2:])


def stated_names(value: str) -> tuple[str, ...]:
    """The names in a field that is known to hold them, also "Lima, Ana" and "Lima, Ana; Berg, T".

    >>> stated_names("Lima, Ana; Berg, Tom, MD"), stated_names("Lima, Ana")
    (('Ana Lima', 'Tom Berg'), ('Ana Lima',))
    """
    parts = [part for part in value.split(";") if part.strip()]
    turned = [_first_names_first(part) for part in parts]
    if all(turned):
        return tuple(_in_title_case(turned))
    found: list[str] = []
    for part in _parts(value):
        tokens = _bare_tokens(part)
        degrees = found and all(_is_degree(token) for token in tokens)
        if _LETTER.search(part) and not degrees:
            found.append(" ".join(tokens))
    return tuple(_in_title_case(found))


def is_name(tokens: Sequence[str], common: Collection[str] = ()) -> bool:
    """Whether words can be the name of one person."""
    words = [token.lower().strip(".") for token in tokens]
    if not 2 <= len(tokens) <= MAX_TOKENS or words[-1] in _PARTICLES:
        return False
    if any(word in _NO_PERSON or word in _COUNTRIES for word in words):
        return False
    if not all(_can_be_in_name(token) for token in tokens):
        return False
    long = [w for t, w in zip(tokens, words, strict=True) if not _INITIALS.fullmatch(t)]
    family = [word for word in long if word not in _PARTICLES]
    if not family:  # "KIM LEE" is a name, "CT MRI" perhaps, "JA B" is none
        return all(len(word) > 2 for word in words)
    return bool(_INITIALS.fullmatch(tokens[0])) or not all(word in common for word in family)


def _begins_with_letter(line: str) -> bool:
    """Whether no sign stands first, as one does before an address."""
    return bool(_LETTER.match(line.lstrip("*•· ")))


def _parts(line: str) -> Iterator[str]:
    bare = _CONTACTS.sub(MARK, _BEFORE.sub("", line[:MAX_LETTERS]))
    bare = _BRACKETS.sub(MARK, _ET_AL.sub("", _BEHALF.sub("", bare)))
    for part in _APART.split(_QUOTES.sub(MARK, _SIGNS.sub(MARK, bare))):
        stripped = part.strip(" .:-–—")
        if stripped:
            yield stripped + ("." if part.rstrip().endswith(".") else "")


def _bare_tokens(part: str) -> list[str]:
    """The words of a name without titles before and degrees after it."""
    tokens = part.split()
    while len(tokens) > 2 and tokens[0].strip(".").lower() in _TITLES:
        del tokens[0]
    while len(tokens) > 2 and (_is_degree(tokens[-1]) or _is_sign(tokens[-1])):
        del tokens[-1]
    if tokens and not _INITIALS.fullmatch(tokens[-1]):
        tokens[-1] = tokens[-1].rstrip(".")
    return tokens


def _is_degree(token: str) -> bool:
    return re.sub(r"[^a-z]", "", token.lower()) in _DEGREES and not token.islower()


def _is_sign(token: str) -> bool:
    """Whether it is the letter of an affiliation: "Laura Smith a,b"."""
    return len(token) == 1 and token.islower()


def _is_addition(part: str, tokens: Sequence[str], after_name: bool) -> bool:
    """Whether a part is what journals put between names: a sign, a degree, a group."""
    if _GROUP.search(part) or len(part.strip(".")) == 1:
        return True
    if not after_name:
        return False
    if all(_is_degree(token) or token.strip(".").lower() == "hons" for token in part.split()):
        return True
    # Degrees that are in no list: "FCSP", not "NY".
    capitals = len(tokens) == 1 and sum(map(str.isupper, part)) > len(part) / 2
    return capitals and part.lower() not in _STATES and part.lower() not in _COUNTRIES


def _is_suffix(tokens: Sequence[str]) -> bool:
    return len(tokens) == 1 and tokens[0].strip(".").lower() in _SUFFIXES


def is_address(text: str) -> bool:
    """Whether it has a word of an address: "Department of …"."""
    words = {word.lower() for word in re.findall(r"[^\W\d_]+", text)}
    return "@" in text or bool(words & _ADDRESS_WORDS)


def _can_be_in_name(token: str) -> bool:
    if token.lower() in _PARTICLES:
        return True
    letters = re.sub(r"[-.'’‘`´ʼ]", "", token)
    first = token.lower().removeprefix("d'").removeprefix("d’").removeprefix("al-")
    capital = token[0].isupper() or (first != token.lower() and letters[1:].lower() != letters[1:])
    return bool(letters) and letters.isalpha() and (capital or token.lower().startswith("al-"))


def _first_names_first(part: str) -> str:
    """The other way round what is written as "Lima, Ana"; "" for what is not."""
    family, *rest = (piece.strip() for piece in part.split(","))
    first = [piece for piece in rest if not all(_is_degree(token) for token in piece.split())]
    if len(first) != 1 or not family or " and " in part:
        return ""
    before, words = first[0].split(), family.split()
    is_family = all(word.lower() in _PARTICLES for word in words[:-1])
    initials = all(_INITIALS.fullmatch(token) for token in before)
    alike = len(before) <= 3 and len(words) <= 3 and (is_family or initials)
    return " ".join([*before, *words]) if alike else ""


def _in_title_case(names: Sequence[str]) -> list[str]:
    """Names that a journal prints in capitals, as people write them."""
    long = [t for name in names for t in name.split() if len(t) > 3]
    if not long or not all(token.isupper() for token in long):
        return list(names)
    return [" ".join(_token_in_title_case(token) for token in name.split()) for name in names]


def _token_in_title_case(token: str) -> str:
    if token.lower() in _PARTICLES:
        return token.lower()
    stays = "." in token or (_INITIALS.fullmatch(token) and len(token) < 3)
    return token if stays else token.title()
