"""What the page is put together from: files that lie here, colours for light and dark, and commands to fill in."""

from collections.abc import Iterable, Mapping
from importlib.resources import files

from actviz.commandline import command
from actviz.figures import Picture
from actviz.style import DARK, LIGHT


def read(name: str) -> str:
    """Read a file of this package."""
    return files("actviz.gallery").joinpath(name).read_text(encoding="utf-8")


def colours(names: Iterable[str]) -> str:
    """Write the first colours of figures as variables of CSS with these names."""
    pairs = zip(names, LIGHT.colours, DARK.colours, strict=False)
    return ":root {" + "".join(f" --{name}: light-dark({light}, {dark});" for name, light, dark in pairs) + " }\n"


def template(picture: Picture, places: Mapping[str, str]) -> str:
    """Write the command that draws a figure, with some of its words replaced by those that a script fills in."""
    return " ".join(places.get(word, word) for word in str(command(picture)).split())
