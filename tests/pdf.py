"""Reads back the text of a PDF figure: what its text operators show, and which characters its fonts say that is."""

import re
import zlib
from pathlib import Path

_STRING = rb"\((?:[^()\\]|\\.)*\)"
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def texts(path: Path) -> list[str]:
    """All text that can be selected and searched, a line or a formula at a time; shapes of letters are none."""
    content = path.read_bytes()
    objects = {
        int(found[1]): content[found.end() : content.index(b"endobj", found.end())]
        for found in re.finditer(rb"(?m)^(\d+) 0 obj$", content)
    }
    (names,) = (body for body in objects.values() if re.match(rb"\s*<< /F\d+ \d+ 0 R", body))
    fonts = {
        name: _characters(objects[int(_find(rb"/ToUnicode (\d+) 0 R", objects[int(number)]))])
        for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", names)
    }
    (page,) = (body for body in objects.values() if b"/Contents" in body)
    drawn = _stream(objects[int(_find(rb"/Contents (\d+) 0 R", page))])
    return [_shown(group, fonts) for group in re.findall(rb"(?s)\bBT\n(.*?)\nET\n", drawn)]


def _shown(operators: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    words, font = "", {}
    for name, string in re.findall(rb"(?s)/(F\d+) \S+ Tf|(" + _STRING + rb")", operators):
        if name:
            font = fonts[name]
            continue
        codes = re.sub(rb"(?s)\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), string[1:-1])
        words += "".join(font[int.from_bytes(codes[at : at + 2])] for at in range(0, len(codes), 2))
    return words


def _characters(cmap: bytes) -> dict[int, str]:
    """Which characters the codes of a font stand for."""
    characters = {}
    for first, listed in re.findall(rb"<(\w+)> <\w+> \[(.*?)\]", _stream(cmap)):
        for offset, character in enumerate(re.findall(rb"<(\w+)>", listed)):
            characters[int(first, 16) + offset] = bytes.fromhex(character.decode()).decode("utf-16-be")
    return characters


def _stream(body: bytes) -> bytes:
    return zlib.decompressobj().decompress(body.partition(b"stream\n")[2])


def _find(pattern: bytes, body: bytes) -> bytes:
    found = re.search(pattern, body)
    assert found
    return found[1]
