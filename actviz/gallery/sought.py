"""Words that people search the page for and that aren't written on a card."""

import re
from collections.abc import Callable

from actviz import analysis
from actviz.gallery.guide import GUIDE
from actviz.model import Activation


def _advised(situation: str) -> set[str]:
    """Return the activations that the guide names for a situation."""
    return set(re.findall(r"{(\w+)}", dict(GUIDE)[situation]))


def _dies(activation: Activation) -> bool:
    """Whether negative inputs pass no gradient back, while outputs for positive ones go beyond 1."""
    return activation.derivative(-1e-3) == activation.derivative(-100.0) == 0 and activation.range.high > 1


TOPICS: dict[str, Callable[[Activation], bool]] = {
    "dying dead units die": lambda one: _dies(one) or one.name in _advised("Units that die"),
    "vanishing vanishes gradient": lambda one: analysis.saturation(one) == "both",
    "quantise quantised quantisation quantize quantized quantization int8 mobile": lambda one: (
        one.name in _advised("Phones and small number formats") | {"hardswish"}
    ),
    "transformers BERT GPT attention": lambda one: (
        one.name in _advised("Transformers and very deep networks") | {"gelu_tanh", "quick_gelu", "relu2"}
    ),
    "probability probabilities": lambda one: one.name in _advised("An output that is a probability"),
    "recurrent LSTM GRU": lambda one: one.name in _advised("Recurrent networks"),
}
"""Words, and the activations that they should find."""

SOFTMAX = "softmax hardmax softmin logits temperature probability probabilities vector attention transformers"
UNITS = "transformers LLM feed-forward gated"


def words(activation: Activation) -> str:
    """Return the topics of an activation, and what frameworks call it."""
    spellings = activation.definition.frameworks.values()
    names = dict.fromkeys(name.partition(":")[0] for one in spellings for name in one.names)
    return " ".join([*(topic for topic, belongs in TOPICS.items() if belongs(activation)), *names])
