"""`actviz list`, `show`, `eval`, `--help`, `--version` and completion."""

import json
import os
import pty
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

import actviz
from actviz import facts
from actviz.activations import FAMILIES
from actviz.model import Activation
from actviz.prose import describe
from actviz.registry import GATED_UNITS, REGISTRY
from tests.conftest import Run
from tests.made_up import MADE_UP

_MEAN = "{} (mean output {} for inputs from N(0, 1))"


def terminal(*arguments: str, columns: int, **environment: str) -> str:
    """What a terminal of some width receives."""
    return received([sys.executable, "-m", "actviz", *arguments], columns, environment)


def received(command: list[str], columns: int, environment: dict[str, str]) -> str:
    """What a terminal of some width receives from a process."""
    controller, terminal_end = pty.openpty()
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=terminal_end,
        stderr=terminal_end,
        env={
            **os.environ,
            "TERM": "xterm-256color",
            "COLUMNS": str(columns),
            "PYTHONIOENCODING": "utf-8",
            **environment,
        },
    )
    os.close(terminal_end)
    text = b""
    try:
        while chunk := os.read(controller, 65536):
            text += chunk
    except OSError:  # Linux's way to say that the other end is closed
        pass
    assert process.wait() == 0
    os.close(controller)
    return text.decode().replace("\r\n", "\n")


def test_list_has_a_row_for_each_activation(run: Run) -> None:
    """In a pipe: a line each, columns apart by two spaces or more, no headings of families, no colour, no boxes."""
    result = run("list")
    rows = [re.split(r" {2,}", line) for line in result.stdout.splitlines()]
    assert rows[0] == ["name", "title", "formula", "range", "monotonic", "smooth", "saturates", "year"]
    assert [row[0] for row in rows[1:]] == [*actviz.names(), *REGISTRY.units]
    assert all(len(row) == 8 for row in rows)
    assert ["relu6", "ReLU6", "min(max(x, 0), 6)", "[0, 6]", "yes", "no", "both", "2010"] in rows
    assert ["arctan", "Arctan", "arctan(x)", "(−1.571, 1.571)", "yes", "yes", "both", "–"] in rows
    assert any(row[:1] + row[3:4] == ["hardshrink", "(−∞, −0.5)∪{0}∪(0.5, ∞)"] for row in rows)
    assert not re.search("[\x1b│─]", result.stdout)


def _listed(run: Run, *filters: str) -> list[str]:
    entries = json.loads(run("list", "--json", *filters).stdout)
    return [entry["name"] for entry in entries if entry["family"] != GATED_UNITS]  # those have tests of their own


def test_list_can_be_filtered(run: Run) -> None:
    """By family, by facts, by year (which some have not), by what is one call in a framework; filters add up."""
    activations = {name: actviz.get(name) for name in actviz.names()}
    assert _listed(run, "--family", "steps") == ["heaviside", "sign"]
    assert _listed(run, "--family", "Self_Gated") == _listed(run, "--family", "self")
    assert _listed(run, "--smooth") == [name for name, one in activations.items() if not one.kinks]
    assert _listed(run, "--bounded") == [name for name, one in activations.items() if one.range.bounded]
    recent = _listed(run, "--since", "2020")
    assert {"relu2", "tanhexp", "snake", "smish"} <= {*recent}
    assert not {"arctan", "swish", "sinc"} & {*recent}
    in_torch = _listed(run, "--in", "torch")
    assert {"relu", "celu", "hardswish", "gelu", "gelu_tanh", "hardtanh", "heaviside", "sine", "prelu"} <= {*in_torch}
    assert not {"quick_gelu", "relu2", "lisht", "squareplus", "star_relu", "sinc", "laplace", "maxout"} & {*in_torch}
    assert {"sparse_plus", "squareplus", "hardswish"} <= {*_listed(run, "--in", "JAX")}
    assert _listed(run, "--in", "torch", "--since", "2020") == [name for name in in_torch if name in recent]
    result = run("list", "--family", "maxout", "--bounded")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "note: no activation is all of that\n")


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        (("--family", "sigmoid gate s"), "--family 'sigmoid gate s' is unknown; did you mean 'Sigmoid gates'?"),
        (("--family", "s"), "--family 's' is unknown; there are Linear, Steps,"),
        (("--in", "pytroch"), "--in 'pytroch' is unknown; did you mean 'pytorch'?"),
        (("--since", "old"), "--since"),
    ],
)
def test_a_filter_that_lets_nothing_through_is_named(run: Run, filters: tuple[str, str], message: str) -> None:
    """With the nearest right one."""
    result = run("list", *filters)
    assert (result.returncode, result.stdout) == (2, "")
    assert message in result.stderr


def test_a_jump_says_what_the_function_is_there(run: Run) -> None:
    """On the card, in JSON and in the description; a bound on accuracy stands on the card too."""
    card = run("show", "heaviside").stdout
    assert "f jumps from 0 to 1, and is 0.5 there" in card
    assert json.loads(run("show", "heaviside:1", "--json").stdout)["kinks"][0]["f"] == 1
    assert describe(actviz.get("heaviside")).endswith(
        "jumps from 0 to 1 at x = 0, where it is 0.5, then stays at 1 from there on."
    )
    assert "accuracy         f' is within 2⁻⁵², because it touches 0 once in each period" in run("show", "snake").stdout
    assert "within 2^-52, because" in run("show", "snake", encoding="ascii").stdout
    assert "df/da           sigma(b)" in run("show", "glu", encoding="ascii").stdout


def test_list_as_json(run: Run) -> None:
    """The same facts, as booleans and numbers."""
    entries = {entry["name"]: entry for entry in json.loads(run("list", "--json").stdout)}
    assert list(entries) == [*actviz.names(), *REGISTRY.units]
    assert entries["gelu"]["monotonic"] is False
    assert entries["gelu"]["smooth"] is True
    assert entries["elu"]["range"] == "(-1.0, inf)"
    assert entries["exponential"]["saturates"] == "left"
    assert entries["leaky_relu"]["aliases"] == ["leaky", "lrelu", "LeakyReLU"]
    assert {"torch.nn.LeakyReLU", "tf.nn.leaky_relu"} <= {*entries["leaky_relu"]["framework_names"]}


@pytest.mark.parametrize("columns", [80, 120])
def test_a_terminal_gets_a_table_that_fits(columns: int) -> None:
    """Nothing is cut off, and no line is wider than the terminal."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", terminal("list", columns=columns))
    lines = text.splitlines()
    assert max(map(len, lines)) <= columns
    assert [after for before, after in pairwise(lines) if not before] == [*FAMILIES, GATED_UNITS]
    for name in actviz.names():
        assert re.search(rf"^{name} +.*(\d{{4}}|–)$", text, re.MULTILINE)
    assert "min(max(a x + 0.5, 0), 1)" in text


def test_no_color_is_respected() -> None:
    """NO_COLOR removes the colours, of f and f' as in a figure, not the table."""
    text = terminal("show", "relu", columns=80, COLORTERM="truecolor")
    assert "\x1b[36m" in text
    for name, colour in (("f(x)", "4;107;198"), ("f'(x)", "194;70;14")):
        assert re.search(rf"\x1b\[38;2;{colour}m{re.escape(name)}\x1b\[0m", text)
        assert re.search(rf"\x1b\[38;2;{colour}m[\u2801-\u28ff\u2800]+\x1b\[0m", text)
    assert not re.search(r"\x1b\[[0-9;]*3[0-8][0-9;]*m", terminal("show", "relu", columns=80, NO_COLOR="1"))


@pytest.mark.parametrize("columns", [50, 60])
def test_the_drawing_fits_a_narrow_terminal(columns: int) -> None:
    """As the card does; only the values, which can't be cut, and formulas may need more."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", terminal("show", "gelu", columns=columns))
    assert max(map(len, text.splitlines()[-13:])) <= columns


def test_show_fits_a_terminal_of_80_columns() -> None:
    """The card, the values and the drawing, of every activation."""
    code = """if True:
        import contextlib, sys
        from actviz.terminal.commands import main
        for name in sys.argv[1:]:
            sys.argv[1:] = ["show", name]
            with contextlib.suppress(SystemExit):
                main()"""
    text = received([sys.executable, "-c", code, *actviz.names()], 80, {})
    lines = re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines()
    assert len(lines) > 30 * len(actviz.names())
    assert [line for line in lines if len(line) > 80] == []


def test_show_prints_all_that_the_definition_holds(run: Run) -> None:
    """Formulas, parameters with what people call them, facts, kinks, paper, frameworks with their defaults, values."""
    text = run("show", "leaky:0.1").stdout
    for part in (
        "Leaky ReLU (negative_slope = 0.1)",
        "leaky, lrelu, LeakyReLU",
        "x if x > 0, a x if x ≤ 0",
        "default 0.2, in [0, ∞)",
        "also called a, alpha, slope",
        "(−∞, ∞)",
        "except at x = 0",
        "x = 0: slope 0.1 on the left, 1 on the right, 0.1 by convention",
        "0.1 in PyTorch 2.15, 1 in JAX 0.10, 0.1 in Keras 3.15 on PyTorch and TensorFlow, 1 in Keras 3.15 on JAX",
        "Maas, Hannun, Ng (2013)",
        "torch.nn.functional.leaky_relu(x, negative_slope=0.1)",
        "names there: torch.nn.LeakyReLU, torch.nn.functional.leaky_relu",
        "default there: negative_slope=0.01 in PyTorch 2.15",
        "tf.nn.leaky_relu(x, alpha=0.1)",
        "keras.activations.leaky_relu(x, negative_slope=0.1)",
        "jax.nn.leaky_relu(x, negative_slope=0.1)",
    ):
        assert part in text
    assert re.search(r"^-2\.0 +-0\.2 +0\.1$", text, re.MULTILINE)


def _drawings(stdout: str) -> tuple[list[str], list[str]]:
    """Cut the two drawings at the end of a card apart: between the ends of both x axes."""
    lines = stdout.splitlines()[-13:]
    middle = lines[0].index("f'(x)") - 3
    return [line[:middle] for line in lines], [line[middle:] for line in lines]


def test_show_draws_function_and_derivative_with_braille_dots(run: Run) -> None:
    """tanh: dots bottom left and top right, none top left; its derivative is 0 at both ends, and the ends are named."""
    function, derivative = _drawings(run("show", "tanh").stdout)
    assert function[0].strip() == "f(x)"
    assert function[1].startswith(" 1.000 ┤")
    assert function[10].startswith("−1.000 ┤")
    assert [line for line in function if line.strip().startswith("0 ┤")]
    assert function[-1].split() == ["−10", "0", "10"]
    dots = [[character not in " \u2800" for character in line[8:38]] for line in function[1:11]]
    assert not any(dots[0][:12])
    assert all(dots[0][20:])
    assert all(dots[-1][:10])
    assert not any(dots[-1][20:])
    assert [line.split()[0] for line in (derivative[1], derivative[10])] == ["1", "0"]


def test_a_jump_is_no_slope_in_the_terminal(run: Run) -> None:
    """ReLU's derivative: dots in the top row right of 0, in the bottom row left of it, and nowhere between."""
    _, derivative = _drawings(run("show", "relu").stdout)
    dots = [re.findall("[\u2801-\u28ff]", line) for line in derivative[1:11]]
    assert [bool(row) for row in dots] == [True] + 8 * [False] + [True]


@pytest.mark.parametrize("spec", [*actviz.names(), "maxout:1e5/-1e5,1/-123456", "prelu:-1234.5678", "elu:1e200"])
def test_the_card_fits_an_old_terminal(spec: str, run: Run) -> None:
    """80 columns for the drawings; with an encoding that has no braille, they are ASCII, and all symbols are words."""
    plain = run("show", spec, encoding="ascii")
    assert plain.returncode == 0
    assert plain.stdout.isascii()
    for stdout in (plain.stdout, run("show", spec).stdout):
        assert max(map(len, stdout.splitlines()[-13:])) <= 80
    assert "?" not in plain.stdout
    assert re.search(r"[-_'|]{3}", plain.stdout)


def test_columns_are_aligned_in_ascii_too(run: Run) -> None:
    """Where one character becomes several, the next column still begins under its heading."""
    heading, *lines = (
        line for line in run("list", encoding="ascii").stdout.splitlines() if re.match(r"\w+ {2,}", line)
    )
    assert heading.isascii()
    for name in ("range", "monotonic", "year"):
        assert all(line[heading.index(name) - 2 : heading.index(name)] == "  " for line in lines)
        assert all(line[heading.index(name)] != " " for line in lines)


def test_paths_are_printed_as_the_system_knows_them(run: Run, tmp_path: Path) -> None:
    """A program that reads them has to find the files, whatever the encoding."""
    command = [sys.executable, "-m", "actviz", "plot", "relu", "--format", "svg", "--out", b"f\xc3\xafg \xcf\x83"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert (result.returncode, result.stderr) == (0, b"")
    assert (Path(os.fsdecode(bytes(tmp_path))) / os.fsdecode(result.stdout[:-1])).read_text().startswith("<?xml")


def test_without_standard_error_remarks_go_nowhere(tmp_path: Path) -> None:
    """Least of all among the results."""
    command = f"{sys.executable} -m actviz gallery --only A1-relu 2>&-"
    result = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 0
    assert {Path(line).suffix for line in result.stdout.splitlines()} == {".png", ".svg"}


def test_show_as_json(run: Run) -> None:
    """Numbers as numbers; infinity, which JSON hasn't got, as a string."""
    data = json.loads(run("show", "generalized_relu:threshold=1", "--json").stdout)
    parameters = {parameter["name"]: parameter for parameter in data["parameters"]}
    assert parameters["max_value"]["value"] == "inf"
    assert parameters["threshold"]["value"] == 1
    (kink,) = data["kinks"]
    assert kink.pop("answers") == {"PyTorch 2.15": 0.0, "JAX 0.10": 0.0}
    assert kink == {"x": 1.0, "left": 0.0, "right": 1.0, "convention": 0.0, "limits": [0.0, 1.0], "f": 0.0}
    assert data["smooth"] is False
    assert data["reference"]["arxiv"] == "1402.3337"
    assert [value["x"] for value in data["values"]] == [-2, -1, 0, 1, 2]


def _card(activation: Activation) -> dict[str, str]:
    return dict(facts.properties(activation))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("reverse", {"steepest slope": "−0.25 at x = 0", "monotonic": "yes", "minimum": "", "maximum": ""}),
        ("gaussian", {"steepest slope": "0.8578 at x = −0.7071, −0.8578 at x = 0.7071", "maximum": "1 at x = 0"}),
        ("cubic", {"minimum": "−2 at x = 1 (local)", "maximum": "2 at x = −1 (local)"}),
        ("sine", {"steepest slope": "1", "saturates": "no", "zero-centred": _MEAN.format("yes", 0)}),
        ("sinc", {"maximum": "1 at x = 0", "saturates": "on both sides"}),
        ("constant", {"non-linear": "no", "steepest slope": "0", "zero-centred": _MEAN.format("no", 3)}),
        ("step", {"non-linear": "yes", "steepest slope": "0, apart from jumps", "differentiable": "except at x = 0"}),
        ("minus", {"steepest slope": "−1", "f(x) ≈ x near 0": "no"}),
        ("ramp", {"differentiable": "everywhere (C²)"}),
    ],
)
def test_cards_of_shapes_that_the_registry_has_not(name: str, expected: dict[str, str]) -> None:
    """Signs, places and extrema as they are; a local extremum is called one, any class of smoothness has a name."""
    card = _card(MADE_UP[name])
    assert {heading: card[heading] for heading in expected} == expected


def test_a_wave_has_its_extrema_again_and_again() -> None:
    """Those nearest to 0, and dots."""
    assert _card(MADE_UP["sine"])["maximum"] == "1 at x = −4.712, 1.571, 7.854, …"


@pytest.mark.parametrize(
    ("spec", "heading", "line"),
    [
        ("linear", "steepest slope", "1"),
        ("elu", "steepest slope", "1"),
        ("prelu:-2", "steepest slope", "−2"),
        ("swish:0.1", "minimum", "−2.785 at x = −12.78"),
        ("maxout:weights=0,biases=3", "saturates", "on both sides"),
    ],
)
def test_cards_hold_for_the_parameters_at_hand(spec: str, heading: str, line: str) -> None:
    """Of a line or a stretch no place is named."""
    assert _card(actviz.get(spec))[heading] == line


def test_eval_prints_values_to_the_last_digit(run: Run) -> None:
    """Also of negative numbers, and where the usual formulas give 0 or NaN."""
    result = run("eval", "sigmoid", "-1e3", "-40", ".5", "40")
    rows = [line.split() for line in result.stdout.splitlines()]
    assert rows[0] == ["x", "f(x)", "f'(x)"]
    assert [row[0] for row in rows[1:]] == ["-1000.0", "-40.0", "0.5", "40.0"]
    assert float(rows[2][1]) == pytest.approx(4.248354255291589e-18, rel=1e-15)
    assert float(rows[4][2]) == pytest.approx(4.248354255291589e-18, rel=1e-15)


def test_eval_as_json(run: Run) -> None:
    """A list of points; at infinity the limits."""
    points = json.loads(run("eval", "elu:2", "0", "-inf", "inf", "--json").stdout)
    assert points == [
        {"x": 0.0, "f": 0.0, "derivative": 2.0},
        {"x": "-inf", "f": -2.0, "derivative": 0.0},
        {"x": "inf", "f": "inf", "derivative": 1.0},
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("eval", "relu", "one"), "x 'one' is not a number"),
        (("eval", "relu", "--jsn", "1"), "No such option: --jsn; did you mean '--json'?"),
        (("eval", "--jsn", "relu", "1"), "No such option: --jsn; did you mean '--json'?"),
        (("eval", "relu"), "Missing argument 'X"),
        (("eval", "softmax", "1"), "run 'actviz softmax -3 1.5 2.7' instead"),
        (("show", "hardmax"), "run 'actviz softmax -3 1.5 2.7 --hardmax' instead"),
        (("show", "gleu"), "unknown activation 'gleu'; did you mean 'gelu'?"),
        (("show", "relu", "--jsn"), "--json"),
        (("lst",), "lst"),
    ],
)
def test_bad_input(run: Run, arguments: tuple[str, ...], message: str) -> None:
    """Exit 2 and a message that names the bad thing and the nearest right one."""
    result = run(*arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_version_and_help(run: Run) -> None:
    """`--version` names it; every command has help with an example that starts with `actviz`."""
    assert run("--version").stdout == f"actviz {actviz.__version__}\n"
    overview = run("--help").stdout
    for command in ("plot", "compare", "softmax", "list", "show", "eval", "gallery"):
        assert re.search(rf"^  {command} ", overview, re.MULTILINE)
        assert f"\n    actviz {command} " in run(command, "--help").stdout
    assert run().stdout == overview
    assert run("-h").stdout == overview
    assert run("eval", "-h").stdout == run("eval", "--help").stdout


@pytest.mark.parametrize("command", ["--help", "plot", "softmax", "list", "eval", "gallery"])
def test_help_keeps_its_texts_without_docstrings(command: str, run: Run) -> None:
    """Python leaves them out with -OO."""
    arguments = [command] if command == "--help" else [command, "--help"]
    assert run(*arguments, PYTHONOPTIMIZE="2").stdout == run(*arguments).stdout


@pytest.mark.parametrize("command", [("plot",), ("compare", "relu"), ("show",), ("eval", "--json")])
def test_a_note_says_what_a_frameworks_name_stands_for(command: tuple[str, ...], run: Run) -> None:
    """On standard error, once, by every command that takes a name."""
    names = ["nn.LeakyReLU"] * (2 if command == ("plot",) else 1)
    result = run(*command, *names, *(["1"] if command[0] == "eval" else []))
    assert result.returncode == 0
    assert result.stderr == "note: nn.LeakyReLU is leaky_relu:0.01\n"
    assert "note" not in result.stdout


def test_help_imports_neither_numpy_nor_matplotlib() -> None:
    """And the tables don't import matplotlib."""
    for arguments, absent in (
        (["--help"], ["numpy", "matplotlib"]),
        (["--version"], ["numpy", "matplotlib"]),
        (["list"], ["matplotlib"]),
        (["show", "gelu"], ["matplotlib"]),
        (["softmax", "1", "2", "--no-figure"], ["matplotlib"]),
    ):
        script = f"""
import sys
from actviz.terminal.commands import main
sys.argv[1:] = {arguments!r}
try:
    main()
except SystemExit:
    print([name for name in {absent!r} if name in sys.modules], file=sys.stderr)
"""
        result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        assert result.stderr == "[]\n"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("lea", {"leaky", "leaky_relu"}),
        ("Leaky", {"Leaky", "Leaky_relu", "LeakyReLU"}),
        ("gen", {"generalized_relu"}),
        ("zz", set()),
        ("nn.Le", {"nn.LeakyReLU"}),
        ("F.re", {"F.relu", "F.relu6"}),
        ("tf.keras.layers.L", {"tf.keras.layers.LeakyReLU"}),
        ("relu --theme d", {"dark"}),
        ("relu --size ", {"docs", "slide", "square", "paper", "phone"}),
        ("relu --format ", {"png", "svg", "pdf"}),
        ("relu --format svg,p", {"svg,png", "svg,pdf"}),
    ],
)
def test_the_shell_completes_names_and_values(run: Run, typed: str, expected: set[str]) -> None:
    """As bash asks for it; a module keeps the name that was typed."""
    words = f"actviz plot {typed}"
    result = run(cwd=Path.cwd(), _ACTVIZ_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=str(words.count(" ")))
    assert set(result.stdout.split()) == expected


def test_a_terminal_that_cannot_show_unicode_gets_no_traceback(run: Run) -> None:
    """Unknown characters become question marks."""
    result = run("show", "elu", PYTHONIOENCODING="ascii")
    assert result.returncode == 0
    assert "ELU (alpha = 1)" in result.stdout


def test_the_console_script_is_the_same() -> None:
    """`actviz` and `python -m actviz`."""
    script = Path(sys.executable).with_name("actviz")
    result = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)
    assert result.stdout.startswith("actviz ")


@pytest.mark.parametrize("end", ["| head -n 1", ">&-", "> /dev/full"])
@pytest.mark.parametrize("command", ["list", "show gelu", "list --json"])
def test_a_reader_that_goes_away_is_no_crash(command: str, end: str) -> None:
    """A closed pipe, a closed standard output, a full disk: no traceback."""
    line = f"{sys.executable} -m actviz {command} {end}"
    result = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert "Traceback" not in result.stderr
    if "head" in end:
        assert len(result.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "without"),
    [
        (("--help",), {"numpy", "matplotlib", "pydantic", "rich"}),
        (("--version",), {"numpy", "matplotlib", "pydantic", "rich"}),
        (("plot", "--help"), {"matplotlib", "rich"}),
        (("list",), {"matplotlib", "rich"}),
        (("show", "gelu"), {"matplotlib", "rich"}),
        (("eval", "gelu", "1"), {"matplotlib", "rich"}),
        (("softmax", "-3", "1.5", "2.7", "--no-figure"), {"matplotlib", "rich"}),
        (("plot", "relu"), {"rich"}),
    ],
)
def test_only_what_is_needed_is_loaded(arguments: tuple[str, ...], without: set[str], run: Run) -> None:
    """Loading matplotlib takes several times as long as all else."""
    loaded = run(*arguments, PYTHONPROFILEIMPORTTIME="1")
    assert loaded.returncode == 0
    modules = set(re.findall(r"^import time:.*\|\s+(\w+)$", loaded.stderr, re.M))
    assert "typer" in modules
    assert not modules & without


def test_a_gallery_in_which_nothing_changed_loads_no_matplotlib(run: Run) -> None:
    """Nor does the one before it start a process for a single figure."""
    run("gallery", "--only", "A4-*")
    again = run("gallery", "--only", "A4-*", PYTHONPROFILEIMPORTTIME="1")
    assert "0 figures were drawn" in again.stderr
    assert not re.search(r"\| +(matplotlib|concurrent\.futures|rich)$", again.stderr, re.M)
