"""The mathematics behind the ideas, against computations of another kind."""

import math
from collections.abc import Callable

import mpmath
import numpy as np
import pytest

import actviz
from actviz import averages
from actviz.errors import InputError
from actviz.lessons import (
    adaptive,
    approximations,
    descent,
    dying,
    hinges,
    kinks,
    losses,
    outputs,
    propagation,
    quantisation,
    saturation,
    separation,
)  # fmt: skip
from actviz.numerics import normal_cdf
from tests.made_up import MADE_UP, definition

mp = mpmath.mp

EXACT: dict[str, tuple[Callable[..., object], Callable[..., object], list[float]]] = {
    "sigmoid": (lambda x: 1 / (1 + mp.exp(-x)), lambda x: mp.exp(-x) / (1 + mp.exp(-x)) ** 2, []),
    "tanh": (mp.tanh, lambda x: mp.sech(x) ** 2, []),
    "relu": (lambda x: max(x, 0), lambda x: 1 if x > 0 else 0, [0.0]),
    "elu": (lambda x: x if x > 0 else mp.expm1(x), lambda x: 1 if x > 0 else mp.exp(x), [0.0]),
    "gelu": (lambda x: x * mp.ncdf(x), lambda x: mp.ncdf(x) + x * mp.npdf(x), []),
    "relu6": (lambda x: min(max(x, 0), 6), lambda x: 1 if 0 < x < 6 else 0, [0.0, 6.0]),
}
"""f, f' and kinks by mpmath."""


def exact_mean(function: Callable[..., object], variance: float, cuts: list[float]) -> float:
    scale = mp.sqrt(variance)
    ends = sorted({-10, -5, -2, 0, 2, 5, 10, *(cut / scale for cut in [*cuts, -4, -1, 1, 4] if abs(cut) < 10 * scale)})
    return float(mp.quad(lambda z: function(scale * z) * mp.npdf(z), ends))


# averages and propagation


@pytest.mark.parametrize("variance", [1e-6, 1.0, 250.0])
@pytest.mark.parametrize("name", ["sigmoid", "relu", "gelu"])
def test_averages(name: str, variance: float) -> None:
    """E f² and E f'² over N(0, q), for small and for large q."""
    f, slope, cuts = EXACT[name]
    activation = actviz.get(name)
    kinks_of = [kink.x for kink in activation.kinks]
    mean = averages.mean(lambda x: activation(x) ** 2, variance, kinks_of)
    assert mean == pytest.approx(exact_mean(lambda x: f(x) ** 2, variance, cuts), rel=1e-12)
    mean = averages.mean(lambda x: activation.derivative(x) ** 2, variance, kinks_of)
    assert mean == pytest.approx(exact_mean(lambda x: slope(x) ** 2, variance, cuts), rel=1e-12)


@pytest.mark.parametrize("frequency", [0.5, 30.0, 800.0])
def test_averages_of_waves(frequency: float) -> None:
    """E sin²(ωZ) = (1 - exp(-2ω²))/2, however fast."""
    mean = averages.mean(lambda x: np.sin(frequency * x) ** 2)
    assert mean == pytest.approx((1 - math.exp(-2 * frequency**2)) / 2, rel=1e-9)


def test_averages_of_a_jump_and_of_large_numbers() -> None:
    """A jump that nobody names, and E exp(2√q Z) = exp(2q), whose mass lies far out."""
    assert averages.mean(lambda x: np.where(x > 0.3, 1.0, 0.0)) == pytest.approx(float(mp.ncdf(-0.3)), abs=1e-10)
    assert averages.mean(lambda x: np.exp(2 * x), 40.0) == pytest.approx(math.exp(80), rel=1e-12)


@pytest.mark.parametrize(("name", "weights"), [("tanh", "xavier"), ("elu", "he"), ("relu6", "30"), ("sigmoid", 0.3)])
def test_recursion(name: str, weights: str | float) -> None:
    """The signal becomes g·E f², and the gradient's mean square times g·E f'²."""
    f, slope, cuts = EXACT[name]
    g = {"xavier": 1.0, "he": 2.0}.get(str(weights)) or float(weights)
    found = propagation.propagate(name, weights, 3)
    q, square = 1.0, 1.0
    for layer in range(3):
        assert found.signal[layer] == pytest.approx(q, rel=1e-11)
        square *= g * exact_mean(lambda x: slope(x) ** 2, q, cuts)
        q = g * exact_mean(lambda x: f(x) ** 2, q, cuts)
        assert found.gradient[layer + 1] == pytest.approx(math.sqrt(square), rel=1e-11)


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu", "selu", "gelu", "exponential", "leaky:0.3", "softplus"])
def test_kept(name: str) -> None:
    """The rule keeps the signal at 1, however deep, and every layer has the same factor."""
    found = propagation.propagate(name, "kept", 200)
    assert (found.signal == 1).all()
    assert len(set(found.factors)) == 1


def test_gradients_of_the_article() -> None:
    """The numbers of the specification; He's and LeCun's rules are special cases of one."""
    last = {(name, rule): propagation.gradients(name, 20, rule)[-1] for name in ("sigmoid", "tanh", "relu")
            for rule in ("kept", "xavier")}  # fmt: skip
    assert last == pytest.approx(
        {("sigmoid", "kept"): 6.95e-9, ("sigmoid", "xavier"): 2.57e-13, ("tanh", "kept"): 5.137, ("relu", "kept"): 1,
         ("tanh", "xavier"): 0.18967, ("relu", "xavier"): 2**-10}, rel=1e-3,
    )  # fmt: skip
    assert propagation.gain("kept", "relu") == pytest.approx(2, rel=1e-12)
    assert propagation.gain("kept", "selu") == pytest.approx(1, rel=1e-12)
    assert propagation.at_best("sigmoid", 30)[[20, 30]].tolist() == [2.0**-40, 2.0**-60]
    assert propagation.propagate("selu", 2, 30).signal[-1] == pytest.approx(379.9, rel=1e-3)


@pytest.mark.parametrize(("name", "g", "kept", "xavier"), [
    ("hard_sigmoid", 3.46, 1.08e-13, 1.07e-21), ("softsign", 5.46, 26.4, 0.0261), ("softplus", 1.09, 3.51e-8, 8.20e-9),
    ("elu", 1.55, 1.70, 0.0964), ("selu", 1, 2.82, 2.82), ("leaky", 2 / 1.04, 1, 5.50e-5),
    ("swish", 2.81, 2.63, 1.38e-9), ("mish", 2.21, 2.37, 3.18e-7), ("gelu", 2.35, 2.84, 1.94e-9), ("linear", 1, 1, 1),
])  # fmt: skip
def test_gradients_of_others(name: str, g: float, kept: float, xavier: float) -> None:
    """After 30 layers, with weights that keep the signal and with variance 1/n."""
    assert propagation.gain("kept", name) == pytest.approx(g, rel=5e-3)
    last = [propagation.gradients(name, 30, rule)[-1] for rule in ("kept", "xavier")]
    assert last == pytest.approx([kept, xavier], rel=3e-3)


@pytest.mark.parametrize("g", [0.01, 0.5, 3.0])
def test_relu_scales_with_the_weights(g: float) -> None:
    """Every layer multiplies the gradient by √(g/2), also where the signal underflows."""
    gradient = propagation.gradients("relu", 200, g)
    assert gradient == pytest.approx(np.sqrt(g / 2) ** np.arange(201), rel=1e-10)


def test_overflow() -> None:
    """Layers end where float32 does: the exponential's after two, and an exploding gradient's."""
    found = propagation.propagate("exponential", "xavier")
    assert found.overflows == 3
    assert found.signal == pytest.approx([1, math.exp(2), math.exp(2 * math.exp(2))])
    steep = propagation.propagate("linear", 100, 200)
    assert steep.overflows == len(steep.signal) == 39  # 10^39 is beyond


def test_a_random_network() -> None:
    """Signal and gradient of networks of width 300 are what the integrals say, to 15 %."""
    generator = np.random.default_rng(7)
    n, depth = 300, 6
    for name, rule in (("sigmoid", "kept"), ("tanh", "xavier"), ("relu", "he")):
        activation, g = actviz.get(name), propagation.gain(rule, name)
        squares = []
        for _ in range(8):
            layers = generator.standard_normal((depth, n, n)) * math.sqrt(g / n)
            z = [generator.standard_normal(n)]
            for weights in layers:
                z.append(weights @ activation(z[-1]))
            back = generator.standard_normal(n)
            for weights, before in zip(layers[::-1], z[-2::-1], strict=True):
                back = activation.derivative(before) * (weights.T @ back)
            squares.append((np.square(back).mean(), np.square(z[-1]).mean()))
        gradient, signal = np.mean(squares, axis=0)
        found = propagation.propagate(name, rule, depth)
        assert gradient == pytest.approx(found.gradient[-1] ** 2, rel=0.15)
        assert signal == pytest.approx(found.signal[-1], rel=0.15)


def test_a_unit_a_layer() -> None:
    """A sigmoid's gradient vanishes for every weight, at best with W(1/e) a layer."""
    factors = [propagation.fixed_factor("sigmoid", w) for w in (0.1, 1.0, 1.63, 4.0, 100.0)]
    assert max(factors) == factors[2] == pytest.approx(float(mp.lambertw(1 / mp.e)), abs=1e-5)
    assert factors[3:] == pytest.approx([0.0761, 3.72e-42], rel=1e-2)


def test_bad_weights_and_depths() -> None:
    """The message says what they must be."""
    with pytest.raises(InputError, match=r"must be kept, xavier, he or a number, not 'xavir'; did you mean 'xavier'\?"):
        propagation.gain("xavir", "relu")
    for wrong in (0, "-1", math.inf, "nan"):
        with pytest.raises(InputError, match="finite variance above 0"):
            propagation.gain(wrong, "relu")
    for depth in (0, 201):
        with pytest.raises(InputError, match=rf"depth {depth} is outside \[1, 200\]"):
            propagation.propagate("relu", depth=depth)
    with pytest.raises(InputError, match=r"depth must be a whole number, not 2\.5"):
        propagation.at_best("relu", 2.5)  # type: ignore[arg-type]  # what the message is about
    nothing = definition("Nothing", np.zeros_like, np.zeros_like, "[0, 0]")
    with pytest.raises(InputError, match="no weights keep the signal of nothing"):
        propagation.propagate(nothing)


# outputs


def test_distributions_by_their_inverses() -> None:
    """Where f has an inverse, a bin's mass is that of the normal distribution between the preimages of its ends."""
    found = outputs.outputs("tanh", variance=0.7)
    ends = normal_cdf(np.arctanh(found.edges.clip(-1 + 1e-16, 1 - 1e-16)) / math.sqrt(0.7))
    assert found.masses == pytest.approx(np.diff(ends), abs=1e-13)
    relu = outputs.outputs("relu")
    assert relu.spikes == ((0.0, pytest.approx(0.5)),)
    assert relu.masses == pytest.approx(np.diff(normal_cdf(relu.edges)), abs=1e-13)
    assert (relu.mean, relu.variance) == pytest.approx((1 / math.sqrt(2 * math.pi), 0.5 - 1 / (2 * math.pi)))
    hard = outputs.outputs("hard_sigmoid", variance=9.0)
    assert [value for value, _ in hard.spikes] == [0.0, 1.0]
    assert [mass for _, mass in hard.spikes] == pytest.approx([float(mp.ncdf(-2.5 / 3))] * 2)


@pytest.mark.parametrize("name", ["gelu", "sine", "gaussian"])
def test_distributions_that_fold(name: str) -> None:
    """Where several inputs have the same output, all of them count: against a million inputs at equal distances."""
    shapes = {
        "gelu": actviz.get("gelu"),
        "sine": definition("Sine", lambda x: np.sin(5 * x), lambda x: 5 * np.cos(5 * x), "[-1, 1]", monotonic=False),
        "gaussian": definition(
            "Gaussian", lambda x: np.exp(-x * x), lambda x: -2 * x * np.exp(-x * x), "(0, 1]", monotonic=False
        ),
    }
    found = outputs.outputs(shapes[name])
    x = np.linspace(-8, 8, 400_001)
    weights = np.exp(-x * x / 2) / np.exp(-x * x / 2).sum()
    y = np.asarray(actviz.get(shapes[name])(x))
    assert found.masses == pytest.approx(np.histogram(y, found.edges, weights=weights)[0], abs=1e-4)
    assert found.mean == pytest.approx(float((weights * y).sum()), abs=1e-6)
    assert found.variance == pytest.approx(float((weights * y * y).sum()) - found.mean**2, abs=1e-5)


def test_outputs_of_any_size() -> None:
    """Bins stay few; nothing but one value is a spike."""
    wide = outputs.outputs("exponential", variance=4.0)
    assert wide.masses.size <= 200
    assert wide.masses.sum() > 0.999
    two = definition("Two", lambda x: np.full_like(x, 2.0), np.zeros_like, "[2, 2]")
    assert outputs.outputs(two).spikes == ((2.0, pytest.approx(1)),)


# separation


@pytest.mark.parametrize(("name", "units"), [("relu", 6), ("tanh", 3), ("gelu", 11), ("linear", 1)])
def test_ridge_least_squares(name: str, units: int) -> None:
    """The output weights by lstsq with the penalty as rows of its own."""
    found = separation.separate(name, units)
    points, targets = separation.rings()
    angles = 2 * np.pi * np.arange(units) / units + np.pi / 2
    hidden = actviz.get(name)(points @ np.array([np.cos(angles), np.sin(angles)]) - 0.8)
    features = np.column_stack([np.ones(120), hidden])
    rows = np.vstack([features, math.sqrt(1e-6 * 120) * np.eye(units + 1)])
    weights = np.linalg.lstsq(rows, np.concatenate([targets, np.zeros(units + 1)]), rcond=None)[0]
    assert found.weights == pytest.approx(weights, rel=1e-6, abs=1e-9)
    assert found(points) == pytest.approx(features @ weights, abs=1e-8)
    assert found.right == np.count_nonzero(np.sign(features @ weights) == targets)


def test_linear_layers_stay_linear() -> None:
    """However many units: rank 3, half of the points, and the line of least squares on the inputs alone."""
    points, targets = separation.rings()
    line = np.linalg.lstsq(np.column_stack([np.ones(120), points]), targets, rcond=None)[0]
    for units in (6, 60):
        found = separation.separate("linear", units)
        assert (found.rank, found.right) == (3, 60)
        at = found([[0, 0], [1, 0], [0, 1]])
        assert [at[0], at[1] - at[0], at[2] - at[0]] == pytest.approx(line, abs=1e-7)
    assert line == pytest.approx([-1.90050e-5, -5.37637e-3, 8.62149e-4], rel=1e-5)


def test_what_activations_separate() -> None:
    """All of the rings with six units, with tanh three."""
    for name in ("relu", "tanh", "sigmoid", "gelu", "elu", "leaky", "swish", "softplus", "relu6"):
        found = separation.separate(name)
        assert (found.right, found.share) == (120, 1.0)
        assert found.margin > 0.06
    assert separation.separate("relu", 3).share == pytest.approx(112 / 120)
    assert separation.separate("tanh", 3).share == 1


def test_a_polygon_bends_on_its_lines_only() -> None:
    """Within each cell of the lines at which its units bend, ReLU's output is a plane."""
    found = separation.separate("relu")
    at, output = separation.plane(separation.separate("relu"), 41)
    x, y = np.meshgrid(at, at)
    sides = np.array([a * x + b * y > c for a, b, c in found.bends])
    same = (sides[:, :, 2:] == sides[:, :, :-2]).all(axis=0)
    bent = np.abs(output[:, 2:] - 2 * output[:, 1:-1] + output[:, :-2])
    assert bent[same].max() < 1e-12
    assert (bent[~same] > 1e-3).any()
    assert found(np.array([at[3], at[30]])) == pytest.approx(output[30, 3])


# descent


@pytest.mark.parametrize(("path", "kappa", "steps"), [
    (descent.spread(), 16, 37), (descent.correlated(), 3, 7), (descent.normalised(), 1, 1), (descent.spread(2), 4, 10),
    (descent.spread(3), 9, 21), (descent.spread(5), 25, 58), (descent.spread(10), 100, 231),
    (descent.correlated(-0.9), 19, None), (descent.spread(0.3), 1 / 0.09, None),
])  # fmt: skip
def test_descent(path: descent.Descent, kappa: float, steps: int | None) -> None:
    """The condition is that of the eigenvalues, no step loses more than (κ - 1)/(κ + 1), each is along the gradient."""
    low, high = np.linalg.eigvalsh(path.hessian)
    assert path.eigenvalues == pytest.approx((low, high))
    assert path.condition == pytest.approx(high / low) == pytest.approx(kappa)
    assert path.rate == pytest.approx(2 / (low + high))
    assert (path.distances[1:] <= path.distances[:-1] * (kappa - 1) / (kappa + 1) + 1e-15).all()
    assert path.distances[-1] <= 0.01 * path.distances[0]
    assert (path.distances[:-1] > 0.01 * path.distances[0]).all()
    assert steps in (None, path.steps)
    moves = np.diff(path.path, axis=0)
    assert moves == pytest.approx(-path.rate * (path.path[:-1] - path.optimum) @ path.hessian)


@pytest.mark.parametrize(
    "hessian", [[[1, 0.5], [0.5, 1]], [[2, -0.7], [-0.7, 0.4]], [[1, 0], [0, 9]], [[9, 0], [0, 1]]]
)
def test_contours_are_ellipses(hessian: list[list[float]]) -> None:
    """All points of the ellipse of a level have that loss."""
    path = descent.descend(hessian, (1.0, 2.0), (0.3, -0.2))
    width, height, angle = path.contour(1.7)
    assert width >= height
    turn = np.linspace(0, 2 * np.pi, 13)
    u, v = width / 2 * np.cos(turn), height / 2 * np.sin(turn)
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    points = np.column_stack([c * u - s * v, s * u + c * v]) + path.optimum
    assert path.loss(points) == pytest.approx(1.7)


@pytest.mark.parametrize(("name", "steps", "kappa", "batch"), [
    ("sigmoid", 62, 10.13508, 24), ("tanh", 12, 1, 1), ("relu", 15, 2.0938, 5), ("elu", 9, 1.06, None),
    ("gelu", 9, 1.375, None), ("softplus", 38, 5.5136, None), ("mish", 7, 1.22, None),
    ("hard_sigmoid", 70, 12.111, None),
])  # fmt: skip
def test_zigzag(name: str, steps: int, kappa: float, batch: int | None) -> None:
    """A plain loop over the samples arrives after as many steps."""
    found = descent.zigzag(name)
    angles = [2 * math.pi * (j + 0.5) / 8 for j in (0, 3, 6, 1, 4, 7, 2, 5)]
    samples = [(actviz.get(name)(1.5 * math.cos(a)), actviz.get(name)(1.5 * math.sin(a))) for a in angles]
    rate = 1 / max(a * a + b * b for a, b in samples)
    w, t = [0.0, 0.0], 0
    while math.hypot(w[0] - 1, w[1] + 1) > 0.01 * math.sqrt(2):
        x = samples[t % 8]
        error = (w[0] - 1) * x[0] + (w[1] + 1) * x[1]
        w = [w[0] - rate * error * x[0], w[1] - rate * error * x[1]]
        t += 1
    assert found.descent.steps == t == steps
    assert found.descent.path[-1] == pytest.approx(w)
    assert found.descent.condition == pytest.approx(kappa, rel=1e-3)
    assert batch in (None, found.batch.steps)
    assert found.one_sign == all(x >= 0 for pair in samples for x in pair)
    if name == "sigmoid":
        assert found.together.all()
        assert descent.condition(0.5, 0.0547340454916, 2) == pytest.approx(found.descent.condition)


def test_descent_that_does_not_arrive() -> None:
    """A rate that is too large diverges, a direction without slope stays; nothing goes on for ever."""
    away = descent.descend([[1, 0], [0, 16]], descent.START, rate=1.0)
    assert away.steps is None
    assert len(away.path) < 10
    flat = descent.descend([[1, 1], [1, 1]], (1.0, 0.0))
    assert flat.steps is None
    assert flat.condition == math.inf
    with pytest.raises(InputError, match="is always 0"):
        descent.zigzag(definition("Nothing", np.zeros_like, np.zeros_like, "[0, 0]"))


# dying


def test_a_step_too_large() -> None:
    """A ReLU dies with rates from 27/13 on, and then nothing changes any more."""
    small, large = dying.train("relu", 1.0), dying.train("relu", 2.5)
    assert (small.live(0), small.live(1), large.live(1)) == (9, 7, 0)
    assert (small.biases[1], large.biases[1]) == pytest.approx((5 / 18, -29 / 36))
    assert dying.deadly_rate("relu") == pytest.approx(27 / 13, rel=1e-15)
    assert dying.train("relu", 2.076).dead is None
    assert dying.train("relu", 2.077).dead == 1
    assert large.losses[1:] == pytest.approx(5 / 48)
    assert len({*zip(large.weights[1:], large.biases[1:], strict=True)}) == 1
    assert large.wakes == pytest.approx(29 / 18)
    assert large.live(-1, shift=2) == 6
    assert small.losses[-1] == pytest.approx(8.93e-4, rel=1e-3)
    leaky = dying.train("leaky:0.1", 2.5)
    assert leaky.losses[[1, -1]] == pytest.approx([0.1199, 9.63e-4], rel=1e-3)
    assert (leaky.dead, leaky.wakes, dying.deadly_rate("leaky")) == (None, None, None)


@pytest.mark.parametrize("name", ["tanh", "gelu", "leaky:0.3", "softplus"])
def test_a_step_follows_the_gradient(name: str) -> None:
    """A step is -rate times central differences of the loss."""
    rate = 0.7
    found = dying.train(name, rate, 2)
    x = np.linspace(-1, 1, 9)

    def loss(w: float, b: float) -> float:
        return float(np.mean((actviz.get(name)(w * x + b) - np.maximum(x, 0)) ** 2) / 2)

    w, b, h = found.weights[1], found.biases[1], 1e-5
    assert found.losses[1] == pytest.approx(loss(w, b))
    assert found.weights[2] - w == pytest.approx(-rate * (loss(w + h, b) - loss(w - h, b)) / (2 * h), abs=1e-8)
    assert found.biases[2] - b == pytest.approx(-rate * (loss(w, b + h) - loss(w, b - h)) / (2 * h), abs=1e-8)


def test_units_that_stall_or_diverge() -> None:
    """An exponential is nearly dead, a line with a rate too large ends where its loss does."""
    stuck = dying.train("exponential", 2.5)
    assert (stuck.dead, stuck.nearly_dead) == (None, 1)
    line = dying.train("linear", 2.5)
    assert line.diverges is None
    assert line.losses[-1] == pytest.approx(2.88e6, rel=1e-2)
    gone = dying.train("linear", 1000.0, 1000)
    assert gone.diverges == gone.losses.size
    assert np.isfinite(gone.losses).all()


# saturation and kinks


def test_where_slopes_are_small() -> None:
    """By the inverse of each slope; hard ones are 0 from a kink on."""
    sigmoid = math.log((1 + math.sqrt(0.96)) / (1 - math.sqrt(0.96)))
    for name, left, right, hard in [
        ("elu", math.log(0.01), None, False), ("sigmoid", -sigmoid, sigmoid, False), ("relu", 0.0, None, True),
        ("tanh", -math.acosh(10), math.acosh(10), False), ("relu6", 0.0, 6.0, True), ("leaky", None, None, False),
    ]:  # fmt: skip
        found = saturation.saturation(name)
        assert (found.left, found.right) == (left and pytest.approx(left), right and pytest.approx(right))
        assert found.hard_left is hard
    square = definition("Square", lambda x: np.maximum(x, 0) ** 2, lambda x: 2 * np.maximum(x, 0), "[0, inf)")
    found = saturation.saturation(square, 0.1)
    assert (found.left, found.hard_left) == (pytest.approx(0.05), True)
    assert saturation.saturation("sigmoid", 1.0).left == math.inf


@pytest.mark.parametrize("name", ["elu", "relu6", "selu", "swish"])
def test_mirrored(name: str) -> None:
    """-f(-x) has the slope f'(-x), by central differences, and saturates on the other side at the same distance."""
    f, g = actviz.get(name), saturation.mirrored(name)
    x = np.array([-7.3, -2.1, -0.4, 0.7, 3.3, 6.5])
    assert g(x) == pytest.approx(-f(-x))
    assert g.derivative(x) == pytest.approx((g(x + 1e-6) - g(x - 1e-6)) / 2e-6, abs=1e-8)
    mine, theirs = saturation.saturation(f), saturation.saturation(g)
    assert theirs.right == -mine.left  # type: ignore[operator]  # none of these is None
    for kink in g.kinks:
        assert (kink.left, kink.right) == pytest.approx(tuple(g.derivative(kink.x + h) for h in (-1e-9, 1e-9)))
    assert (g.range.low, g.range.high) == (-f.range.high, -f.range.low)


def test_corners() -> None:
    """Quotients from both sides, the fan between them, and where there is none."""
    relu = kinks.corner("relu")
    assert (relu.subgradients, relu.central, relu.value) == ((0, 1), 0.5, 0)
    assert relu.fan() == pytest.approx(np.arange(1, 8) / 8)
    assert kinks.quotient("relu", [-1.0, -1e-8, 1e-8, 1.0]).tolist() == [0, 0, 1, 1]
    assert kinks.central("relu", [0.1, 1e-4, 1e-8]).tolist() == [0.5] * 3
    assert kinks.quotient("gelu", [-1e-6, 1e-6]) == pytest.approx([0.5, 0.5], abs=1e-6)
    assert kinks.corner("leaky:0.2").subgradients == (0.2, 1)
    top = kinks.corner("relu6", 6)
    assert (top.subgradients, top.fan().size, top.value) == (None, 0, 6)
    with pytest.raises(InputError, match=r"^gelu has no kink; give .*relu, .*leaky_relu"):
        kinks.corner("gelu")
    with pytest.raises(InputError, match="at 3 isn't a kink of relu6, whose kinks are 0 and 6"):
        kinks.corner("relu6", 3)


# hinges, losses


@pytest.mark.parametrize("units", [1, 2, 5, 64])
def test_hinges(units: int) -> None:
    """The sum of ReLUs is the broken line through the points, and as near as h²/8 · max|f''|."""
    found = hinges.interpolate(units, np.exp, (-1.0, 2.0))
    points = np.linspace(-1, 2, units + 1)
    x = np.linspace(-1, 2, 97)
    assert found(x) == pytest.approx(np.interp(x, points, np.exp(points)), abs=1e-11)
    assert found.largest_error <= (3 / units) ** 2 / 8 * math.exp(2)
    assert found.parts(x).shape == (units, 97)


def test_hinges_of_the_article() -> None:
    """The errors for sin, which fall as 1/k²."""
    errors = [hinges.interpolate(units).largest_error for units in (2, 4, 8, 100, 200)]
    assert errors[:3] == pytest.approx([1, 0.2105, 0.0704], abs=1e-4)
    assert errors[3] / errors[4] == pytest.approx(4, rel=1e-2)


def test_losses() -> None:
    """Against mpmath, and gradients and curvatures against its derivatives, far out too."""
    exact = {
        "cross-entropy": lambda z: mp.log1p(mp.exp(-z)),
        "squared error": lambda z: (1 / (1 + mp.exp(-z)) - 1) ** 2 / 2,
    }
    for loss in losses.LOSSES:
        for z in (-40.0, -6.0, -math.log(2), 0.0, 3.0, 40.0):
            with mp.workdps(60):
                value, slope, second = (float(mp.diff(exact[loss], mp.mpf(z), k)) for k in range(3))
            assert losses.of_logit(loss, z) == pytest.approx(value, rel=1e-13)
            assert losses.gradient(loss, z) == pytest.approx(slope, rel=1e-13)
            assert losses.curvature(loss, z) == pytest.approx(second, rel=1e-12, abs=1e-16)
    z = np.linspace(-8, 8, 1601)
    assert losses.gradient("squared error", z).min() == pytest.approx(-4 / 27, rel=1e-5)
    assert (losses.curvature("squared error", z[z < -math.log(2)]) < 0).all()
    assert (losses.curvature("cross-entropy", z) > 0).all()
    y = (0.1, 0.05, 0.6, 0, 0.05, 0.1, 0, 0.1, 0, 0)
    third = (0, 0, 1, 0, 0, 0, 0, 0, 0, 0)
    assert (losses.squared_error(y, third), losses.cross_entropy(y, third)) == pytest.approx((0.0975, 0.510826))
    assert losses.cross_entropy((0, 1), (1, 0)) == math.inf
    assert losses.of_probability("cross-entropy", [0.0, 1.0]).tolist() == [math.inf, 0]


def test_a_neuron_that_waits() -> None:
    """Nielsen's neuron: the cross-entropy is past ½ after 17 steps, the squared error after 232."""
    for loss, step, at_100, at_300 in (("cross-entropy", 17, 0.9589, 0.9880), ("squared error", 232, 0.0359, 0.7972)):
        found = losses.learn(loss)  # type: ignore[arg-type]  # a loop over literals
        assert found.right == step
        assert found.outputs[[0, 100, 300]] == pytest.approx([0.017986, at_100, at_300], abs=1e-4)
    assert losses.learn("squared error", -30).right is None


# slopes of samples, approximations, few bits


def test_one_function_or_many() -> None:
    """PReLU keeps the ratio of its inputs for any slope; APReLU's slopes are those of the formula, and fold a class."""
    plain = adaptive.for_all()
    a = plain.inputs
    means = a.mean(axis=1)
    within = math.sqrt(np.mean([np.sum((x - means[k]) ** 2) for k in range(2) for x in a[k]]))
    ratio = float(np.linalg.norm(means[0] - means[1])) / within
    assert ratio == pytest.approx(2.0704, abs=1e-4)
    for slope in (0.25, 3.0, -1.0):
        assert adaptive.for_all(slope).ratio == pytest.approx(ratio)
    assert plain.outputs[:, 2] == pytest.approx(3 * plain.outputs[:, 0])
    own = adaptive.for_each()
    assert own.ratio == pytest.approx(8.6405, abs=1e-4)
    assert own.slopes == pytest.approx(1 / (1 + np.exp(-(0.5 - 0.6 * np.abs(a).sum(axis=2)))))
    assert own.slopes[0] == pytest.approx([0.43314582, 0.26152540, 0.14099104], abs=1e-8)


def test_slopes_of_a_sample() -> None:
    """Averages, hidden layer and slopes of the three feature maps; the network's layers by plain sums."""
    first, second, third = adaptive.samples()
    assert (*first.negative, *first.positive) == pytest.approx((-0.041977, -0.366421, 1.241977, 0.166421), abs=1e-6)
    assert first.hidden == pytest.approx([0.408399, 2.075556], abs=1e-6)
    slopes = [first.slopes, second.slopes, third.slopes]
    assert np.array(slopes) == pytest.approx(
        np.array([[0.866261, 0.204505], [0.313842, 0.287378], [0.218476, 0.848827]]), abs=1e-6
    )
    for sample in (first, second, third):
        assert sample.negative + sample.positive == pytest.approx(sample.features.mean(axis=1))
        n1, n2, p1, p2 = *sample.negative, *sample.positive
        h = max(-n1 - n2, 0), max(p1 - p2 + 1, 0)
        assert sample.slopes[0] == pytest.approx(1 / (1 + math.exp(1 + 0.6 * h[0] - 1.5 * h[1])))
        assert sample.outputs == pytest.approx(
            np.where(sample.features > 0, sample.features, sample.features * sample.slopes[:, None])
        )


def test_forms_of_gelu() -> None:
    """The largest errors against mpmath, the nearer form first."""
    first, second = approximations.approximations("gelu")
    assert (first.error, second.error) == pytest.approx((4.73e-4, 0.02033), rel=1e-3)
    assert first.places == pytest.approx((-2.699, 2.699), abs=1e-3)
    assert second.places == pytest.approx((-2.270, 2.270), abs=1e-3)
    for x in (-2.7, 1.3):
        exact = x * mp.ncdf(x)
        tanh = x / 2 * (1 + mp.tanh(mp.sqrt(2 / mp.pi) * (x + mp.mpf("0.044715") * x**3)))
        assert first.difference(np.array(x)) == pytest.approx(float(tanh - exact), abs=1e-15)
        assert second.difference(np.array(x)) == pytest.approx(float(x / (1 + mp.exp(-1.702 * x)) - exact), abs=1e-15)


@pytest.mark.parametrize("name", approximations.approximated())
def test_errors_of_approximations(name: str) -> None:
    """None of many places is further off, and the nearest form comes first."""
    found = approximations.approximations(name)
    x = np.linspace(-12, 12, 30_001)
    for one in found:
        assert np.abs(one.difference(x)).max() <= one.error * (1 + 1e-9)
        assert np.abs(one.difference(np.array(one.places))) == pytest.approx(one.error)
    assert [one.error for one in found] == sorted(one.error for one in found)


def test_few_bits() -> None:
    """Steps of fixed point grow with the range, those of float16 with the number."""
    assert quantisation.fixed_point("relu").step == pytest.approx(60 / 255)
    assert quantisation.fixed_point("relu6").step == pytest.approx(6 / 255)
    few = quantisation.fixed_point("swish", 3, 4.0)
    x = np.linspace(-4, 4, 2001)
    swish = x / (1 + np.exp(-x))
    assert np.unique(few(x).round(9)).size == 8
    assert np.abs(few(x) - swish).max() == pytest.approx(few.step / 2, rel=1e-2)
    assert quantisation.fixed_point("relu", 4)([1.9, 2.0, 100.0]) == pytest.approx([0, 4, 60])
    values = [0, 1e-7, 0.1, 1, 6, 60, 600, 65504 - 32]
    assert quantisation.float16_spacing(values) == pytest.approx([float(np.spacing(np.float16(v))) for v in values])
    with pytest.raises(InputError, match="65504"):
        quantisation.float16_spacing(1e5)


# softmax with cross-entropy


@pytest.mark.parametrize(("logits", "temperature"), [([-3, 1.5, 2.7], 1.0), ([0, 0], 1.0), ([5, -2, 0.1, 3], 2.5)])
def test_cross_entropy_and_its_gradient(logits: list[float], temperature: float) -> None:
    """Against mpmath and its derivatives, for every class; shifting the logits changes nothing."""
    for target in range(1, len(logits) + 1):
        steps = actviz.softmax(logits, temperature=temperature)
        found = steps.loss(target)

        def loss(*z: object, target: int = target) -> object:
            return mp.log(sum(mp.exp(one / temperature) for one in z)) - z[target - 1] / temperature

        assert found.loss == pytest.approx(float(loss(*map(mp.mpf, logits))), rel=1e-13)
        for k in range(len(logits)):
            order = tuple(int(j == k) for j in range(len(logits)))
            assert found.gradient[k] == pytest.approx(float(mp.diff(loss, tuple(logits), order)), abs=1e-8)
        assert math.fsum(found.gradient) == pytest.approx(0, abs=1e-15)
        shifted = actviz.softmax([z + 1000 for z in logits], temperature=temperature).loss(target)
        assert (shifted.loss, *shifted.gradient) == pytest.approx((found.loss, *found.gradient))


def test_node_by_node() -> None:
    """What comes back through the nodes is the gradient: by the chain rule from one to the next."""
    found = actviz.softmax([-3, 1.5, 2.7]).loss(3)
    e, total = np.array(found.steps.exponentials), found.steps.total
    by_y = np.array(found.by_probabilities)
    assert found.by_total == pytest.approx(float(np.sum(by_y * -e / total**2))) == pytest.approx(0.051517, abs=1e-6)
    assert found.by_exponentials == pytest.approx(by_y / total + found.by_total)
    assert found.gradient == pytest.approx(np.array(found.by_exponentials) * e)
    assert found.gradient == pytest.approx((0.002565, 0.230882, -0.233446), abs=1e-6)
    assert (found.loss, by_y[2]) == pytest.approx((0.265851, -1.304540), abs=1e-6)
    assert actviz.softmax([-3, 1.5, 2.7]).loss(1).loss == pytest.approx(5.965851, abs=1e-6)


def test_losses_far_out() -> None:
    """Nothing overflows, and nothing is rounded away."""
    sure = actviz.softmax([60, 0]).loss(1)
    assert sure.loss == pytest.approx(math.exp(-60))
    assert sure.gradient == pytest.approx((-math.exp(-60), math.exp(-60)))
    wrong = actviz.softmax([1000, -1000, 0]).loss(2)
    assert wrong.loss == 2000
    assert wrong.gradient == (1, -1, 0)
    assert wrong.by_probabilities[1] == -math.inf
    assert actviz.softmax([7]).loss(1).loss == 0


def test_targets() -> None:
    """A class by number or by name."""
    animals = actviz.softmax([1, 2, 3], classes=["cat", "dog", "7"])
    assert animals.loss("dog") == animals.loss(2) == animals.loss("2")
    assert (animals.loss("7").target, animals.loss("dog").name) == (3, "dog")
    for wrong in (0, 4):
        with pytest.raises(InputError, match=f"class {wrong} of 3; target counts from 1"):
            animals.loss(wrong)
    with pytest.raises(InputError, match=r"or one of cat, dog, 7, not 'dgo'; did you mean 'dog'\?"):
        animals.loss("dgo")
    with pytest.raises(InputError, match=r"must be the number of a class, not 1\.5"):
        actviz.softmax([1, 2]).loss(1.5)  # type: ignore[arg-type]  # what the message is about


def test_by_the_name_of_the_room() -> None:
    """The mathematics is usable alone."""
    assert actviz.lessons.propagation.gradients("relu", depth=3).shape == (4,)


@pytest.mark.parametrize("name", MADE_UP)
def test_any_function_has_lessons(name: str) -> None:
    """One with jumps, waves, a flat top, or none of what is usual gets numbers, or a message that names it."""
    activation = MADE_UP[name]
    for weights in ("xavier", 30.0):
        found = propagation.propagate(activation, weights, 40)
        assert len(found.signal) == len(found.gradient) == (found.overflows or 41)
        assert np.isfinite(found.signal).all()
        assert (found.gradient >= 0).all()
    distribution = outputs.outputs(activation, 2.0)
    shares = distribution.masses.sum() + sum(mass for _, mass in distribution.spikes)
    assert 0.999 < shares < 1 + 1e-12
    assert distribution.variance >= 0
    fitted = separation.separate(activation)
    assert 0 <= fitted.share <= 1
    assert np.isfinite(fitted.weights).all()
    path = descent.zigzag(activation)
    assert path.descent.steps is None or path.descent.distances[-1] <= 0.01 * path.descent.distances[0]
    trained = dying.train(activation, 2.5)
    assert np.isfinite(trained.losses).all()
    flat = saturation.saturation(activation)
    for edge, way in ((flat.left, -1), (flat.right, 1)):
        if edge is not None and math.isfinite(edge):
            beyond = edge + way * np.geomspace(1e-3, 1e3, 50)
            assert (np.abs(activation.derivative(beyond)) < 0.0100001).all()
    if name == "constant":
        with pytest.raises(InputError, match="constant has only one output"):
            quantisation.fixed_point(activation)
        return
    number = quantisation.fixed_point(activation)
    assert number.low <= activation(1.7) <= number.high
