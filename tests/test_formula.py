"""One formula in four forms."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actviz.formula import OTHERWISE, Cases, Formula, latex, mathml, mathtext, plain
from actviz.model import Definition
from actviz.registry import REGISTRY


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\frac{1}{1 + e^{-x}}", "1 / (1 + e^(-x))"),
        (r"\frac{l + u}{2}\,x", "(l + u) / 2 x"),
        (r"\alpha\,(e^{x} - 1)", "α (e^x - 1)"),
        (r"\frac{1}{(1 + |x|)^{2}}", "1 / ((1 + |x|)^2)"),
        (r"x\,\tanh(\ln(1 + e^{x}))", "x tanh(ln(1 + e^x))"),
        (r"\max_{i}(w_{i}\,x + b_{i})", "max_i(w_i x + b_i)"),
        (r"\sqrt{2}\,\operatorname{erf}(x)", "√2 erf(x)"),
        (r"x \leq \infty", "x ≤ ∞"),
        (r"a^2 + \left(b\right)", "a^2 + (b)"),
        (r"x^\alpha", "x^α"),
        (r"\frac12", "1 / 2"),
        (r"\frac{\frac{a}{b}}{c}", "(a / b) / c"),
        (r"\sqrt{x + 1}", "√(x + 1)"),
        (r"x_{i}^{2}", "x_i^2"),
        (r"e^{-x^{2}}", "e^(-x^2)"),
        (r"e^{-\infty}", "e^(-∞)"),
        (r"\tanh(s)^{2},\quad s = \ln(1 + e^{x})", "tanh(s)^2, s = ln(1 + e^x)"),
        (r"\operatorname{argmax}_{i}(\Phi(x)\,\phi)", "argmax_i(Φ(x) φ)"),
        (r"\lambda\;\theta\cdot\sigma \geq 0", "λ θ·σ ≥ 0"),
        ("  x   +  1 ", "x + 1"),
        ("", ""),
    ],
)
def test_plain_text(tex: str, text: str) -> None:
    """Fractions with a slash, powers with a caret, parentheses only where they are needed."""
    assert plain(tex) == text


def test_cases() -> None:
    """On one line for mathtext and for a terminal, as an environment for LaTeX."""
    cases = Cases((r"\alpha\,x", r"x \leq 0"), ("x", OTHERWISE))
    assert plain(cases) == "α x if x ≤ 0, x otherwise"
    assert mathtext(cases) == r"\alpha\,x\;\;\mathrm{if}\;\;x \leq 0,\quad x\;\;\mathrm{otherwise}"
    assert latex(cases) == r"\begin{cases} \alpha\,x & \text{if } x \leq 0 \\ x & \mathrm{otherwise} \end{cases}"
    assert latex(r"e^{x}") == r"e^{x}"


def test_three_cases() -> None:
    """Each with its condition, in the order in which they are written."""
    cases = Cases(("a", "x < 0"), ("b", "x = 0"), ("c", "x > 0"))
    assert plain(cases) == "a if x < 0, b if x = 0, c if x > 0"
    assert latex(cases).count(r"\\") == 2
    assert latex(cases).count("&") == mathtext(cases).count(r"\mathrm{if}") == 3
    assert eval(repr(cases)).pieces == cases.pieces


def test_fractions_of_full_height() -> None:
    """For a formula that stands alone, also in its pieces; on one line with text they stay small."""
    assert mathtext(r"\frac{1}{2}", display=True) == r"\dfrac{1}{2}"
    assert mathtext(r"\frac{1}{2}") == r"\frac{1}{2}"
    half = Cases((r"\frac{1}{2}", "x > 0"))
    assert mathtext(half, display=True) == r"\dfrac{1}{2}\;\;\mathrm{if}\;\;x > 0"
    assert latex(half) == r"\begin{cases} \frac{1}{2} & \text{if } x > 0 \end{cases}"


def test_an_unknown_command_is_never_printed_as_it_is() -> None:
    """It is named in an error, so that whoever uses it adds its plain form."""
    with pytest.raises(KeyError, match="zeta"):
        plain(r"1 + \zeta(x)")


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """TeX made of smaller pieces of it."""
    return st.builds(
        lambda form, one, other: form.replace("1", one).replace("2", other),
        st.sampled_from([r"\frac{1}{2}", "1^{2}", r"(1\,2)", r"\sqrt{1}"]),
        inner,
        inner,
    )


@given(st.recursive(st.sampled_from(["x", r"\alpha", "y", r"\infty"]), _larger, max_leaves=12))
def test_no_trace_of_tex_is_left(tex: str) -> None:
    """In plain text of formulas nested in any way, and every parenthesis is closed."""
    text = plain(tex)
    assert not set(text) & set("\\{}")
    assert text.count("(") == text.count(")")
    assert latex(tex) == mathtext(tex) == tex


def _tags(formula: Formula, before: str = "") -> list[str]:
    """The elements of a formula in MathML without the rows, each with what it holds if that is text."""
    root = ET.fromstring(mathml(formula, before).replace("&#160;", ""))
    return [f"{e.tag} {e.text}" if e.text and not len(e) else e.tag for e in root.iter() if e.tag != "mrow"]


@pytest.mark.parametrize(
    ("tex", "tags"),
    [
        (r"\frac{1}{1 + e^{-x}}", ["mfrac", "mn 1", "mn 1", "mo +", "msup", "mi e", "mo −", "mi x"]),
        (r"w_{i}\,x", ["msub", "mi w", "mi i", "mspace", "mi x"]),
        (r"\sqrt{x + 10.5}", ["msqrt", "mi x", "mo +", "mn 10.5"]),
        (r"\tanh(\alpha)^{2}", ["mi tanh", "mo (", "mi α", "msup", "mo )", "mn 2"]),
        (r"0 < |x| \leq 1", ["mn 0", "mo <", "mo |", "mi x", "mo |", "mo ≤", "mn 1"]),
        (r"\operatorname{argmax}_{i} x_{i}^{2}", ["msub", "mi argmax", "mi i", "msup", "msub", "mi x", "mi i", "mn 2"]),
        (r"\frac12", ["mfrac", "mn 1", "mn 2"]),
        ("f'(x) = y", ["mi f", "mo ′", "mo (", "mi x", "mo )", "mo =", "mi y"]),
    ],
)
def test_mathml(tex: str, tags: list[str]) -> None:
    """Numbers, letters, operators, fractions, roots, powers and indices, in their order."""
    assert _tags(tex) == ["math", *tags]


def test_parentheses_stretch_only_where_tex_says_so() -> None:
    """Fonts differ in how far they would."""
    assert "<mo>" not in mathml(r"[f(|x|)]")
    assert mathml(r"\left(\frac{1}{2}\right)").count("stretchy") == 0
    assert _tags(r"\left(\frac{1}{2}\right)") == ["math", "mo (", "mfrac", "mn 1", "mn 2", "mo )"]


def test_cases_in_mathml() -> None:
    """A brace and a table with a row for each; what stands before it."""
    cases = Cases((r"\alpha\,x", r"x \leq 0"), ("x", OTHERWISE))
    tags = _tags(cases, "f(x) = ")
    assert tags[:7] == ["math", "mi f", "mo (", "mi x", "mo )", "mo =", "mo {"]
    assert tags.count("mtr") == 2
    assert tags.count("mtd") == 4
    assert [tag for tag in tags if tag.startswith("mtext")] == ["mtext if", "mtext otherwise"]


@pytest.mark.parametrize("definition", REGISTRY.values(), ids=lambda definition: definition.name)
def test_every_formula_of_the_registry_as_mathml(definition: Definition) -> None:
    """Well-formed, and with the same letters and digits as the plain text."""
    for formula in (definition.formula, definition.derivative_formula):
        text = "".join(ET.fromstring(mathml(formula).replace("&#160;", "")).itertext())
        letters = re.sub(r"[^\w]", "", plain(formula))
        assert sorted(re.sub(r"[^\w]", "", text)) == sorted(letters.replace("_", ""))
