"""The gallery's page in headless Chromium; needs the extra `browser` and Chromium itself.

Without them these tests are skipped, unless the variable ACTVIZ_BROWSER is "required".
"""

import os
import re
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from io import BytesIO
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from matplotlib.image import imread

import actviz
from actviz import analysis
from actviz.figures import Comparison, Curve, Picture, SoftmaxExample
from actviz.gallery import softmax
from actviz.gallery.articles import PHONES
from actviz.gallery.javascript import translatable, translated
from actviz.output.rendering import render
from actviz.registry import REGISTRY
from actviz.style import THEMES
from actviz.vector import Softmax
from tests.accuracy import variants
from tests.benchmarks.page import CHROMIUM
from tests.test_commandline import parsed

if os.environ.get("ACTVIZ_BROWSER") == "required":
    assert CHROMIUM, "no Chromium on the path"
    import axe_playwright_python
    from playwright.sync_api import Browser, Page, expect, sync_playwright
else:
    pytest.importorskip("playwright", reason="the extra 'browser' isn't installed")
    pytest.importorskip("axe_playwright_python", reason="the extra 'browser' isn't installed")
    if not CHROMIUM:
        pytest.skip("no Chromium on the path", allow_module_level=True)
    import axe_playwright_python
    from playwright.sync_api import Browser, Page, expect, sync_playwright

# one process, so that the browser is started once
pytestmark = pytest.mark.xdist_group("browser")

GALLERY = (Path(__file__).parent.parent / "gallery").resolve()
URL = (GALLERY / "index.html").as_uri()
AXE = (files(axe_playwright_python) / "axe.min.js").read_text(encoding="utf-8")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium once."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
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
        ("monotonic", {"sigmoid", "relu"}, {"gelu", "sine"}),
        ("Belisle", {"softplus"}, {"relu"}),
    ):
        page.fill("#search", words)
        assert wanted <= set(shown(page)), words
        assert not unwanted & set(shown(page)), words
    for words, name in (
        ("nn.SiLU", "swish"),
        ("F.relu6", "relu6"),
        ("F.relu6(x)", "relu6"),
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
    page.get_by_role("button", name="As a table").click()
    page.locator("#table tbody a").nth(3).click()
    page.locator(f"#{CARDS[3]}").get_by_role("link", name="Back to the wall").click()
    expect(page.locator("#table tbody tr").nth(3)).to_be_in_viewport()
    assert page.evaluate("document.activeElement.closest('#table') && document.activeElement.hash") == f"#{CARDS[3]}"
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


def test_on_a_phone_figures_can_be_read(browser: Browser) -> None:
    """The narrow ones are shown, whose smallest words have 11 pixels and more; on paper the usual ones."""
    visit = Visit(browser, viewport={"width": 390, "height": 844})
    page = visit.page
    page.evaluate("document.documentElement.classList.remove('scripted')")  # all cards
    image = page.locator("#gelu img")
    image.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('#gelu img').currentSrc.endsWith('/gelu-derivative-phone.svg')")
    for width, least in ((390, 11.0), (320, 9.5)):
        page.set_viewport_size({"width": width, "height": 844})
        across = page.eval_on_selector_all(".card img", "all => all.map(one => one.getBoundingClientRect().width)")
        assert len(across) == len(PHONES)
        for figure in PHONES.values():
            svg = (GALLERY / f"{figure.name}.svg").read_text(encoding="utf-8")
            (points,) = re.findall(r'<svg [^>]*width="([\d.]+)pt"', svg)
            type_sizes = [100 * float(scale) for scale in re.findall(r"-->\s*<g [^>]*scale\(([\d.]+)", svg)]
            assert min(type_sizes) * min(across) / float(points) >= least, figure.name
    page.emulate_media(media="print")
    page.wait_for_function("document.querySelector('#gelu img').currentSrc.endsWith('/gelu-derivative.svg')")
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


def test_large_type_and_the_systems_colours(browser: Browser) -> None:
    """With letters of twice the size only what is wide scrolls sideways; bars are seen in high contrast."""
    visit = Visit(browser, viewport={"width": 390, "height": 800}, forced_colors="active", reduced_motion="reduce")
    page = visit.page
    page.goto(f"{URL}#softmax=-3,1.5,2.7")
    bars = page.eval_on_selector_all("#softmax-rows i", "all => all.map(one => getComputedStyle(one).backgroundColor)")
    assert len(set(bars)) == 3
    page.add_style_tag(content="html { font-size: 200% }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.querySelector('.skip').getBoundingClientRect().right") < 0
    visit.context.close()


def test_without_javascript(browser: Browser) -> None:
    """All cards, figures, links and the guide; no control that does nothing; the theme is the system's."""
    visit = Visit(browser, java_script_enabled=False, color_scheme="dark")
    page = visit.page
    for name in CARDS:
        expect(page.locator(f"#{name}")).to_be_visible()
    expect(page.locator(".hero .still img")).to_be_visible()
    for control in ("#search", "#theme", ".filters", ".copy >> nth=0", "#hero-plot", "#softmax-table"):
        expect(page.locator(control)).to_be_hidden()
    expect(page.locator("#explain-dying")).to_be_visible()
    expect(page.locator("#errata table")).to_be_visible()
    page.get_by_role("link", name="Gated units").click()
    expect(page.locator("#family-gated-units")).to_be_in_viewport()
    visit.context.close()


def test_on_paper(visit: Visit, tmp_path: Path) -> None:
    """Light, without controls; cards are whole, two a page and never three; under each heading there is something."""
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
    height = "all => all.map(card => card.getBoundingClientRect().height)"
    page.set_viewport_size({"width": 718, "height": 1047})  # what A4 has inside its margins
    assert max(page.eval_on_selector_all(".card", height)) < 1047
    names = page.eval_on_selector_all(".card h3", "all => all.map(name => name.textContent.slice(0, 40))")
    page.pdf(path=tmp_path / "page.pdf", format="A4", outline=True, tagged=True)
    found = headings(tmp_path / "page.pdf")
    # a family may have the name of its only card
    cards_on = Counter(page for page, _ in {(page, words) for words, page, _ in found if words[:40] in names})
    assert cards_on.total() == len(names)
    assert max(cards_on.values()) == 2
    assert len(cards_on) < 0.6 * len(names)
    assert min(height for _, _, height in found) > 72  # an inch, of which the margin takes less than a half


def headings(path: Path) -> list[tuple[str, int, float]]:
    """The headings in the outline of a PDF file: their words, their page, and how high they stand there in points."""
    content = path.read_bytes()
    pages = re.findall(rb"(?m)^(\d+) 0 obj\s*<</Type /Page\n", content)
    entry = rb"<</Title (\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f]+>)\n/Dest \[(\d+) 0 R /XYZ \S+ (\S+)"
    return [
        (
            bytes.fromhex(words[1:-1].decode()).decode("utf-16")
            if words.startswith(b"<")
            else re.sub(rb"\\(.)", rb"\1", words[1:-1]).decode("latin-1"),
            pages.index(page),
            float(height),
        )
        for words, page, height in re.findall(entry, content)
    ]


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


EVALUATE = """
([points, cases]) => {
  const numbers = (text) => new Float64Array(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);
  const x = numbers(points);
  const all = new Float64Array(cases.length * 2 * x.length);
  cases.forEach(([name, values], index) => ["f", "slope"].forEach((part, which) => {
    const start = (2 * index + which) * x.length;
    for (let i = 0; i < x.length; i++) all[start + i] = definitions[name][part](x[i], ...values);
  }));
  const bytes = new Uint8Array(all.buffer);
  let text = "";
  for (let i = 0; i < bytes.length; i += 30000) text += String.fromCharCode(...bytes.subarray(i, i + 30000));
  return btoa(text);
}"""


def test_what_is_drawn_live_is_what_python_computes(browser: Browser) -> None:
    """Every translated f and f' with usual parameters: to 16 units in the last place, or the definition's own bound.

    At 4,000 points of all sizes, at kinks and beside them; NaN and infinities are the same.
    """
    activations = [activation for activation in variants() if translatable(activation.definition)]
    random = np.random.default_rng(1)
    kinks = np.unique([kink.x for activation in activations for kink in activation.kinks])
    beside = [np.nextafter(kinks, end) for end in (-np.inf, np.inf)]
    sizes = [10 ** random.uniform(-320, 308, 900), 10 ** random.uniform(-3, 3, 900), random.uniform(0, 45, 1800)]
    x = np.concatenate([*sizes, random.uniform(600, 800, 200)])
    x = np.concatenate([x * random.choice([-1, 1], x.size), kinks, *beside, [0, -0.0, np.inf, -np.inf, np.nan]])
    x = np.concatenate([x, random.uniform(-2, 2, 4000 - x.size)])
    page = browser.new_page()
    page.set_content(f"<script>{translated(filter(translatable, REGISTRY.values()), {})}</script>")
    cases = [[activation.name, list(activation.values)] for activation in activations]
    text = page.evaluate(EVALUATE, [b64encode(x.tobytes()).decode(), cases])
    values = np.frombuffer(b64decode(text)).reshape(len(activations), 2, x.size)
    for activation, (f, slope) in zip(activations, values, strict=True):
        for ours, python, is_slope in ((f, activation(x), False), (slope, activation.derivative(x), True)):
            with np.errstate(invalid="ignore"):
                # below the normal numbers all are allowed 64 units of the smallest
                unit = np.maximum(np.spacing(np.abs(python)), 4 * 5e-324)
                near = (ours == python) | (np.abs(ours - python) <= 16 * unit) | (np.isnan(ours) & np.isnan(python))
            bounds = [bound.error for bound in activation.accuracy if bound.slope == is_slope]
            far = [
                (at, one, other)
                for at, one, other in zip(x[~near], ours[~near], python[~near], strict=True)
                if not any(abs(one - other) <= 2 * bound(at) for bound in bounds)
            ]
            assert far == [], f"{activation.spec}, {'slope' if is_slope else 'f'}"
    kinks_there = page.evaluate("cases => cases.map(([name, values]) => definitions[name].kinks(...values))", cases)
    for activation, kinks_of in zip(activations, kinks_there, strict=True):
        here = [(kink.x, kink.left, kink.right, kink.convention, kink.limits) for kink in activation.kinks]
        limits = (tuple(kink["limits"]) if kink.get("limits") else None for kink in kinks_of)
        assert here == [
            (kink["x"], kink["left"], kink["right"], kink["convention"], limit)
            for kink, limit in zip(kinks_of, limits, strict=True)
        ]
    page.close()


def said(page: Page) -> list[float]:
    """The numbers under the sliders: x, f(x), f'(x)."""
    return [typed(page.inner_html(f"#hero-{name}")) for name in ("x", "f", "slope")]


def typed(html: str) -> float:
    """A number that the page has typeset."""
    for typeset, plain in ((" × 10<sup>", "e"), ("</sup>", ""), ("−", "-"), ("∞", "inf")):
        html = html.replace(typeset, plain)
    return float(html)


def computed(spec: str, x: float) -> list[float]:
    """The same from Python, as the page rounds it."""
    activation = actviz.get(spec)
    return [float(f"{value:.6g}") for value in (x, activation(x), activation.derivative(x))]


def test_a_link_opens_what_it_says(visit: Visit) -> None:
    """Activation and parameters, a second one, x, and both boxes; what isn't so is left at its default."""
    page = visit.page
    page.goto(f"{URL}#try=swish:beta=2&with=gelu&x=-1.5&log=1&normal=1")
    expect(page.locator("#hero-x")).to_have_text("−1.5")
    assert said(page) == computed("swish:2", -1.5)
    assert page.input_value("#hero-what") == "swish"
    assert page.input_value("#hero-with") == "gelu"
    assert page.input_value("#hero-p0") == "2"
    assert page.is_checked("#hero-log")
    assert page.is_checked("#hero-normal")
    expect(page.locator("#hero-normal-says")).to_contain_text("standard deviation")
    page.goto(f"{URL}#try=srelu:0,tr=2,a_left=1/4&x=-3")
    expect(page.locator("#hero-x")).to_have_text("−3")
    assert said(page) == computed("srelu:t_left=0,t_right=2,a_left=1/4", -3)
    assert page.get_attribute("#hero-f-ghost", "d") == ""
    expect(page.locator("#hero-note")).to_be_hidden()
    # outside the domain, against the constraint, no such parameter, no such activation
    for wrong, instead, says in (
        ("elu:-1", "elu", "ELU can’t have “-1”"),
        ("hardtanh:3,2", "hardtanh", "low must be below high"),
        ("relu:9", "relu", "ReLU can’t have “9”"),
        ("nothing", "swish", "no activation “nothing” here"),
        ("maxout", "swish", "no activation “maxout” here"),
        ("GPT", "swish", "no activation “GPT” here"),
        ("swish&with=<b>", "swish", "no activation “<b>” here"),
    ):
        page.goto(f"{URL}#try={wrong}&x=-0.5")
        expect(page.locator("#hero-note")).to_contain_text(says)
        expect(page.locator("#hero-x")).to_have_text("−0.5")
        assert page.input_value("#hero-what") == instead
        assert said(page) == computed(instead, -0.5)
    page.locator("#hero-log").check()
    expect(page.locator("#hero-note")).to_be_hidden()
    for far in ("inf", "1e308", "one"):
        page.goto(f"{URL}#try=swish&x={far}")
        expect(page.locator("#hero-note")).to_contain_text(f"x can’t be “{far}”")
        assert said(page) == computed("swish", 1)
    page.goto(f"{URL}#swish")
    expect(page.locator("#swish")).to_be_in_viewport()


def test_a_link_may_use_any_name(visit: Visit) -> None:
    """Aliases and frameworks' names, with the parameters that they set: what the command line takes for it."""
    page = visit.page
    for name in (
        "silu", "hard-swish", "Leaky_ReLU:alpha=0.3", "siren", "satlin", "relu_n:max-value=4", "LeakyReLU",
        "nn.LeakyReLU", "tf.keras.layers.LeakyReLU", "F.leaky_relu:0.5", "keras.activations.relu",
        "keras.activations.relu:max_value=6", "onnx.Shrink", "hardlim",
    ):  # fmt: skip
        page.goto(f"{URL}#try={name}&with={name}&x=1.25")
        expect(page.locator("#hero-what")).to_have_value(actviz.get(name).name)
        assert page.input_value("#hero-with") == actviz.get(name).name
        assert said(page) == computed(name, 1.25)
        values = page.eval_on_selector_all("#hero-sliders input", "all => all.map(one => Number(one.value))")
        known = [value for value in actviz.get(name).values if np.isfinite(value)]  # type: ignore[call-overload]
        assert [value for value in values if value in known] == known
        expect(page.locator("#hero-note")).to_be_empty()


def test_the_tangent_follows_hand_and_keyboard(visit: Visit) -> None:
    """Kinks attract the hand and stop the keys; the address follows when the hand lets go."""
    page, plot = visit.page, visit.page.locator("#hero-plot")
    page.select_option("#hero-what", "relu6")
    frame = plot.bounding_box()
    assert frame
    ends = [float(plot.get_attribute(f"aria-value{end}") or "nan") for end in ("min", "max")]
    left, right = 52, frame["width"] - 12
    at = frame["x"] + left + (right - left) * (6 - ends[0]) / (ends[1] - ends[0])
    page.mouse.move(at - 60, frame["y"] + 50)
    page.mouse.down()
    page.mouse.move(at + 3, frame["y"] + 80)
    expect(page.locator("#hero-x")).to_have_text("6")
    assert said(page) == computed("relu6", 6)
    expect(page.locator("#hero-kink")).to_contain_text("1 on the left and 0 on the right; f′ is 0 by convention")
    assert page.evaluate("location.hash") == "#try=relu6&x=1"
    page.mouse.up()
    assert page.evaluate("location.hash") == "#try=relu6&x=6"
    plot.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#hero-x")).to_have_text("5.9")
    expect(page.locator("#hero-kink")).to_be_empty()
    page.keyboard.press("PageUp")
    expect(page.locator("#hero-x")).to_have_text("6")
    page.keyboard.press("Home")
    expect(plot).to_have_attribute("aria-valuetext", f"x = −{-ends[0]:g}, f = 0, slope 0. ")
    assert page.evaluate("location.hash") == f"#try=relu6&x={ends[0]:g}"


def test_sliders(visit: Visit) -> None:
    """One for each parameter; the value is shown, a double click resets it, a constraint holds."""
    page = visit.page
    page.select_option("#hero-what", "hardtanh")
    low, high = page.locator("#hero-p0"), page.locator("#hero-p1")
    assert [low.get_attribute(end) for end in ("min", "max")] == ["-2", "0"]
    assert [high.get_attribute(end) for end in ("min", "max")] == ["0.5", "6"]
    before = page.get_attribute("#hero-plot path.function", "d")
    high.fill("4.5")
    expect(page.locator("output[for=hero-p1]")).to_have_text("4.5")
    assert page.evaluate("location.hash") == "#try=hardtanh:high=4.5&x=1"
    expect(page.locator("#hero-plot path.function")).not_to_have_attribute("d", before or "")
    high.dblclick()
    expect(page.locator("output[for=hero-p1]")).to_have_text("1")
    assert page.evaluate("location.hash") == "#try=hardtanh&x=1"
    page.goto(f"{URL}#try=generalized_relu:max_value=1.5&x=1")
    expect(page.locator("output[for=hero-p1]")).to_have_text("1.5")
    page.locator("#hero-p2").fill("2")
    expect(page.locator("#hero-says")).to_have_text("max_value must not be below threshold, but 1.5 < 2")
    expect(page.locator("output[for=hero-p2]")).to_have_text("0")
    assert page.input_value("#hero-p2") == "0"


def test_the_address_waits_while_a_key_is_held(visit: Visit) -> None:
    """Browsers refuse hundreds of changes of the address within seconds; it is written when the key is let go."""
    page = visit.page
    for link, slider in (("#try=swish&x=1", "#hero-p0"), ("#softmax=1,2", "#softmax-temperature")):
        page.goto(f"{URL}{link}")
        page.focus(slider)
        before = page.input_value(slider)
        page.keyboard.down("ArrowRight")
        once = page.evaluate("location.hash")
        assert once != link
        for _ in range(5):
            page.keyboard.down("ArrowRight")
        assert page.input_value(slider) != before
        assert page.evaluate("location.hash") == once
        page.keyboard.up("ArrowRight")
        assert page.evaluate("location.hash") != once


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_words_and_numbers_have_room(browser: Browser, width: int) -> None:
    """Labels in the plot are inside it, numbers of softmax in their columns, however long they are."""
    visit = Visit(browser, viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page = visit.page
    for link in ("try=exponential&x=700", "try=swish&with=generalized_relu&x=-1e4", "try=elu:1e300&with=heaviside"):
        page.goto(f"{URL}#{link}")
        expect(page.locator("#hero-what")).to_have_value(re.split("[=:&]", link)[1])
        outside = page.evaluate(
            "(p => [...document.querySelectorAll('#hero-plot text')].filter(t => (r => r.left < p.left - 1 || "
            "r.right > p.right + 1)(t.getBoundingClientRect())).map(t => t.textContent))"
            "(document.querySelector('#hero-plot').getBoundingClientRect())"
        )
        assert outside == [], link
    for logits in ("-30,0,1", "22026,9.36e-14,1/3", "-123456,0", "12,11,10,1,1,1,1,1,1,1,1,10.123"):
        page.goto(f"{URL}#softmax={logits}")
        expect(page.locator("#softmax-rows tr")).to_have_count(logits.count(",") + 1)
        outside = page.eval_on_selector_all(
            "#softmax-table .step > span",
            "all => all.filter(span => { const range = document.createRange(); range.selectNodeContents(span); "
            "const [text, cell] = [range, span.closest('td')].map(one => one.getBoundingClientRect()); "
            "return text.width && (text.right > cell.right || text.left < cell.left || "
            "(text.bottom > span.nextElementSibling.getBoundingClientRect().top + 4 && "
            "text.right > span.nextElementSibling.getBoundingClientRect().left)); }).map(span => span.textContent)",
        )
        assert outside == [], logits
    assert visit.errors == []
    visit.context.close()


@pytest.mark.parametrize(
    ("spec", "most"),
    [("swish:beta=3", 0.3), ("sine:omega=5", 0.3), ("sine:omega=30", 2), ("relu6", 0.1), ("hardswish", 0.3)],
)
def test_curves_are_drawn_where_they_are(visit: Visit, spec: str, most: float) -> None:
    """A fraction of a pixel from where Python has them, two where a wave is 8 pixels long; kinks are points of them."""
    page, activation = visit.page, actviz.get(spec)
    page.goto(f"{URL}#try={spec}&x=1")
    expect(page.locator("#hero-x")).to_have_text("1")
    moves = re.findall(r"([Ml])(-?\d+) (-?\d+)", page.get_attribute("#hero-f-curve", "d") or "")
    assert [kind for kind, _, _ in moves] == ["M", *"l" * (len(moves) - 1)]
    across, down = np.cumsum([(int(x), int(y)) for _, x, y in moves], axis=0).T / 10
    low, high = (float(page.get_attribute("#hero-plot", f"aria-value{end}") or "nan") for end in ("min", "max"))
    pixel = (high - low) / (across[-1] - across[0])
    x = low + (across - across[0]) * pixel
    # how high a unit is follows from the points themselves
    unit, zero = np.polyfit(activation(x), down, 1)
    dense = np.sort(np.concatenate([np.linspace(low, high, 20001), x]))
    off = np.interp(dense, x, down) - (zero + unit * activation(dense))
    assert np.abs(off / np.hypot(1, unit * activation.derivative(dense) * pixel)).max() < most
    for kink in activation.kinks:
        near = np.abs(x - kink.x).argmin()
        assert abs(x[near] - kink.x) < 0.06 * pixel
        assert abs(down[near] - zero - unit * activation(kink.x)) < 0.1


def test_nothing_shifts_while_the_page_opens(browser: Browser) -> None:
    """On a slow machine, where the page is seen before its script has run: with one parameter, and with two."""
    for link in ("", "#try=hardtanh&x=1"):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.add_init_script(
            "window.shifts = []; new PerformanceObserver(list => shifts.push(...list.getEntries().map(e => e.value)))"
            ".observe({type: 'layout-shift', buffered: true})"
        )
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.goto(f"{URL}{link}")
        expect(page.locator("#hero-x")).to_have_text("1")
        page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
        assert page.evaluate("shifts") == []
        context.close()


def test_fingers(browser: Browser) -> None:
    """What goes across moves x, a parameter or a logit; what goes up scrolls the page and moves nothing."""
    visit = Visit(
        browser, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    page, touch = visit.page, visit.context.new_cdp_session(visit.page)

    def swipe(where: str, right: float, up: float) -> float:
        page.locator(where).scroll_into_view_if_needed()
        frame, before = page.locator(where).bounding_box(), page.evaluate("scrollY")
        assert frame
        x, y = frame["x"] + frame["width"] / 2, frame["y"] + min(frame["height"] / 2, 150)
        for i in range(6):
            point = {"x": x + right * i / 5, "y": y - up * i / 5}
            kind = "touchMove" if i else "touchStart"
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        page.evaluate("new Promise(done => setTimeout(done, 100))")
        return float(page.evaluate("scrollY")) - before

    page.goto(f"{URL}#try=swish&x=1")
    assert swipe("#hero-plot", -80, 10) == 0
    moved = said(page)[0]
    assert moved < -1
    assert swipe("#hero-p0", 60, 5) == 0
    beta = page.input_value("#hero-p0")
    assert float(beta) > 5
    assert swipe("#hero-plot", 3, 120) > 50
    assert swipe("#hero-p0", 3, 120) > 50
    assert page.evaluate("location.hash") == f"#try=swish:beta={beta}&x={moved:g}"
    page.goto(f"{URL}#softmax=-3,1.5,2.7")
    assert swipe("#softmax-rows tr:nth-child(2) input", 30, 3) == 0
    assert worked(page)[1][0] > 2
    assert swipe("#softmax-rows tr:nth-child(1) input", 3, 120) > 50
    assert worked(page)[0][0] == -3
    assert visit.errors == []
    visit.context.close()


def test_what_is_copied_draws_what_is_seen(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command parses to the figure with the same activations, x axis, x and scale; the link is the address."""
    page, swish = visit.page, actviz.get("swish:2")
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for other, log in product(("", "&with=gelu"), ("", "&log=1")):
        page.goto(f"{URL}#try=swish:beta=2{other}&x=-1.5{log}")
        expect(page.locator("#hero-log")).to_be_checked(checked=bool(log))
        page.locator("#hero-link").click()
        expect(page.locator("#hero-link")).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == f"{URL}#try=swish:beta=2{other}&x=-1.5{log}"
        page.locator("#hero-command").click()
        page.wait_for_function("navigator.clipboard.readText().then(text => text.startsWith('actviz'))")
        looks = {"derivative": True, "log_y": bool(log), "x": (-4.0, 4.0), "mark": (-1.5,)}
        picture: Picture = Comparison((swish, actviz.get("gelu")), **looks) if other else Curve(swish, **looks)  # type: ignore[arg-type]
        assert parsed(page.evaluate("navigator.clipboard.readText()"), monkeypatch) == picture


def test_softmax_that_is_dragged_is_what_python_computes(browser: Browser) -> None:
    """For large and equal logits, hot and cold: to 16 units in the last place."""
    random = np.random.default_rng(1)
    vectors = [
        [0.0],
        [1e3, -1e3],
        [1e3, 1e3, 1e3],
        [-1e3, -1e3],
        [1e308, -1e308, 0.0],
        [5e-324, -0.0],
        [-3.0, 1.5, 2.7],
    ]
    vectors += [[*(random.normal(size=3) * scale)] for scale in (1e-3, 1.0, 30.0, 1e3) for _ in range(20)]
    cases = [(logits, temperature) for logits in vectors for temperature in (1e-3, 0.1, 0.7, 1.0, 3.0, 1e3)]
    page = browser.new_page()
    page.set_content(f"<script>{translated([], softmax.FUNCTIONS)}</script>")
    both = "(([z, t]) => [functions.softmax(z, t), functions.steps(z, t)[2]])"
    for (logits, temperature), found in zip(cases, page.evaluate(f"all => all.map({both})", cases), strict=True):
        steps = Softmax(tuple(logits), temperature=temperature)
        for ours, python in zip(found, (steps.probabilities, steps.exponentials), strict=True):
            unit = np.maximum(np.spacing(np.abs(python)), 4 * 5e-324)
            assert (np.abs(np.subtract(ours, python)) <= 16 * unit).all(), (logits, temperature)
    page.close()


def worked(page: Page) -> list[list[float]]:
    """The table of bars: logits, exponentials and probabilities, class by class."""
    rows = page.eval_on_selector_all(
        "#softmax-rows tr", "rows => rows.map(row => [...row.querySelectorAll('span')].map(span => span.innerHTML))"
    )
    return [[typed(cell) for cell in row] for row in rows]


def test_softmax_moves(visit: Visit) -> None:
    """A link opens what it says; logits and temperature follow hand and keyboard, and the address follows them."""
    page = visit.page
    page.goto(f"{URL}#softmax=-2,0.5,1/4,800&temperature=1e-1")
    expect(page.locator("#softmax h3")).to_be_in_viewport()
    assert worked(page) == [[-2, 0, 0], [0.5, 0, 0], [0.25, 0, 0], [800, 1, 1]]
    expect(page.locator("#softmax-note")).to_contain_text("The largest logit is subtracted first")
    page.goto(f"{URL}#softmax=-3,1.5,2.7&temperature=2")
    steps = Softmax((-3.0, 1.5, 2.7), temperature=2.0)
    expect(page.locator("#softmax-note")).to_be_empty()
    for row, expected in zip(worked(page), zip(steps.logits, steps.exponentials, steps.probabilities), strict=True):
        assert row == pytest.approx(expected, abs=5e-5)
    logit = page.get_by_role("slider", name="logit 2")
    logit.hover()  # when the page has scrolled there
    frame = logit.bounding_box()
    assert frame
    page.mouse.move(frame["x"] + frame["width"] * 0.645, frame["y"] + 15)
    page.mouse.down()
    page.mouse.move(frame["x"] + frame["width"] / 2, frame["y"] + 18, steps=3)
    expect(page.locator("#softmax-rows tr:nth-child(2) span").first).to_have_text("0")
    assert worked(page)[1][2] == pytest.approx(Softmax((-3.0, 0.0, 2.7), temperature=2.0).probabilities[1], abs=5e-5)
    assert "#softmax=-3,1.5,2.7&temperature=2" in page.url
    page.mouse.up()
    assert page.evaluate("location.hash") == "#softmax=-3,0,2.7&temperature=2"
    page.keyboard.press("ArrowRight")
    expect(logit).to_have_attribute("aria-valuetext", re.compile(r"0\.1, probability 0\.2"))
    temperature = page.get_by_role("slider", name="temperature")
    temperature.dblclick()
    assert page.evaluate("location.hash") == "#softmax=-3,0.1,2.7&temperature=1"
    temperature.press("End")
    expect(page.locator("output[for=softmax-temperature]")).to_have_text("100")
    page.get_by_role("button", name="Add a class").click()
    page.get_by_role("button", name="Add a class").click()
    page.get_by_role("button", name="Remove the last").click()
    assert page.evaluate("location.hash") == "#softmax=-3,0.1,2.7,0&temperature=100"
    page.reload()
    assert [row[0] for row in worked(page)] == [-3, 0.1, 2.7, 0]
    for last, other in (("Add a class", "Remove the last"), ("Remove the last", "Add a class")):
        while page.get_by_role("button", name=last).is_enabled():
            page.get_by_role("button", name=last).press("Enter")
        expect(page.get_by_role("button", name=other)).to_be_focused()
    for wrong, says in (("1,x", "logits"), ("inf", "logits"), ("1,2&temperature=0", "temperature")):
        page.goto(f"{URL}#softmax={wrong}")
        expect(page.locator("#softmax-note")).to_contain_text(says)
    page.locator("#softmax .back a").click()
    expect(page.locator("#softmax")).to_be_hidden()


def test_softmax_that_is_copied(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command draws what is seen, the link opens it, and axe finds nothing in either theme."""
    page = visit.page
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for logits, temperature in (((-3.0, 1.5, 2.7), 1.0), ((-1.0,), 2.5), ((1e21, 1e-5), 1e-3)):
        page.goto(f"{URL}#softmax={','.join(map(str, logits))}&temperature={temperature}")
        page.locator("#softmax-command").click()
        page.wait_for_function("navigator.clipboard.readText().then(text => text.startsWith('actviz'))")
        line = page.evaluate("navigator.clipboard.readText()")
        assert parsed(line, monkeypatch) == SoftmaxExample(Softmax(logits, temperature=temperature))
        page.locator("#softmax-link").click()
        page.wait_for_function("navigator.clipboard.readText().then(text => text.startsWith('file'))")
        page.goto(page.evaluate("navigator.clipboard.readText()"))
        assert [row[0] for row in worked(page)] == pytest.approx(logits)
    page.evaluate(AXE)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert page.evaluate("axe.run('#softmax').then(result => result.violations.map(found => found.id))") == []


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
