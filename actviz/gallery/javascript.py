"""Definitions in JavaScript: the Python of f, f', kinks and constraint, read with `ast` and written for one number.

Nobody writes a function twice: what the page draws live is worked out by the same formulas as everything else. What
Python shares, JavaScript shares too: a helper that a definition calls is followed into its file. A function of a
vector, such as softmax, is recognised by its reductions over all components, and works on lists of numbers. Whatever
isn't known here raises an `UntranslatableError`, which names it and where it is.
"""

import ast
import builtins
import inspect
import json
import math
import operator
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from itertools import chain, count
from types import FunctionType
from typing import Any

import numpy as np

from actviz.gallery.parts import read
from actviz.model import Definition, Kink

OPERATIONS: Mapping[type[ast.AST], Any] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
"""What is worked out in Python where it depends on no variable."""

KNOWN: Mapping[Any, str] = {
    **dict.fromkeys((abs, np.abs), "Math.abs"),
    **dict.fromkeys((min, np.minimum), "Math.min"),
    **dict.fromkeys((max, np.maximum), "Math.max"),
    **dict.fromkeys((math.sqrt, np.sqrt), "Math.sqrt"),
    **dict.fromkeys((math.exp, np.exp), "Math.exp"),
    **dict.fromkeys((math.isfinite, np.isfinite), "Number.isFinite"),
    np.expm1: "Math.expm1",
    np.log1p: "Math.log1p",
    np.sin: "Math.sin",
    np.cos: "Math.cos",
    np.tanh: "Math.tanh",
    np.sinh: "Math.sinh",
    np.cosh: "Math.cosh",
    np.arctan: "Math.atan",
    np.hypot: "Math.hypot",
    np.sign: "Math.sign",
    math.ceil: "Math.ceil",
    math.log: "Math.log",
    math.log2: "Math.log2",
    np.isnan: "Number.isNaN",
    # the rest is in arithmetic.js
    np.isinf: "Real.isInfinite",
    np.clip: "Real.clip",
    np.square: "Real.square",
    np.frexp: "Real.frexp",
    np.ldexp: "Real.ldexp",
    math.erf: "Real.erf",
    math.erfc: "Real.erfc",
}
"""What JavaScript calls functions of numbers."""

UNCHANGED = (tuple, np.array, np.asarray)
"""Calls that only turn numbers into an array, or a list into a tuple; JavaScript needs none of them."""

REDUCTIONS: Mapping[str, str] = {"max": "Real.largest", "sum": "Real.sum"}
"""What JavaScript calls the methods of an array that make one number of a vector, with `axis=-1`."""

OPERATORS: Mapping[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**", ast.BitAnd: "&&", ast.BitOr: "||",
    ast.And: "&&", ast.Or: "||", ast.USub: "-", ast.UAdd: "+", ast.Not: "!", ast.Invert: "!",
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "===", ast.NotEq: "!==",
}  # fmt: skip

NOT_DRAWN = "answers"
"""What frameworks answer at a kink stands on the cards; neither the field nor a variable of that name is translated."""


class UntranslatableError(Exception):
    """A definition holds something that there is no JavaScript for: see `KNOWN` and `OPERATORS`."""


def translatable(definition: Definition) -> bool:
    """Whether all parameters are numbers; lists of numbers need more than arithmetic."""
    return not any(isinstance(parameter.default, tuple) for parameter in definition.parameters)


def translated(definitions: Iterable[Definition], functions: Mapping[str, Any]) -> str:
    """Write an object of JavaScript that holds, by name, `f`, `slope`, `kinks` and `constraint` of each definition.

    `f` and `slope` take x and the parameters in their order, `kinks` and `constraint` the parameters only; a kink is an
    object with the fields of `Kink`. A second object, `functions`, holds other functions by their names. Before them
    comes `arithmetic.js`, with what JavaScript lacks.

    Raises
    ------
    UntranslatableError
        If there is something in a definition that isn't known here; the message names it, its file and its line.
    """
    library = _Library()
    entries = []
    for definition in definitions:
        parts = {
            "f": library.reference(definition.function),
            "slope": library.reference(definition.derivative),
            "kinks": library.reference(definition.kinks)
            if callable(definition.kinks)
            else f"() => {_constant(definition.kinks)}",
        }
        if definition.constraint:
            parts["constraint"] = library.reference(definition.constraint)
        entries.append(f"{definition.name}: {{{', '.join(f'{name}: {code}' for name, code in parts.items())}}}")
    others = ", ".join(f"{name}: {library.reference(function)}" for name, function in functions.items())
    return read("arithmetic.js") + "\n".join(
        [
            *library.declarations,
            *("const definitions = {", *(f"  {entry}," for entry in entries), "};"),
            f"const functions = {{{others}}};\n",
        ]
    )


class _Library:
    """The functions that were translated so far, each once, those that are called before those that call them."""

    def __init__(self) -> None:
        self.declarations: list[str] = []
        self.returned: dict[Any, list[bool]] = {}
        """Of functions of a vector: which of the values that they return are vectors."""
        self._names: dict[Any, str] = {}

    def reference(self, function: Any) -> str:
        """Return the name in JavaScript of a function, which is translated if it wasn't yet."""
        if function in KNOWN:
            return KNOWN[function]
        if function not in self._names:
            node = _node(function)
            kind = _VectorFunction if _reduces(function) else _Function
            code = kind(function, self).written(node)
            base = f"${'' if isinstance(node, ast.Lambda) else function.__name__}"
            # a lambda has a number for a name, and so has the second function of the same name
            numbered = (f"{base}{number}" for number in count(1))
            taken = self._names.values()
            name = next(one for one in chain([base] if base != "$" else [], numbered) if one not in taken)
            self._names[function] = name
            self.declarations.append(f"const {name} = {code};")
        return self._names[function]


class _Function:
    """One function of Python: `names` are those that mean something else inside of it than in its file."""

    def __init__(self, function: FunctionType, library: _Library) -> None:
        self._function = function
        self._globals = function.__globals__
        self._file = inspect.getsourcefile(function) or ""
        self._library = library
        self._names: dict[str, str] = {}

    def written(self, node: ast.FunctionDef | ast.Lambda) -> str:
        """Write the function as an arrow function."""
        outer = dict(self._names)
        arguments = [argument.arg for argument in node.args.args]
        self._names |= {name: name for name in arguments}
        defaults = [""] * (len(arguments) - len(node.args.defaults)) + [
            f" = {self.expression(default)}" for default in node.args.defaults
        ]
        head = f"({', '.join(map(''.join, zip(arguments, defaults, strict=True)))}) =>"
        if isinstance(node, ast.Lambda):
            code = f"{head} {self.expression(node.body)}"
        else:
            stored = {name.id: None for name in _inside(node) if isinstance(name.ctx, ast.Store)}
            own = [name for name in stored if name not in arguments and name not in (NOT_DRAWN, "_")]
            self._names |= {name: name for name in own}
            lines = [f"let {', '.join(own)};"] if own else []
            code = f"{head} {{ {' '.join([*lines, *map(self.statement, node.body)])} }}"
        self._names = outer
        return code

    def statement(self, node: ast.stmt) -> str:
        match node:
            case ast.Expr(ast.Constant(str())):
                return ""
            case ast.Return(ast.expr() as value):
                return f"return {self.expression(value)};"
            case ast.Assign([ast.Name(name)]) if name == NOT_DRAWN:
                return ""
            case ast.Assign([ast.Tuple(targets)], value):
                return self.unpacked(targets, self.expression(value))
            case ast.Assign([target], value):
                return f"{self.target(target)} = {self.expression(value)};"
            case ast.AugAssign(target, operator, value) if type(operator) in OPERATORS:
                return f"{self.target(target)} {OPERATORS[type(operator)]}= {self.expression(value)};"
            case ast.If(test, body, rest):
                otherwise = f" else {self.block(rest)}" if rest else ""
                return f"if ({self.expression(test)}) {self.block(body)}{otherwise}"
            case ast.With([ast.withitem(ast.Call(called))], body) if self.value(called) is np.errstate:
                return " ".join(map(self.statement, body))
            case ast.For(ast.Name(name), ast.Call(ast.Name("range"), [number]), body, []):
                index = f"{name}_i"
                times = self.expression(number)
                return f"for (let {index} = 0; {index} < {times}; {index}++) {self.block(body)}"
            case ast.For(ast.Name(name), values, body, []):
                return f"for ({name} of {self.expression(values)}) {self.block(body)}"
            case ast.FunctionDef(name):
                self._names[name] = name
                return f"const {name} = {self.written(node)};"
            case ast.Expr(ast.Call(ast.Attribute(ast.Name(name), "append"), [value])):
                return f"{name}.push({self.expression(value)});"
        raise self._unknown(node)

    def unpacked(self, targets: Sequence[ast.expr], code: str) -> str:
        """Write an assignment to several names, without JavaScript's own, which is slow."""
        parts = (f"{self.target(one)} = $[{i}];" for i, one in enumerate(targets) if ast.unparse(one) != "_")
        return f"{{ const $ = {code}; {' '.join(parts)} }}"

    def block(self, body: Sequence[ast.stmt]) -> str:
        return f"{{ {' '.join(map(self.statement, body))} }}"

    def target(self, node: ast.expr) -> str:
        if isinstance(node, ast.Name):
            return node.id
        raise self._unknown(node)

    def expression(self, node: ast.expr) -> str:
        if not isinstance(node, ast.Call) and self._is_constant(node):
            return _constant(self.value(node))
        match node:
            case ast.Name(name) if name in self._names:
                return self._names[name]
            case ast.BinOp(left, operator, right) if type(operator) in OPERATORS:
                return f"{self.operand(left)} {OPERATORS[type(operator)]} {self.operand(right)}"
            case ast.BoolOp(operator, values):
                return f" {OPERATORS[type(operator)]} ".join(map(self.operand, values))
            case ast.UnaryOp(operator, value):
                return f"{OPERATORS[type(operator)]}{self.operand(value)}"
            case ast.Compare(left, operators, others) if all(type(operator) in OPERATORS for operator in operators):
                pairs = zip([left, *others], operators, others)
                return " && ".join(
                    f"{self.operand(a)} {OPERATORS[type(operator)]} {self.operand(b)}" for a, operator, b in pairs
                )
            case ast.IfExp(test, yes, no):
                return self.choice(test, yes, no)
            case ast.Tuple(items) | ast.List(items):
                return f"[{', '.join(map(self.expression, items))}]"
            case ast.Starred(value):
                return f"...{self.operand(value)}"
            case ast.Subscript(value, ast.Constant(int() as index)) if index >= 0:
                return f"{self.operand(value)}[{index}]"
            case ast.JoinedStr(parts):
                return f"`{''.join(map(self.piece, parts))}`"
            case ast.Call():
                return self.call(node)
        raise self._unknown(node)

    def operand(self, node: ast.expr) -> str:
        """Write an expression so that it can stand beside an operator."""
        code = self.expression(node)
        return code if _stands_alone(code) else f"({code})"

    def choice(self, test: ast.expr, yes: ast.expr, no: ast.expr) -> str:
        return f"({self.operand(test)} ? {self.expression(yes)} : {self.expression(no)})"

    def piece(self, node: ast.expr) -> str:
        match node:
            case ast.Constant(str() as text):
                return text
            case ast.FormattedValue(value, -1, None):
                return f"${{{self.expression(value)}}}"
        raise self._unknown(node)

    def call(self, node: ast.Call) -> str:
        match node:
            case ast.Call(ast.Attribute(ast.Call(_, [ast.ListComp(each, [one])]), "reshape")):
                return self.each(each, one)
            case ast.Call(ast.Attribute(value, "any"), []):
                return self.expression(value)
            case ast.Call(ast.Name(name), arguments, []) if name in self._names:
                return f"{name}({', '.join(map(self.expression, arguments))})"
            case ast.Call(ast.Attribute(ast.Name(name))) if name in self._names:
                raise self._unknown(node)
        function = self.value(node.func)
        if function is np.where:
            return self.choice(*node.args)
        if function is np.full_like:
            return self.expression(node.args[1])
        if function in UNCHANGED:
            return self.expression(node.args[0])
        if function is Kink:
            return self.kink(node)
        if node.keywords or not (function in KNOWN or (isinstance(function, FunctionType) and not _reduces(function))):
            raise self._unknown(node)
        names = inspect.signature(function).parameters if isinstance(function, FunctionType) else [""] * len(node.args)
        given = ("null" if name == NOT_DRAWN else self.expression(argument) for argument, name in zip(node.args, names))
        return f"{self._library.reference(function)}({', '.join(given)})"

    def each(self, expression: ast.expr, one: ast.comprehension) -> str:
        """Write what numpy can't do elementwise, `np.array([g(y) for y in x.flat]).reshape(x.shape)`, as g(x)."""
        match one:
            case ast.comprehension(ast.Name(name), ast.Attribute(values, "flat"), []):
                outer = dict(self._names)
                self._names[name] = self.expression(values)
                code = self.expression(expression)
                self._names = outer
                return code
        raise self._unknown(expression)

    def kink(self, node: ast.Call) -> str:
        names = [field.name for field in fields(Kink)]
        given = dict(zip(names, node.args)) | {str(keyword.arg): keyword.value for keyword in node.keywords}
        return f"{{{', '.join(f'{n}: {self.expression(v)}' for n, v in given.items() if n != NOT_DRAWN)}}}"

    def value(self, node: ast.expr) -> Any:
        """Work out in Python what depends on no variable."""
        match node:
            case ast.Constant():
                return node.value
            case ast.Name() if node.id in self._globals:
                return self._globals[node.id]
            case ast.Name() if hasattr(builtins, node.id):
                return getattr(builtins, node.id)
            case ast.Attribute() if hasattr(of := self.value(node.value), node.attr):
                return getattr(of, node.attr)
            case ast.UnaryOp() if type(node.op) in OPERATIONS:
                return OPERATIONS[type(node.op)](self.value(node.operand))
            case ast.BinOp() if type(node.op) in OPERATIONS:
                return OPERATIONS[type(node.op)](self.value(node.left), self.value(node.right))
            case ast.Subscript():
                return self.value(node.value)[self.value(node.slice)]
            case ast.Slice(lower, upper, step):
                return slice(*(part and self.value(part) for part in (lower, upper, step)))
            case ast.Tuple() | ast.List():
                return tuple(map(self.value, node.elts))
        raise self._unknown(node)

    def _is_constant(self, node: ast.expr) -> bool:
        """Whether it depends on no variable, so that it can be worked out here."""
        return not isinstance(node, ast.Starred | ast.JoinedStr) and not any(
            (isinstance(part, ast.Name) and part.id in self._names) or isinstance(part, ast.Call)
            for part in ast.walk(node)
        )

    def _unknown(self, node: ast.AST) -> UntranslatableError:
        where = f"{self._file.rpartition('/')[2]}, line {getattr(node, 'lineno', '?')}"
        return UntranslatableError(f"no JavaScript is known for `{ast.unparse(node)}` ({where})")


class _VectorFunction(_Function):
    """A function of a vector, its first argument: written as what happens to each component, and to all together."""

    def __init__(self, function: FunctionType, library: _Library) -> None:
        super().__init__(function, library)
        self._vectors = {next(iter(inspect.signature(function).parameters))}
        self._of_component = False

    def statement(self, node: ast.stmt) -> str:
        match node:
            case ast.Assign([ast.Tuple(targets)], ast.Call() as value):
                code, are_vectors = self._several(value)
                for name, is_vector in zip(targets, are_vectors or [True] * len(targets), strict=True):
                    self._note(name, is_vector)
                return self.unpacked(targets, code)
            case ast.Assign([ast.Name() as target], value):
                code = super().statement(node)
                self._note(target, bool(self._components(value)))
                return code
            case ast.Return(ast.expr() as value):
                items = value.elts if isinstance(value, ast.Tuple) else [value]
                self._library.returned[self._function] = [bool(self._components(item)) for item in items]
                return super().statement(node)
            case ast.With() | ast.Expr():
                return super().statement(node)
        raise self._unknown(node)

    def expression(self, node: ast.expr) -> str:
        match node:
            case ast.Call(ast.Attribute(value, name)) if _is_reduction(node):
                return f"{REDUCTIONS[name]}({self._written(value, of_component=False)})"
            case ast.Attribute(ast.Name(name), "size") if name in self._vectors:
                return f"{name}.length"
            case ast.Name(name) if name in self._vectors:
                return f"{name}_i" if self._of_component else name
            case ast.Tuple():
                return super().expression(node)
        names = [] if self._of_component else self._components(node)
        if not names:
            return super().expression(node)
        code = self._written(node, of_component=True)
        return f"Real.each(({', '.join(f'{name}_i' for name in names)}) => {code}, {', '.join(names)})"

    def _several(self, node: ast.Call) -> tuple[str, list[bool]]:
        """Write a call that returns several values, and tell which are vectors: all, if made for each component."""
        function = self.value(node.func)
        code = self._library.reference(function)
        if function in self._library.returned:
            return f"{code}({', '.join(map(self.expression, node.args))})", self._library.returned[function]
        return f"Real.columns({self.expression(node)})", []

    def _written(self, node: ast.expr, of_component: bool) -> str:
        outer, self._of_component = self._of_component, of_component
        code = self.expression(node)
        self._of_component = outer
        return code

    def _note(self, target: ast.expr, is_vector: bool) -> None:
        if is_vector and isinstance(target, ast.Name):
            self._vectors.add(target.id)

    def _components(self, node: ast.AST) -> list[str]:
        """Name the vectors whose components an expression takes one by one."""
        match node:
            case ast.Name(name):
                return [name] if name in self._vectors else []
            case ast.Attribute(_, "size" | "shape"):
                return []
            case ast.Call() if _is_reduction(node):
                return []
        found = chain.from_iterable(map(self._components, ast.iter_child_nodes(node)))
        return list(dict.fromkeys(found))


def _is_reduction(node: ast.AST) -> bool:
    """Whether it makes one number of a vector: z.max(axis=-1), maybe with keepdims."""
    match node:
        case ast.Call(ast.Attribute(_, name), [], [ast.keyword("axis", axis), *rest]):
            return name in REDUCTIONS and ast.unparse(axis) == "-1" and all(one.arg == "keepdims" for one in rest)
    return False


def _reduces(function: FunctionType) -> bool:
    """Whether it is a function of a vector."""
    return any(map(_is_reduction, ast.walk(_node(function))))


def _constant(value: Any) -> str:
    match value:
        case None | bool() | str():
            return json.dumps(value)
        case int() | float():
            number = float(value)
            return repr(number).removesuffix(".0") if math.isfinite(number) else f"{number}".replace("inf", "Infinity")
        case tuple() | list():
            return f"[{', '.join(map(_constant, value))}]"
        case Kink():
            named = {field.name: getattr(value, field.name) for field in fields(Kink) if field.name != NOT_DRAWN}
            return f"{{{', '.join(f'{name}: {_constant(one)}' for name, one in named.items() if one is not None)}}}"
    raise UntranslatableError(f"no JavaScript is known for {value!r}")


def _stands_alone(code: str) -> bool:
    """Whether code is a name, a number, or something in brackets that close at its end, maybe after a name."""
    rest = code.lstrip(_IN_NAMES)
    depth = 0
    for place, letter in enumerate(rest):
        depth += (letter in "([") - (letter in ")]")
        if depth == 0:
            return letter in ")]" and place == len(rest) - 1
    return not rest


_IN_NAMES = "$._" + string.ascii_letters + string.digits


def _inside(node: ast.FunctionDef) -> Iterator[ast.Name]:
    """Go through the names of a function's body, without those of functions in it."""
    rest: list[ast.AST] = list(node.body)
    while rest:
        one = rest.pop(0)
        if isinstance(one, ast.Name):
            yield one
        if not isinstance(one, ast.FunctionDef | ast.Lambda | ast.ListComp):
            rest[:0] = ast.iter_child_nodes(one)


def _node(function: Any) -> ast.FunctionDef | ast.Lambda:
    """Find the source of a function of Python, also of one without a name."""
    try:
        tree, first = _tree(inspect.getsourcefile(function) or ""), function.__code__.co_firstlineno
    except (TypeError, AttributeError, OSError):
        raise UntranslatableError(f"no JavaScript is known for {function!r}, which has no source in Python") from None
    kind = ast.Lambda if function.__name__ == "<lambda>" else ast.FunctionDef
    found = [node for node in ast.walk(tree) if isinstance(node, kind) and node.lineno == first]
    if len(found) != 1:
        raise UntranslatableError(f"which function {function!r} is can't be told: {len(found)} begin on line {first}")
    return found[0]


@lru_cache
def _tree(file: str) -> ast.Module:
    with open(file, encoding="utf-8") as source:
        return ast.parse(source.read(), file)
