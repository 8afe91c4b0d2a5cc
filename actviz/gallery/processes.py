"""Drawing in several processes at once.

A process that draws only hands back bytes, so nothing is lost by killing it: whatever happens to the first process, the
others are killed. Each has a pipe of its own; they share no thread or lock on which one could wait for another.
"""

import gc
import os
import signal
import sys
import traceback
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from actviz.errors import ActvizError
from actviz.figures import Picture
from actviz.output import rendering
from actviz.output.interrupts import interrupts_wait

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


def rendered(figures: Mapping[Picture, Sequence[str]], jobs: int | None) -> Generator[tuple[Picture, dict[str, bytes]]]:
    """Draw figures, in several processes if that pays, and yield each with its bytes by format, in order.

    Parameters
    ----------
    figures
        The figures, each with its formats, any of png, svg and pdf. One that can't be sent to another process, say
        because it holds a lambda, is drawn in this one.
    jobs
        How many processes draw, or None for one per processor. With 1, this process draws.

    Raises
    ------
    ActvizError
        If a process that draws was killed. Exceptions raised in one are raised here too.
    """
    jobs = min(jobs or _processors(), len(figures))
    if jobs < 2:
        yield from ((picture, _render(picture, formats)) for picture, formats in figures.items())
        return
    packed = {number: data for number, figure in enumerate(figures.items()) if (data := _pack(figure)) is not None}
    with _processes(min(jobs, len(packed))) as connections:
        arriving, arrived = _as_they_arrive(packed, connections), dict[int, Any]()
        for number, (picture, formats) in enumerate(figures.items()):
            if number not in packed:
                yield picture, _render(picture, formats)
                continue
            while number not in arrived:
                arrived.update([next(arriving)])
            result = arrived.pop(number)
            if isinstance(result, Exception):
                raise result
            yield picture, result


def _as_they_arrive(
    packed: Mapping[int, bytes], connections: "Sequence[Connection[Any, Any]]"
) -> Iterator[tuple[int, Any]]:
    """Yield the result for each figure; before that, the process that has finished it is sent the next."""
    from multiprocessing.connection import wait

    remaining = iter(packed.items())
    drawing: dict[Any, int] = {}
    idle: Any = connections
    arrived: list[tuple[int, Any]] = []
    while idle:
        try:
            for connection, (number, data) in zip(idle, remaining, strict=False):
                connection.send_bytes(data)
                drawing[connection] = number
            yield from arrived
            idle = wait(drawing) if drawing else []
            arrived = [(drawing.pop(connection), connection.recv()) for connection in idle]
        except (EOFError, OSError):
            raise ActvizError(
                "a process that draws was killed, perhaps for want of memory; try jobs 1", "jobs"
            ) from None


@contextmanager
def _processes(count: int) -> "Iterator[list[Connection[Any, Any]]]":
    """Start processes that draw, yield a connection to each, and kill them at the end."""
    from multiprocessing import get_context

    # forking is quickest, but safe only where the system's own libraries start no threads
    context: Any = get_context("fork" if sys.platform == "linux" else "spawn")
    forks = context.get_start_method() == "fork"
    rendering.warm_up()  # forked processes share what it loads
    processes, connections = [], []
    try:
        with interrupts_wait():
            for _ in range(count):
                connection, other_end = context.Pipe()
                connections.append(connection)
                inherited = connections if forks else []
                process = context.Process(target=_draw, args=(other_end, inherited), daemon=True)
                process.start()
                processes.append(process)
                other_end.close()  # so that the connection ends with the process
        yield connections
    finally:
        with interrupts_wait():
            for process in processes:
                process.kill()
            for process in processes:
                process.join()
            for connection in connections:
                connection.close()


def _draw(connection: "Connection[Any, Any]", inherited: "Sequence[Connection[Any, Any]]") -> None:
    """Draw what arrives until the first process ends; interrupts are left to that one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for others in inherited:  # a connection ends when nobody holds its other end
        others.close()
    gc.freeze()
    gc.disable()
    with suppress(EOFError, ConnectionError):
        while True:
            picture, formats = connection.recv()
            result: dict[str, bytes] | Exception
            try:
                result = _render(picture, formats)
            except Exception as error:
                error.add_note(f"It was raised in a process that draws:\n{traceback.format_exc()}")
                result = error
            connection.send(result)


def _render(picture: Picture, formats: Sequence[str]) -> dict[str, bytes]:
    result = rendering.render(picture, formats)
    rendering.tidy()
    return result


def _pack(figure: tuple[Picture, Sequence[str]]) -> bytes | None:
    """Prepare a figure and its formats for sending; None if it can't be sent."""
    from multiprocessing.reduction import ForkingPickler

    try:
        return bytes(ForkingPickler.dumps(figure))
    except Exception:  # its type depends on what the figure holds, and on the version of Python
        return None


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
