"""What every figure of an idea has: a word for it, the activations that take part, and sentences with numbers."""

import re
from abc import abstractmethod
from dataclasses import Field, dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from actviz.errors import InputError
from actviz.figures.base import Picture, file_words
from actviz.model import Activation
from actviz.options import options
from actviz.prose import listed
from actviz.registry import get
from actviz.style import Size

if TYPE_CHECKING:
    from actviz.figures.panels import Panels

MOST_COLOURS = 6
"""How many can be told apart."""


@dataclass(frozen=True)
class Erratum:
    """What articles say ("A1 3.1, A3" names the places), and what is true: clauses without a full stop."""

    place: str
    says: str
    so: str

    def __str__(self) -> str:
        """Write it as a sentence."""
        places = [re.sub(r" (.+)", r" (section \1)", place) for place in self.place.split(", ")]
        say = "says" if len(places) == 1 else "say"
        return f"{listed(places)} {say} that {self.says}; in fact, {self.so}."


@dataclass(frozen=True, kw_only=True)
class Idea(Picture):
    """A figure of an idea, computed and not drawn by hand.

    Parameters
    ----------
    given
        Activations instead of the article's; none for the article's.
    """

    given: tuple[Activation, ...] = ()

    word: ClassVar[str]
    """What it is called on the command line."""

    summary: ClassVar[str]
    """What it shows, in a line."""

    example: ClassVar[tuple[str, ...]] = ()
    """Arguments of an example for the command's help."""

    usual: ClassVar[tuple[str, ...]] = ()
    """The article's activations."""

    most: ClassVar[int] = 0
    """How many activations may be given; one is enough."""

    hidden: ClassVar[tuple[str, ...]] = ()
    """Activations that always take part."""

    prefix: ClassVar[str] = "explain"

    def __post_init__(self) -> None:
        super().__post_init__()
        given = self.given
        if given and not self.most:
            raise InputError(f"{self.word} takes no activations")
        if len(given) > self.most:
            raise InputError(f"{len(given)} activations are too many for {self.word}; it takes {self.most} at most")
        for index, activation in enumerate(given):
            if activation in given[:index]:
                raise InputError(
                    f"{activation.spec} is given twice; give different activations, or different parameters"
                )
        if given == tuple(map(get, self.usual)):
            object.__setattr__(self, "given", ())

    @classmethod
    def own(cls) -> "list[Field[Any]]":
        """List the options that only this idea has."""
        shared = {one.name for one in options(Picture)}
        return [one for one in options(cls) if one.name not in shared]

    @property
    def activations(self) -> tuple[Activation, ...]:
        """Those that are compared: the article's if none are given."""
        return self.given or tuple(map(get, self.usual))

    def names(self, plainly: bool = True) -> list[str]:
        """Name the activations by their titles and the values of their parameters, plainly or with mathtext."""
        return [named(activation, plainly) for activation in self.activations]

    @property
    def shown(self) -> tuple[Activation, ...]:
        return tuple(dict.fromkeys((*self.activations, *map(get, self.hidden))))

    @property
    def subject(self) -> tuple[str, ...]:
        return (self.word, *(file_words(one.spec) for one in self.given))

    @property
    @abstractmethod
    def sentences(self) -> list[str]:
        """The idea in words, with the numbers that the figure shows."""

    @classmethod
    def errata(cls) -> tuple[Erratum, ...]:
        """Work out what the articles get wrong about it."""
        return ()

    @property
    def words(self) -> list[str]:
        """The sentences, the last of which says where the articles err."""
        errata = " ".join(map(str, self.errata()))
        said = [*self.sentences, *([f"Where the article errs: {errata}"] if errata else [])]
        return [re.sub(r"(?<!\w)-(?=[\w(])|(?<= )-(?= )", "−", line) for line in said]

    @property
    def description(self) -> str:
        return " ".join(self.words)

    @property
    def data(self) -> dict[str, Any]:
        """What it explains, for JSON."""
        return {
            "idea": self.word,
            "activations": [activation.spec for activation in self.activations],
            "options": {one.name: getattr(self, one.name) for one in self.own()},
            "words": self.words,
        }

    @property
    def most_colours(self) -> tuple[int, str]:
        return MOST_COLOURS, f"{MOST_COLOURS} at most"

    @abstractmethod
    def panels(self, size: Size) -> "Panels":
        """Arrange the panels on a figure of a size.

        Raises
        ------
        InputError
            If there is no room for them.
        """

    def arrange(self, size: Size, count: int, **more: Any) -> "Panels":
        """Arrange a number of columns of panels under the title; see `Panels` for the arguments."""
        from actviz.figures.panels import Panels
        from actviz.figures.sheet import header

        return Panels(size, count, header=header(self.title, size), **more)

    @property
    def dimensions(self) -> Size:
        """The size in numbers, with smaller text where the panels would be small."""
        from actviz.figures.panels import comfortable

        return comfortable(super().dimensions, self.panels)


def named(activation: Activation, plainly: bool = True) -> str:
    """Name an activation by its title and the values of its parameters, plainly or with mathtext."""
    values = activation.setting(activation.parameters, plainly)
    return f"{activation.title} ({values})" if values else activation.title


def counted(steps: int | None, most: int) -> str:
    """Say how many steps something takes: `steps`, or if that is None, more than the `most` that were tried."""
    if steps is None:
        return f"more than {most} steps"
    return f"{steps} step{'' if steps == 1 else 's'}"
