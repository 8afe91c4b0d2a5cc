"""The identity."""

from actviz.model import REALS, Definition, Reference, Relative, Spelling
from actviz.numerics import keep_nan

LINEAR = Definition(
    name="linear",
    title="Linear",
    aliases=("identity", "purelin"),
    summary="Returns its input unchanged; a stack of layers without another activation stays one linear map.",
    strength="The right output for regression: it bounds nothing and its slope is 1 everywhere.",
    weakness="Adds no expressive power: any number of linear layers is one linear layer.",
    formula=r"x",
    derivative_formula=r"1",
    function=lambda x: x + 0.0,
    derivative=lambda x: keep_nan(x, 1.0),
    range=REALS,
    samples={-3.0: -3.0, 2.5: 2.5},
    reference=Reference("Widrow, Hoff", 1960, "Adaptive switching circuits"),
    frameworks={
        "PyTorch": Spelling("torch.nn.Identity()(x)", names=("torch.nn.Identity",)),
        "Keras": Spelling("keras.activations.linear(x)", names=("keras.activations.linear",)),
        "JAX": Spelling("jax.nn.identity(x)", names=("jax.nn.identity", "flax.nnx.identity")),
        "TensorFlow": Spelling("tf.identity(x)", names=("tf.identity",)),
        "Hugging Face": Spelling('transformers.activations.ACT2FN["linear"](x)'),
        "ONNX": Spelling("Identity(x)", names=("onnx.Identity",)),
    },
    relatives=(
        Relative("prelu:1", "PReLU with slope 1"),
        Relative("swish:0", "twice Swish with β = 0", factor=2.0),
    ),
)
