"""The gallery's page: one HTML file beside the SVG files, which asks for nothing from anywhere else."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from string import Template

from actviz import analysis, disagreements, facts
from actviz.activations import FAMILIES, gated_units
from actviz.commandline import command
from actviz.disagreements import Answer, Disagreement
from actviz.figures import Curve, Idea, Picture, SoftmaxExample, Surface
from actviz.formula import mathml
from actviz.gallery import articles, hero, live, parts, softmax, sought, thumbnails
from actviz.gallery.errata import errata
from actviz.gallery.guide import GUIDE
from actviz.gated import GatedUnit
from actviz.model import Activation, Definition, Kink, Parameter, Reference, number, readable
from actviz.registry import GATED_UNITS, REGISTRY, gated_unit, get

NAME = "index.html"

MANUALS = {
    "torch.": "https://docs.pytorch.org/docs/stable/generated/{}.html",
    "jax.nn.": "https://docs.jax.dev/en/latest/_autosummary/{}.html",
    "keras.activations.": "https://keras.io/api/layers/activations/#{last}-function",
    **dict.fromkeys(
        ("tf.nn.sigmoid", "tf.nn.softplus", "tf.nn.tanh"), "https://www.tensorflow.org/api_docs/python/tf/math/{last}"
    ),
    "tf.nn.": "https://www.tensorflow.org/api_docs/python/tf/nn/{last}",
}
"""Where frameworks document what has a name that begins so."""

CALL = re.compile(r"(?:a \* )?((?:torch\.nn\.functional|jax\.nn|keras\.activations|tf\.nn)\.\w+)\([^()]*\)")
"""Code that only calls a function that its framework documents, maybe multiplied by the value of a gated unit."""

PROPERTIES: dict[str, Callable[[Activation], bool]] = {
    "monotonic": lambda activation: activation.monotonic,
    "bounded": lambda activation: activation.range.bounded,
    "smooth": analysis.smooth,
    "zero-centred": analysis.zero_centred,
    "saturating": lambda activation: analysis.saturation(activation) != "none",
}
"""What the page can be filtered by."""

UNITS = tuple(map(gated_unit, REGISTRY.units))

CARDS: dict[Picture, str] = {
    **{Curve(activation, derivative=True): activation.name for activation in map(get, REGISTRY)},
    **{Surface(unit, derivative=True): unit.name for unit in UNITS},
    **dict.fromkeys((SoftmaxExample(), articles.SWEEP), "softmax"),
}
"""The figures that stand in cards, with the cards' ids; an idea has a card of its own name."""

Sizes = Mapping[str, tuple[float, float]]
"""Width and height of each figure, by its name."""


def text(sizes: Sizes) -> str:
    """Write the page."""
    ideas = [picture for picture in articles.PICTURES if isinstance(picture, Idea)]
    families = {title: _definitions(module) for title, module in FAMILIES.items()}
    return Template(parts.read("page.html")).substitute(
        style=parts.colours(("function", "slope")) + parts.read("page.css") + live.style(),
        hero=hero.section(_figure(hero.PICTURE, sizes)),
        script=parts.read("page.js") + live.script(),
        count=len(REGISTRY),
        links="".join(
            f'<li class="without-script"><a href="#{_family_id(title)}">{title}</a></li>'
            for title in (*families, GATED_UNITS)
        ),
        chosen="".join(
            f'<label><input type="checkbox" name="family" value="{_family_id(title)}"> {title}</label>'
            for title in (*families, GATED_UNITS)
        ),
        guide="".join(_advice(*one) for one in GUIDE),
        filters="".join(f'<label><input type="checkbox" value="{name}"> {name}</label>' for name in PROPERTIES),
        tiles="".join([*map(_tile, map(get, REGISTRY)), *map(_unit_tile, UNITS), _softmax_tile()]),
        rows="".join(map(_row, map(get, REGISTRY))),
        families="".join(_family(title, definitions, sizes) for title, definitions in families.items()),
        units=_units(sizes),
        softmax=_softmax(sizes),
        thumbs="".join(
            f'<li><a href="#{idea.name}">{_thumbnail(idea, sizes, "")}{escape(idea.heading)}</a></li>\n'
            for idea in ideas
        ),
        ideas="".join(_idea(idea, sizes) for idea in ideas),
        frameworks="".join(_disagreements(topic, sizes) for topic in disagreements.TOPICS),
        measured=disagreements.WHEN,
        articles="".join(_article(article, sizes) for article in articles.ARTICLES),
        errata="".join(
            f"<tr><th scope='row'>{escape(one.place)}</th><td>{escape(one.says)}</td><td>{escape(one.so)}</td></tr>\n"
            for one in errata()
        ),
    )


def _definitions(module: object) -> list[Definition]:
    return [value for value in vars(module).values() if isinstance(value, Definition)]


def _family_id(title: str) -> str:
    return f"family-{title.lower().replace(' ', '-')}"


def _link(name: str) -> str:
    title = REGISTRY[name].title if name in REGISTRY else name
    return f'<a href="#{name}">{escape(title)}</a>'


def _advice(situation: str, advice: str) -> str:
    linked = re.sub(r"{(\w+)}", lambda found: (found[1] == "softmax" and SOFTMAX_LINK) or _link(found[1]), advice)
    return f"<div><dt>{escape(situation)}</dt><dd>{linked}</dd></div>\n"


SOFTMAX_LINK = '<a href="#softmax">softmax</a>'


def _tile(activation: Activation) -> str:
    """Draw an activation on the wall, with what filters, search and sorting read."""
    definition = activation.definition
    return _on_the_wall(
        (activation.name, activation.title, thumbnails.curve(activation)),
        family=facts.summary(activation)["family"],
        properties=[name for name, holds in PROPERTIES.items() if holds(activation)],
        names=[activation.name, *(one.word for one in REGISTRY.aliases(definition))],
        words=sought.words(activation),
        reference=activation.reference,
        slope=analysis.steepest(activation)[1],
    )


def _unit_tile(unit: GatedUnit) -> str:
    """Draw the gate of a unit, since a curve can't show two inputs."""
    definition = unit.definition
    names = [name for one in definition.frameworks.values() for name in one.names]
    return _on_the_wall(
        (unit.name, unit.title, thumbnails.curve(unit.gate)),
        family=GATED_UNITS,
        properties=_unit_properties(unit),
        names=[unit.name, *definition.aliases],
        words=" ".join([sought.UNITS, *names]),
        reference=definition.reference,
    )


def _softmax_tile() -> str:
    drawing = thumbnails.bars(SoftmaxExample().softmax.probabilities)
    return _on_the_wall(("softmax", "Softmax", drawing), names=["softmax"], words=sought.SOFTMAX)


def _on_the_wall(
    shown: tuple[str, str, str],
    family: str = "",
    properties: Sequence[str] = (),
    names: Sequence[str] = (),
    words: str = "",
    reference: Reference | None = None,
    slope: float | None = None,
) -> str:
    name, title, drawing = shown
    year = reference.year if reference else ""
    return (
        f'<li class="tile" id="tile-{name}" data-name="{name}" data-family="{_family_id(family) if family else ""}" '
        f'data-properties="{" ".join(properties)}" data-names="{escape(" ".join(names))}" '
        f'data-words="{escape(words)}" data-slope="{"" if slope is None else number(abs(slope))}" data-year="{year}">'
        f'<a href="#{name}"><svg viewBox="0 0 {thumbnails.WIDTH} {thumbnails.HEIGHT}" aria-hidden="true">'
        f'<g id="drawn-{name}">{drawing}</g></svg><b>{escape(title)}</b> <span>{year}</span></a></li>\n'
    )


def _row(activation: Activation) -> str:
    """Write a row of the table; what doesn't sort as it is written says its number."""
    slope = analysis.steepest(activation)[1]
    cells = [
        (str(activation.range), number(activation.range.low)),
        (facts.yes(activation.monotonic), ""),
        *((facts.yes(fact(activation)), "") for fact in (analysis.smooth, analysis.zero_centred)),
        (facts.SIDES[analysis.saturation(activation)], ""),
        (readable(slope), number(slope)),
        _year(activation),
    ]
    written = "".join(f"<td{f' data-sort={key}' if key else ''}>{escape(cell)}</td>" for cell, key in cells)
    name = activation.name
    spark = (
        f'<svg class="spark" viewBox="0 0 {thumbnails.WIDTH} {thumbnails.HEIGHT}" aria-hidden="true">'
        f'<use href="#drawn-{name}"/></svg>'
    )
    return f'<tr data-name="{name}"><th scope="row">{spark}{_link(name)}</th>{written}</tr>\n'


def _year(activation: Activation) -> tuple[str, str]:
    """Write the paper's year; what has no paper sorts last."""
    return (str(activation.reference.year), "") if activation.reference else ("–", "inf")


def _family(title: str, definitions: Iterable[Definition], sizes: Sizes) -> str:
    summary = (FAMILIES[title].__doc__ or "").partition("\n")[0]
    cards = "".join(_card(get(definition.name), sizes) for definition in definitions)
    return _section(title, summary, cards)


def _section(title: str, summary: str, cards: str) -> str:
    heading = f"<h2>{title}</h2><p>{escape(summary)}</p>"
    return f'<section class="family" id="{_family_id(title)}">{heading}\n{cards}</section>\n'


def _card(activation: Activation, sizes: Sizes) -> str:
    definition = activation.definition
    called = ", ".join(facts.also_called(activation))
    aliases = f' <span class="also">also {escape(called)}</span>' if called else ""
    formulas = [
        _coloured("function", mathml(activation.formula, "f(x) = ")),
        _coloured("slope", mathml(activation.derivative_formula, "f'(x) = ")),
        *(mathml(number(value), f"{symbol} = ") for symbol, value in definition.constants.items()),
    ]
    return f"""<article class="card" id="{activation.name}">
<h3>{escape(activation.title)}{aliases}</h3>
<p class="summary">{escape(definition.summary)}</p>
<div class="formulas" tabindex="0" role="group" aria-label="Formulas of {escape(activation.title)}">
{"".join(formulas)}</div>
{_figure(Curve(activation, derivative=True), sizes)}
<div class="facts">
{_parameters(definition.parameters)}
<h4>Properties</h4>
{_pairs(facts.properties(activation), "properties")}
<p><b>For</b> {escape(definition.strength)}</p><p><b>Against</b> {escape(definition.weakness)}</p>
{_kinks(activation)}
<h4>In frameworks</h4>
<dl>{"".join(_spelling(activation, framework) for framework in activation.code)}</dl>
<h4>Relatives</h4>
<ul>{"".join(f"<li>{_link(one.to.partition(':')[0])}: {escape(one.says)}</li>" for one in definition.relatives)}</ul>
{_paper(activation.reference)}
</div>
{_back(activation.name)}</article>
"""


def _coloured(name: str, formula: str) -> str:
    """Put a formula into the colour of its curve."""
    return f'<span class="{name}">{formula}</span>'


def _units(sizes: Sizes) -> str:
    summary = (gated_units.__doc__ or "").partition("\n")[0]
    cards = "".join(_unit(unit, sizes) for unit in UNITS)
    return _section(GATED_UNITS, summary, cards)


def _unit(unit: GatedUnit, sizes: Sizes) -> str:
    definition = unit.definition
    called = f' <span class="also">also {escape(", ".join(definition.aliases))}</span>' if definition.aliases else ""
    formulas = [
        mathml(definition.formula, "f(a, b) = "),
        mathml(definition.partial_a, "\\partial f / \\partial a = "),
        mathml(definition.partial_b, "\\partial f / \\partial b = "),
    ]
    kinks = [line for kink in unit.gate.kinks for line in facts.gate_kink(kink)]
    return f"""<article class="card" id="{unit.name}">
<h3>{escape(unit.title)}{called}</h3>
<p class="summary">{escape(definition.summary)}</p>
<div class="formulas" tabindex="0" role="group" aria-label="Formulas of {escape(unit.title)}">
{"".join(formulas)}</div>
{_figure(Surface(unit, derivative=True), sizes)}
<div class="facts">
<h4>Gate</h4><p>{_link(unit.gate.name)} of b; a is the value</p>
{_parameters(definition.parameters)}
<h4>Properties</h4>
{_pairs(facts.unit_properties(unit), "properties")}
<p><b>For</b> {escape(definition.strength)}</p><p><b>Against</b> {escape(definition.weakness)}</p>
{_listed("At its kinks", kinks)}
{_listed("Which half is the gate", definition.halves)}
<h4>In frameworks</h4>
<dl>{"".join(_call(unit, framework) for framework in unit.code)}</dl>
{_paper(definition.reference)}
</div>
{_back(unit.name)}</article>
"""


def _unit_properties(unit: GatedUnit) -> list[str]:
    return [
        name for name, holds in {"monotonic": unit.monotonic, "smooth": analysis.smooth(unit.gate)}.items() if holds
    ]


def _back(name: str) -> str:
    """Link back from a card to where it was chosen."""
    return f'<p class="back needs-script"><a href="#tile-{name}">Back to the wall</a></p>\n'


def _listed(title: str, lines: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<h4>{title}</h4><ul>{items}</ul>" if lines else ""


def _call(unit: GatedUnit, framework: str) -> str:
    spelling = unit.definition.frameworks.get(framework)
    note = f"<p>{escape(spelling.note)}</p>" if spelling and spelling.note else ""
    code = unit.code[framework]
    name = _manual(framework, spelling.names if spelling else (), code)
    return f"<div><dt>{name}</dt><dd><code>{escape(code)}</code>{note}</dd></div>"


def _paper(reference: Reference | None) -> str:
    if reference is None:
        return ""
    return f"""<h4>Paper</h4>
<p>{escape(str(reference))}</p>
<p>{_out(reference)}</p>
<details class="bibtex"><summary>BibTeX</summary>{_copied(reference.bibtex, "BibTeX")}</details>"""


def _out(reference: Reference) -> str:
    """Link to the paper."""
    places = {"arXiv": ("https://arxiv.org/abs/", reference.arxiv), "DOI": ("https://doi.org/", reference.doi)}
    return " ".join(_leaving(address + key, f"{name} {key}") for name, (address, key) in places.items() if key)


def _leaving(address: str, words: str) -> str:
    """Link to another place than this page, and say so."""
    return (
        f'<a class="out" rel="external noreferrer" href="{escape(address)}">{escape(words)}'
        '<span class="unseen"> (leaves this page)</span></a>'
    )


def _manual(framework: str, names: Iterable[str], code: str) -> str:
    """Write a framework's name, linked to what it says of the first of the names, or of what the code calls."""
    called = CALL.fullmatch(code)
    for name in (name.partition(":")[0] for name in (*names, *([called[1]] if called else []))):
        for start, address in MANUALS.items():
            if name.startswith(start):
                return _leaving(address.format(name, last=name.rpartition(".")[2]), framework)
    return escape(framework)


def _how(picture: Picture) -> str:
    line = command(picture)
    return _copied(line, "command") if line else "drawn in Python"


def _figure(picture: Picture, sizes: Sizes, caption: str = "") -> str:
    """Write a figure with the command that draws it and the files to download."""
    width, height = sizes[picture.name]
    source = escape(picture.name)
    of = f'<span class="unseen"> of {escape(picture.heading)}</span>'
    downloads = " ".join(f'<a href="{source}.{form}" download>{form.upper()}{of}</a>' for form in ("svg", "png"))
    image = (
        f'<img src="{source}.svg" alt="{escape(picture.description)}"\nwidth="{width:.0f}" height="{height:.0f}" '
        'loading="lazy">'
    )
    return f"""<figure>{_or_for_phones(picture, image, sizes)}<figcaption>{caption}{_how(picture)}
<p class="downloads">Download {downloads}</p></figcaption></figure>"""


def _or_for_phones(picture: Picture, image: str, sizes: Sizes) -> str:
    """Replace a figure with its form for phones, if it has one, where its type would be too small."""
    if picture not in articles.PHONES:
        return image
    phone = articles.PHONES[picture].name
    width, height = sizes[phone]
    return (
        f'<picture><source media="screen and (max-width: 62rem)" srcset="{escape(phone)}.svg" width="{width:.0f}" '
        f'height="{height:.0f}">{image}</picture>'
    )


def _words(picture: Picture) -> str:
    """Write what an idea's figure shows in words, for those who read rather than look."""
    return "".join(f"<p>{escape(line)}</p>" for line in picture.words) if isinstance(picture, Idea) else ""


def _idea(idea: Idea, sizes: Sizes) -> str:
    return f"""<article class="card idea" id="{idea.name}">
<h3>{escape(idea.heading)}</h3>
{_figure(idea, sizes)}
<div class="facts">{_words(idea)}</div>
<p class="back needs-script"><a href="#ideas">Back to the ideas</a></p>
</article>
"""


def _thumbnail(picture: Picture, sizes: Sizes, alternative: str) -> str:
    """Show a figure small; what it shows is said where it is large."""
    width, height = sizes[picture.name]
    return (
        f'<img class="thumb" src="{escape(picture.name)}.svg" alt="{escape(alternative)}" width="{width:.0f}" '
        f'height="{height:.0f}" loading="lazy">'
    )


def _copied(words: str, what: str) -> str:
    """Write text with a button that copies it."""
    label = f"{what}: {escape(words.partition(chr(10))[0])}"
    return (
        f'<div class="copied"><pre tabindex="0" role="group" aria-label="{label}">'
        f"<code>{escape(words)}</code></pre>"
        f'<button type="button" class="copy needs-script">Copy<span class="unseen"> {label}</span></button></div>'
    )


def _pairs(pairs: Iterable[tuple[str, str]], name: str) -> str:
    rows = "".join(f"<div><dt>{escape(head)}</dt><dd>{escape(line)}</dd></div>" for head, line in pairs if line)
    return f'<dl class="{name}">{rows}</dl>'


def _parameters(parameters: Iterable[Parameter]) -> str:
    rows = "".join(
        f"<div><dt>{mathml(p.symbol, display=False)} <code>{p.name}</code></dt><dd>{escape(p.meaning)}; "
        f"{facts.written(p.default).replace('-', '−')} unless said otherwise, in {escape(str(p.domain))}</dd></div>"
        for p in parameters
    )
    return f'<h4>Parameters</h4><dl class="parameters">{rows}</dl>' if rows else ""


def _kinks(activation: Activation) -> str:
    if not activation.kinks:
        return ""
    return (
        f'<h4>At its kinks</h4><ul class="kinks">{"".join(_kink(activation, kink) for kink in activation.kinks)}</ul>'
    )


def _kink(activation: Activation, kink: Kink) -> str:
    """Write both slopes and the convention, and what frameworks answer, emphasised where it differs from that."""
    slopes = facts.kink_lines(activation, kink)[0]
    answers = ", ".join(
        ("{} in {}" if answer == kink.convention else "<strong>{} in {}</strong>").format(
            readable(answer), escape(framework)
        )
        for framework, answer in kink.answers.items()
    )
    return f"<li>{escape(slopes)}{f'<br>Frameworks answer {answers}' if answers else ''}</li>"


def _spelling(activation: Activation, framework: str) -> str:
    spelling = activation.definition.frameworks[framework]
    warning = f'<p class="warning"><b>Other defaults:</b> {escape(spelling.defaults)}</p>' if spelling.defaults else ""
    note = f"<p>{escape(spelling.note)}</p>" if spelling.note else ""
    code = activation.code[framework]
    name = _manual(framework, spelling.names, code)
    return f"<div><dt>{name}</dt><dd><code>{escape(code)}</code>{warning}{note}</dd></div>"


def _softmax(sizes: Sizes) -> str:
    formula = r"\operatorname{softmax}(z)_{i} = \frac{e^{z_{i} / T}}{\sum_{j} e^{z_{j} / T}}"
    caption = "<p>By temperature: low ones near hardmax, high ones even probabilities.</p>"
    shown = f'<div class="formulas" tabindex="0" role="group" aria-label="Formula of Softmax">{mathml(formula)}</div>'
    return shown + softmax.section(_figure(softmax.PICTURE, sizes)) + _figure(articles.SWEEP, sizes, caption)


def _disagreements(topic: str, sizes: Sizes) -> str:
    """Write a table of one kind of disagreements, and the figures of those between functions."""
    rows = [row for row in disagreements.table() if row.topic == topic]
    figures = "".join(
        f"<li>{_figure(picture, sizes, f'<p>{escape(row.names[0])}: {_meant(row)}</p>')}</li>\n"
        for row in rows
        if (picture := articles.DIFFERENCES.get(row))
    )
    return f"""<h3>{topic}</h3>
<div class="scroll" tabindex="0" role="region" aria-label="{topic}">
<table><thead><tr><th scope="col">name</th><th scope="col">what</th><th scope="col">answers</th></tr></thead>
<tbody>
{"".join(map(_disagreement, rows))}</tbody></table></div>
{f'<ul class="figures">{figures}</ul>' if figures else ""}
"""


def _disagreement(row: Disagreement) -> str:
    names = ", ".join(SOFTMAX_LINK if name == "softmax" else _linked(name) for name in row.names)
    answers = "".join(map(_answer, row.answers))
    return (
        f'<tr><th scope="row">{names}</th><td>{escape(row.what)}</td><td><ul class="answers">{answers}</ul></td></tr>\n'
    )


def _linked(name: str) -> str:
    return _link(name) if name in REGISTRY else escape(name)


def _answer(answer: Answer) -> str:
    return f"<li><b>{escape(answer.says)}</b> in {escape('; '.join(map(str, answer.places)))}</li>"


def _meant(row: Disagreement) -> str:
    """Say what the functions of a figure are, in the words of the table."""
    first, *others = (escape(answer.says) for answer in row.answers)
    return f"{', '.join(others)} instead of {first}"


def _article(article: str, sizes: Sizes) -> str:
    """List an article's figures: those that stand in a card as a link to it, others with all that belongs to them."""
    items = "".join(
        f'<li><h4>{entry.id} <span class="also">section {escape(entry.section)}</span></h4>'
        f"<p>{escape(entry.caption)}</p>"
        + "".join(_in_article(picture, sizes) for picture in entry.pictures)
        + "</li>\n"
        for entry in articles.ENTRIES
        if entry.article == article
    )
    title = f'{article} <span lang="zh">{escape(articles.ARTICLES[article])}</span>'
    return (
        f'<details class="fold" open><summary><h3 id="{article}">{title}</h3></summary>\n'
        f'<ul class="figures">{items}</ul></details>\n'
    )


def _in_article(picture: Picture, sizes: Sizes) -> str:
    card = picture.name if isinstance(picture, Idea) else CARDS.get(picture)
    return f'<a href="#{card}">{_thumbnail(picture, sizes, picture.heading)}</a>' if card else _figure(picture, sizes)
