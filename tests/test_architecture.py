"""The layers look down only."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "actviz"

# from the bottom up; the rooms of a line know nothing of each other
LAYERS = [
    ["errors"],
    ["numerics", "options"],
    ["formula", "averages"],
    ["model"],
    ["gated"],
    ["activations", "analysis"],
    ["registry"],
    ["vector", "prose", "sampling", "contours", "disagreements"],
    ["worked", "lessons"],
    ["style"],
    ["marks"],
    ["figures"],
    ["output"],
    ["facts", "commandline"],
    ["api", "gallery", "notebook"],
    ["terminal"],
    ["__main__"],
]
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    """All modules that a file imports anywhere, `from actviz import style` as actviz.style."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


FILES = {path: _imports(path) for path in PACKAGE.rglob("*.py")}


def test_every_room_has_a_place() -> None:
    """A new file or folder is named in the list above."""
    assert {_room(path) for path in FILES} - {"__init__"} == LEVEL.keys()


def test_rooms_import_only_what_lies_below() -> None:
    """Mathematics knows nothing of drawing, drawing nothing of the terminal."""
    for path, modules in FILES.items():
        room = _room(path)
        for module in modules:
            other = module.split(".")[1] if module.startswith("actviz.") else ""
            if room != "__init__" and other in LEVEL and other != room:
                assert LEVEL[other] < LEVEL[room], f"{path.name} imports {module}"


def test_libraries_stay_in_their_rooms() -> None:
    """Only the terminal knows its libraries, only drawing rooms matplotlib, nobody pyplot."""
    allowed = {
        "typer": {"terminal"},
        "rich": {"terminal"},
        "matplotlib": {"style", "marks", "figures", "output", "api"},
    }
    for path, modules in FILES.items():
        assert not any("pyplot" in module for module in modules)
        for module in modules:
            library = module.split(".")[0]
            assert _room(path) in allowed.get(library, {_room(path)}), f"{path.name} imports {module}"
