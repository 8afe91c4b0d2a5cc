"""The gallery's page as a file: what it holds, without a browser."""

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

import actviz
from actviz import disagreements
from actviz.activations import FAMILIES
from actviz.figures import Curve
from actviz.gallery.articles import ARTICLES, DIFFERENCES, ENTRIES, PHONES, PICTURES
from actviz.gallery.guide import GUIDE
from actviz.registry import REGISTRY
from actviz.style import DARK, LIGHT

GALLERY = Path(__file__).parent.parent / "gallery"
PAGE = (GALLERY / "index.html").read_text(encoding="utf-8")
VOID = {"meta", "img", "input", "br", "link", "source"}


class _Reader(HTMLParser):
    """Collects elements with their attributes and text, and fails if they aren't closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str], list[str]]] = []
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []
        self.cards: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = (tag, {name: value or "" for name, value in attrs}, [])  # type: ignore[var-annotated]
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _, _, words in self.open:
            words.append(data)


READER = _Reader()
READER.feed(PAGE)
READER.close()
ELEMENTS = [
    (tag, attributes, re.sub(r"\s+", " ", "".join(words)).strip()) for tag, attributes, words in READER.elements
]
CARDS = {attributes["id"]: words for _, attributes, words in ELEMENTS if attributes.get("class") == "card"}


def test_every_element_is_closed_and_every_id_is_there_once() -> None:
    """What a validator says first."""
    assert not READER.open
    ids = [attributes["id"] for _, attributes, _ in ELEMENTS if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_links_lead_somewhere() -> None:
    """To a place on the page, or to a file of the gallery; nothing is asked for from elsewhere."""
    ids = {attributes["id"] for _, attributes, _ in ELEMENTS if "id" in attributes}
    files = {f"{picture.name}.{form}" for picture in PICTURES for form in ("svg", "png")}
    files |= {f"{picture.name}.svg" for picture in PHONES.values()}
    for _, attributes, _ in ELEMENTS:
        for name in ("href", "src", "srcset"):
            if (target := attributes.get(name)) and not target.startswith("https://"):
                assert target[1:] in ids if target.startswith("#") else target in files, target
    assert not re.search(r"url\((?!#)|@import", PAGE)
    assert not re.search(r"https?://(?!www\.w3\.org/1998/Math)", re.sub(r'<a class="out" [^>]*>', "", PAGE))


def test_papers_and_manuals_are_linked_to_and_marked_as_leaving() -> None:
    """Papers by arXiv and DOI; nothing else leads off the page."""
    out = [(attributes, words) for _, attributes, words in ELEMENTS if attributes.get("href", "").startswith("http")]
    papers = [definition.reference for definition in REGISTRY.values() if definition.reference]
    for paper in papers:
        for place, key in (("https://arxiv.org/abs/", paper.arxiv), ("https://doi.org/", paper.doi)):
            assert not key or any(attributes["href"] == place + key for attributes, _ in out)
    assert all("external" in attributes["rel"] and "(leaves this page)" in words for attributes, words in out)
    places = "arxiv.org", "doi.org", "docs.pytorch.org", "docs.jax.dev", "keras.io", "www.tensorflow.org"
    assert {attributes["href"].split("/")[2] for attributes, _ in out} == {*places}
    for card, name, address in (
        ("swish", "PyTorch", "https://docs.pytorch.org/docs/stable/generated/torch.nn.SiLU.html"),
        ("gelu_tanh", "PyTorch", "https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.gelu.html"),
        ("gelu", "JAX", "https://docs.jax.dev/en/latest/_autosummary/jax.nn.gelu.html"),
        ("hardswish", "Keras", "https://keras.io/api/layers/activations/#hard_silu-function"),
        ("sigmoid", "TensorFlow", "https://www.tensorflow.org/api_docs/python/tf/math/sigmoid"),
        ("glu", "PyTorch", "https://docs.pytorch.org/docs/stable/generated/torch.nn.GLU.html"),
        ("swiglu", "TensorFlow", "https://www.tensorflow.org/api_docs/python/tf/nn/silu"),
    ):
        assert f'href="{address}">{name}<' in PAGE[PAGE.index(f'id="{card}">') :].partition("</article>")[0], card
    assert 'href="' not in PAGE[PAGE.index('id="logish">') :].partition("<dt>JAX")[0].partition("In frameworks")[2]


def test_headings_go_down_by_one() -> None:
    """One h1, and no level is left out, which is how a screen reader's user moves about."""
    levels = [int(tag[1]) for tag, _, _ in ELEMENTS if re.fullmatch(r"h\d", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_figure_has_its_description_as_alternative_text() -> None:
    """The sentence that its SVG has, and its size, so that nothing moves when it is loaded."""
    shown = [attributes for tag, attributes, _ in ELEMENTS if tag == "img" and attributes.get("class") != "thumb"]
    pictures = {f"{picture.name}.svg": picture for picture in PICTURES}
    assert {image["src"] for image in shown} == pictures.keys()
    for image in shown:
        svg = (GALLERY / image["src"]).read_text(encoding="utf-8")
        assert image["alt"] == pictures[image["src"]].description
        width, height = re.findall(r'(?:width|height)="([\d.]+)pt"', svg[:1000])
        assert (float(image["width"]), float(image["height"])) == pytest.approx((float(width), float(height)), abs=0.5)


def test_the_description_in_a_figure_is_the_same_sentence() -> None:
    """For ReLU6 in the words that a teacher would use."""
    sentence = "ReLU6 is 0 up to x = 0, rises with slope 1, and stays at 6 from x = 6 on."
    assert Curve(actviz.get("relu6")).description.startswith(sentence)
    assert sentence in (GALLERY / "relu6-derivative.svg").read_text(encoding="utf-8")
    assert sentence in (GALLERY / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", actviz.names())
def test_every_activation_has_a_card(name: str) -> None:
    """With all that is known about it, by one template."""
    activation, card = actviz.get(name), CARDS[name]
    definition = activation.definition
    assert card.startswith(definition.title)
    expected = [
        definition.summary, definition.strength, definition.weakness, *activation.aliases,
        "f ( x ) =".replace(" ", ""), str(activation.range), str(activation.reference or ""),
        *(parameter.meaning for parameter in definition.parameters),
        *(f"x = {kink.x:g}: slope".replace("-", "−") for kink in activation.kinks),
        *activation.code.values(), *activation.code,
        *(definition.frameworks[framework].defaults for framework in activation.code),
        *(relative.says for relative in definition.relatives),
        *(REGISTRY[relative.to.partition(":")[0]].title for relative in definition.relatives),
        re.sub(r"\s+", " ", activation.reference.bibtex) if activation.reference else "",
        f"actviz plot {name} --derivative",
    ]  # fmt: skip
    for words in expected:
        assert words in card, words


def test_minus_signs_are_true_ones() -> None:
    """In all that isn't typed somewhere: commands, code and entries for BibTeX."""
    prose = re.sub(r"(?s)<(script|style|pre|code)\b.*?</\1>|<[^>]+>", "\n", PAGE)
    assert re.findall(r".*(?<![\w–])-\s?[\d∞(].*", re.sub(r"command: .*", "", prose)) == []


def test_formulas_have_the_colours_of_their_curves() -> None:
    """In light and dark: that of f the figures' first, that of f' their second."""
    for name, light, dark in zip(("function", "slope"), LIGHT.colours[:2], DARK.colours[:2], strict=True):
        assert f"--{name}: light-dark({light}, {dark})" in PAGE
        assert f".formulas .{name} {{ color: var(--{name}); }}" in PAGE
        coloured = [tag for tag, attributes, _ in ELEMENTS if attributes.get("class") == name]
        assert coloured.count("span") == len(actviz.names())


def test_where_frameworks_differ_it_is_said() -> None:
    """JAX's slope of Leaky ReLU at 0 is emphasised, other defaults are a warning."""
    leaky = PAGE[PAGE.index('id="leaky_relu"') : PAGE.index('id="prelu"')]
    assert "<strong>1 in JAX 0.10</strong>" in leaky
    assert "<strong>0.2 in PyTorch" not in leaky
    assert leaky.count("Other defaults:") == sum(
        bool(spelling.defaults) for spelling in REGISTRY["leaky_relu"].frameworks.values()
    )


def test_there_is_a_section_of_where_frameworks_disagree() -> None:
    """With a row for each disagreement, and the figures of those between functions."""
    section = PAGE[PAGE.index('<section id="frameworks">') : PAGE.index('<section id="articles">')]
    assert section.count("<tbody>") == len(disagreements.TOPICS)
    assert section.count('<ul class="answers">') == len(disagreements.table())
    assert "<b>negative_slope = 0.3</b> in keras.layers.LeakyReLU in Keras 3.15" in section
    shown = re.findall(r'<img src="(.*?)\.svg"', section)
    assert shown == [picture.name for picture in DIFFERENCES.values()]


def test_families_articles_and_guide() -> None:
    """Each has its part of the page, with its title."""
    sections = {attributes["id"]: words for tag, attributes, words in ELEMENTS if tag == "section"}
    for title in FAMILIES:
        assert sections[f"family-{title.lower().replace(' ', '-')}"].startswith(title)
    assert all(title in sections["articles"] for title in ARTICLES.values())
    assert all(entry.id in sections["articles"] for entry in ENTRIES)
    assert all(situation in sections["choosing"] for situation, _ in GUIDE)
    advised = set(re.findall(r"{(\w+)}", " ".join(advice for _, advice in GUIDE)))
    assert len(advised) >= 15
    assert "0.2309" in sections["errata"]


def test_the_table_has_a_row_for_each() -> None:
    """With its number for sorting where it is written otherwise."""
    table = PAGE[PAGE.index('<table id="table">') :].partition("</table>")[0]
    rows = re.findall(r"<tr data-name=.*?</tr>", table, re.S)
    assert len(rows) == len(REGISTRY)
    selu = next(row for row in rows if "#selu" in row)
    assert "data-sort=-1.7580993408473768" in selu
    assert ">2017<" in selu


def test_the_wall_has_a_drawing_of_each() -> None:
    """Its curve and its derivative as paths, with gaps where they jump; the table draws them again."""
    wall = PAGE[PAGE.index('<ul class="wall"') :].partition("</ul>")[0]
    tiles = {name: tile for tile, name in re.findall(r'(<li class="tile" id="tile-(\w+)".*?</li>)', wall)}
    assert list(tiles) == [*REGISTRY, *REGISTRY.units, "softmax"]

    def strokes(name: str, kind: str) -> int:
        return re.findall(rf'<path class="{kind}" d="(.*?)"', tiles[name])[0].count("M")

    assert [strokes("relu", "function"), strokes("relu", "slope"), strokes("heaviside", "function")] == [1, 2, 2]
    assert strokes("relu6", "slope") == 3
    assert all(f'<use href="#drawn-{name}"/>' in PAGE for name in REGISTRY)


def test_the_page_is_small_and_says_what_it_is() -> None:
    """Figures apart; each caption stands there once, however many figures it has."""
    assert len(PAGE.encode()) <= 700_000
    described = [attributes["content"] for tag, attributes, _ in ELEMENTS if attributes.get("name") == "description"]
    assert len(described) == 1
    assert str(len(REGISTRY)) in described[0]
    for entry in ENTRIES:
        assert CAPTIONS.count(entry.caption) == 1, entry.id


CAPTIONS = [words for tag, _, words in ELEMENTS if tag == "p"]
