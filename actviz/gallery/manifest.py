"""What a build left behind, so that the next one draws only what has changed since.

For each figure the manifest has a key, which stands for everything that the figure depends on, and the digests of its
files. It lies beside them as `manifest.json`.
"""

import ast
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path

import actviz
from actviz.activations import FAMILIES
from actviz.figures import Picture
from actviz.model import Definition

NAME = "manifest.json"

VERSION = 1
"""Of the manifest's form."""

_PACKAGE = Path(actviz.__file__).parent
_DRAWING = (
    "errors.py", "options.py", "numerics.py", "formula.py", "model.py", "analysis.py", "vector.py",
    "prose.py", "sampling.py", "style.py", "marks", "figures", "output",
)  # fmt: skip
"""The rooms that every figure depends on; of the activations only the definitions that it shows."""


@dataclass
class Manifest:
    """The keys of figures and pages, and the digests of the files that each has."""

    keys: dict[str, str] = field(default_factory=dict)
    files: dict[str, dict[str, str]] = field(default_factory=dict)

    def current(self, folder: Path, name: str, key: str, files: Iterable[str]) -> bool:
        """Whether nothing has changed: neither what it depends on, nor its files."""
        digests = self.files.get(name, {})
        return self.keys.get(name) == key and all(
            file in digests and digest(folder / file) == digests[file] for file in files
        )

    def remember(self, name: str, key: str, contents: Mapping[Path, bytes]) -> None:
        """Note what was written."""
        self.keys[name] = key
        self.files[name] = {path.name: hashlib.sha256(content).hexdigest() for path, content in contents.items()}

    def text(self, wanted: Iterable[str]) -> str:
        """Write it down, without what is no longer wanted."""
        entries = {name: {"key": self.keys[name], "files": self.files[name]} for name in wanted if name in self.keys}
        return json.dumps({"version": VERSION, "digest": _seal(entries), "entries": entries}, indent=1) + "\n"


def read(path: Path) -> tuple[Manifest, str]:
    """Read the manifest of the last build; if that can't be used, give an empty one and the reason."""
    try:
        data = json.loads(path.read_bytes())
        if data["version"] != VERSION:
            return Manifest(), "it is of another version"
        if data["digest"] != _seal(data["entries"]):
            return Manifest(), "it was changed by hand"
        manifest = Manifest()
        for name, entry in data["entries"].items():
            manifest.keys[name] = str(entry["key"])
            manifest.files[name] = {str(file): str(digest) for file, digest in entry["files"].items()}
    except FileNotFoundError:
        return Manifest(), ""
    except OSError as error:
        return Manifest(), error.strerror or str(error)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Manifest(), "it is damaged"
    return manifest, ""


def _seal(entries: object) -> str:
    """Give the digest of all entries, by which a change from outside is seen."""
    return hashlib.sha256(json.dumps(entries, sort_keys=True).encode()).hexdigest()


def digest(path: Path) -> str:
    """Give the digest of a file, or nothing if it can't be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    except OSError:
        return ""


def key(picture: Picture) -> str:
    """Stand for all that a figure depends on: its value, the definitions that it shows, how figures are drawn."""
    definitions = (_definition(activation.definition) for activation in picture.shown)
    parts = [repr(picture), *definitions, *_versions(), _source(*_DRAWING)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def pages_key(keys: Iterable[str]) -> str:
    """Stand for all that the pages depend on: the figures, every definition, what is said of them."""
    parts = [*keys, *_versions(), _source(*_DRAWING, "activations", "facts.py", "gallery")]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def _versions() -> tuple[str, ...]:
    """Give the versions of what draws; asking for them imports nothing."""
    return (actviz.__version__, version("matplotlib"), version("numpy"))


@cache
def _source(*rooms: str) -> str:
    """Give the digest of files of the package, and of all files in folders."""
    content = hashlib.sha256()
    for room in rooms:
        path = _PACKAGE / room
        files = sorted(file for file in path.rglob("*") if file.suffix != ".pyc") if path.is_dir() else [path]
        for file in files:
            if file.is_file():
                content.update(file.name.encode() + b"\n" + file.read_bytes())
    return content.hexdigest()


@cache
def _definition(definition: Definition) -> str:
    """Give the source of a definition, with all of the file that it refers to."""
    module = next(family for family in FAMILIES.values() if definition in vars(family).values())
    path = Path(str(module.__file__))
    variable = next(name for name, value in vars(module).items() if value is definition)
    statements = _statements(path)
    needed, waiting = dict[str, str](), [variable]
    while waiting:
        name = waiting.pop()
        if name in statements and name not in needed:
            needed[name], mentioned = statements[name]
            waiting += mentioned
    return "\n".join(needed[name] for name in sorted(needed))


@cache
def _statements(path: Path) -> dict[str, tuple[str, list[str]]]:
    """Give each statement of a file by the names that it gives a value, with the names that it mentions."""
    found: dict[str, tuple[str, list[str]]] = {}
    for statement in ast.parse(path.read_text(encoding="utf-8")).body:
        mentioned = [node.id for node in ast.walk(statement) if isinstance(node, ast.Name)]
        given = [
            node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        ]
        if isinstance(statement, ast.FunctionDef):
            given = [statement.name]
        elif isinstance(statement, ast.Import | ast.ImportFrom):
            given = [alias.asname or alias.name for alias in statement.names]
        for name in given:
            found[name] = (ast.dump(statement), mentioned)
    return found
