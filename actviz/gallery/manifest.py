"""What a build left behind, so that the next one draws only what has changed since.

For each figure the manifest has a key, a digest of everything that the figure depends on, and the digests of its files.
It lies beside them as `manifest.json`.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import actviz
from actviz.errors import InputError

if TYPE_CHECKING:
    from actviz.figures import Picture

NAME = "manifest.json"

PAGES_ENTRY = "pages"
"""The entry of the pages, among those of the figures."""

VERSION = 1
"""The version of the manifest's format."""

_PACKAGE = Path(actviz.__file__).parent


@dataclass
class Manifest:
    """The keys of figures and pages, and the digests of the files that each has."""

    keys: dict[str, str] = field(default_factory=dict)
    files: dict[str, dict[str, str]] = field(default_factory=dict)

    def current(self, folder: Path, name: str, key: str, files: Iterable[str]) -> bool:
        """Whether nothing has changed: neither what a figure depends on, nor its files."""
        digests = self.files.get(name, {})
        return self.keys.get(name) == key and all(
            file in digests and digest(folder / file) == digests[file] for file in files
        )

    def remember(self, name: str, key: str, contents: Mapping[Path, bytes]) -> None:
        """Record what was written."""
        self.keys[name] = key
        self.files[name] = {path.name: hashlib.sha256(content).hexdigest() for path, content in contents.items()}

    def unchanged(self, path: Path) -> bool:
        """Whether a file is as a build wrote it."""
        known = self.files.get(path.stem, {}).get(path.name)
        return known is not None and known == digest(path)

    def keep_only(self, names: Iterable[str]) -> None:
        """Forget what is no longer wanted."""
        for name in self.keys.keys() - set(names):
            del self.keys[name], self.files[name]

    def text(self, order: Iterable[str]) -> str:
        """Write it as JSON: entries in this order, then any others."""
        names = [name for name in dict.fromkeys((*order, *self.keys)) if name in self.keys]
        entries = {name: {"key": self.keys[name], "files": self.files[name]} for name in names}
        return json.dumps({"version": VERSION, "digest": _seal(entries), "entries": entries}, indent=1) + "\n"


def read(path: Path) -> tuple[Manifest, str]:
    """Read the manifest of the last build; if that can't be used, return an empty one and the reason.

    Raises
    ------
    InputError
        If it is the manifest of something other than a gallery.
    """
    try:
        if path.exists() and not path.is_file():
            return Manifest(), "it isn't a file"
        data = json.loads(path.read_bytes())
        if isinstance(data, dict) and data and "entries" not in data:
            raise InputError(f"'{path}' belongs to something other than a gallery; give another folder as out", "out")
        if data["version"] != VERSION:
            return Manifest(), "it is of another version"
        if data["digest"] != _seal(data["entries"]):
            return Manifest(), "it was changed by hand"
        manifest = Manifest()
        for name, entry in data["entries"].items():
            manifest.keys[name] = str(entry["key"])
            manifest.files[name] = {str(file): str(digest) for file, digest in entry["files"].items()}
    except InputError:  # it is a ValueError, too
        raise
    except FileNotFoundError:
        return Manifest(), ""
    except OSError as error:
        return Manifest(), error.strerror or str(error)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Manifest(), "it is damaged"
    return manifest, ""


def _seal(entries: object) -> str:
    """Return the digest of all entries, which shows whether they were changed by anything else."""
    return hashlib.sha256(json.dumps(entries, sort_keys=True).encode()).hexdigest()


def digest(path: Path) -> str:
    """Return the digest of a file, or "" if it can't be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    except OSError:
        return ""


def key(picture: "Picture") -> str:
    """Return a digest of all that a figure depends on: its value, and everything that may affect how it is drawn."""
    return hashlib.sha256("\n".join((repr(picture), *_versions(), _source())).encode()).hexdigest()


def pages_key(keys: Iterable[str]) -> str:
    """Return a digest of all that the pages depend on: the package, which lists the figures, and the figures' keys."""
    return hashlib.sha256("\n".join((*_versions(), _source(), *keys)).encode()).hexdigest()


def unchanged(folder: Path) -> Manifest | None:
    """Return the manifest of a whole gallery in which there is nothing to do, without loading its figures; or None."""
    record, _ = read(folder / NAME)
    keys = [key for name, key in record.keys.items() if name != PAGES_ENTRY]
    is_whole = record.keys.get(PAGES_ENTRY) == pages_key(keys)
    kept = (record.current(folder, name, key, record.files[name]) for name, key in record.keys.items())
    return record if is_whole and all(kept) else None


@cache
def _versions() -> tuple[str, ...]:
    """Return the versions of the packages that draw; asking for them imports none of these."""
    return (actviz.__version__, version("matplotlib"), version("numpy"))


@cache
def _source() -> str:
    """Return the digest of the whole package, since a list of the parts that draw could miss one."""
    content = hashlib.sha256()
    for file in sorted(_PACKAGE.rglob("*")):
        if file.is_file() and file.suffix != ".pyc":
            content.update(f"{file.relative_to(_PACKAGE).as_posix()}\n".encode())
            content.update(hashlib.sha256(file.read_bytes()).digest())
    return content.hexdigest()
