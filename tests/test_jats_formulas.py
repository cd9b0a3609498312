"""Formulas as a line that can be read."""

import pytest

from ingest.formats.xml.jats_math import mathml_text, write_formulas
from ingest.formats.xml.jats_tex import tex_text
from ingest.formats.xml.tree import inline_text, parse_xml


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<mi>p</mi><mo>&lt;</mo><mn>0.05</mn>", "p < 0.05"),
        ("<mo>−</mo><mn>5</mn>", "−5"),
        ("<mi>a</mi><mo>−</mo><mn>5</mn>", "a − 5"),
        ("<mfrac><mi>a</mi><mn>2</mn></mfrac>", "a/2"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a + b)/2"),
        ("<msup><mn>10</mn><mn>9</mn></msup>", "10⁹"),
        ("<msup><mi>e</mi><mrow><mi>k</mi><mi>t</mi></mrow></msup>", "e^(kt)"),
        ("<msup><mi>f</mi><mo>′</mo></msup>", "f′"),
        ("<msub><mi>CO</mi><mn>2</mn></msub>", "CO₂"),
        ("<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>", "x₁²"),
        ("<msqrt><mi>x</mi></msqrt>", "√(x)"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "³√(x)"),
        ("<mover><mi>x</mi><mo>¯</mo></mover>", "x̄"),
        ("<munderover><mo>∑</mo><mn>1</mn><mi>n</mi></munderover>", "∑(1…n)"),
        ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a, b)"),
        ("<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable>", "1 2"),
        ("<mtext>body mass</mtext><mspace/><mi>x</mi>", "body mass x"),
        ("<semantics><mi>a</mi><annotation>\\alpha</annotation></semantics>", "a"),
    ],
)
def test_mathml_is_read_as_it_would_be_typed(inside: str, text: str) -> None:
    assert mathml_text(parse_xml(f"<math>{inside}</math>".encode())) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"\documentclass{a}\usepackage{b}\begin{document}$$x \le 3$$\end{document}", "x ≤ 3"),
        (r"\frac{\text{weight}}{\text{height}^{2}}", "weight/height²"),
        (r"\mathrm{CO}_2", "CO₂"),
        (r"e^{-kt}", "e^(-kt)"),
        (r"37\,^{\circ}\mathrm{C}", "37 °C"),
        (r"\hat{\beta}_{1} \times 5\%", "β₁ × 5%"),
        (r"\sqrt[3]{x}", "³√(x)"),
        (r"\left( \log p \right)", "( log p )"),
        (r"\begin{array}{ll}a & b \\ c & d\end{array}", "a b ; c d"),
    ],
)
def test_tex_is_read_without_its_commands(source: str, text: str) -> None:
    assert tex_text(source) == text


@pytest.mark.parametrize("source", ["{" * 300, "\\" * 50, "^" * 99, r"\frac{1}{" * 50, ""])
def test_damaged_tex_leaves_no_commands_behind(source: str) -> None:
    assert not {"\\", "{", "}"} & {*tex_text(source)}


def written(inside: str) -> tuple[str, int]:
    root = parse_xml(f"<p>So {inside} holds.</p>".encode())
    pictures = write_formulas(root)
    return inline_text(root), pictures


MATH = "<math><mi>a</mi></math>"


@pytest.mark.parametrize(
    "forms",
    [
        f"<alternatives><tex-math>$a$</tex-math>{MATH}<graphic/></alternatives>",
        f"<tex-math>$a$</tex-math>{MATH}",
        "<tex-math>$a$</tex-math>",
    ],
)
def test_a_formula_in_several_forms_is_read_once(forms: str) -> None:
    assert written(f"<inline-formula>{forms}</inline-formula>") == ("So a holds.", 0)


def test_mathml_of_another_namespace_is_known() -> None:
    assert written('<m:math xmlns:m="urn:m"><m:mi>a</m:mi></m:math>') == ("So a holds.", 0)


@pytest.mark.parametrize(
    "picture", ["<inline-formula><graphic/></inline-formula>", "<inline-graphic/>"]
)
def test_what_is_a_picture_only_is_counted(picture: str) -> None:
    assert written(picture) == ("So holds.", 1)
