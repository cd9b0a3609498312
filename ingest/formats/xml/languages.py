"""Names of languages from ISO 639-2, as PubMed has them, to ISO 639-1. Pure; a table.

Source: https://www.loc.gov/standards/iso639-2/php/code_list.php (bibliographic codes; those in
which the journals of PubMed appear).
"""

_CODES = dict(
    pair.split(":")
    for pair in """afr:af alb:sq sqi:sq amh:am ara:ar arm:hy hye:hy aze:az baq:eu bel:be ben:bn
    bos:bs bul:bg bur:my cat:ca chi:zh zho:zh cze:cs ces:cs dan:da dut:nl nld:nl eng:en epo:eo
    est:et fao:fo fin:fi fre:fr fra:fr geo:ka kat:ka ger:de deu:de gla:gd gle:ga glg:gl
    gre:el ell:el heb:he hin:hi hrv:hr hun:hu ice:is isl:is ind:id ita:it jpn:ja kaz:kk
    kin:rw kir:ky kor:ko lat:la lav:lv lit:lt ltz:lb mac:mk mkd:mk mal:ml may:ms msa:ms
    mao:mi mri:mi mon:mn nob:nb nno:nn nor:no per:fa fas:fa pol:pl por:pt pus:ps rum:ro
    ron:ro rus:ru san:sa slo:sk slk:sk slv:sl spa:es srp:sr swa:sw swe:sv tam:ta tha:th
    tib:bo bod:bo tur:tr ukr:uk urd:ur uzb:uz vie:vi wel:cy cym:cy""".split()
)


def two_letter_code(code: str) -> str:
    """The two letters for a code of two or three; "" for several languages and unknown ones.

    >>> two_letter_code("ger"), two_letter_code("en-GB"), two_letter_code("mul")
    ('de', 'en', '')
    """
    code = code.strip().lower().partition("-")[0]
    return code if len(code) == 2 else _CODES.get(code, "")
