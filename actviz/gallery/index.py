"""The gallery's index: every figure by article and section, then where the articles err."""

import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from actviz.commandline import command
from actviz.disagreements import Disagreement
from actviz.figures import Idea, Picture
from actviz.gallery import articles
from actviz.gallery.errata import errata

NAME = "README.md"

MARK = "<!-- written by actviz gallery -->"
"""The mark that tells a page of the gallery from anything else."""

WIDTH = 440
"""How wide the index shows a figure, in pixels: two fit into a row of GitHub's."""

BEFORE_MARKS = {
    NAME: "# Gallery\n\nEvery figure of five articles on activation functions, drawn by `actviz gallery`.",
    "index.html": """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Activation functions, drawn by actviz</title>""",
}
"""How pages of version 0.1 begin."""


def text() -> str:
    """Write the index as Markdown, with grids of figures in HTML, whose columns have a width."""
    parts = [
        MARK,
        "# Gallery",
        "Every figure of five articles on activation functions, drawn by `actviz gallery`, with its id, the section "
        "that shows it, and the command that draws it alone. PNG files lie beside the SVG ones after a build. "
        "[index.html](index.html) shows the same, and all that is known about each activation, in a browser.",
    ]
    for article, title in articles.ARTICLES.items():
        parts.append(f"## {article}: {title}")
        entries = [entry for entry in articles.ENTRIES if entry.article == article]
        parts.append(_grid(cell for entry in entries for cell in _cells(entry)))
    shown = {picture for entry in articles.ENTRIES for picture in entry.pictures} | {*articles.DIFFERENCES.values()}
    parts.append("## In no article")
    parts.append(
        _grid(_cell(picture, picture.heading, _words(picture)) for picture in articles.PICTURES if picture not in shown)
    )
    parts.append("## Where frameworks disagree")
    parts.append(
        "What frameworks mean by one name, minus what actviz means by it; `actviz frameworks` says more about that, "
        "and where else they disagree."
    )
    parts.append(
        _grid(_cell(picture, row.names[0], html.escape(_answers(row))) for row, picture in articles.DIFFERENCES.items())
    )
    parts.append("## Where the articles err")
    parts.append("The numbers in the last column are worked out by actviz when the gallery is built.")
    rows = [f"| {_escaped(one.place)} | {_escaped(one.says)} | {_escaped(one.so)} |" for one in errata()]
    parts.append("\n".join(["| where | what it says | what is true |", "|---|---|---|", *rows]))
    return "\n\n".join(parts) + "\n"


def _grid(cells: Iterable[str]) -> str:
    """Write a table with two figures in a row, each cell on a line of its own."""
    all_cells = list(cells)
    rows = ["<tr>\n" + "\n".join(all_cells[at : at + 2]) + "\n</tr>" for at in range(0, len(all_cells), 2)]
    return "\n".join(["<table>", *rows, "</table>"])


def _cells(entry: articles.Entry) -> Iterator[str]:
    """Write a cell for each figure of an entry; the caption, which is about all of them, is below the first."""
    title = f"{entry.id}, section {entry.section}"
    for index, picture in enumerate(entry.pictures):
        caption = html.escape(picture.heading if index else entry.caption)
        yield _cell(picture, title, "<br>".join(filter(None, [caption, _words(picture)])))


def _cell(picture: Picture, title: str, caption: str) -> str:
    file = f"{picture.name}.svg"
    told = picture.heading if isinstance(picture, Idea) else picture.description  # an idea's words are written below
    image = f'<img src="{file}" width="{WIDTH}" alt="{html.escape(told)}">'
    line = command(picture)
    how = f"<code>{html.escape(line)}</code>" if line else "drawn in Python"
    below = "<br>".join(filter(None, [f"<b>{html.escape(title)}</b>", caption, how]))
    return f'<td width="50%" valign="top"><a href="{file}">{image}</a><br>{below}</td>'


def _words(picture: Picture) -> str:
    """Write in words what an idea's figure shows, for those who read rather than look."""
    return "<br>".join(map(html.escape, picture.words)) if isinstance(picture, Idea) else ""


def _answers(row: Disagreement) -> str:
    return ". ".join(f"{answer.says}: {'; '.join(map(str, answer.places))}" for answer in row.answers)


def is_ours(path: Path) -> bool:
    """Whether a page was written by `actviz gallery`; one that can't be read wasn't."""
    try:
        page = path.read_text(encoding="utf-8") if path.is_file() else ""
    except (OSError, UnicodeDecodeError):
        return False
    return MARK in page.splitlines()[:2] or page.startswith(BEFORE_MARKS[path.name])


def figures(folder: Path) -> list[str]:
    """Read the names of the figures that the index in a folder shows."""
    page = (folder / NAME).read_text(encoding="utf-8") if is_ours(folder / NAME) else ""
    return list(dict.fromkeys(re.findall(r'<img src="([\w.=+-]+)\.svg"', page)))


def _escaped(words: str) -> str:
    """Escape what would end a table's cell in Markdown, or be read as markup."""
    return html.escape(words, quote=False).replace("|", "&#124;").replace("*", "&#42;").replace("_", "&#95;")
