"""The parts of the page that move, with one script and one style; without JavaScript, figures take their place."""

import json
import re

from actviz.gallery import hero, parts, softmax
from actviz.gallery.javascript import translated


def style() -> str:
    return "".join(map(parts.read, ("live.css", "hero.css", "softmax.css"))) + softmax.colours()


def script() -> str:
    """Write the script: the functions in JavaScript, what else is known of them, and what draws them."""
    data = hero.data() | {"softmax": softmax.data()}
    # "<" as an escape, so that no text can end the script
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    functions = translated(hero.definitions(), softmax.FUNCTIONS)
    shared, *own = (_without_comments(parts.read(name)) for name in ("live.js", "hero.js", "softmax.js"))
    blocks = "".join(f"{{\n{part}}}\n" for part in own)
    return f'(() => {{\n"use strict";\n{functions}const data = {written};\n{shared}{blocks}}})();\n'


def _without_comments(script: str) -> str:
    """Leave out comments and indentation, which a page needn't carry."""
    return re.sub(r"(?m)^ *(//.*\n)?", "", script)
