"""The gallery's index: every figure by article and section, then where the articles err."""

import html

from actviz.commandline import command
from actviz.figures import Picture
from actviz.gallery.articles import ARTICLES, ENTRIES, PICTURES
from actviz.gallery.errata import errata

NAME = "README.md"


def text() -> str:
    """Write the index as Markdown."""
    parts = [
        "# Gallery",
        "Every figure of five articles on activation functions, drawn by `actviz gallery`. Each row has the figure's "
        "id, the picture, and the command that draws it alone. PNG files lie beside the SVG ones after a build. "
        "[index.html](index.html) shows the same, and all that is known about each activation, in a browser.",
    ]
    for article, title in ARTICLES.items():
        parts.append(f"## {article}: {title}")
        rows = [
            f"| {entry.section} | {entry.id} | {_image(picture)} | {_cell(entry.caption)}<br>{_how(picture)} |"
            for entry in ENTRIES
            if entry.article == article
            for picture in entry.pictures
        ]
        parts.append("\n".join(["| section | id | figure | caption and command |", "|---|---|---|---|", *rows]))
    shown = {picture for entry in ENTRIES for picture in entry.pictures}
    parts.append("## In no article")
    rows = [f"| {_image(picture)} | {_how(picture)} |" for picture in PICTURES if picture not in shown]
    parts.append("\n".join(["| figure | command |", "|---|---|", *rows]))
    parts.append("## Where the articles err")
    parts.append("The numbers in the last column are worked out by actviz when the gallery is built.")
    rows = [f"| {_cell(one.place)} | {_cell(one.says)} | {_cell(one.so)} |" for one in errata()]
    parts.append("\n".join(["| where | what it says | what is so |", "|---|---|---|", *rows]))
    return "\n\n".join(parts) + "\n"


def _how(picture: Picture) -> str:
    """Write the command that draws a figure, as Markdown."""
    line = command(picture)
    return f"`{line}`" if line else "drawn in Python"


def _image(picture: Picture) -> str:
    file = f"{picture.name}.svg"
    return f'<a href="{file}"><img src="{file}" width="360" alt="{_cell(picture.description, quote=True)}"></a>'


def _cell(words: str, quote: bool = False) -> str:
    """Escape what would end a cell of a table or be read as markup."""
    return html.escape(words, quote).replace("|", "&#124;").replace("*", "&#42;").replace("_", "&#95;")
