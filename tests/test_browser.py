"""The gallery's page in headless Chromium; needs the extra `browser` and Chromium itself.

Without them these tests are skipped, unless the variable ACTVIZ_BROWSER is "required".
"""

import os
import re
import shutil
from collections.abc import Iterator
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from matplotlib.image import imread

import actviz
from actviz import analysis
from actviz.figures import Comparison, Curve, Picture, SoftmaxExample
from actviz.output.rendering import render
from actviz.registry import REGISTRY
from actviz.style import THEMES

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
if os.environ.get("ACTVIZ_BROWSER") == "required":
    assert BROWSER, "no Chromium on the path"
    import axe_playwright_python
    from playwright.sync_api import Browser, Page, expect, sync_playwright
else:
    pytest.importorskip("playwright", reason="the extra 'browser' isn't installed")
    pytest.importorskip("axe_playwright_python", reason="the extra 'browser' isn't installed")
    if not BROWSER:
        pytest.skip("no Chromium on the path", allow_module_level=True)
    import axe_playwright_python
    from playwright.sync_api import Browser, Page, expect, sync_playwright

# one process, so that the browser is started once
pytestmark = pytest.mark.xdist_group("browser")

URL = (Path(__file__).parent.parent / "gallery" / "index.html").resolve().as_uri()
AXE = (files(axe_playwright_python) / "axe.min.js").read_text(encoding="utf-8")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium once."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield browser
        browser.close()


class Visit:
    """A page that was opened, and what it did besides: errors in its console, and files that it asked for."""

    def __init__(self, browser: Browser, **options: object) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})  # type: ignore[arg-type]
        self.page = self.context.new_page()
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(URL)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Open the page as somebody with a light system does."""
    visit = Visit(browser, color_scheme="light")
    yield visit
    visit.context.close()
    assert visit.errors == []
    folder = URL.rpartition("/")[0]
    assert all(url.startswith(folder) for url in visit.requests)


CARDS = [*actviz.names(), *REGISTRY.units]
"""What has a card and a place on the wall, in the page's order; softmax is the last."""


UNITS_ARE = {
    "glu": {"monotonic", "smooth"},
    "reglu": {"monotonic"},
    "geglu": {"smooth"},
    "swiglu": {"smooth"},
    "bilinear": {"monotonic", "smooth"},
}
"""What gated units can be filtered by."""


def shown(page: Page) -> list[str]:
    """What is on the wall, without softmax."""
    names = page.eval_on_selector_all(".tile", "all => all.filter(t => t.checkVisibility()).map(t => t.dataset.name)")
    return [name for name in names if name != "softmax"]


def cards(page: Page) -> list[str]:
    return page.eval_on_selector_all(".card", "all => all.filter(c => c.checkVisibility()).map(c => c.id)")  # type: ignore[no-any-return]


def test_search_as_you_type(visit: Visit) -> None:
    """Names before what only mentions them; several words must all be there; the table follows, the count is said."""
    page = visit.page
    assert shown(page) == CARDS
    page.locator("#search").press_sequentially("silu")
    assert shown(page) == ["swish", "dsilu", "hardswish", "swiglu"]
    expect(page.locator("#status")).to_have_text(f"4 of {len(CARDS)} activations")
    page.get_by_role("button", name="As a table").click()
    assert page.eval_on_selector_all("#table tbody tr", "all => all.filter(r => r.checkVisibility()).length") == 3
    page.get_by_role("button", name="As a table").click()
    page.fill("#search", "2015 arxiv")
    assert set(shown(page)) == {
        name for name in actviz.names() if re.search(r"\(2015\).*arXiv", str(actviz.get(name).reference))
    }
    expect(page.locator("#tile-softmax")).to_be_hidden()
    page.fill("#search", "nothing like that")
    assert shown(page) == []
    page.fill("#search", "Softmax")
    expect(page.locator("#tile-softmax")).to_be_visible()
    expect(page.locator("#status")).to_contain_text("and softmax")
    page.fill("#search", "")
    assert shown(page) == CARDS
    expect(page.locator("#status")).to_be_empty()


def test_search_finds_what_people_call_things(visit: Visit) -> None:
    """Trouble, use, a framework's spelling, an author; British or American; and ideas."""
    page = visit.page
    for words, wanted, unwanted in (
        ("dying", {"relu", "leaky_relu", "prelu", "rrelu"}, {"sigmoid", "gelu"}),
        ("vanish", {"sigmoid", "tanh"}, {"leaky_relu"}),
        ("probability", {"sigmoid"}, {"relu"}),
        ("transformer", {"gelu", "swish", "swiglu"}, {"sigmoid"}),
        ("quantise", {"relu6", "hard_sigmoid"}, {"gelu"}),
        ("quantize", {"relu6", "hard_sigmoid"}, {"gelu"}),
        ("bounded", {"sigmoid", "relu6"}, {"relu", "linear"}),
        ("Belisle", {"softplus"}, {"relu"}),
    ):
        page.fill("#search", words)
        assert wanted <= set(shown(page)), words
        assert not unwanted & set(shown(page)), words
    for words, name in (
        ("nn.SiLU", "swish"),
        ("F.relu6", "relu6"),
        ("tf.nn.selu", "selu"),
        ("jax.nn.hard_tanh", "hardtanh"),
        ("Hinton", "relu"),
    ):
        page.fill("#search", words)
        assert shown(page) == [name]
    page.fill("#search", "quantise")
    page.locator("#also a").click()
    expect(page.locator("#explain-quantisation")).to_be_in_viewport()


def test_search_that_finds_nothing_proposes(visit: Visit) -> None:
    """The nearest names, or what else to look for and a way back."""
    page = visit.page
    page.fill("#search", "gelo")
    expect(page.locator("#none")).to_contain_text("Nothing is found for “gelo”. Did you mean GELU")
    expect(page.locator("#status")).to_contain_text("nothing is found")
    page.fill("#search", "xyzzy")
    page.locator("#none button").click()
    assert shown(page) == CARDS
    expect(page.locator("#none")).to_be_hidden()


def test_a_slash_begins_a_search_from_anywhere(visit: Visit) -> None:
    """Its results come into view; in the field itself it is a slash."""
    page = visit.page
    page.locator("#errata").scroll_into_view_if_needed()
    page.keyboard.press("/")
    page.keyboard.type("relu6/")
    assert page.input_value("#search") == "relu6/"
    expect(page.locator("#tile-relu6")).to_be_in_viewport()


def test_cards_are_a_click_away(visit: Visit) -> None:
    """Folded, the page is short; a card has an address, and the back button closes it."""
    page = visit.page
    assert cards(page) == []
    assert page.evaluate("document.documentElement.scrollHeight") <= 6000
    page.locator("#tile-swish a").click()
    assert page.url.endswith("#swish")
    assert cards(page) == ["swish"]
    expect(page.locator("#swish h3")).to_be_in_viewport()
    page.locator("#swish").get_by_role("link", name="GELU", exact=True).first.click()
    assert cards(page) == ["gelu"]
    page.go_back()
    assert cards(page) == ["swish"]
    page.locator("#swish").get_by_role("link", name="Back to the wall").click()
    assert cards(page) == []
    assert page.evaluate("document.activeElement.hash") == "#swish"
    page.locator("#ideas .thumbs a").first.click()
    assert cards(page) == ["explain-linear"]
    page.goto(f"{URL}#elu")
    page.reload()
    assert cards(page) == ["elu"]


def test_a_link_unfolds_where_it_leads(visit: Visit) -> None:
    """To an article, and to a section."""
    page = visit.page
    expect(page.locator("#articles .figures").first).to_be_hidden()
    page.goto(f"{URL}#A1")
    expect(page.locator("#articles .figures").first).to_be_visible()
    page.get_by_role("link", name="Frameworks").click()
    expect(page.locator("#frameworks table").first).to_be_visible()


@pytest.mark.parametrize("width", [700, 1280])
def test_the_figure_stands_beside_the_facts(browser: Browser, width: int) -> None:
    """On everything but a phone."""
    visit = Visit(browser, viewport={"width": width, "height": 800}, reduced_motion="reduce")
    visit.page.goto(f"{URL}#leaky_relu")
    figure, told = (visit.page.locator(f"#leaky_relu {part}").bounding_box() for part in ("figure", ".facts"))
    assert figure
    assert told
    assert figure["x"] + figure["width"] <= told["x"]
    assert abs(figure["y"] - told["y"]) < 20
    visit.context.close()


def test_the_wall_is_sorted(visit: Visit) -> None:
    """By year, name or largest slope, and back."""
    page = visit.page
    page.select_option("#sort", "year")
    years = [one.reference.year if one.reference else 9999 for one in map(actviz.get, only_activations(shown(page)))]
    assert years == sorted(years)
    page.select_option("#sort", "slope")
    slopes = [abs(analysis.steepest(actviz.get(name))[1]) for name in only_activations(shown(page))]
    assert slopes == sorted(slopes, reverse=True)
    page.select_option("#sort", "name")
    titles = page.eval_on_selector_all(".tile b", "all => all.map(b => b.textContent.toLowerCase())")
    assert titles[:2] == ["acon-c", "arctan"]
    page.select_option("#sort", "family")
    assert shown(page) == CARDS


def only_activations(names: list[str]) -> list[str]:
    return [name for name in names if name not in REGISTRY.units]


def test_filter_by_family(visit: Visit) -> None:
    """Either of several families, and a property besides."""
    page = visit.page
    page.get_by_label("Gated units", exact=True).check()
    page.get_by_label("Self-gated", exact=True).check()
    assert {"swish", "gelu", *REGISTRY.units} <= set(shown(page))
    assert "relu" not in shown(page)
    page.get_by_label("monotonic", exact=True).check()
    assert "gelu" not in shown(page)
    assert "glu" in shown(page)


@pytest.mark.parametrize(
    ("properties", "holds"),
    [
        (["bounded"], lambda a: a.range.bounded),
        (["monotonic", "smooth"], lambda a: a.monotonic and analysis.smooth(a)),
        (["zero-centred"], analysis.zero_centred),
        (["saturating", "smooth"], lambda a: analysis.saturation(a) != "none" and analysis.smooth(a)),
    ],
)
def test_filters(visit: Visit, properties: list[str], holds: object) -> None:
    """By one property or several, and back."""
    page = visit.page
    for name in properties:
        page.get_by_label(name, exact=True).check()
    units = [name for name in REGISTRY.units if set(properties) <= UNITS_ARE[name]]
    assert shown(page) == [*(name for name in actviz.names() if holds(actviz.get(name))), *units]  # type: ignore[operator]
    page.get_by_role("button", name="Show all").click()
    assert shown(page) == CARDS


def test_a_link_to_a_card_that_is_filtered_out_shows_it(visit: Visit) -> None:
    """Whatever the filters are."""
    page = visit.page
    page.fill("#search", "rrelu")
    page.locator("#tile-rrelu a").click()
    page.locator("#rrelu").get_by_role("link", name="Leaky ReLU").first.click()
    expect(page.locator("#leaky_relu")).to_be_in_viewport()


def test_sorting(visit: Visit) -> None:
    """By number or by name, up and down, and a screen reader is told."""
    page = visit.page
    column = "all => all.map(row => row.cells[{}].textContent)"
    page.get_by_role("button", name="As a table").click()
    assert shown(page) == []
    page.get_by_role("button", name="year").click()
    years = page.eval_on_selector_all("#table tbody tr", column.format(7))
    assert years == sorted(years, key=lambda year: (year == "–", year))
    assert page.get_by_role("columnheader", name="year").get_attribute("aria-sort") == "ascending"
    page.get_by_role("button", name="year").click()
    assert page.eval_on_selector_all("#table tbody tr", column.format(7)) == sorted(
        years, key=lambda year: (year == "–", year), reverse=True
    )
    page.get_by_role("button", name="range").click()
    lows = [
        actviz.get(name).range.low
        for name in page.eval_on_selector_all("#table tbody a", "all => all.map(a => a.hash.slice(1))")
    ]
    assert lows == sorted(lows)
    page.get_by_role("button", name="name").click()
    names = [name.lower() for name in page.eval_on_selector_all("#table tbody tr", column.format(0))]
    assert names == sorted(names)
    assert page.locator("[aria-sort]").count() == 1


def test_copying(visit: Visit) -> None:
    """One click on the command, or on the BibTeX entry; the button and a screen reader say so."""
    page = visit.page
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{URL}#relu6")
    page.locator("#relu6 .copy").first.click()
    assert page.evaluate("navigator.clipboard.readText()") == "actviz plot relu6 --derivative"
    expect(page.locator("#relu6 .copy").first).to_contain_text("Copied")
    expect(page.locator("#status")).to_contain_text("Copied command: actviz plot relu6 --derivative")
    expect(page.locator("#relu6 .copy").first).to_contain_text("Copy ")
    page.goto(f"{URL}#elu")
    page.locator("#elu .bibtex summary").click()
    page.locator("#elu .copy").last.click()
    assert page.evaluate("navigator.clipboard.readText()") == actviz.get("elu").reference.bibtex


def test_copying_where_the_clipboard_is_refused(browser: Browser) -> None:
    """The old way still copies: what is pasted into the search field is the command."""
    visit = Visit(browser)
    visit.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }")
    visit.page.goto(f"{URL}#gelu")
    visit.page.locator("#gelu .copy").first.click()
    visit.page.locator("#search").press("Control+V")
    assert visit.page.input_value("#search") == "actviz plot gelu --derivative"
    visit.context.close()


def _brightness(page: Page, path: Path) -> tuple[float, float]:
    """How bright the page is at its top, and a figure on it."""
    page.goto(f"{URL}#gelu")
    page.locator("#gelu img").scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('#gelu img').complete")
    page.locator("#gelu img").screenshot(path=path)
    figure = float(np.median(imread(path)[..., :3]))
    page.screenshot(path=path, clip={"x": 2, "y": 300, "width": 8, "height": 8})
    return float(imread(path)[..., :3].mean()), figure


def test_theme(browser: Browser, tmp_path: Path) -> None:
    """As the system, until something else is chosen, which is remembered; the figures follow."""
    visit = Visit(browser, color_scheme="dark")
    page, path = visit.page, tmp_path / "shot.png"
    assert max(_brightness(page, path)) < 0.2
    page.select_option("#theme", "light")
    assert min(_brightness(page, path)) > 0.9
    page.reload()
    assert page.input_value("#theme") == "light"
    assert min(_brightness(page, path)) > 0.9
    page.select_option("#theme", "system")
    page.reload()
    assert max(_brightness(page, path)) < 0.2
    page.emulate_media(color_scheme="light")
    assert min(_brightness(page, path)) > 0.9
    page.select_option("#theme", "dark")
    assert max(_brightness(page, path)) < 0.2
    assert visit.errors == []
    visit.context.close()


def test_it_works_where_nothing_can_be_stored(browser: Browser) -> None:
    """A browser that refuses storage: the theme changes all the same."""
    visit = Visit(browser)
    visit.page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }})")
    visit.page.reload()
    visit.page.select_option("#theme", "dark")
    assert visit.page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert visit.errors == []
    visit.context.close()


def test_keyboard_alone(visit: Visit) -> None:
    """Skip link first; everything that can be used is reached in the order of the page, and its focus is seen."""
    page = visit.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("relu6")
    page.locator("#tile-relu6 a").focus()
    page.keyboard.press("Enter")
    page.locator("#search").focus()
    reached = []
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("(e => (e.closest('.card')?.id ?? '') + ' ' + e.tagName)(document.activeElement)"))
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width >= 1 or reached[-1].endswith("BODY")
    assert "relu6 BUTTON" in reached
    assert "relu6 A" in reached
    assert " SELECT" in reached
    page.locator("#relu6 .copy").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_contain_text("Copied")


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_width_makes_the_page_scroll_sideways(browser: Browser, width: int) -> None:
    """Wide things scroll by themselves; on a phone everything that can be pressed is large enough for a finger."""
    visit = Visit(browser, viewport={"width": width, "height": 800})
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    small = visit.page.eval_on_selector_all(
        "button, select, input[type=search]",
        "all => all.filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 24).map(e => e.outerHTML)",
    )
    assert small == []
    visit.context.close()


def test_without_javascript(browser: Browser) -> None:
    """All cards, figures, links and the guide; no control that does nothing; the theme is the system's."""
    visit = Visit(browser, java_script_enabled=False, color_scheme="dark")
    page = visit.page
    for name in CARDS:
        expect(page.locator(f"#{name}")).to_be_visible()
    for control in ("#search", "#theme", ".filters", ".copy >> nth=0"):
        expect(page.locator(control)).to_be_hidden()
    expect(page.locator("#explain-dying")).to_be_visible()
    expect(page.locator("#errata table")).to_be_visible()
    page.get_by_role("link", name="Gated units").click()
    expect(page.locator("#family-gated-units")).to_be_in_viewport()
    visit.context.close()


def test_on_paper(visit: Visit, tmp_path: Path) -> None:
    """Light, without controls, and in a printable number of pages."""
    page = visit.page
    page.select_option("#theme", "dark")
    page.emulate_media(media="print", color_scheme="dark")
    for control in ("#search", "#theme", ".filters", "nav"):
        expect(page.locator(control)).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(28, 36, 48)"
    expect(page.locator("#relu6")).to_be_visible()
    expect(page.locator("#explain-dying")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#errata table")).to_be_visible()
    height = "all => Math.max(...all.map(card => card.getBoundingClientRect().height))"
    page.set_viewport_size({"width": 718, "height": 1047})  # what A4 has inside its margins
    assert page.eval_on_selector_all(".card", height) < 1047
    page.pdf(path=tmp_path / "page.pdf")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")


def test_formulas_are_drawn(visit: Visit) -> None:
    """As MathML: a fraction is higher than a line, cases stand under each other."""
    page = visit.page
    page.emulate_media(media="print")  # all cards
    line, fraction, cases = (
        page.locator(f"#{name} .formulas math").first.bounding_box() for name in ("mish", "sigmoid", "elu")
    )
    assert line
    assert fraction
    assert cases
    assert fraction["height"] > 1.3 * line["height"]
    assert cases["height"] > 1.3 * line["height"]


def test_figures_are_loaded(visit: Visit) -> None:
    """Each of them, when it is scrolled to."""
    page = visit.page
    page.evaluate("for (const image of document.images) image.loading = 'eager'")
    page.wait_for_function("[...document.images].every(image => image.complete)")
    assert page.eval_on_selector_all("img", "all => all.filter(i => i.naturalWidth === 0).map(i => i.src)") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_accessibility_rules(browser: Browser, scheme: str, width: int) -> None:
    """All of axe-core's: no violation."""
    visit = Visit(browser, color_scheme=scheme, viewport={"width": width, "height": 800})
    visit.page.goto(f"{URL}#leaky_relu")
    visit.page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    visit.page.evaluate(AXE)
    result = visit.page.evaluate("axe.run()")
    assert [(found["id"], [node["html"] for node in found["nodes"]][:3]) for found in result["violations"]] == []
    assert len(result["passes"]) > 20
    visit.context.close()


FOREIGN = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"><path id="axes_1" d="M 5 30 L 50 30 L 30 5" '
    'style="fill: #ffffff; stroke: #b9c1cb; stroke-width: 9"/></svg>'
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_svg_code_in_a_page_minds_its_own_business(browser: Browser, scheme: str) -> None:
    """Of several figures each looks as it does alone, and somebody else's drawing stays as it is; no id is there twice.

    Figures with the same markers, letters and clipping, which would stand in for each other: in each theme, and side
    by side with themselves.
    """
    pictures: list[Picture] = [
        *(Curve(actviz.get("relu6"), derivative=True, theme=theme) for theme in THEMES),
        Curve(actviz.get("relu6"), derivative=True, x=(-3, 9)),
        Comparison((actviz.get("swish:1"), actviz.get("swish:2")), side_by_side=True),
        SoftmaxExample(),
    ]
    codes = [render(picture, ["svg"])["svg"].decode().partition("?>")[2] for picture in pictures]
    codes = [FOREIGN, *(code[code.index("<svg") :] for code in codes)]
    context = browser.new_context(color_scheme=scheme, viewport={"width": 800, "height": 700})  # type: ignore[arg-type]
    page = context.new_page()

    def differ(one: np.ndarray, other: np.ndarray) -> bool:
        # edges are drawn with a little noise
        return bool((np.abs(one - other).max(axis=2) > 0.25).any())

    def look(shown: list[str]) -> list[np.ndarray]:
        boxes = (f'<div style="width: 760px; height: 640px; overflow: hidden">{code}</div>' for code in shown)
        page.set_content(f"<!doctype html><body style='margin: 0'>{''.join(boxes)}")
        ids = page.eval_on_selector_all("[id]", "all => all.map(element => element.id)")
        assert len(ids) == len(set(ids))
        return [imread(BytesIO(box.screenshot())) for box in page.locator("div").all()]

    alone = [look([code])[0] for code in codes]
    for together in (look(codes), look(codes[::-1])[::-1]):
        for index, (one, other) in enumerate(zip(alone, together, strict=True)):
            assert not differ(one, other), f"figure {index}"
    themed = dict(zip(THEMES, alone[1:], strict=False))
    assert not differ(themed["auto"], themed[scheme])
    assert differ(themed["light"], themed["dark"])
    context.close()
