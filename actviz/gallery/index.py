"""The gallery's index: every figure by article and section, then where the articles err."""

import html
import re
from pathlib import Path

from actviz.commandline import command
from actviz.disagreements import Disagreement
from actviz.figures import Idea, Picture
from actviz.gallery import articles
from actviz.gallery.errata import errata

NAME = "README.md"

MARK = "<!-- written by actviz gallery -->"
"""What tells a page of the gallery from somebody else's."""

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
    """Write the index as Markdown."""
    parts = [
        MARK,
        "# Gallery",
        "Every figure of five articles on activation functions, drawn by `actviz gallery`. Each row has the figure's "
        "id, the picture, and the command that draws it alone. PNG files lie beside the SVG ones after a build. "
        "[index.html](index.html) shows the same, and all that is known about each activation, in a browser.",
    ]
    for article, title in articles.ARTICLES.items():
        parts.append(f"## {article}: {title}")
        rows = [
            f"| {entry.section} | {entry.id} | {_image(picture)} | "
            f"{_cell(entry.caption)}{_words(picture)}<br>{_how(picture)} |"
            for entry in articles.ENTRIES
            if entry.article == article
            for picture in entry.pictures
        ]
        parts.append("\n".join(["| section | id | figure | caption and command |", "|---|---|---|---|", *rows]))
    shown = {picture for entry in articles.ENTRIES for picture in entry.pictures} | {*articles.DIFFERENCES.values()}
    parts.append("## In no article")
    rows = [
        f"| {_image(picture)} | "
        f"{_words(picture).removeprefix('<br>')}{'<br>' * isinstance(picture, Idea)}{_how(picture)} |"
        for picture in articles.PICTURES
        if picture not in shown
    ]
    parts.append("\n".join(["| figure | command |", "|---|---|", *rows]))
    parts.append("## Where frameworks disagree")
    parts.append(
        "What frameworks mean by one name, minus what actviz means by it; `actviz frameworks` says more of that, and "
        "where else they disagree."
    )
    rows = [
        f"| {row.names[0]} | {_image(picture)} | {_cell(_answers(row))}<br>{_how(picture)} |"
        for row, picture in articles.DIFFERENCES.items()
    ]
    parts.append("\n".join(["| name | figure | answers and command |", "|---|---|---|", *rows]))
    parts.append("## Where the articles err")
    parts.append("The numbers in the last column are worked out by actviz when the gallery is built.")
    rows = [f"| {_cell(one.place)} | {_cell(one.says)} | {_cell(one.so)} |" for one in errata()]
    parts.append("\n".join(["| where | what it says | what is so |", "|---|---|---|", *rows]))
    return "\n\n".join(parts) + "\n"


def _words(picture: Picture) -> str:
    """Write what an idea's figure shows in words, for those who read rather than look."""
    return "".join(f"<br>{_cell(line)}" for line in picture.words) if isinstance(picture, Idea) else ""


def _answers(row: Disagreement) -> str:
    return ". ".join(f"{answer.says}: {'; '.join(map(str, answer.places))}" for answer in row.answers)


def _how(picture: Picture) -> str:
    """Write the command that draws a figure, as Markdown."""
    line = command(picture)
    return f"`{line}`" if line else "drawn in Python"


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


def _image(picture: Picture) -> str:
    file = f"{picture.name}.svg"
    return f'<a href="{file}"><img src="{file}" width="360" alt="{_cell(picture.description, quote=True)}"></a>'


def _cell(words: str, quote: bool = False) -> str:
    """Escape what would end a cell of a table or be read as markup."""
    return html.escape(words, quote).replace("|", "&#124;").replace("*", "&#42;").replace("_", "&#95;")
