"""The activations by name, by alias and by what frameworks call them, and specifications like "leaky:0.1"."""

import copyreg
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from actviz.activations import FAMILIES, gated_units
from actviz.errors import (
    GatedUnitError,
    InputError,
    SpecificationError,
    UnknownActivationError,
    VectorValuedError,
    closest,
    nearest,
)
from actviz.gated import GatedDefinition, GatedUnit
from actviz.model import Activation, Definition, Parametrised, number, rounded

VECTOR_VALUED = ("softmax", "hardmax", "sparsemax", "entmax15", "softmin", "log_softmax")
"""The functions that take a vector."""


IMPORTED_AS = {
    "tensorflow": "tf",
    "tf.keras": "keras",  # since TensorFlow 2.16
    "nn": "torch.nn",
    "f": "torch.nn.functional",
    "jnp": "jax.numpy",
    "linen": "flax.linen",
    "nnx": "flax.nnx",
}
"""What modules of the frameworks are called in people's code."""


def normalize(name: str) -> str:
    """Write a name in lower case, with "_" for "-", full names of modules, and no space around it."""
    word = name.strip().lower().replace("-", "_")
    for short, module in IMPORTED_AS.items():
        if word.startswith(f"{short}."):
            word = module + word.removeprefix(short)
    return word


def _last(dotted: str) -> str:
    return dotted.rpartition(".")[2]


class Meaning(NamedTuple):
    """What a word stands for: a definition, with the parameters that follow the colon of a specification."""

    word: str
    definition: Definition
    parameters: str = ""


class Registry(Mapping[str, Definition]):
    """The definitions by canonical name; looking one up by another of its names works too.

    Those are its aliases, the names that frameworks have for it ("torch.nn.LeakyReLU"), and the last part of these
    ("LeakyReLU") if that means nothing else.

    The names of gated units are kept beside them and mean no activation; `unit` looks one up.
    """

    def __init__(self, definitions: list[Definition], units: Sequence[GatedDefinition] = ()) -> None:
        self._definitions = {definition.name: definition for definition in definitions}
        self._meanings: dict[str, list[Meaning]] = {}
        for definition in definitions:
            for alias in (definition.name, *definition.aliases):
                word, _, parameters = alias.partition(":")
                if word != normalize(word) or "." in word or word in self._meanings or word in VECTOR_VALUED:
                    raise ValueError(f"'{word}' of {definition.name} isn't a name of its own in lower case")
                self._meanings[word] = [Meaning(word, definition, parameters)]
        dotted = [
            Meaning(word, definition, parameters)
            for definition in definitions
            for spelling in definition.frameworks.values()
            for word, _, parameters in (name.partition(":") for name in spelling.names)
        ]
        for meaning in dotted:
            same = self._meanings.setdefault(normalize(meaning.word), [])
            if any(bool(one.definition.parameters) == bool(meaning.definition.parameters) for one in same):
                raise ValueError(f"'{meaning.word}' of {meaning.definition.name} isn't a name of its own")
            same.append(meaning)
        for meaning in dotted:
            word = _last(meaning.word)
            self._meanings.setdefault(normalize(word), [Meaning(word, meaning.definition)])
        self.units = {unit.name: unit for unit in units}
        self._units: dict[str, tuple[str, GatedDefinition]] = {}
        for unit in units:
            for word in (unit.name, *unit.aliases, *(n for one in unit.frameworks.values() for n in one.names)):
                if normalize(word) in self._meanings or normalize(word) in self._units:
                    raise ValueError(f"'{word}' of {unit.name} isn't a name of its own")
                self._units[normalize(word)] = (word, unit)

    def __getitem__(self, name: str) -> Definition:
        return self.meaning(name).definition

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and normalize(name) in self._meanings

    def meaning(self, name: str, with_parameters: bool = False) -> Meaning:
        """Look up what a word stands for.

        Parameters
        ----------
        with_parameters
            Whether values for parameters come with it. Keras' relu takes some, but without them it is just ReLU.

        Raises
        ------
        UnknownActivationError, VectorValuedError, GatedUnitError
            If it stands for no activation.
        """
        word = normalize(name) if isinstance(name, str) else ""
        meanings = self._meanings.get(word, [])
        if not meanings:
            raise self._unknown(name, word)
        return next((one for one in meanings if with_parameters and one.definition.parameters), meanings[0])

    def _unknown(self, name: object, word: str) -> UnknownActivationError:
        if word in self._units:
            return GatedUnitError(f"{self._units[word][1].name} takes two inputs, so it has no curve y = f(x)")
        last = _last(word)
        if last in VECTOR_VALUED:
            return VectorValuedError(f"{last} maps a vector to a vector, so it has no curve y = f(x)")
        return UnknownActivationError(f"unknown activation '{name}'{self._hint(word)}")

    def _hint(self, word: str) -> str:
        """Name the nearest word; for a framework's name, the nearest of those whose last part is most alike."""
        known = self.words()
        if "." not in word:
            return nearest(word, (one for one in known if "." not in one))
        by_last: dict[str, list[str]] = {}
        for one in known:
            by_last.setdefault(_last(one).lower().replace("_", ""), []).append(one)
        near = closest(_last(word).replace("_", ""), by_last)
        return nearest(word, by_last[near], f"; did you mean '{by_last[near][0]}'?") if near else ""

    def unit(self, name: str) -> GatedDefinition | None:
        """Look up the gated unit that a word stands for, if it is one."""
        return self._units.get(normalize(name) if isinstance(name, str) else "", ("", None))[1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._definitions)

    def __len__(self) -> int:
        return len(self._definitions)

    def words(self, start: str = "") -> list[str]:
        """All names and aliases, and what frameworks call them, or only those that continue what was typed.

        A module keeps the name that was typed: "nn.Leaky" is continued as "nn.LeakyReLU".
        """
        typed = start.lstrip()
        whole = normalize(typed)
        return [
            typed + word[len(whole) :]
            for word in (
                *(meanings[0].word for meanings in self._meanings.values()),
                *(w for w, _ in self._units.values()),
            )
            if normalize(word).startswith(whole) and ("." in word or word.islower() or word.startswith(typed))
        ]

    def aliases(self, definition: Definition) -> list[Meaning]:
        """All that a definition is called, except its name and names with a module in front."""
        meanings = [one for one, *_ in self._meanings.values() if one.definition is definition]
        return [one for one in meanings if "." not in one.word and one.word != definition.name]


_FAMILY = {
    value.name: title
    for title, module in FAMILIES.items()
    for value in vars(module).values()
    if isinstance(value, Definition)
}
REGISTRY = Registry(
    [value for module in FAMILIES.values() for value in vars(module).values() if isinstance(value, Definition)],
    [value for value in vars(gated_units).values() if isinstance(value, GatedDefinition)],
)

GATED_UNITS = "Gated units"
"""The title of the gated units, as if they were a family of activations."""


def family(definition: Definition) -> str:
    """Return the title of the family that a registered definition belongs to."""
    return _FAMILY[definition.name]


def find_family(word: str) -> str:
    """Look up the title of a family, or of the gated units; case, hyphens, spaces and a missing end don't matter.

    Raises
    ------
    InputError
        If no family, or more than one, is meant.
    """
    known = [*FAMILIES, GATED_UNITS]
    titles = {_spoken(title): title for title in known}
    spoken = _spoken(word)
    beginning = [title for key, title in titles.items() if spoken and key.startswith(spoken)]
    if spoken in titles or len(beginning) == 1:
        return titles.get(spoken, beginning[0])
    hint = nearest(word, known, f"; there are {', '.join(known)}")
    raise InputError(f"family '{word}' is unknown{hint}", "family")


def _spoken(words: str) -> str:
    return words.lower().replace("-", " ").replace("_", " ").strip()


def is_registered(one: Activation | GatedUnit) -> bool:
    """Whether its specification can stand for an activation or a unit: one made by hand isn't in the registry."""
    return _is_registered(one.definition)


def _is_registered(definition: Definition | GatedDefinition) -> bool:
    return _registered(definition.name) is definition


def _reduce(definition: Definition | GatedDefinition) -> Any:
    if _is_registered(definition):
        return _registered, (definition.name,)
    return object.__reduce_ex__(definition, 4)


def _registered(name: str) -> Definition | GatedDefinition | None:
    return REGISTRY[name] if name in iter(REGISTRY) else REGISTRY.units.get(name)


# definitions hold anonymous functions, which can't be pickled, so registered definitions are pickled by name
copyreg.pickle(Definition, _reduce)
copyreg.pickle(GatedDefinition, _reduce)


def names() -> list[str]:
    """List the canonical names, in the registry's order."""
    return list(REGISTRY)


@lru_cache(maxsize=1024)
def _read(spec: str) -> Activation:
    return _bind(spec, {})


def get(spec: str | Activation | Definition, **parameters: object) -> Activation:
    """Look up an activation by a specification.

    Parameters
    ----------
    spec
        A name or alias, with parameters after a colon if any differ from their defaults, with or without their names:
        "relu", "leaky:0.1", "rrelu:lower=1/8,upper=0.3", "maxout:weights=0/1,biases=0/0". A framework's name has the
        framework's defaults: "torch.nn.LeakyReLU", "nn.LeakyReLU:0.1". An activation will do too, and a definition,
        with its defaults.
    parameters
        The same by keyword: `get("leaky", negative_slope=0.1)`.

    Raises
    ------
    UnknownActivationError, VectorValuedError, GatedUnitError, SpecificationError, ParameterError
        If there is no such activation of one input, or the specification or a parameter makes no sense.
    """
    if isinstance(spec, Definition):
        return spec.bind(**parameters)
    if isinstance(spec, Activation):
        return spec.definition.bind(**{**spec.parameters, **parameters}) if parameters else spec
    if not isinstance(spec, str):
        raise SpecificationError(f"an activation is given by its name, as in 'relu' or 'leaky:0.1', not by {spec!r}")
    return _bind(spec, parameters) if parameters else _read(spec)


def gated_unit(spec: str | GatedUnit | GatedDefinition, **parameters: object) -> GatedUnit:
    """Look up a gated unit a·g(b) by a specification.

    Parameters
    ----------
    spec
        "glu", "reglu", "geglu", "swiglu" or "bilinear", with parameters of the gate after a colon if any differ from
        their defaults: "swiglu:beta=1.702". A framework's name stands for it too: "torch.nn.GLU". A unit will do too,
        and a definition, with its gate's defaults.
    parameters
        The same by keyword: `gated_unit("swiglu", beta=1.702)`.

    Raises
    ------
    UnknownActivationError, SpecificationError, ParameterError
        If there is no such unit, or the specification or a parameter makes no sense.
    """
    if isinstance(spec, GatedDefinition):
        return spec.bind(**parameters)
    if isinstance(spec, GatedUnit):
        return spec.definition.bind(**{**spec.parameters, **parameters}) if parameters else spec
    if not isinstance(spec, str):
        raise SpecificationError(f"a gated unit is given by its name, as in 'swiglu', not by {spec!r}")
    name = spec.partition(":")[0]
    definition = REGISTRY.unit(name)
    if definition is None:
        hint = nearest(name, REGISTRY.units, f"; there are {', '.join(REGISTRY.units)}")
        raise UnknownActivationError(f"unknown gated unit '{name}'{hint}")
    return definition.bind(**assigned(spec, definition, parameters))


def find(spec: str | Activation | Definition | GatedUnit | GatedDefinition) -> Activation | GatedUnit:
    """Look up an activation or a gated unit; see `get` and `gated_unit`."""
    if isinstance(spec, GatedUnit | GatedDefinition):
        return gated_unit(spec)
    if isinstance(spec, str) and REGISTRY.unit(spec.partition(":")[0]):
        return gated_unit(spec)
    return get(spec)


def _bind(spec: str, parameters: Mapping[str, object]) -> Activation:
    name, colon, _ = spec.partition(":")
    _, definition, implied = REGISTRY.meaning(name, with_parameters=bool(colon or parameters))
    given = assigned(spec, definition, parameters)
    defaults = _assignments(f"{name}:{implied}", implied, definition) if implied else ()
    return definition.bind(**{definition.parameter(word).name: value for word, value in defaults} | given)


def assigned(spec: str, definition: Parametrised, parameters: Mapping[str, object]) -> dict[str, object]:
    """Read the values after a specification's colon, and join them with those given by keyword.

    Raises
    ------
    SpecificationError, ParameterError
        If it can't be read, has an unknown parameter, or one twice.
    """
    _, colon, text = spec.partition(":")
    given: dict[str, object] = {}
    written = _assignments(spec, text, definition) if colon else ()
    for word, value in (*written, *parameters.items()):
        parameter = definition.parameter(word).name
        if parameter in given:
            raise SpecificationError(f"{parameter} of {definition.name} is given twice")
        given[parameter] = value
    return given


def remark(spec: str) -> str:
    """Say what a framework's name stands for; "" if there is nothing to say.

    With its module it has that framework's defaults (`nn.LeakyReLU is leaky_relu:0.01`); without it, actviz's, which
    may differ from the frameworks'.
    """
    name, colon, _ = (part.strip() for part in spec.partition(":"))
    activation = find(spec)
    if "." in name:
        return f"{spec.strip()} is {_brief(activation)}"
    if isinstance(activation, GatedUnit):
        return ""
    definition = activation.definition
    spellings = definition.frameworks.values()
    theirs = {_last(word.partition(":")[0]) for spelling in spellings for word in spelling.names}
    is_class = name in theirs and not name.islower()
    is_own = normalize(name) in (definition.name, *activation.aliases)
    others = "; ".join(spelling.defaults for spelling in spellings if spelling.defaults)
    if colon or not others or (is_own and not is_class):
        return ""
    return f"{name} is {_brief(activation)} here; other defaults: {others}"


def _brief(activation: Activation | GatedUnit) -> str:
    """Write a specification, with the value of an only parameter even if it is the default, without its name."""
    if len(activation.values) != 1 or isinstance(value := activation.values[0], tuple):
        return activation.spec
    text = rounded(value)  # a fraction is exact, four digits may not be
    return f"{activation.name}:{text if '/' in text or not math.isfinite(value) else number(value)}"


def _assignments(spec: str, text: str, definition: Parametrised) -> Iterator[tuple[str, object]]:
    """Read what follows the colon as pairs of a parameter and its value; values by position come first."""
    names = [parameter.name for parameter in definition.parameters]
    named = False
    for position, item in enumerate(text.split(",")):
        word, equals, value = item.rpartition("=")
        named = named or bool(equals)
        if not value.strip() or named != bool(word.strip()):
            raise SpecificationError(
                f"can't read '{spec}'; write a specification as NAME:VALUE or NAME:PARAMETER=VALUE,PARAMETER=VALUE"
            )
        if not named and position >= len(names):
            known = ", ".join(names) or "none"
            raise SpecificationError(f"too many values in '{spec}'; the parameters of {definition.name}: {known}")
        yield word if named else names[position], value.strip()
