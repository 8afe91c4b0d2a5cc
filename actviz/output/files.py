"""Files put in place as a whole: all of them or none; what a killed process left beside them is cleared away.

While files are written they have temporary names beside their places. A locked file tells every other process, even one
in another container, that they are in use; when a process is killed, its lock is gone. A file that is replaced keeps
its mode, and a symbolic link stays: the file that it points to is replaced.
"""

import errno
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from actviz.errors import WriteError
from actviz.output.interrupts import interrupts_wait

if sys.platform != "win32":  # there an open file can't be removed anyway
    import fcntl

_BEGINNING, _ENDING = ".actviz-", ".tmp"
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def write(contents: Mapping[Path, bytes]) -> None:
    """Put files in place: all are written beside their places, and then all renamed.

    Raises
    ------
    WriteError
        If a file can't be written, or is write-protected; the files that were there before are intact.
    """
    waiting: dict[Path, Path] = {}
    claims: dict[Path, Path] = {}
    path = Path()
    try:
        # an interrupt just before a temporary file is removed would leave it behind
        with interrupts_wait(), ExitStack() as stack:
            for path, content in contents.items():
                check_place(path)
                folder = _behind_links(path).parent
                folder.mkdir(parents=True, exist_ok=True)
                if folder not in claims:
                    claims[folder] = stack.enter_context(_claim(folder))
                waiting[path] = claims[folder].with_name(f"{claims[folder].stem}-{len(waiting)}{_ENDING}")
                stack.callback(_remove, waiting[path])
                _write_temporary(waiting[path], content, mode=_mode_to_keep(path))
            for path, temporary in waiting.items():
                os.replace(temporary, _behind_links(path))
    except OSError as error:
        raise _failure(path, error) from None


def check_place(path: Path) -> None:
    """Raise WriteError if a file's place is taken by something that isn't a file, or can't hold one."""
    try:
        kind = path.stat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise _failure(path, error) from None
    if not stat.S_ISREG(kind):
        raise WriteError(f"can't write '{path}': is {'a folder' if stat.S_ISDIR(kind) else 'no regular file'}")


def _behind_links(path: Path) -> Path:
    return Path(os.path.realpath(path)) if os.path.islink(path) else path


def _mode_to_keep(path: Path) -> int | None:
    """Return the permissions of an existing file; PermissionError, even for root, if it is write-protected."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return None
    if not mode & _WRITABLE or not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, "is write-protected")
    return mode


def _write_temporary(path: Path, content: bytes, mode: int | None) -> None:
    path.touch(0o666 if mode is None else mode)  # others can never read what they couldn't before
    path.write_bytes(content)
    if mode is not None and stat.S_IMODE(path.stat().st_mode) != mode:
        path.chmod(mode)


def _failure(path: Path, error: OSError) -> WriteError:
    blocked = [parent for parent in path.parents if os.path.lexists(parent) and not os.path.isdir(parent)]
    no_folder = blocked and error.errno != errno.ELOOP
    reason = f"'{blocked[0]}' is not a folder" if no_folder else error.strerror or error
    return WriteError(f"can't write '{path}': {reason}")


def remove(path: Path) -> None:
    """Remove a file; WriteError if it can't be removed, or is write-protected."""
    try:
        _mode_to_keep(path)
        path.unlink(missing_ok=True)
    except OSError as error:
        raise WriteError(f"can't remove '{path}': {error.strerror or error}") from None


def clear_away(paths: Iterable[Path]) -> None:
    """Remove the temporary files beside these files whose processes ended without removing them."""
    for folder in {_behind_links(path).parent for path in paths}:
        with suppress(OSError):
            _clear_folder(folder)


def _clear_folder(folder: Path) -> None:
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
    """Create and lock the file after which a set of temporary files is named."""
    while True:
        path = folder / f"{_BEGINNING}{os.urandom(6).hex()}{_ENDING}"
        file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR)
        if sys.platform != "win32":
            with suppress(OSError):  # file systems without locks
                fcntl.flock(file, fcntl.LOCK_EX)
        if os.fstat(file).st_nlink:
            break
        os.close(file)  # another process took it for a leftover before it was locked
    try:
        yield path
    finally:
        os.close(file)
        _remove(path)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
