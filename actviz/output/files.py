"""Files put in place as a whole: all of them or none; what a killed process left beside them is cleared away.

While files are written they have temporary names beside their places. A locked file tells every other process, also one
in another container, that they are in use; the lock of a process that was killed is gone.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from actviz.errors import WriteError

if sys.platform != "win32":  # there an open file can't be removed anyway
    import fcntl

_BEGINNING, _ENDING = ".actviz-", ".tmp"


def write(contents: Mapping[Path, bytes]) -> None:
    """Put files in place: first all of them beside their places, then all renamed.

    Raises
    ------
    WriteError
        If a file can't be written; those that stood there before are intact.
    """
    waiting: dict[Path, Path] = {}
    claims: dict[Path, Path] = {}
    path = Path()
    try:
        with ExitStack() as stack:
            for path, content in contents.items():
                check_place(path)
                path.parent.mkdir(parents=True, exist_ok=True)
                if path.parent not in claims:
                    claims[path.parent] = stack.enter_context(_claim(path.parent))
                waiting[path] = claims[path.parent].with_name(f"{claims[path.parent].stem}-{len(waiting)}{_ENDING}")
                stack.callback(_remove, waiting[path])
                waiting[path].write_bytes(content)
            for path, temporary in waiting.items():
                os.replace(temporary, path)
    except OSError as error:
        blocked = (parent for parent in path.parents if parent.exists() and not parent.is_dir())
        reasons = (f"'{parent}' is not a folder" for parent in blocked)
        raise WriteError(f"can't write '{path}': {next(reasons, error.strerror or error)}") from None


def check_place(path: Path) -> None:
    """Raise WriteError if something stands in a file's place that isn't a file."""
    if path.exists() and not path.is_file():
        raise WriteError(f"can't write '{path}': is {'a folder' if path.is_dir() else 'no regular file'}")


def clear_away(folder: Path) -> None:
    """Remove the temporary files of processes that ended before they could."""
    left = list(folder.glob(f"{_BEGINNING}*{_ENDING}"))
    for claim in {folder / f"{_BEGINNING}{path.stem.split('-')[1]}{_ENDING}" for path in left}:
        with suppress(OSError), ExitStack() as stack:
            if claim.exists():
                if sys.platform != "win32":
                    fcntl.flock(stack.enter_context(claim.open("rb")), fcntl.LOCK_EX | fcntl.LOCK_NB)
                claim.unlink()
            for path in left:
                if path.stem.startswith(f"{claim.stem}-"):
                    _remove(path)


@contextmanager
def _claim(folder: Path) -> Iterator[Path]:
    """Make and lock the file after which a set of temporary files is named."""
    while True:
        path = folder / f"{_BEGINNING}{os.urandom(6).hex()}{_ENDING}"
        file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR)
        if sys.platform != "win32":
            with suppress(OSError):  # file systems without locks
                fcntl.flock(file, fcntl.LOCK_EX)
        if os.fstat(file).st_nlink:
            break
        os.close(file)  # it was taken for a left one before it was locked
    try:
        yield path
    finally:
        os.close(file)
        _remove(path)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
