"""The gallery: every figure that the articles show is there, and what its curves are."""

import html
import math
import re
import shutil
import struct
import subprocess
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from unittest import mock

import pytest
from PIL import Image

import actviz
from actviz.activations import linear
from actviz.figures import Curve, Picture, SoftmaxExample, ideas
from actviz.gallery import articles, building, hero, manifest, page
from actviz.gallery.comparing import same_svg
from actviz.registry import REGISTRY
from tests import svg
from tests.conftest import Run

GALLERY = Path(__file__).parents[1] / "gallery"


def _normal_cdf(x: float) -> float:
    return math.erfc(-x / math.sqrt(2)) / 2


def _leaky(slope: float) -> tuple[Callable[[float], float], Callable[[float], float]]:
    return (lambda x: x if x > 0 else slope * x), (lambda x: 1 if x > 0 else slope)


def _swish(beta: float) -> tuple[Callable[[float], float], Callable[[float], float]]:
    def gate(x: float) -> float:
        return 1 / (1 + math.exp(-beta * x))

    return (lambda x: x * gate(x)), (lambda x: gate(x) + beta * x * gate(x) * (1 - gate(x)))


def _mish(x: float) -> float:
    return x * math.tanh(math.log1p(math.exp(x)))


SCALE, ALPHA = 1.0507009873554805, 1.6732632423543772

# written from the articles' formulas: the function and the derivative
FORMULAS: dict[str, tuple[Callable[[float], float], Callable[[float], float]]] = {
    "sigmoid": (lambda x: 1 / (1 + math.exp(-x)), lambda x: math.exp(-x) / (1 + math.exp(-x)) ** 2),
    "tanh": (math.tanh, lambda x: 1 - math.tanh(x) ** 2),
    "relu": _leaky(0),
    "leaky 0.2": _leaky(0.2),
    "leaky 0.5": _leaky(0.5),
    "prelu": _leaky(0.25),
    "rrelu": _leaky((1 / 8 + 1 / 3) / 2),
    "relu6": (lambda x: min(max(x, 0), 6), lambda x: float(0 < x < 6)),
    "elu": (lambda x: x if x > 0 else math.exp(x) - 1, lambda x: 1 if x > 0 else math.exp(x)),
    "selu": (
        lambda x: SCALE * (x if x > 0 else ALPHA * (math.exp(x) - 1)),
        lambda x: SCALE * (1 if x > 0 else ALPHA * math.exp(x)),
    ),
    "maxout": (lambda x: max(-x - 3, 0.5 * x, 2 * x - 3), lambda x: -1 if x <= -2 else 0.5 if x <= 2 else 2),
    "swish": _swish(1),
    "swish 0.1": _swish(0.1),
    "swish 10": _swish(10),
    "mish": (_mish, lambda x: (_mish(x + 1e-6) - _mish(x - 1e-6)) / 2e-6),
    "exponential": (math.exp, math.exp),
    "softplus": (lambda x: math.log(1 + math.exp(x)), lambda x: 1 / (1 + math.exp(-x))),
    "gelu": (
        lambda x: x * _normal_cdf(x),
        lambda x: _normal_cdf(x) + x * math.exp(-x * x / 2) / math.sqrt(2 * math.pi),
    ),
    "softsign": (lambda x: x / (1 + abs(x)), lambda x: 1 / (1 + abs(x)) ** 2),
    "hard_sigmoid": (lambda x: min(max(0.2 * x + 0.5, 0), 1), lambda x: 0.2 * (abs(x) < 2.5)),
    "linear": (lambda x: x, lambda x: 1),
    "generalized": (
        lambda x: min(x, 6) if x > 1 else 0.1 * (x - 1),
        lambda x: 0.1 if x <= 1 else 1 if x < 6 else 0,
    ),
}

_GENERALIZED = "generalized_relu-negative_slope=0.1-max_value=6-threshold=1-derivative"
_LEAKY = "leaky 0.2"

OVERLAID = {
    "compare-sigmoid-tanh-derivative": (-4, 4),
    "compare-relu-leaky_relu-elu": (-4, 4),
    "compare-swish-beta=0.1-swish-swish-beta=10-derivative": (-4, 4),
}
"""Where a comparison shows less than the articles, so that differences are seen."""

WINDOWS = {
    "exponential": (-5, 3), "maxout": (-6, 6), "softplus": (-6, 6), **dict.fromkeys(("gelu", "mish", "swish"), (-4, 4)),
}  # fmt: skip
"""Where a curve alone shows less, so that its bends are seen."""

# id of the inventory: files, and the curves in the panels of each, from left to right and from top to bottom
CURVES: dict[str, dict[str, list[str]]] = {
    "A1-sigmoid": {"sigmoid-derivative": ["sigmoid"]},
    "A1-tanh": {"tanh-derivative": ["tanh"]},
    "A1-relu": {"relu-derivative": ["relu"]},
    "A1-leaky": {"leaky_relu-derivative": [_LEAKY]},
    "A1-prelu": {"prelu-derivative": ["prelu"], "compare-leaky_relu-prelu-side_by_side": [_LEAKY, "prelu"]},
    "A1-rrelu": {"rrelu-derivative": ["rrelu"]},
    "A1-relu6": {"relu6-derivative": ["relu6"]},
    "A1-elu": {"elu-derivative": ["elu"]},
    "A1-selu": {"selu-derivative": ["selu"]},
    "A1-maxout": {
        "maxout-derivative": ["maxout"],
        "compare-relu-maxout-weights=0_1-biases=0_0-leaky_relu-maxout-weights=0.2_1-biases=0_0": [
            "relu",
            "relu",
            _LEAKY,
            _LEAKY,
        ],
    },
    "A1-swish": {
        "swish-derivative": ["swish"],
        "compare-swish-beta=0.1-swish-swish-beta=10-derivative": ["swish 0.1", "swish", "swish 10"],
    },
    "A1-mish": {"mish-derivative": ["mish"]},
    "A1-exp": {"exponential": ["exponential"]},
    "A1-softplus": {"softplus-derivative": ["softplus"]},
    "A1-gelu": {"gelu-derivative": ["gelu"]},
    "A1-keras": {
        "softsign-derivative": ["softsign"],
        "hard_sigmoid-derivative": ["hard_sigmoid"],
        "exponential-derivative": ["exponential"],
        "linear-derivative": ["linear"],
        _GENERALIZED: ["generalized"],
    },
    "A2-sigmoid": {"sigmoid-derivative": ["sigmoid"]},
    "A2-relu": {"relu-derivative": ["relu"]},
    "A2-tanh": {"tanh-derivative": ["tanh"]},
    "A3-sigmoid": {"sigmoid": ["sigmoid"]},
    "A3-tanh": {"tanh": ["tanh"]},
    "A3-relu": {"relu": ["relu"]},
    "A3-leaky": {"leaky_relu-negative_slope=0.5": ["leaky 0.5"]},
    "A3-softplus": {"softplus": ["softplus"]},
    "A4-three": {"compare-sigmoid-tanh-relu-side_by_side": ["sigmoid", "tanh", "relu"]},
    "A5-four": {f"{name}-derivative": [name] for name in ("sigmoid", "tanh", "relu", "elu")},
    "A1-cmp-tanh": {"compare-sigmoid-tanh-derivative": ["sigmoid", "tanh"]},
    "A1-cmp-relus": {"compare-relu-leaky_relu-prelu-rrelu": ["relu", _LEAKY, "prelu", "rrelu"]},
    "A1-cmp-elu": {"compare-relu-leaky_relu-elu": ["relu", _LEAKY, "elu"]},
    "A1-cmp-prelu": {"compare-leaky_relu-prelu": [_LEAKY, "prelu"]},
}

SCHEDULES = {
    "A3-lr-piecewise": ("schedule-piecewise-until=40",),
    "A3-lr-exponential": ("schedule-exponential-exponential-staircase=1",),
    "A3-lr-three": ("schedule-exponential-natural_exp-natural_exp-staircase=1",),
    "A3-lr-polynomial": ("schedule-polynomial-cycle=1-polynomial",),
    "A3-lr-cosine": ("schedule-cosine-linear_cosine-noisy_linear_cosine",),
}

# id: files, and the probabilities that are written in each
SOFTMAX: dict[str, dict[str, tuple[str, ...]]] = {
    "A1-softmax": {"softmax": ("0.0026", "0.2309", "0.7666"), "softmax-by_hand": ("0.0026", "0.2308", "0.7666")},
    "A2-overflow": {
        "softmax-1000_1001_1002": ("0.0900", "0.2447", "0.6652"),
        "softmax-0_1_2": ("0.0900", "0.2447", "0.6652"),
    },
    "A2-hardmax": {"softmax-hardmax": ("0.0026", "0.2309", "0.7666")},
}

# id: files, and words that are written in each
IDEAS: dict[str, dict[str, tuple[str, ...]]] = {
    "A1-linear": {"explain-linear": ("50% right", "100% right", "ReLU", "Tanh")},
    "A1-saturation": {"explain-saturation": ("saturates on the left", "saturates on the right", "doesn't saturate")},
    "A1-vanishing": {"explain-vanishing": ("Sigmoid: 0.25³⁰", "ReLU, 2/n", "ReLU, 1/n")},
    "A1-zigzag": {"explain-zigzag": ("Sigmoid: 62 steps", "Tanh: 12 steps", "Sigmoid: 24 steps")},
    "A1-dying": {"explain-dying": ("ReLU, rate 2.5: dead", "ReLU, rate 1")},
    "A1-kink": {"explain-kink": ("from the left: 0", "from the right: 1", "central difference: 0.5")},
    "A2-losses": {"explain-losses": ("cross-entropy", "squared error")},
    "A2-softmax-loss": {"softmax-target=3": ("0.0026", "0.2309", "−0.2334", "0.2659")},
    "A3-contours": {"explain-contours": ("37 steps: κ = 16", "7 steps: κ = 3", "1 step: κ = 1")},
    "A4-transform": {"explain-transform": ("afterwards: 2.07", "afterwards: 8.64")},
    "A4-aprelu": {"explain-aprelu": ("0.87", "0.20", "0.31", "0.29", "0.22", "0.85")},
}


@pytest.mark.parametrize(("id", "file"), [(id, file) for id, files in CURVES.items() for file in files])
def test_each_figure_of_the_inventory_shows_its_functions(id: str, file: str) -> None:
    """The curves in the committed SVG are the functions and derivatives that the article's figure shows."""
    panels = svg.panels(GALLERY / f"{file}.svg")
    drawn = {
        kind: [panel.points(name) for panel in panels for name in panel.curves if name.startswith(kind)]
        for kind in ("function", "derivative")
    }
    expected = CURVES[id][file]
    assert len(drawn["function"]) == len(expected)
    assert len(drawn["derivative"]) == (len(expected) if file.endswith("derivative") else 0)
    for which, kind in enumerate(drawn):
        for points, formula in zip(drawn[kind], expected, strict=False):
            low, high = min(x for x, _ in points), max(x for x, _ in points)
            window = WINDOWS.get(formula, (-10, 10))
            if file.startswith("compare-") and "side_by_side" not in file:
                window = (-6, 6) if "maxout-weights" in file else OVERLAID.get(file, (-10, 10))
            assert (low, high) == (pytest.approx(window[0]), pytest.approx(window[1]))
            for x, y in points:
                # at a jump the curve has both one-sided values: either is right
                sides = [FORMULAS[formula][which](x + shift) for shift in (-1e-5, 0, 1e-5)]
                assert any(y == pytest.approx(side, abs=2e-4 * max(1, abs(side))) for side in sides)


@pytest.mark.parametrize(("id", "file"), [(id, file) for id, files in SOFTMAX.items() for file in files])
def test_each_softmax_figure_of_the_inventory_shows_its_numbers(id: str, file: str) -> None:
    """The probabilities over the bars."""
    assert set(SOFTMAX[id][file]) <= set(svg.words(svg.read(GALLERY / f"{file}.svg")))


@pytest.mark.parametrize(("id", "file"), [(id, file) for id, files in IDEAS.items() for file in files])
def test_each_idea_of_the_inventory_shows_its_numbers(id: str, file: str) -> None:
    """Words and numbers that make the point."""
    assert set(IDEAS[id][file]) <= set(svg.words(svg.read(GALLERY / f"{file}.svg")))


CELL = re.compile(
    r'^<td width="50%" valign="top"><a href="([^"]+)\.svg"><img src="\1\.svg" width="(\d+)" alt="[^"]+"></a>'
    r"<br><b>(?:(A\d-[^,]+), section )?([^<]+)</b>(.*)<br><code>(actviz [^<]+)</code></td>$",
    re.M,
)


def test_the_index_has_each_figure_of_the_inventory() -> None:
    """With id, picture, caption and the command that draws it alone, two a row, each wide enough to be read."""
    index = (GALLERY / "README.md").read_text(encoding="utf-8")
    cells = CELL.findall(index)
    assert len(cells) == index.count("<td ")
    assert {(id, file) for file, _, id, _, _, _ in cells if id} == {
        (id, file)
        for inventory in (CURVES, SOFTMAX, SCHEDULES, IDEAS)
        for id, files in inventory.items()
        for file in files
    }
    assert all(int(width) >= 400 for _, width, *_ in cells)
    assert {row.count("<td ") for row in re.findall(r"<tr>.*?</tr>", index, re.S)} == {1, 2}
    assert len(re.findall("^## A[1-5]: ", index, re.M)) == 5
    for entry in articles.ENTRIES:
        assert index.count(f"<br>{html.escape(entry.caption)}<br>") == 1, entry.id


def test_each_command_of_the_index_draws_the_committed_figure(run: Run, tmp_path: Path) -> None:
    """A figure that a command draws and the one in the gallery can't differ."""
    index = (GALLERY / "README.md").read_text(encoding="utf-8")
    commands = {f"{file}.svg": command.removeprefix("actviz ") for file, *_, command in CELL.findall(index)}
    for file in ("compare-sigmoid-tanh-relu-side_by_side.svg", "softmax-by_hand.svg", "relu6-derivative.svg"):
        assert run(*commands[file].split(), "--format", "svg").returncode == 0
        drawn, committed = ((folder / file).read_text() for folder in (tmp_path / "gallery", GALLERY))
        assert same_svg(drawn, committed)


def test_where_the_articles_err_is_worked_out() -> None:
    """Each row of the inventory's last table, with the number that settles it."""
    index = (GALLERY / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (A\d[^|]*) \| (.+?) \| (.+?) \|$", index.partition("## Where the articles err")[2], re.M)
    facts = [
        ("A1 3.14", ["0.2308"], ["0.2309"]),
        ("A1 3.2", ["exponentials"], ["−709.8", "−354.9"]),
        ("A1 3.4", ["x &gt;= 0"], ["ReLU'(0) = 0", "Leaky ReLU'(0) = 0.2"]),
        ("A1 3.5", ["0.2", "0.01", "0.5", "0.1"], ["f(−10) = −2", "f(−10) = −0.1", "f(−10) = −5", "f(−10) = −1"]),
        ("A2", ["±2"], ["0.105", "42%", "±4.58"]),
        ("A3", ["f'(x) ≈ x"], ["f(x) ≈ x"]),
        ("A4 1", ["[0, 1]", "[−1, 1]"], ["(0, 0.25]", "(0, 1]"]),
        ("A1 3.9", ["alpha = 0"], ["= 0 there for every alpha", "0.5, 1 and 2"]),
        ("A1 5", ["0.2x + 0.5"], ["x/6 + 0.5", "0.7000", "0.6667", "0.0833"]),
        ("A1 3.1", ["linear activation"], ["two layers", "rank 3"]),
        ("A1 3.1, A3", ["convex"], ["−0.693", "0.333"]),
        ("A1 3.13", ["tend to 1"], ["4.5 × 10⁻⁵", "8.2 × 10⁻⁹"]),
        ("A1 3.2", ["0.25"], ["0.2785", "0.076"]),
        ("A1 3.4", ["irreversible", "Xavier"], ["6 of 9", "He's", "0.5 in each layer"]),
        ("A1 3.8", ["float16"], ["0.0039 at 6, 0.031 at 60, 0.5 at 600", "65504", "0.0235", "0.235"]),
        ("A2", ["regression"], ["(0, 1)"]),
        ("A3", ["round contours"], ["3 for r = 0.5", "right angle"]),
        ("A3", ["e^(−decay&#95;rate/global&#95;step)"], ["0.203 at step 1", "0.457 at step 1"]),
        ("A3", ["piecewise constant"], ["0.5/0.45/0.405", "0.5/0.203/0.0826"]),
        ("A3", ["linear cosine"], ["1.7 times", "0.527 times"]),
        ("A3, A5", ["all-positive"], ["10.14", "577"]),
        ("A5", ["negative gradients"], ["of either sign"]),
    ]
    assert len(rows) == len(facts)
    for (where, says, so), (place, said, settled) in zip(rows, facts, strict=True):
        assert where.startswith(place)
        assert all(part in says for part in said)
        assert all(part in so for part in settled)


def test_the_committed_gallery_is_current(run: Run) -> None:
    """`gallery --check` finds nothing missing or stale, and writes nothing; all of it is checked by `.ci/run`."""
    before = {path.name: path.stat().st_mtime_ns for path in GALLERY.iterdir()}
    result = run("gallery", "--check", "--only", "A2-*", "--out", str(GALLERY))
    assert (result.returncode, result.stderr) == (0, "")
    assert "figures are current" in result.stdout
    assert {path.name: path.stat().st_mtime_ns for path in GALLERY.iterdir()} == before


SMALL = tuple(entry for entry in articles.ENTRIES if entry.id in ("A3-sigmoid", "A3-tanh", "A3-relu", "A5-four"))
FEW: tuple[Picture, ...] = (
    *(picture for entry in SMALL for picture in entry.pictures),
    Curve(actviz.get("linear"), derivative=True),
    hero.PICTURE,
    SoftmaxExample(),
    articles.SWEEP,
)
PHONES = [articles.PHONES[picture] for picture in FEW if picture in articles.PHONES]
COUNT = len(FEW) + len(PHONES)

Build = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def build(run: Run, monkeypatch: pytest.MonkeyPatch) -> Build:
    """Run `actviz gallery` for a gallery of a few figures, in one process."""
    monkeypatch.setattr(articles, "ENTRIES", SMALL)
    monkeypatch.setattr(articles, "PICTURES", FEW)
    monkeypatch.setattr(articles, "DIFFERENCES", {})
    monkeypatch.setattr(page, "FAMILIES", {"Linear": linear})
    monkeypatch.setattr(page, "UNITS", ())
    # the package's digest stands for the list of figures, but knows nothing of one that is patched
    key = manifest.pages_key
    monkeypatch.setattr(manifest, "pages_key", lambda keys: key([*keys, repr(articles.PICTURES)]))
    return partial(run, "gallery", "--jobs", "1")


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what is built once."""
    return tmp_path_factory.mktemp("built")


@pytest.fixture
def built(build: Build, built_once: Path) -> Path:
    """The few figures' gallery, built from nothing."""
    folder = built_once / "gallery"
    if not folder.exists():
        result = build(cwd=built_once)
        assert (result.returncode, result.stderr) == (0, f"note: {COUNT} figures were drawn\n")
        files = {path.name for path in folder.iterdir()} - {"manifest.json"}
        assert {Path(line).name for line in result.stdout.splitlines()} == files
    return folder


MARK = "<!-- written by actviz gallery -->"

# as they began, before pages were marked
OLD_PAGES = {
    "README.md": "# Gallery\n\nEvery figure of five articles on activation functions, drawn by `actviz gallery`. Each",
    "index.html": """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Activation functions, drawn by actviz</title>
<style>""",
}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("README.md", "# My project\n"),
        ("README.md", "# Gallery\n\nMy pictures.\n"),
        ("README.md", f"# My project\n\nPages of actviz begin with `{MARK}`, as in\n\n{MARK}\n"),
        ("README.md", ""),
        ("index.html", "<!DOCTYPE html>\n<title>My page</title>\n"),
        ("index.html", "\xff"),
        ("manifest.json", '{"name": "My app", "version": 1, "icons": []}'),
    ],
)
def test_what_belongs_to_something_else_is_never_replaced(
    name: str, text: str, build: Build, run: Run, tmp_path: Path
) -> None:
    """Also where a figure of the gallery lies beside it: exit 2, nothing written."""
    (tmp_path / name).write_text(text, encoding="latin-1")
    assert run("plot", "relu", "--out", ".").returncode == 0
    before = contents(tmp_path)
    result = build("--out", ".")
    assert (result.returncode, result.stdout) == (2, "")
    message = f"Error: '{name}' belongs to something other than a gallery; give another folder as --out\n"
    assert result.stderr == message
    assert contents(tmp_path) == before
    some = build("--only", "A3-relu", "--out", ".")
    assert some.returncode == (2 if name == "manifest.json" else 0)
    assert (tmp_path / name).read_bytes() == before[name]


def test_a_gallery_in_which_nothing_changed_needs_no_figures(
    built: Path, build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its manifest says that there is nothing to do, and the same paths are printed; any change is still seen."""
    folder = tmp_path / "gallery"
    shutil.copytree(built, folder)
    (folder / ".actviz-0a-0.tmp").touch()
    (folder / "relu.svg").unlink()
    complete = build()
    assert complete.stderr == f"note: 1 figure was drawn, {COUNT - 1} were current\n"
    with monkeypatch.context() as patch:
        patch.delattr(building, "selected")
        again = build()
        assert (again.returncode, again.stdout) == (0, complete.stdout)
        assert again.stderr == f"note: 0 figures were drawn, {COUNT} were current\n"
    assert contents(folder) == contents(built)
    (folder / "index.html").write_text("mine")
    assert build().returncode == 2
    # a figure that an older version drew since
    shutil.copy(built / "index.html", folder)
    with mock.patch.object(manifest, "_source", return_value="older"):
        assert build("--only", "A3-relu").stderr.endswith("drawn\n")
    assert build().stderr.startswith("note: 1 figure was drawn")


def test_pages_of_a_gallery_are_replaced(built: Path, build: Build, tmp_path: Path) -> None:
    """By their mark, also of a damaged one; those of version 0.1 by how they begin; with any line endings."""
    folder = tmp_path / "gallery"
    shutil.copytree(built, folder)
    for pages in (OLD_PAGES, dict.fromkeys(OLD_PAGES, f"{MARK}\r\ndamaged")):
        for name, text in pages.items():
            (folder / name).write_bytes(text.encode())
        assert build().stderr == f"note: 0 figures were drawn, {COUNT} were current\n"
        assert contents(folder) == contents(built)


def test_pages_bear_the_mark(built: Path) -> None:
    """Where it is found again, and where browsers allow a comment."""
    assert (built / "README.md").read_text(encoding="utf-8").startswith(f"{MARK}\n\n# Gallery\n")
    assert (built / "index.html").read_text(encoding="utf-8").startswith(f"<!DOCTYPE html>\n{MARK}\n<html")


def test_the_gallery_is_built_as_png_and_svg_with_an_index(built: Path) -> None:
    """Each figure once, in both formats."""
    assert {path.name for path in built.iterdir()} == {
        *(f"{picture.name}.{form}" for picture in FEW for form in ("svg", "png")),
        *(f"{picture.name}.svg" for picture in PHONES),
        "README.md", "index.html", "manifest.json",
    }  # fmt: skip


def test_the_gallery_has_the_figures_of_the_inventory_and_of_each_activation() -> None:
    """And no others, but the pages."""
    inventories = (CURVES, SOFTMAX, SCHEDULES, IDEAS)
    shown = {file for inventory in inventories for files in inventory.values() for file in files}
    cards = {f"{name}-derivative" for name in (*actviz.names(), *REGISTRY.units)}
    differences = {picture.name for picture in articles.DIFFERENCES.values()}
    cards |= {f"explain-{word}" for word in ideas.IDEAS} | {"softmax", "softmax-sweep"}
    wanted = shown | cards | differences | {f"{name}-phone" for name in cards}
    assert {path.stem for path in GALLERY.glob("*.svg")} == wanted


def test_the_check_names_what_is_wrong(built: Path, build: Build, tmp_path: Path) -> None:
    """A missing figure, changed words, colours and curves, changed pages; not somebody's own figures. Exit 1."""
    folder = tmp_path / "copy"
    folder.mkdir()
    for path in built.iterdir():
        if path.suffix != ".png":
            (folder / path.name).write_bytes(path.read_bytes())
    assert build("--check", "--out", str(folder)).returncode == 0

    def change(name: str, old: str, new: str) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    (folder / "elu-derivative.svg").unlink()
    change("tanh.svg", "<!-- Tanh -->", "<!-- Tanhh -->")
    change("relu.svg", "#046bc6", "#046bc7")
    curve = (folder / "tanh-derivative.svg").read_text().partition('id="function-0-tanh-')[2]
    change("tanh-derivative.svg", curve.split("\n")[40], "L 100.000000 100.000000 ")
    change("README.md", "0.2309", "0.2308")
    change("index.html", "0.2309", "0.2308")
    place = re.search(r"L (\d+\.\d+) ", (folder / "sigmoid.svg").read_text())[1]  # type: ignore[index]
    change("sigmoid.svg", f"L {place} ", f"L {float(place) + 2e-6:.6f} ")  # the last digits: no difference
    (folder / "mine.svg").write_text("<svg/>")  # no difference
    result = build("--check", "--out", str(folder))
    assert result.returncode == 1
    assert result.stderr == "Error: files that aren't what 'actviz gallery' builds: 6\n"
    listed = {Path(line.partition(": ")[0]).name: line.partition(": ")[2] for line in result.stdout.splitlines()}
    assert listed == {
        "elu-derivative.svg": "missing",
        "tanh.svg": "stale",
        "relu.svg": "stale",
        "tanh-derivative.svg": "stale",
        "README.md": "stale",
        "index.html": "stale",
    }


def test_only_some_figures_can_be_drawn(build: Build, tmp_path: Path) -> None:
    """By name or by id; the index is left alone, and what matches nothing is an error."""
    result = build("--only", "a5-*", "--out", "some")
    assert [Path(line).name for line in result.stdout.splitlines()] == [
        f"{name}-derivative{ending}"
        for endings in ((".png", ".svg"), ("-phone.svg",))
        for name in ("sigmoid", "tanh", "relu", "elu")
        for ending in endings
    ]
    assert build("--only", "softmax", "--out", "some").stdout.count("softmax") == 3
    assert not (tmp_path / "some" / "README.md").exists()
    nothing = build("--only", "nothing*", "--out", "none")
    assert nothing.returncode == 2
    assert "nothing*" in nothing.stderr
    assert not (tmp_path / "none").exists()


def lines(result: subprocess.CompletedProcess[str]) -> list[str]:
    """What a check found, without the folder."""
    return [line.removeprefix("gallery/") for line in result.stdout.splitlines()]


def test_where_png_are_kept_the_check_wants_all_of_them(built: Path, build: Build, tmp_path: Path) -> None:
    """Missing and stale ones are named; a checkout, which has none, passes."""
    folder = tmp_path / "gallery"
    shutil.copytree(built, folder)
    some = ("--check", "--only", "A5-*")
    assert build(*some).stdout == "gallery: 8 figures are current\n"
    (folder / "relu-derivative.png").unlink()
    shutil.copy(folder / "tanh-derivative.png", folder / "sigmoid-derivative.png")
    (folder / "elu-derivative.png").write_bytes((folder / "elu-derivative.png").read_bytes()[:-1000])
    (folder / "tanh-derivative.png").write_bytes(b"")
    result = build(*some)
    assert (result.returncode, sorted(lines(result))) == (
        1,
        [
            "elu-derivative.png: stale", "relu-derivative.png: missing",
            "sigmoid-derivative.png: stale", "tanh-derivative.png: stale",
        ],
    )  # fmt: skip
    for path in folder.glob("*.png"):
        path.unlink()
    assert build(*some).returncode == 0


def test_png_that_differ_by_compression_only_are_current(built: Path, build: Build, tmp_path: Path) -> None:
    """Another version of zlib writes other bytes."""
    folder = tmp_path / "gallery"
    shutil.copytree(built, folder)
    content = (folder / "relu.png").read_bytes()
    head, _, rest = content.partition(b"IDAT")
    data = zlib.compress(zlib.decompress(rest[:-16]), level=9)  # what follows is a sum and the last chunk
    chunk = b"IDAT" + data
    again = head[:-4] + struct.pack(">I", len(data)) + chunk + struct.pack(">I", zlib.crc32(chunk)) + rest[-12:]
    assert again != content
    (folder / "relu.png").write_bytes(again)
    assert build("--check", "--only", "relu").stdout == "gallery: 1 figure is current\n"
    with Image.open(folder / "relu.png") as picture:
        picture.load()
        picture.putpixel((0, 0), (0, 0, 0))
        picture.save(folder / "relu.png")
    assert lines(build("--check", "--only", "relu")) == ["relu.png: stale"]


def test_figures_that_somebody_draws_in_a_checkout_are_left_alone(
    built: Path, build: Build, run: Run, tmp_path: Path
) -> None:
    """A newcomer's first commands write into it: neither a check nor a build minds, and nothing is removed."""
    folder = tmp_path / "gallery"
    shutil.copytree(built, folder)
    own = [
        *run("plot", "relu6", "--derivative").stdout.splitlines(),  # as in the gallery
        *run("plot", "relu", "--title", "mine", "--size", "slide").stdout.splitlines(),
        *run("plot", "leaky:0.01", "--dpi", "100").stdout.splitlines(),
    ]
    assert len(own) == 6
    before = contents(folder)
    assert build().stderr == f"note: 0 figures were drawn, {COUNT} were current\n"
    assert contents(folder) == before
    for path in (*folder.glob("*.png"), folder / "manifest.json"):  # which a checkout hasn't got
        if f"gallery/{path.name}" not in own:
            path.unlink()
    result = build("--check")
    assert (result.returncode, result.stdout) == (0, f"gallery: {COUNT} figures are current\n")


@pytest.fixture
def with_orphans(built: Path, build: Build, tmp_path: Path) -> Path:
    """The few figures' gallery as a version with two more, and the form of one for phones, has built it."""
    folder = tmp_path / "gallery"
    shutil.copytree(built, folder)
    more = (Curve(actviz.get("gelu"), derivative=True), Curve(actviz.get("swish"), x=(-1, 1)))
    with mock.patch.object(articles, "PICTURES", (*FEW, *more)):
        assert build().stderr == f"note: 3 figures were drawn, {COUNT} were current\n"
    assert contents(folder).keys() - contents(built).keys() == {
        "gelu-derivative-phone.svg",
        *(f"{name}.{form}" for name in ("gelu-derivative", "swish-x=-1_1") for form in ("png", "svg")),
    }
    return folder


def test_figures_that_the_gallery_no_longer_has(with_orphans: Path, built: Path, build: Build, tmp_path: Path) -> None:
    """The check fails on those that the index shows; the next build removes what is unchanged and names the rest."""
    folder = with_orphans
    (folder / "gelu-derivative.svg").write_text("mine")
    (folder / "softplus-x=0_1.svg").write_text("mine")
    result = build("--check")
    assert result.returncode == 1
    wrong = {line for line in lines(result) if line.endswith("no longer wanted")}
    assert wrong == {
        f"{name}: no longer wanted"
        for name in (
            "gelu-derivative.svg", "gelu-derivative.png", "gelu-derivative-phone.svg", "swish-x=-1_1.svg",
            "swish-x=-1_1.png",
        )
    }  # fmt: skip
    assert build("--only", "relu").returncode == 0  # which leaves them, and what is known of them
    result = build()
    assert result.returncode == 0
    assert result.stderr.splitlines()[:-1] == [
        "note: gallery/gelu-derivative.png is no longer in the gallery and was removed",
        "note: gallery/gelu-derivative.svg is no longer in the gallery and is kept, since it isn't as the last build "
        "left it",
        "note: gallery/gelu-derivative-phone.svg is no longer in the gallery and was removed",
        "note: gallery/swish-x=-1_1.png is no longer in the gallery and was removed",
        "note: gallery/swish-x=-1_1.svg is no longer in the gallery and was removed",
    ]
    assert (folder / "gelu-derivative.svg").read_text() == "mine"
    assert contents(folder).keys() - contents(built).keys() == {"gelu-derivative.svg", "softplus-x=0_1.svg"}
    assert contents(folder)["manifest.json"] == contents(built)["manifest.json"]
    assert build().stderr == f"note: 0 figures were drawn, {COUNT} were current\n"
    for path in folder.glob("*.png"):
        path.unlink()
    assert build("--check").returncode == 0


def test_one_figure_is_one_figure(build: Build) -> None:
    """Words agree with numbers."""
    assert build("--only", "relu").stderr == "note: 1 figure was drawn\n"
    assert build("--only", "relu").stderr == "note: 0 figures were drawn, 1 figure was current\n"
    assert build("--only", "relu", "--check").stdout == "gallery: 1 figure is current\n"


def test_every_figure_is_not_said_of_some(build: Build, tmp_path: Path) -> None:
    """With --only, a manifest that can't be used doesn't cause all to be drawn."""
    (tmp_path / "gallery").mkdir()
    (tmp_path / "gallery" / "manifest.json").write_text("[]")
    some = build("--only", "relu").stderr
    assert "so what was asked for is drawn anew: it is damaged" in some
    assert "every figure" not in some
