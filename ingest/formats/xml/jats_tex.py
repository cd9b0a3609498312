r"""TeX formulas to a line that can be read, where a publisher gives no other form. Pure.

Only what formulas in clinical articles are made of is known: letters, fractions, roots, powers
and signs. A command that is not known is left out and what it holds is kept, so that no TeX
source stands in a document's text.
"""

import re

from ingest.formats.xml.raised import LOWERED, RAISED, in_place

_SYMBOLS: dict[str, str] = dict(
    zip(
        """alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu
        xi pi rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma
        Upsilon Phi Psi Omega upmu upalpha upbeta times cdot div pm mp le leq leqslant ge geq
        geqslant lt gt neq ne approx sim simeq cong equiv propto infty partial nabla sum prod int
        to rightarrow leftarrow Rightarrow uparrow downarrow in notin subset cup cap wedge vee
        forall exists degree circ prime ldots cdots dots bullet ast star dagger ell hbar angle
        perp parallel mid vert Vert langle rangle lfloor rfloor""".split(),
        """α β γ δ ε ε ζ η θ ϑ ι κ λ μ ν ξ π ρ σ τ υ φ φ χ ψ ω Γ Δ Θ Λ Ξ Π Σ Υ Φ Ψ Ω μ α β × · ÷
        ± ∓ ≤ ≤ ≤ ≥ ≥ ≥ < > ≠ ≠ ≈ ∼ ≃ ≅ ≡ ∝ ∞ ∂ ∇ ∑ ∏ ∫ → → ← ⇒ ↑ ↓ ∈ ∉ ⊂ ∪ ∩ ∧ ∨ ∀ ∃ ° ° ′ …
        … … • ∗ ⋆ † ℓ ħ ∠ ⊥ ∥ | | ‖ ⟨ ⟩ ⌊ ⌋""".split(),
        strict=True,
    )
)
_DOCUMENT = re.compile(r"^.*?\\begin\s*\{document\}|\\end\s*\{document\}.*$", re.DOTALL)
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{[^{}]*\}(?:\{[lcr|@\s]*\})?")
_SPACING = re.compile(
    r"\\(?:[,;:!> ]|q?quad\b|hspace\*?\{[^{}]*\}|left\b\.?|right\b\.?|nonumber\b)"
)
_FRACTION = re.compile(r"\\[dtc]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_ROOT = re.compile(r"\\sqrt\s*(?:\[([^\[\]]*)\])?\s*\{([^{}]*)\}")
_SCRIPT = re.compile(r"([_^])\s*(?:\{([^{}]*)\}|(\\[A-Za-z]+|[^\s{}\\]))")
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?\s?")
_HOLDER = re.compile(r"\\(?![dtc]?frac|sqrt)[A-Za-z]+\*?\s*\{([^{}]*)\}")
_SIMPLE = re.compile(r"[\w.,%]+")
_STEPS = 60
"""Braces nest; formulas in articles nest less deeply than this."""
_SPACED = frozenset("×÷±∓≤≥<>≠≈∼≃≅≡∝→←⇒∈∉")
_FUNCTIONS = frozenset("log ln lg exp sin cos tan max min lim arg mod var cov Pr".split())
_RAISED_BY = "\1"
"""Stands for a power that is done with, until all others are."""


def tex_text(source: str) -> str:
    r"""A formula without its TeX.

    >>> tex_text(r"$$\frac{a+b}{2} \le 10^{9}\,\mathrm{cells}$$")
    '(a+b)/2 ≤ 10⁹ cells'
    """
    text = _DOCUMENT.sub("", source).replace("\\\\", "; ")
    text = _SPACING.sub(" ", _ENVIRONMENT.sub(" ", text))
    text = re.sub(r"\\([%#&_$])", r"\1", text.replace("$", " ").replace("&", " "))
    for _ in range(_STEPS):
        before = text
        text = _COMMAND.sub(_symbol, text)
        text = _SCRIPT.sub(_script, text)
        text = _FRACTION.sub(lambda m: f"{_in_brackets(m[1])}/{_in_brackets(m[2])}", text)
        text = _ROOT.sub(lambda m: f"{in_place(m[1] or '', RAISED)}√({m[2]})", text)
        if text == before:
            text = _HOLDER.sub(r"\1", text, count=1)
        if text == before:
            text = re.sub(r"(?<!\\)\{([^{}]*)\}", r"\1", text)
        if text == before:
            break
    text = re.sub(r"[{}\\]", "", _COMMAND.sub(" ", text)).replace(_RAISED_BY, "^")
    return " ".join(text.split())


def _symbol(match: re.Match[str]) -> str:
    if match[1] in _FUNCTIONS:
        return f" {match[1]} "
    symbol = _SYMBOLS.get(match[1], match[0])
    return f" {symbol} " if symbol in _SPACED else symbol


def _script(match: re.Match[str]) -> str:
    text = (match[2] if match[2] is not None else match[3]).strip()
    if match[1] == "_":
        return in_place(text, LOWERED)
    raised = in_place(text, RAISED)
    is_power = raised == text and any(c.isalnum() for c in text)
    if not is_power:
        return raised
    return _RAISED_BY + (text if len(text) == 1 else f"({text})")


def _in_brackets(text: str) -> str:
    stripped = text.strip()
    return stripped if _SIMPLE.fullmatch(stripped) else f"({stripped})"
