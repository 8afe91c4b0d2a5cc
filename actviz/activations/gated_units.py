"""A value times a gate: functions a·g(b) of two inputs, usually the two halves of a layer's output."""

from actviz.activations.linear import LINEAR
from actviz.activations.rectifiers import RELU
from actviz.activations.self_gated import GELU, SWISH
from actviz.activations.sigmoids import SIGMOID
from actviz.formula import Cases
from actviz.gated import GatedDefinition
from actviz.model import Reference, Spelling

_SHAZEER = Reference("Shazeer", 2020, "GLU variants improve transformer", "2002.05202")

# for inputs that are the two halves of one vector; with two matrices only the order differs
_VALUE_FIRST = "The first half is the value, the second the gate: timm's GluMlp (1.0)"

GLU = GatedDefinition(
    name="glu",
    title="GLU",
    summary="A value times a gate between 0 and 1: the gated linear unit.",
    strength="The value passes linearly, so its gradient doesn't vanish where the gate is open.",
    weakness="Needs two inputs, so twice the weights; a closed gate passes neither value nor gradient.",
    gate=SIGMOID,
    formula=r"a\,\sigma(b)",
    partial_a=r"\sigma(b)",
    partial_b=r"a\,\sigma(b)\,\sigma(-b)",
    diagonal=r"x\,\sigma(x)",
    is_diagonal="swish",
    halves=(
        "The first half is the value, the second the gate: PyTorch, Keras, JAX, Flax, NNlib (of the first dimension)",
        _VALUE_FIRST,
    ),
    samples={(2.0, 0.0): 1.0, (3.0, 1.0): 2.1931757358900147, (-1.0, -2.0): -0.11920292202211756},
    reference=Reference(
        "Dauphin, Fan, Auli, Grangier", 2016, "Language modeling with gated convolutional networks", "1612.08083"
    ),
    frameworks={
        "PyTorch": Spelling(
            "torch.nn.functional.glu(x, dim=-1)",
            note="x holds a and then b along dim, and an odd size is an error",
            names=("torch.nn.GLU", "torch.nn.functional.glu"),
        ),
        "Keras": Spelling(
            "keras.activations.glu(x, axis=-1)",
            note="x holds a and then b along axis",
            names=("keras.activations.glu", "keras.ops.glu"),
        ),
        "JAX": Spelling(
            "jax.nn.glu(x, axis=-1)",
            note="x holds a and then b along axis, and an odd size is an error",
            names=("jax.nn.glu", "flax.linen.glu", "flax.nnx.glu"),
        ),
        "NNlib": Spelling("NNlib.glu(x, 1)", note="x holds a and then b along dimension 1", names=("NNlib.glu",)),
    },
)

REGLU = GatedDefinition(
    name="reglu",
    title="ReGLU",
    summary="A value times a ReLU: about half of all gates are exactly closed.",
    strength="The cheapest gate; closed ones give exact zeros, which can be skipped.",
    weakness="Where the gate is below 0, neither gate nor value gets a gradient.",
    gate=RELU,
    formula=r"a\,\max(b, 0)",
    partial_a=r"\max(b, 0)",
    partial_b=Cases((r"a", r"b > 0"), (r"0", r"b \leq 0")),
    diagonal=r"\max(x, 0)^{2}",
    is_diagonal="relu2",
    halves=(f"{_VALUE_FIRST}, with act_layer=nn.ReLU",),
    samples={(2.0, 3.0): 6.0, (2.0, -3.0): 0.0, (-1.5, 0.5): -0.75},
    reference=_SHAZEER,
)

GEGLU = GatedDefinition(
    name="geglu",
    title="GEGLU",
    aliases=("gated_gelu",),
    summary="A value times a GELU: the feed-forward unit of T5 1.1.",
    strength="Smooth, and among the best of the gated units in transformers.",
    weakness="Needs two inputs; T5 and most of JAX's code mean the tanh approximation of GELU.",
    gate=GELU,
    formula=r"a\,b\,\Phi(b)",
    partial_a=r"b\,\Phi(b)",
    partial_b=r"a\,(\Phi(b) + b\,\phi(b))",
    diagonal=r"x^{2}\,\Phi(x)",
    halves=(
        f"{_VALUE_FIRST}, with act_layer=nn.GELU",
        "The first half is the gate: ModernBERT in Transformers 5.24",
        "Two matrices: T5 1.1 in Transformers 5.24 (wi_0 is the gate's), where gated-gelu is made with GELU's tanh "
        "approximation",
    ),
    samples={(1.0, 1.0): 0.8413447460685429, (2.0, -2.0): -0.09100052779271683, (3.0, 0.0): 0.0},
    reference=_SHAZEER,
)

SWIGLU = GatedDefinition(
    name="swiglu",
    title="SwiGLU",
    summary="A value times a Swish: the feed-forward unit of LLaMA and most language models since.",
    strength="Smooth, never closed exactly, and among the best of the gated units in transformers.",
    weakness="Needs two inputs; which half is the gate differs between libraries.",
    gate=SWISH,
    parameters=SWISH.parameters,
    formula=r"a\,b\,\sigma(\beta\,b)",
    partial_a=r"b\,\sigma(\beta\,b)",
    partial_b=r"a\,(\sigma(\beta\,b) + \beta\,b\,\sigma(\beta\,b)\,(1 - \sigma(\beta\,b)))",
    diagonal=r"x^{2}\,\sigma(\beta\,x)",
    halves=(
        f"{_VALUE_FIRST}, with act_layer=nn.SiLU",
        "The first half is the gate: timm's SwiGLUPacked, PaddlePaddle's swiglu (3.3), Phi-3, GLM and Qwen-MoE in "
        "Transformers 5.24",
        "Alternating: gpt-oss in Transformers 5.24 has gates in even places, values in odd ones, β = 1.702, the gate "
        "at most 7, and the value within ±7 plus 1",
        "Two matrices: LLaMA in Transformers 5.24 (gate_proj is the gate's, up_proj the value's)",
    ),
    samples={(1.0, 1.0): 0.7310585786300049, (2.0, -2.0): -0.47681168808847024, (3.0, 0.0): 0.0},
    reference=_SHAZEER,
)

BILINEAR = GatedDefinition(
    name="bilinear",
    title="Bilinear",
    summary="The product of two values: a gated unit without an activation.",
    strength="No activation at all, and yet not linear: a layer of products.",
    weakness="Grows like the square of its inputs, and saturates nowhere.",
    gate=LINEAR,
    formula=r"a\,b",
    partial_a=r"b",
    partial_b=r"a",
    diagonal=r"x^{2}",
    halves=("The order of the halves doesn't matter: a·b = b·a",),
    samples={(2.0, 3.0): 6.0, (-1.5, 0.5): -0.75, (0.0, 7.0): 0.0},
    reference=_SHAZEER,
    frameworks={framework: Spelling("a * b") for framework in LINEAR.frameworks},
)
