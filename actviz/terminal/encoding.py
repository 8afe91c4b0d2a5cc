"""How characters that a terminal lacks are written."""

import re
import unicodedata

_WRITTEN = {
    "≤": "<=", "≥": ">=", "∞": "inf", "−": "-", "·": "*", "√": "sqrt", "≈": "~", "′": "'", "→": "->", "×": "x",
    "⁻": "-", "⁰": "0", "¹": "1", "…": "...", "λ": "lambda", "±": "+-", "∪": "u", "≠": "!=", "–": "-", "∂": "d",
}  # fmt: skip

_POWER = re.compile(r"(?:(?<=10)|(?<= 2))[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+\Z")
"""A power of ten or two at the end of the text so far: its first digit is written after ^."""


def in_ascii(error: UnicodeError) -> tuple[str | bytes, int]:
    """Write ≤ as <=, α as alpha, é as e, and ? for what can't be written; to be registered with `codecs`.

    A byte of a path is written as it is, except in UTF-8, whose readers would stumble over it.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    if error.encoding != "utf-8" and "\udc80" <= error.object[error.start] <= "\udcff":
        return error.object[error.start].encode(errors="surrogateescape"), error.start + 1
    power = _POWER.search(error.object, 0, error.end)
    start = "^" if power and power.start() == error.start else ""
    return start + "".join(map(_written, error.object[error.start : error.end])), error.end


def _written(character: str) -> str:
    if character in _WRITTEN:
        return _WRITTEN[character]
    greek, case, _, name = (unicodedata.name(character, "").split() + [""] * 4)[:4]
    if greek == "GREEK" and name:
        return name.lower() if case == "SMALL" else name.capitalize()
    return "".join(filter(str.isascii, unicodedata.normalize("NFKD", character))) or "?"
