"""Killed, interrupted, short of room, run twice at once, or in a strange environment: each with real processes."""

import ast
import fcntl
import json
import os
import random
import resource
import shutil
import signal
import stat
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

import actviz
from tests.conftest import EFFORT, Run, run_process

PACKAGE = Path(actviz.__file__).parent
SOME = ("gallery", "--only", "A5-*", "--out", "some")
IN_ONE_PROCESS = (*SOME, "--jobs", "1")
FIGURES = {
    f"{name}-derivative{ending}"
    for name in ("sigmoid", "tanh", "relu", "elu")
    for ending in (".png", ".svg", "-phone.svg")
}
# coverage writes files of its own, which limits on files would hit
PLAIN = {name: value for name, value in os.environ.items() if not name.startswith("COV")}


def start(folder: Path, *arguments: str, **options: object) -> subprocess.Popen[str]:
    """Start a command in a session of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "actviz", *arguments], cwd=folder, env=PLAIN, text=True, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options,
    )  # type: ignore[call-overload,no-any-return]  # fmt: skip


def finish(*processes: subprocess.Popen[str]) -> list[int]:
    """Wait for processes, read what they say, and give their exit statuses."""
    for process in processes:
        process.communicate()
    return [process.returncode for process in processes]


@pytest.fixture(scope="module")
def complete(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Four figures as they are when nothing goes wrong."""
    folder = tmp_path_factory.mktemp("complete")
    assert finish(start(folder, *SOME)) == [0]
    files = {path.name: path.read_bytes() for path in (folder / "some").iterdir()}
    assert files.keys() == FIGURES | {"manifest.json"}
    return files


@pytest.mark.made_up
@pytest.mark.parametrize("seed", range(2 * EFFORT))
def test_killed_at_any_moment(seed: int, tmp_path: Path, complete: dict[str, bytes]) -> None:
    """Five times each: every file is complete, and the next run completes the rest and leaves nothing else."""
    generator = random.Random(seed)
    folder = tmp_path / "some"
    for _ in range(5):
        process = start(tmp_path, *SOME)
        time.sleep(generator.uniform(0.1, 0.9))
        process.kill()
        process.communicate()
        for path in folder.glob("*"):
            if not path.name.endswith(".tmp"):
                assert path.read_bytes() == complete[path.name], path.name
        if generator.random() < 0.5:
            for path in folder.glob("*.svg"):
                path.unlink()
    process = start(tmp_path, *SOME)
    _, errors = process.communicate()
    assert (process.returncode, "Error" in errors) == (0, False)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == complete


@pytest.mark.parametrize("command", [("plot", "relu"), ("gallery", "--only", "A1-relu", "--jobs", "1")])
def test_what_a_killed_process_left_is_cleared_away(command: tuple[str, ...], tmp_path: Path, run: Run) -> None:
    """By any command that writes into the folder; what a process has locked stays, whatever it is numbered."""
    left = [tmp_path / f".actviz-{name}.tmp" for name in ("0a", "0a-0", "0a-1", "1-0", f"{os.getpid()}-0", "²-0")]
    busy = [tmp_path / f".actviz-{name}.tmp" for name in ("2c", "2c-0", "2c-1")]
    for path in (*left, *busy):
        path.touch()
    (tmp_path / ".actviz-3d.tmp").mkdir()
    with busy[0].open() as locked:
        fcntl.flock(locked, fcntl.LOCK_EX)
        result = run(*command, "--out", ".")
    assert (result.returncode, "Error" in result.stderr) == (0, False)
    assert sorted(tmp_path.glob(".actviz-*.tmp")) == sorted([*busy, tmp_path / ".actviz-3d.tmp"])
    run(*command, "--out", ".")
    assert not any(path.exists() for path in busy)


def test_processes_that_draw_end_with_the_one_that_was_killed(tmp_path: Path) -> None:
    """Nobody goes on for nobody."""
    process = start(tmp_path, "gallery", "--jobs", "2")
    group = process.pid
    time.sleep(1.5)
    process.kill()
    process.communicate()
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    os.killpg(group, signal.SIGKILL)
    pytest.fail("processes are left")


@pytest.mark.parametrize("files", [0, 1, 9])
def test_interrupted(files: int, tmp_path: Path, complete: dict[str, bytes]) -> None:
    """Ctrl-C, which all processes get: 130, one line, no half-written file, no temporary one."""
    process = start(tmp_path, "gallery", "--out", "some")
    while "_multiarray_umath" not in Path(f"/proc/{process.pid}/maps").read_text():  # numpy: its work has begun
        time.sleep(0.001)
    while len(list((tmp_path / "some").glob("*.svg"))) < files:
        time.sleep(0.001)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate()
    assert process.returncode == 130
    assert errors == "Interrupted: every file is either as it was or complete\n"
    for path in (tmp_path / "some").glob("*"):
        assert not path.name.endswith(".tmp")
        if path.name in FIGURES:
            assert path.read_bytes() == complete[path.name]


@pytest.mark.parametrize("pause", [0.0, 0.02, 0.1, 0.3])
def test_interrupted_twice(pause: float, tmp_path: Path) -> None:
    """By somebody impatient: it ends all the same, as cleanly."""
    process = start(tmp_path, "gallery", "--jobs", "3")
    while not list(tmp_path.glob("gallery/*.svg")):
        time.sleep(0.001)
    os.killpg(process.pid, signal.SIGINT)
    time.sleep(pause)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (130, "Interrupted: every file is either as it was or complete\n")


def _children(process: int) -> list[int]:
    return list(map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split()))


@pytest.mark.skipif(sys.platform != "linux", reason="processes are found Linux's way")
@pytest.mark.parametrize("pause", [0.0, 0.005, 0.01, 0.02])
def test_interrupted_while_processes_are_made(pause: float, tmp_path: Path) -> None:
    """It neither waits for one that is half made, nor goes on."""
    process = start(tmp_path, "gallery", "--jobs", "3")
    while not _children(process.pid):
        pass
    time.sleep(pause)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (130, "Interrupted: every file is either as it was or complete\n")


INTERRUPTS = {
    "at once": "raise KeyboardInterrupt",
    "in a module": "signal.raise_signal(signal.SIGINT)",
    "in code from a string": "exec('signal.raise_signal(signal.SIGINT)')",
    "where exceptions are dropped": "weakref.ref(type('', (), {})(), lambda _: signal.raise_signal(signal.SIGINT))",
    "where it becomes another error": """
                    try:
                        signal.raise_signal(signal.SIGINT)
                    except KeyboardInterrupt as error:
                        raise ImportError("initialization failed") from error""",
}


@pytest.mark.parametrize("place", INTERRUPTS)
def test_interrupted_while_it_is_being_loaded(place: str, tmp_path: Path) -> None:
    """The same line, also from places in imports where Python or a library makes something else of an exception."""
    code = f"""if True:
        import signal, sys, weakref
        from actviz.__main__ import main
        class Interrupted:
            def find_spec(self, name, *_):
                if name == "typer":
                    {INTERRUPTS[place]}
        sys.meta_path.insert(0, Interrupted())
        main()"""
    (tmp_path / "early.py").write_text(code)
    command = [sys.executable, "-B", "-m", "early", "gallery"]
    result = subprocess.run(command, cwd=tmp_path, env=PLAIN, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (130, "")
    assert result.stderr == "Interrupted: every file is either as it was or complete\n"
    assert os.listdir(tmp_path) == ["early.py"]


@pytest.mark.skipif(sys.platform != "linux", reason="processes are found Linux's way")
def test_a_process_that_draws_is_killed(tmp_path: Path) -> None:
    """As happens where memory is short: exit 1, one line, and the next run completes."""
    process = start(tmp_path, "gallery", "--jobs", "2")
    while not (children := _children(process.pid)):
        pass
    os.kill(children[0], signal.SIGKILL)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert errors == "Error: a process that draws was killed, perhaps for want of memory; try --jobs 1\n"
    assert not list(tmp_path.glob("gallery/*.tmp"))


def test_two_builds_at_once(tmp_path: Path, complete: dict[str, bytes]) -> None:
    """Both succeed, and so does the result."""
    processes = [start(tmp_path, *SOME) for _ in range(2)]
    assert finish(*processes) == [0, 0]
    assert {path.name: path.read_bytes() for path in (tmp_path / "some").iterdir()} == complete


def _files_up_to(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_the_limit_on_files_is_reached(tmp_path: Path, complete: dict[str, bytes]) -> None:
    """In the middle of a figure: exit 1, the reason, old files intact; afterwards the rest is drawn."""
    (tmp_path / "some").mkdir()
    (tmp_path / "some" / "tanh-derivative.png").write_bytes(b"old")
    process = start(tmp_path, *SOME, preexec_fn=_files_up_to(30_000))
    _, errors = process.communicate()
    assert process.returncode == 1
    assert "File too large" in errors
    assert "Traceback" not in errors
    assert {path.name: path.read_bytes() for path in (tmp_path / "some").iterdir()} == {"tanh-derivative.png": b"old"}
    assert finish(start(tmp_path, *SOME)) == [0]
    assert {path.name: path.read_bytes() for path in (tmp_path / "some").iterdir()} == complete


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a small disk")
def test_the_disk_is_full(tmp_path: Path, run: Run) -> None:
    """Exit 1, the reason, the old file intact, nothing left behind."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], check=False).returncode != 0:
        pytest.skip("this machine lets nobody mount")
    try:
        (disk / "relu.svg").write_text("old")
        (disk / "ballast").write_bytes(bytes(50_000))
        result = run("plot", "relu", "--out", str(disk))
        assert (result.returncode, result.stdout) == (1, "")
        assert "No space left on device" in result.stderr
        assert {path.name for path in disk.iterdir()} == {"relu.svg", "ballast"}
        assert (disk / "relu.svg").read_text() == "old"
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_folder_in_the_place_of_a_figure(tmp_path: Path, run: Run) -> None:
    """Exit 1 and its name; what was written before stays, and is complete."""
    (tmp_path / "some" / "tanh-derivative.svg").mkdir(parents=True)
    result = run(*IN_ONE_PROCESS)
    assert result.returncode == 1
    assert "tanh-derivative.svg': is a folder" in result.stderr


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo])
def test_what_is_no_file_is_never_opened_nor_replaced(
    make: Callable[[Path], None], tmp_path: Path, run: Run, complete: dict[str, bytes]
) -> None:
    """A pipe would be waited for without end; in the manifest's place, it is found before anything is drawn."""
    folder = tmp_path / "some"
    folder.mkdir()
    make(folder / "manifest.json")
    result = run(*IN_ONE_PROCESS)
    assert (result.returncode, result.stdout) == (1, "")
    assert "manifest.json': is " in result.stderr
    assert os.listdir(folder) == ["manifest.json"]
    for name, content in complete.items():
        if name != "manifest.json":
            (folder / name).write_bytes(content)
    figure = folder / "elu-derivative.svg"
    figure.unlink()
    make(figure)
    assert f"{figure.name}: can't be read" in run("gallery", "--check", *IN_ONE_PROCESS[1:]).stdout
    result = run("plot", "elu", "--derivative", "--out", "some")
    assert (result.returncode, result.stdout) == (1, "")
    assert "elu-derivative.svg': is " in result.stderr
    assert not figure.is_file()


DAMAGES: dict[str, tuple[Callable[[str], str], str]] = {
    "truncated": (lambda text: text[: len(text) // 2], "it is damaged"),
    "empty": (lambda text: "", "it is damaged"),
    "no object": (lambda text: "[1, 2]", "it is damaged"),
    "deep": (lambda text: "[" * 100_000, "it is damaged"),
    "binary": (lambda text: "\x00\x01", "it is damaged"),
    "wrong types": (lambda text: '{"version": 1, "digest": 3, "entries": 4}', "it was changed by hand"),
    "other version": (lambda text: text.replace('"version": 1', '"version": 2'), "it is of another version"),
    "by hand": (lambda text: text.replace('"key": "', '"key": "0', 1), "it was changed by hand"),
    "renamed": (lambda text: text.replace("relu-derivative", "gelu-derivative"), "it was changed by hand"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_manifest_that_cannot_be_used(damage: str, tmp_path: Path, run: Run) -> None:
    """A note, and everything is drawn."""
    some = ("gallery", "--only", "A2-relu", "--out", "some", "--jobs", "1")
    folder = tmp_path / "some"
    assert run(*some).returncode == 0
    complete = {path.name: path.read_bytes() for path in folder.iterdir()}
    change, reason = DAMAGES[damage]
    (folder / "manifest.json").write_text(change(complete["manifest.json"].decode()))
    result = run(*some)
    assert result.returncode == 0
    assert result.stderr == (
        f"note: some/manifest.json can't be used, so what was asked for is drawn anew: {reason}\n"
        "note: 2 figures were drawn\n"
    )
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == complete


def test_nothing_is_drawn_again_unless_it_has_changed(tmp_path: Path, run: Run, complete: dict[str, bytes]) -> None:
    """A figure that was deleted or edited is; the paths that are printed are always all of them."""
    assert run(*IN_ONE_PROCESS).stderr == "note: 8 figures were drawn\n"
    again = run(*IN_ONE_PROCESS)
    assert again.stderr == "note: 0 figures were drawn, 8 were current\n"
    assert {Path(line).name for line in again.stdout.splitlines()} == FIGURES
    (tmp_path / "some" / "relu-derivative.png").unlink()
    (tmp_path / "some" / "elu-derivative.svg").write_text("mine")
    assert run(*IN_ONE_PROCESS).stderr == "note: 2 figures were drawn, 6 were current\n"
    assert {path.name: path.read_bytes() for path in (tmp_path / "some").iterdir()} == complete


def test_editing_any_file_of_the_package_redraws_all(tmp_path: Path) -> None:
    """In a copy of the package: whatever may have a part in drawing, an old figure never stays."""
    copy = tmp_path / "actviz"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-m", "actviz", "gallery", "--only", "A3-relu"]

    def build() -> str:
        environment = {**PLAIN, "PYTHONPATH": str(tmp_path)}
        result = subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True)
        return result.stderr

    build()
    assert build() == "note: 0 figures were drawn, 1 figure was current\n"
    for file, old, new in (
        ("activations/exponential.py", '"""The exponential', '"""An exponential'),  # rectifiers could import from it
        ("numerics.py", "return a * (x if", "return 1 * a * (x if"),
        ("terminal/report.py", "def notes", "def notes "),
        ("gallery/page.css", "box-sizing", "box-sizing "),
    ):
        text = (copy / file).read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{file} has no '{old}' any more: choose another place"
        (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        assert build() == "note: 1 figure was drawn\n", file


SETTINGS = "lines.linewidth: 9\nfont.family: serif\nsvg.fonttype: none\nsavefig.dpi: 17\naxes.grid: False\n"

# variables that are set, those that are missing, the folder's name, a matplotlibrc; each has much at once, to be quick
ENVIRONMENTS: dict[str, tuple[dict[str, str], tuple[str, ...], str, str | None]] = {
    "backend, locale, timezone, terminal, hash seed": (
        {
            "MPLBACKEND": "TkAgg", "LC_ALL": "de_DE.UTF-8", "LANG": "tr_TR.UTF-8", "LC_NUMERIC": "de_DE.UTF-8",
            "TZ": "Asia/Shanghai", "SOURCE_DATE_EPOCH": "1", "COLUMNS": "20", "TERM": "dumb", "NO_COLOR": "1",
            "FORCE_COLOR": "1", "PYTHONHASHSEED": "12345",
        },
        (), "usual", None,
    ),
    "no such backend nor date, no cache, C locale, optimised": (
        {
            "MPLBACKEND": "nonsense", "SOURCE_DATE_EPOCH": "nonsense", "MPLCONFIGDIR": "/proc/nowhere", "LC_ALL": "C",
            "PYTHONUTF8": "0", "PYTHONOPTIMIZE": "2",
        },
        (), "usual", None,
    ),
    "no home, matplotlibrc": ({}, ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), "usual", SETTINGS),
    "broken matplotlibrc, other folder": ({}, (), "ein Ordner 图", "nonsense\n\x00: : 3\n"),
}  # fmt: skip


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("usual")
    assert finish(start(folder, "compare", "relu", "elu", "--format", "png,svg,pdf", "--out", ".")) == [0]
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_the_environment_changes_no_byte(name: str, tmp_path: Path, usual: dict[str, bytes]) -> None:
    """Neither settings of matplotlib, nor locale, timezone, terminal, hash seed, home or folder."""
    variables, missing, folder_name, matplotlibrc = ENVIRONMENTS[name]
    environment = {key: value for key, value in {**PLAIN, **variables}.items() if key not in missing}
    folder = tmp_path / folder_name
    folder.mkdir()
    if matplotlibrc is not None:
        (tmp_path / "matplotlibrc").write_text(matplotlibrc)
        environment["MATPLOTLIBRC"] = str(tmp_path)
    command = [sys.executable, "-m", "actviz", "compare", "relu", "elu", "--format", "png,svg,pdf", "--out", "."]
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert (result.returncode, "Traceback" in result.stderr) == (0, False)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == usual


def shell(command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of a shell, with `actviz` in it."""
    line = command.replace("actviz", f"{sys.executable} -m actviz")
    return subprocess.run(
        ["bash", "-c", line], cwd=folder, env={**PLAIN, **environment}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "command",
    [
        "actviz list | head -1",
        "actviz list --json | true",
        "(sleep 0.5; actviz list --json) | exec 0<&-",
        "actviz show gelu | head -2",
        "actviz list >&-",
        "actviz plot relu >&-",
        "actviz list </dev/null | cat",
        "PYTHONIOENCODING=ascii actviz show elu",
        "PYTHONIOENCODING=latin-1 actviz list",
        "LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0 actviz show gelu",
    ],
)
def test_no_reader_no_terminal_no_unicode(command: str, tmp_path: Path) -> None:
    """Nobody gets a traceback."""
    result = shell(command, tmp_path)
    assert "Traceback" not in result.stderr
    assert "Exception" not in result.stderr


@pytest.mark.parametrize(
    ("command", "status"),
    [("show relu >&-", 0), ("list", 0), ("plot relu", 0), ("plot rleu", 2), ("gallery --only A1-relu", 0)],
)
def test_standard_error_is_closed(command: str, status: int, tmp_path: Path) -> None:
    """The same status, output and files; nothing that would have been said ends up in one of them."""
    places = {words: tmp_path / words for words in ("open", "closed")}
    results = {}
    for words, place in places.items():
        place.mkdir()
        result = shell(f"actviz {command} {'2>&-' if words == 'closed' else ''}", place)
        files = {path.relative_to(place): path.read_bytes() for path in place.rglob("*") if path.is_file()}
        results[words] = (result.returncode, result.stdout, files)
    assert results["closed"][0] == status
    assert results["closed"] == results["open"]


def test_standard_error_is_full(tmp_path: Path) -> None:
    """The exit status still says what happened."""
    assert shell("actviz plot rleu 2> /dev/full", tmp_path).returncode == 2
    assert shell("actviz softmax 1000 1001 --no-figure 2> /dev/full", tmp_path).returncode == 0


def test_standard_output_is_full(tmp_path: Path) -> None:
    """Exit 1 and the reason."""
    result = shell("actviz list > /dev/full", tmp_path)
    assert result.returncode == 1
    assert result.stderr == "Error: No space left on device\n"


TITLES = [
    "\"'<>&", "</title><script>alert(1)</script>", "$", "$\\frac{", "$x$ and $y", "\\alpha", "a\nb\tc\x07",
    "‮right‬ to left", "-- ]]> -->", "%s {0} {x}", "x" * 10_000, "中文标题", " ", "é\u0301", "\udcff",
]  # fmt: skip


@pytest.mark.parametrize(
    ("command", "title"),
    [
        *((("plot", "relu"), title) for title in TITLES),
        *((("softmax", "1", "2"), title) for title in TITLES[:3]),
        *((("compare", "relu", "elu"), title) for title in TITLES[:3]),
    ],
    ids=range(len(TITLES) + 6),
)
def test_hostile_titles(command: tuple[str, ...], title: str, run: Run, tmp_path: Path) -> None:
    """Drawn as text, or refused with a message; SVG stays well-formed, with the title escaped."""
    result = run(*command, "--out", "x.svg", "--title", title)
    assert "Traceback" not in result.stderr
    if result.returncode == 0:
        root = ET.parse(tmp_path / "x.svg").getroot()
        named = "".join(root.find("{http://www.w3.org/2000/svg}title").itertext())  # type: ignore[union-attr]
        assert named == "".join(character if character.isprintable() else " " for character in title)
        assert not [element for element in root.iter() if element.tag.endswith("script")]
    else:
        assert (result.returncode, result.stdout) == (2, "")
        assert "no installed font has the characters" in result.stderr
        assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "name",
    ["a b.svg", "图 表.svg", "'\"<>&.svg", "$x$.svg", "a\nb.svg", "-dash.svg", "‮rtl.svg", "%s{0}.svg", "\udcff.svg"],
)
def test_hostile_paths(name: str, run: Run, tmp_path: Path) -> None:
    """A file of exactly that name."""
    result = run("plot", "relu", "--out", f"./{name}")
    assert result.returncode == 0, result.stderr
    assert os.listdir(tmp_path) == [name]


@pytest.mark.parametrize(
    ("arguments", "limit"),
    [
        (("--size", "1e9", "1e9"), "[1, 40]"),
        (("--size", "nan", "3"), "[1, 40]"),
        (("--size", "inf", "3"), "[1, 40]"),
        (("--dpi", "1e308"), "[10, 1200]"),
        (("--dpi", "nan"), "[10, 1200]"),
        (("--size", "40", "40", "--dpi", "1200"), "100 million pixels"),
        (("--x", "-1e308", "1e308"), "±1e+300"),
        (("--x", "0", "1e-300"), "too narrow"),
    ],
)
def test_sizes_beyond_sense(arguments: tuple[str, ...], limit: str, tmp_path: Path) -> None:
    """Refused with the limit named, before memory is taken: with 2 GB of address space there is no other error."""
    process = start(
        tmp_path,
        "plot",
        "relu",
        *arguments,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30)),
    )
    output, errors = process.communicate()
    assert (process.returncode, output) == (2, "")
    assert limit in errors
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", [("plot", "relu"), ("gallery", "--only", "A4-*", "--jobs", "2")])
def test_matplotlib_says_nothing(command: tuple[str, ...], tmp_path: Path) -> None:
    """Neither about a home that can't be written nor about settings that it can't use."""
    (tmp_path / "matplotlibrc").write_text("nonsense\nfont.size: many\nno.such: 3\n")
    result = run_process(
        *command, cwd=tmp_path, HOME="/proc/nowhere", XDG_CONFIG_HOME="/proc/nowhere", XDG_CACHE_HOME="/proc/nowhere"
    )
    assert result.returncode == 0
    assert [line for line in result.stderr.splitlines() if not line.startswith("note: ")] == []


def test_settings_that_are_no_text(tmp_path: Path) -> None:
    """Matplotlib reads them before they can be left out: exit 1, no traceback."""
    (tmp_path / "matplotlibrc").write_bytes(b"font.family: caf\xe9\n")
    result = run_process("plot", "relu", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (1, "")
    assert "Error: a matplotlibrc can't be read" in result.stderr
    assert "Traceback" not in result.stderr


ENDS = {
    "leaky": ["0", "5e-324", "1.7976931348623157e308"],
    "prelu": ["-1.7976931348623157e308", "0", "1e300"],
    "elu": ["5e-324", "1e-300", "1.7976931348623157e308"],
    "swish": ["0", "5e-324", "1.7976931348623157e308"],
    "softplus": ["5e-324", "1.7976931348623157e308"],
    "hard_sigmoid": ["5e-324", "1.7976931348623157e308"],
    "rrelu": ["lower=0,upper=5e-324"],
    "generalized_relu": ["0,5e-324", "0,inf,1.7e308", "0,1.7976931348623157e308,0", "0,6,-1e308", "1e308,1,1"],
    "maxout": ["1e308/-1e308,0/0", "5e-324/0,0/0", "1/1,1e308/-1e308", "0,0", "5e-324/-1e-300,0/7e8"],
}


@pytest.mark.parametrize("spec", [f"{name}:{value}" for name, values in ENDS.items() for value in values])
def test_parameters_at_the_ends_of_their_domains(spec: str, run: Run, tmp_path: Path) -> None:
    """Drawn, shown and evaluated, or refused with a message."""
    for arguments in (
        ("plot", spec, "--x", "-1e300", "1e300", "--format", "svg"),
        ("plot", spec, "--x", "-1e-200", "2", "--out", "y.svg"),
        ("compare", spec, "relu", "--derivative", "--out", "z.svg"),
        ("show", spec),
        ("eval", spec, "-1e308", "0", "inf"),
    ):
        result = run(*arguments)
        assert result.returncode in (0, 2), (arguments, result.stderr)
        assert "Traceback" not in result.stderr
        assert "Warning" not in result.stderr
    for path in tmp_path.glob("*.svg"):
        ET.parse(path)


def test_what_is_typed_is_never_executed() -> None:
    """No eval, exec, compile, pickle, shell or import by a name that comes from outside, in any file of the package."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("eval", "exec", "compile", "__import__"), path
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [alias.name for alias in node.names] + [getattr(node, "module", None) or ""]
                assert not {name.split(".")[0] for name in names} & {"pickle", "marshal", "shelve", "subprocess"}, path
            if isinstance(node, ast.keyword):
                assert node.arg != "shell", path


def test_files_have_the_usual_permissions(tmp_path: Path) -> None:
    """As any new file, not as a temporary one."""
    process = start(tmp_path, "plot", "relu", "--out", ".", preexec_fn=lambda: os.umask(0o027))
    process.communicate()
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o640}


def test_the_manifest_has_no_dates_and_no_places(complete: dict[str, bytes]) -> None:
    """It is the same wherever and whenever it is made."""
    data = json.loads(complete["manifest.json"])
    assert data.keys() == {"version", "digest", "entries"}
    assert set(data["entries"]) == {name.removesuffix(".svg") for name in FIGURES if name.endswith(".svg")}
