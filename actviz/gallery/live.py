"""What moves on the page: one script and one style for all of it; without JavaScript figures stand there."""

import json
from importlib.resources import files

from actviz.gallery import hero, softmax
from actviz.gallery.javascript import translated


def style() -> str:
    return "".join(map(_part, ("live.css", "hero.css", "softmax.css"))) + softmax.colours()


def script() -> str:
    """Write the script: the functions in JavaScript, what else is known of them, and what draws them."""
    data = hero.data() | {"softmax": softmax.data()}
    # "<" as an escape, so that no text can end the script
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    functions = translated(hero.definitions(), softmax.FUNCTIONS)
    parts = "".join(f"{{\n{_part(name)}}}\n" for name in ("hero.js", "softmax.js"))
    return f'(() => {{\n"use strict";\n{functions}const data = {written};\n{_part("live.js")}{parts}}})();\n'


def _part(name: str) -> str:
    return files("actviz.gallery").joinpath(name).read_text(encoding="utf-8")
