"""Looking an activation up: names, specifications, parameters, and what is wrong with them."""

import contextlib
import math
import pickle
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

import actviz
from actviz.errors import (
    InputError,
    ParameterError,
    SpecificationError,
    UnknownActivationError,
    VectorValuedError,
)
from actviz.model import Definition, Parameter
from actviz.registry import REGISTRY, remark

finite = st.floats(0, 1e300, exclude_min=True)


@pytest.mark.parametrize(
    ("spec", "name", "parameters"),
    [
        ("leaky", "leaky_relu", {"negative_slope": 0.2}),
        ("leaky:0.1", "leaky_relu", {"negative_slope": 0.1}),
        ("leaky:negative_slope=0.1", "leaky_relu", {"negative_slope": 0.1}),
        ("LReLU : Alpha = 1e-1", "leaky_relu", {"negative_slope": 0.1}),
        ("Leaky-ReLU:negative-slope=0.1", "leaky_relu", {"negative_slope": 0.1}),
        ("swish:beta=2", "swish", {"beta": 2.0}),
        ("silu", "swish", {"beta": 1.0}),
        ("rrelu", "rrelu", {"lower": 0.125, "upper": 1 / 3}),
        ("rrelu:lower=0.1,upper=0.3", "rrelu", {"lower": 0.1, "upper": 0.3}),
        ("rrelu:0.1,0.3", "rrelu", {"lower": 0.1, "upper": 0.3}),
        ("rrelu:0.1,upper=0.3", "rrelu", {"lower": 0.1, "upper": 0.3}),
        ("rrelu:upper=1/2", "rrelu", {"lower": 0.125, "upper": 0.5}),
        ("hard-sigmoid:1/6", "hard_sigmoid", {"slope": 1 / 6}),
        ("maxout:weights=0/1,biases=0/0", "maxout", {"weights": (0.0, 1.0), "biases": (0.0, 0.0)}),
        ("maxout:-1,-.5", "maxout", {"weights": (-1.0,), "biases": (-0.5,)}),
        ("keras_relu:0.1,6,1", "generalized_relu", {"negative_slope": 0.1, "max_value": 6.0, "threshold": 1.0}),
        ("nn.LeakyReLU", "leaky_relu", {"negative_slope": 0.01}),
        ("torch.nn.functional.leaky_relu", "leaky_relu", {"negative_slope": 0.01}),
        ("jax.nn.Leaky-ReLU", "leaky_relu", {"negative_slope": 0.01}),
        ("tf.nn.leaky_relu", "leaky_relu", {"negative_slope": 0.2}),
        ("jax.nn.gelu", "gelu_tanh", {}),
        ("keras.ops.gelu", "gelu_tanh", {}),
        ("keras.activations.gelu", "gelu", {}),
        ("NNlib.gelu", "gelu_tanh", {}),
        ("tf.keras.activations.gelu", "gelu", {}),
        ("gelu_new", "gelu_tanh", {}),
        ("F.hardtanh", "hardtanh", {"low": -1.0, "high": 1.0}),
        ("nn.CELU", "celu", {"alpha": 1.0}),
        ("onnx.Shrink", "hardshrink", {"threshold": 0.5}),
        ("telu", "tanhexp", {}),
        ("satlins", "hardtanh", {"low": -1.0, "high": 1.0}),
        ("satlin", "generalized_relu", {"negative_slope": 0.0, "max_value": 1.0, "threshold": 0.0}),
        ("siren", "sine", {"omega": 30.0}),
        ("stanh", "scaled_tanh", {"a": 1.7159, "b": 0.67}),
        ("hardlim", "heaviside", {"at_zero": 1.0}),
        ("radbas", "gaussian", {}),
        ("poslin", "relu", {}),
        ("purelin", "linear", {}),
        ("logsig", "sigmoid", {}),
        ("tansig", "tanh", {}),
        ("elliotsig", "softsign", {}),
        ("softrelu", "softplus", {"beta": 1.0}),
        ("nn.Softplus:10", "softplus", {"beta": 10.0}),
        ("hard_silu", "hardswish", {}),
        ("relu_n:max=8", "generalized_relu", {"negative_slope": 0.0, "max_value": 8.0, "threshold": 0.0}),
        ("keras.activations.leaky_relu", "leaky_relu", {"negative_slope": 0.2}),
        ("keras.layers.LeakyReLU", "leaky_relu", {"negative_slope": 0.3}),
        ("tensorflow.keras.layers.LeakyReLU", "leaky_relu", {"negative_slope": 0.3}),
        ("nn.LeakyReLU:0.2", "leaky_relu", {"negative_slope": 0.2}),
        ("NN.leakyrelu:alpha=0.5", "leaky_relu", {"negative_slope": 0.5}),
        ("LeakyReLU", "leaky_relu", {"negative_slope": 0.2}),
        ("nn.PReLU", "prelu", {"negative_slope": 0.25}),
        ("keras.layers.PReLU", "prelu", {"negative_slope": 0.0}),
        ("flax.linen.PReLU", "prelu", {"negative_slope": 0.01}),
        ("F.hardsigmoid", "hard_sigmoid", {"slope": 1 / 6}),
        ("keras.activations.hard_sigmoid", "hard_sigmoid", {"slope": 1 / 6}),
        ("Hardsigmoid", "hard_sigmoid", {"slope": 0.2}),
        ("F.relu6", "relu6", {}),
        ("SiLU", "swish", {"beta": 1.0}),
        ("nn.RReLU:0.1,0.3", "rrelu", {"lower": 0.1, "upper": 0.3}),
        ("keras.activations.relu", "relu", {}),
        (
            "keras.activations.relu:max_value=6",
            "generalized_relu",
            {"negative_slope": 0.0, "max_value": 6.0, "threshold": 0.0},
        ),
    ],
)
def test_specifications(spec: str, name: str, parameters: dict[str, object]) -> None:
    """A name with parameters by position or by name; case is ignored, and "-" equals "_"."""
    activation = actviz.get(spec)
    assert activation.name == name
    assert dict(activation.parameters) == parameters


@pytest.mark.parametrize("definition", REGISTRY.values(), ids=lambda definition: definition.name)
def test_every_name_and_alias_in_every_spelling(definition: Definition) -> None:
    """In capitals, with a hyphen, with space around it: always the same activation, with the default parameters.

    An alias may stand for others.
    """
    assert definition.name in actviz.names()
    for alias in (definition.name, *definition.aliases):
        word, _, implied = alias.partition(":")
        meant = actviz.get(f"{definition.name}:{implied}" if implied else definition.name)
        for written in (word, word.upper(), word.title(), word.replace("_", "-"), f"  {word}\t"):
            activation = actviz.get(written)
            assert activation.definition is definition
            assert activation == meant
            assert (activation.spec == definition.name) == (not implied)


@pytest.mark.parametrize("definition", [d for d in REGISTRY.values() if d.parameters], ids=lambda d: d.name)
def test_every_parameter_by_each_of_its_names(definition: Definition) -> None:
    """By keyword, in a specification, and with capitals."""
    for parameter in definition.parameters:
        values = dict(zip((p.name for p in definition.parameters), (p.usual[-1] for p in definition.parameters)))
        value = values.pop(parameter.name)
        text = "/".join(map(repr, value)) if isinstance(value, tuple) else repr(value)
        for word in (parameter.name, *parameter.aliases, parameter.name.upper(), parameter.name.replace("_", "-")):
            assert actviz.get(definition.name, **{word: value}, **values).parameters[parameter.name] == value
            assert actviz.get(f"{definition.name}:{word}={text}", **values).parameters[parameter.name] == value


@pytest.mark.parametrize("value", [0.25, "1/4", "0.25", Fraction(1, 4), np.float32(0.25), np.array(0.25)])
def test_whatever_is_a_number_is_a_value(value: object) -> None:
    """It becomes a Python float, also in the sequence of a list."""
    (slope,) = actviz.get("leaky", negative_slope=value).values
    assert (type(slope), slope) == (float, 0.25)
    if not isinstance(value, str):
        assert actviz.get("maxout", weights=[value, 1], biases=np.zeros(2)).values == ((0.25, 1.0), (0.0, 0.0))


def test_parameters_by_keyword() -> None:
    """The same in Python, by any of a parameter's names; lists are sequences."""
    assert actviz.get("leaky", negative_slope=0.1) == actviz.get("leaky:0.1") == actviz.get("leaky", alpha=0.1)
    assert actviz.get("maxout", weights=[0, 1], biases=(0, 0)) == actviz.get("maxout:weights=0/1,biases=0/0")
    assert actviz.get("rrelu:0.1", upper=0.3) == actviz.get("rrelu:0.1,0.3")


@pytest.mark.parametrize(
    ("spec", "error", "message"),
    [
        ("rleu", UnknownActivationError, "unknown activation 'rleu'; did you mean 'relu'?"),
        ("", UnknownActivationError, "unknown activation ''"),
        ("softmax", VectorValuedError, "softmax maps a vector to a vector"),
        ("HardMax", VectorValuedError, "hardmax maps a vector to a vector"),
        ("softmax:2", VectorValuedError, "so it has no curve y = f(x)"),
        ("leakyrlu", UnknownActivationError, "did you mean 'LeakyReLU'?"),
        ("sigmiod", UnknownActivationError, "did you mean 'sigmoid'?"),
        ("qqqq", UnknownActivationError, "unknown activation 'qqqq'"),
        ("nn.leaky_relu", UnknownActivationError, "did you mean 'torch.nn.LeakyReLU'?"),
        ("F.gleu", UnknownActivationError, "did you mean 'torch.nn.functional.gelu'?"),
        ("layers.LeakyReLU", UnknownActivationError, "did you mean 'keras.layers.LeakyReLU'?"),
        ("nn.qqqq", UnknownActivationError, "unknown activation 'nn.qqqq'"),
        ("nn.ReLU:0.1", SpecificationError, "the parameters of relu: none"),
        ("nn.Softmax", VectorValuedError, "softmax maps a vector to a vector"),
        ("leaky:negative_slop=1", ParameterError, "did you mean 'negative_slope'?"),
        ("rrelu:mean=1", ParameterError, "rrelu has no parameter 'mean'"),
        ("leaky:a=", SpecificationError, "can't read 'leaky:a='"),
        ("rrelu:0.1,,0.3", SpecificationError, "can't read"),
        ("leaky:0.1,a=0.2", SpecificationError, "negative_slope of leaky_relu is given twice"),
        ("hard_sigmoid:0", ParameterError, "slope = 0 is outside its domain (0, ∞)"),
        ("swish:inf", ParameterError, "beta = inf is outside its domain [0, ∞)"),
        ("swish:-1", ParameterError, "beta = -1 is outside its domain"),
        ("keras_relu:max_value=1,threshold=2", ParameterError, "max_value must not be below threshold"),
        ("maxout:weights=1//2,biases=0/0", ParameterError, "weights must be numbers separated by '/', not '1//2'"),
        ("leaky:", SpecificationError, "can't read 'leaky:'"),
        ("leaky:=1", SpecificationError, "NAME:PARAMETER=VALUE"),
        ("leaky:0.1,", SpecificationError, "can't read"),
        ("leaky:0.1,0.2", SpecificationError, "too many values"),
        ("rrelu:upper=0.3,0.1", SpecificationError, "can't read"),
        ("relu:1", SpecificationError, "too many values in 'relu:1'; the parameters of relu: none"),
        ("leaky:a=1,slope=2", SpecificationError, "negative_slope of leaky_relu is given twice"),
        ("leaky:b=1", ParameterError, "leaky_relu has no parameter 'b'"),
        ("relu:a=1", ParameterError, "relu has no parameters"),
        ("leaky:-0.1", ParameterError, "leaky_relu: negative_slope = -0.1 is outside its domain [0, ∞)"),
        ("elu:0", ParameterError, "alpha = 0 is outside its domain (0, ∞)"),
        ("elu:nan", ParameterError, "alpha = nan is outside its domain"),
        ("elu:1/0", ParameterError, "alpha must be a number, not '1/0'"),
        ("elu:one", ParameterError, "alpha must be a number, not 'one'"),
        ("maxout:weights=1/inf,biases=0/0", ParameterError, "weights = inf is outside"),
        ("maxout:weights=1/2", ParameterError, "not 2 and 3; biases has a default of 3 numbers, (−3, 0, −3)"),
        ("rrelu:lower=0.5", ParameterError, "upper has a default, 1/3"),
        ("rrelu:0.3,0.1", ParameterError, "lower must not exceed upper"),
    ],
)
def test_what_is_wrong_is_named(spec: str, error: type[InputError], message: str) -> None:
    """Each kind of mistake is an error of its own, and all are ValueErrors."""
    with pytest.raises(error) as caught:
        actviz.get(spec)
    assert message in str(caught.value)
    assert isinstance(caught.value, ValueError)


def test_the_registry_keeps_a_mappings_contract() -> None:
    """What isn't there isn't found, whatever its type; the error is a KeyError whose message reads as it should."""
    for absent in ("nosuch", "softmax", "nn.nosuch", "", 5, None, ("relu",)):
        assert absent not in REGISTRY
        assert REGISTRY.get(absent) is None
        with pytest.raises(KeyError):
            REGISTRY[absent]
    assert "Leaky" in REGISTRY
    assert REGISTRY.get("nn.LeakyReLU") is REGISTRY["leaky_relu"]
    with pytest.raises(ValueError, match=r"^unknown activation 'rleu'; did you mean 'relu'\?$") as caught:
        REGISTRY["rleu"]
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


NAMES = [
    (definition, name)
    for definition in REGISTRY.values()
    for spelling in definition.frameworks.values()
    for name in spelling.names
]


@pytest.mark.parametrize(("definition", "name"), NAMES, ids=[name for _, name in NAMES])
def test_every_name_of_a_framework(definition: Definition, name: str) -> None:
    """Whatever its case, it is the declared activation; a note says which, and the last part alone is a name too."""
    word, _, parameters = name.partition(":")
    for written in (word, word.upper(), word.replace("_", "-")):
        activation = actviz.get(written)
        assert remark(written).startswith(f"{written} is {activation.name}")
        if definition.name != "generalized_relu":  # which shares a name with relu
            assert activation == actviz.get(f"{definition.name}:{parameters}" if parameters else definition.name)
    last = actviz.get(word.rpartition(".")[2])
    assert last.spec == last.name
    # frameworks have another gelu by default, or relu
    assert last.name == {"generalized_relu": "relu", "gelu_tanh": last.name}.get(definition.name, definition.name)


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("nn.LeakyReLU", "nn.LeakyReLU is leaky_relu:0.01"),
        ("F.relu6", "F.relu6 is relu6"),
        ("tf.nn.leaky_relu", "tf.nn.leaky_relu is leaky_relu:0.2"),
        ("nn.Hardsigmoid", "nn.Hardsigmoid is hard_sigmoid:1/6"),
        ("nn.ELU:0.12345678", "nn.ELU:0.12345678 is elu:0.12345678"),
        ("keras.activations.relu:max_value=6", "generalized_relu:max_value=6"),
        ("LeakyReLU", "LeakyReLU is leaky_relu:0.2 here; other defaults: negative_slope=0.01 in PyTorch 2.15"),
        ("LeakyReLU", "negative_slope=0.3 in keras.layers.LeakyReLU (Keras 3.15)"),
        ("PReLU", "negative_slope=0.01 in Flax 0.12"),
        ("GELU", "the tanh approximation in JAX 0.10"),
        ("LeakyReLU:0.1", ""),
        ("SiLU", ""),
        ("prelu", ""),
        ("leaky", ""),
        ("leaky_relu", ""),
    ],
)
def test_remarks_on_names(spec: str, said: str) -> None:
    """What a framework's name stands for, and where its class's defaults differ; nothing else is remarked on."""
    assert said in remark(spec)
    assert bool(said) == bool(remark(spec))


def test_a_parameter_given_in_both_ways_is_refused() -> None:
    """In the specification and by keyword, or by two of its names."""
    with pytest.raises(InputError, match="given twice"):
        actviz.get("leaky:0.1", negative_slope=0.1)
    with pytest.raises(InputError, match="given twice"):
        actviz.get("leaky", a=0.1, slope=0.1)
    with pytest.raises(ParameterError, match="must be a number"):
        actviz.get("leaky", negative_slope=None)
    with pytest.raises(ParameterError, match="numbers separated"):
        actviz.get("maxout", weights=[], biases=[])


def test_minus_zero_is_zero() -> None:
    """In labels, specifications and lists."""
    for activation in (actviz.get("prelu:-0"), actviz.get("prelu", negative_slope=-0.0)):
        assert activation.spec == "prelu:negative_slope=0"
        assert activation.plain_label == "PReLU (negative_slope = 0)"
    assert actviz.get("maxout:weights=-0/1,biases=-0.0/0").spec == "maxout:weights=0/1,biases=0/0"


@given(slope=finite, beta=finite, weights=st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=6))
def test_a_specification_survives_being_written(slope: float, beta: float, weights: list[float]) -> None:
    """`spec` names the same activation again, to the last digit."""
    for activation in (
        actviz.get("leaky", negative_slope=slope),
        actviz.get("swish", beta=beta),
        actviz.get("maxout", weights=weights, biases=weights[::-1]),
    ):
        assert actviz.get(activation.spec) == activation


def _values(parameter: Parameter) -> st.SearchStrategy[object]:
    """Any value in a parameter's domain."""
    low, high = parameter.domain.low, parameter.domain.high
    bounds = {"min_value": low if math.isfinite(low) else None, "max_value": high if math.isfinite(high) else None}
    one = st.floats(**bounds, allow_nan=False).filter(lambda value: value in parameter.domain)
    return st.tuples(one, one) if isinstance(parameter.default, tuple) else one


@given(st.data())
def test_every_specification_survives_being_written(data: st.DataObject) -> None:
    """`spec` of any activation with any values names the same one again, and says nothing about defaults."""
    definition = data.draw(st.sampled_from([*REGISTRY.values()]))
    values = {parameter.name: data.draw(_values(parameter)) for parameter in definition.parameters}
    assume(definition.constraint is None or not definition.constraint(**values))
    activation = actviz.get(definition.name, **values)
    assert actviz.get(activation.spec) == activation
    assert dict(actviz.get(activation.spec.upper()).parameters) == values
    for parameter in definition.parameters:
        assert (f"{parameter.name}=" in activation.spec) == (values[parameter.name] != parameter.default)


@given(
    st.sampled_from(["leaky", "elu", "maxout", "relu", "softmax", "rrelu"]),
    st.dictionaries(
        st.sampled_from(["a", "alpha", "weights", "biases", "lower"]) | st.text(max_size=8),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.lists(st.floats()),
        max_size=3,
    ).filter(lambda given: "spec" not in given),
)
def test_any_keywords_are_an_activation_or_an_input_error(name: str, keywords: dict[str, object]) -> None:
    """Whatever their names and types."""
    with contextlib.suppress(InputError):
        assert actviz.get(name, **keywords).name in actviz.names()


@given(st.text(max_size=30) | st.from_regex(r"(leaky|rrelu|maxout|elu|relu):[a-z0-9=,./:-]{0,12}", fullmatch=True))
@example("elu:1e999")
@example("swish:1_0")
@example("hard_sigmoid:5e-324")
def test_any_text_is_an_activation_or_an_input_error(text: str) -> None:
    """Never another exception."""
    with contextlib.suppress(InputError):
        assert actviz.get(text).name in actviz.names()


@given(
    st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1, max_size=8),
    st.lists(st.floats(-50, 50), min_size=1, max_size=20),
)
def test_maxout_of_any_pieces(pieces: list[tuple[int, int]], points: list[float]) -> None:
    """The largest piece; its kinks are where two pieces meet at the top, and its range begins at the lowest point."""
    weights, biases = zip(*pieces, strict=True)
    activation = actviz.get("maxout", weights=weights, biases=biases)
    for x in points:
        assert activation(x) == pytest.approx(max(w * x + b for w, b in pieces), rel=1e-12, abs=1e-12)
        assert activation(x) in activation.range or activation(x) == pytest.approx(activation.range.low)
    slopes = [slope for kink in activation.kinks for slope in (kink.left, kink.right)]
    assert slopes == sorted(slopes)
    for kink in activation.kinks:
        tops = [w for w, b in pieces if w * kink.x + b == pytest.approx(activation(kink.x), abs=1e-9)]
        assert min(tops) == kink.left
        assert max(tops) == kink.right


def test_labels_say_the_values() -> None:
    """With symbols for figures, with names for the terminal; thirds as fractions, infinity as a sign."""
    assert actviz.get("leaky:0.1").label == "Leaky ReLU ($a$ = 0.1)"
    assert actviz.get("leaky:0.1").plain_label == "Leaky ReLU (negative_slope = 0.1)"
    assert actviz.get("rrelu").plain_label == "RReLU (lower = 0.125, upper = 1/3)"
    assert actviz.get("keras_relu").plain_label.endswith("max_value = ∞, threshold = 0)")
    assert actviz.get("selu").plain_label == "SELU (λ = 1.051, α = 1.673)"
    assert actviz.get("maxout", weights=range(9), biases=range(9)).plain_label == (
        "Maxout (weights = (0, 1, …, 8), biases = (0, 1, …, 8))"
    )
    assert actviz.get("relu").label == "ReLU"


@pytest.mark.parametrize("definition", REGISTRY.values(), ids=lambda definition: definition.name)
def test_labels_name_every_parameter(definition: Definition) -> None:
    """Also those with their default value, after the title."""
    activation = definition.bind()
    for label in (activation.label, activation.plain_label):
        assert label.startswith(definition.title)
        assert label.count(" = ") == len(definition.parameters) + len(definition.constants)
    for parameter in definition.parameters:
        assert f"${parameter.symbol}$ = " in activation.label
        assert f"{parameter.name} = " in activation.plain_label


def test_special_cases_agree() -> None:
    """ReLU, Leaky ReLU and ReLU6 as maxout and as the generalized ReLU."""
    x = [-7.5, -1.0, 0.0, 2.5, 6.0, 9.0]
    for one, other in (
        ("relu", "maxout:weights=0/1,biases=0/0"),
        ("leaky:0.2", "maxout:weights=0.2/1,biases=0/0"),
        ("relu", "generalized_relu"),
        ("leaky:0.1", "generalized_relu:0.1"),
        ("relu6", "generalized_relu:max_value=6"),
        ("leaky:0.01", "prelu:0.01"),
        ("leaky:0.2", "rrelu:0.2,0.2"),
        ("leaky:0.1", "maxout:weights=1/0.1,biases=0/0"),
        ("linear", "leaky:1"),
        ("linear", "generalized_relu:1"),
        ("linear", "maxout:weights=1,biases=0"),
        ("linear", "prelu:1"),
    ):
        assert actviz.get(one)(x).tolist() == actviz.get(other)(x).tolist()
        assert actviz.get(one).derivative(x).tolist() == actviz.get(other).derivative(x).tolist()
        assert actviz.get(one).kinks == actviz.get(other).kinks


def test_an_activation_knows_its_facts() -> None:
    """As attributes, with the values of its own parameters."""
    leaky = actviz.get("leaky", negative_slope=0.1)
    assert (leaky.name, leaky.title, leaky.aliases) == ("leaky_relu", "Leaky ReLU", ("leaky", "lrelu"))
    assert (leaky.range.low, leaky.range.high) == (-float("inf"), float("inf"))
    assert (leaky.kinks[0].left, leaky.kinks[0].right, leaky.kinks[0].convention) == (0.1, 1.0, 0.1)
    assert leaky.reference.year == 2013
    assert repr(leaky) == "<Activation leaky_relu:negative_slope=0.1>"
    assert repr(leaky.formula) == r"Cases(('x', 'x > 0'), ('a\\,x', 'x \\leq 0'))"
    assert str(actviz.get("elu:2").range) == "(−2, ∞)"
    assert 6.0 in actviz.get("relu6").range
    assert 1.0 not in actviz.get("sigmoid").range
    assert not actviz.get("prelu:-0.5").monotonic
    assert actviz.get("prelu:-0.5").range.low == 0
    assert actviz.get("maxout:weights=0,biases=3").range.text == "[3.0, 3.0]"


def test_a_registry_has_what_can_be_looked_up() -> None:
    """By any name, however it is typed; gated units and functions of a vector are not among them."""
    assert all(name in REGISTRY for name in ("relu", " Leaky-ReLU ", "silu", "nn.SiLU", "torch.nn.SiLU"))
    assert not any(name in REGISTRY for name in ("rleu", "swiglu", "softmax", "leaky:0.1", "", 3))
