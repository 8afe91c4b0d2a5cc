"""The activations by name and alias, and specifications like "leaky:0.1" that name one with its parameters."""

import copyreg
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from actviz.activations import FAMILIES
from actviz.errors import SpecificationError, UnknownActivationError, VectorValuedError, nearest
from actviz.model import Activation, Definition

VECTOR_VALUED = {
    "softmax": "actviz softmax -3 1.5 2.7",
    "hardmax": "actviz softmax -3 1.5 2.7 --hardmax",
}
"""The functions that take a vector, and the command that shows each."""


def normalize(name: str) -> str:
    """Names ignore case and surrounding space, and "-" equals "_"."""
    return name.strip().lower().replace("-", "_")


class Registry(Mapping[str, Definition]):
    """The definitions by canonical name; looking one up by an alias works too."""

    def __init__(self, definitions: list[Definition]) -> None:
        self._definitions = {definition.name: definition for definition in definitions}
        self._by_word: dict[str, Definition] = {}
        for definition in definitions:
            for word in (definition.name, *definition.aliases):
                if word != normalize(word) or word in self._by_word or word in VECTOR_VALUED:
                    raise ValueError(f"'{word}' of {definition.name} isn't a name of its own in lower case")
                self._by_word[word] = definition

    def __getitem__(self, name: str) -> Definition:
        word = normalize(name)
        if word in self._by_word:
            return self._by_word[word]
        if word in VECTOR_VALUED:
            raise VectorValuedError(
                f"{word} maps a vector to a vector, so it has no curve y = f(x); run '{VECTOR_VALUED[word]}' instead"
            )
        hint = nearest(word, self.words(), "; 'actviz list' shows them all")
        raise UnknownActivationError(f"unknown activation '{name}'{hint}")

    def __iter__(self) -> Iterator[str]:
        return iter(self._definitions)

    def __len__(self) -> int:
        return len(self._definitions)

    def words(self) -> list[str]:
        """All names and aliases."""
        return list(self._by_word)


REGISTRY = Registry(
    [value for family in FAMILIES.values() for value in vars(family).values() if isinstance(value, Definition)]
)


def is_registered(activation: Activation) -> bool:
    """Tell whether an activation's specification stands for it: it could be made by hand, with a name of its own."""
    return _is_registered(activation.definition)


def _is_registered(definition: Definition) -> bool:
    return definition.name in iter(REGISTRY) and REGISTRY[definition.name] is definition


def _reduce(definition: Definition) -> Any:
    if _is_registered(definition):
        return _registered, (definition.name,)
    return object.__reduce_ex__(definition, 4)


def _registered(name: str) -> Definition:
    return REGISTRY[name]


# definitions hold functions without a name, which can't be pickled: registered ones are, by theirs
copyreg.pickle(Definition, _reduce)


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
        "relu", "leaky:0.1", "rrelu:lower=1/8,upper=0.3", "maxout:weights=0/1,biases=0/0". An activation stands for its
        own, and so does a definition, with its defaults.
    parameters
        The same by keyword: `get("leaky", negative_slope=0.1)`.

    Raises
    ------
    UnknownActivationError, VectorValuedError, SpecificationError, ParameterError
    """
    if isinstance(spec, Definition):
        return spec.bind(**parameters)
    if isinstance(spec, Activation):
        return spec.definition.bind(**{**spec.parameters, **parameters}) if parameters else spec
    if not isinstance(spec, str):
        raise SpecificationError(f"an activation is given by its name, as in 'relu' or 'leaky:0.1', not by {spec!r}")
    return _bind(spec, parameters) if parameters else _read(spec)


def _bind(spec: str, parameters: Mapping[str, object]) -> Activation:
    name, colon, text = spec.partition(":")
    definition = REGISTRY[name]
    given: dict[str, object] = {}
    written = _assignments(spec, text, definition) if colon else ()
    for word, value in (*written, *parameters.items()):
        parameter = definition.parameter(word).name
        if parameter in given:
            raise SpecificationError(f"{parameter} of {definition.name} is given twice")
        given[parameter] = value
    return definition.bind(**given)


def _assignments(spec: str, text: str, definition: Definition) -> Iterator[tuple[str, object]]:
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
