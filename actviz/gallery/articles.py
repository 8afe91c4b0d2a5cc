"""The list of the gallery: every figure that the five articles show, by article and section."""

from dataclasses import dataclass, replace

from actviz import disagreements
from actviz.disagreements import Disagreement
from actviz.figures import Comparison, Curve, Picture, Schedules, SoftmaxExample, Surface, TemperatureSweep
from actviz.figures.ideas import IDEAS
from actviz.figures.softmax import ARTICLE
from actviz.lessons import schedules
from actviz.registry import REGISTRY, gated_unit, get, names
from actviz.vector import Softmax

ARTICLES = {
    "A1": "深度学习笔记——常用的激活(激励)函数",
    "A2": "神经网络中的激活函数与损失函数 & 深入理解推导 softmax 交叉熵",
    "A3": "深度学习基础宝典——激活函数、Batch Size、归一化",
    "A4": "relu 激活函数图像,单层 relu 函数",
    "A5": "趣谈深度学习核心——激活函数",
}


@dataclass(frozen=True)
class Entry:
    """One row of the inventory: what an article shows in one place.

    Parameters
    ----------
    id
        A name that stays, and begins with the article's.
    section
        The article's section.
    caption
        What the figures show, in our words.
    pictures
        One figure or more.
    """

    id: str
    section: str
    caption: str
    pictures: tuple[Picture, ...]

    @property
    def article(self) -> str:
        return self.id.partition("-")[0]


def _both(*specs: str) -> tuple[Picture, ...]:
    return tuple(Curve(get(spec), derivative=True) for spec in specs)


def _compare(*specs: str, side_by_side: bool = False, derivative: bool = False) -> Comparison:
    return Comparison(tuple(map(get, specs)), side_by_side=side_by_side, derivative=derivative)


def _softmax(*logits: float, by_hand: bool = False) -> SoftmaxExample:
    return SoftmaxExample(Softmax(logits or ARTICLE, by_hand=by_hand))


def _idea(word: str) -> tuple[Picture, ...]:
    return (IDEAS[word](),)


def _schedules(*specs: str, until: int = 200) -> Schedules:
    return Schedules(tuple(map(schedules.get, specs)), until=until)


_MAXOUT_AS_RELU = "maxout:weights=0/1,biases=0/0"
_MAXOUT_AS_LEAKY = "maxout:weights=0.2/1,biases=0/0"

ENTRIES = (
    Entry(
        "A1-linear",
        "2",
        "Without an activation two layers draw a straight line through two rings; with one, they separate them.",
        _idea("linear"),
    ),
    Entry("A1-sigmoid", "3.2", "The sigmoid and its derivative, which is never larger than 1/4.", _both("sigmoid")),
    Entry(
        "A1-saturation",
        "3.2",
        "Saturation: the slope goes to 0 on the left, on the right, on both sides, or not at all.",
        _idea("saturation"),
    ),
    Entry(
        "A1-vanishing",
        "3.2",
        "The gradient against depth: sigmoid loses it, and ReLU keeps it only with the weights that suit it.",
        _idea("vanishing"),
    ),
    Entry(
        "A1-zigzag",
        "3.2, 3.3",
        "Sigmoid's outputs are all positive, so both weights grow or fall together, and descent zigzags.",
        _idea("zigzag"),
    ),
    Entry("A1-tanh", "3.3", "Tanh and its derivative, which reaches 1 at 0.", _both("tanh")),
    Entry(
        "A1-cmp-tanh",
        "3.3",
        "Sigmoid and tanh with their derivatives: four times the slope at 0, and outputs centred on 0, are why tanh "
        "converges faster.",
        (_compare("sigmoid", "tanh", derivative=True),),
    ),
    Entry(
        "A1-relu", "3.4", "ReLU; its derivative jumps at 0, where by convention it is the left one, 0.", _both("relu")
    ),
    Entry("A1-kink", "3.4", "ReLU at 0: one slope from the left, another from the right.", _idea("kink")),
    Entry(
        "A1-dying",
        "3.4",
        "The dying ReLU: after too large a step no sample passes a gradient any more.",
        _idea("dying"),
    ),
    Entry("A1-leaky", "3.5", "Leaky ReLU with the slope of the article's figure.", _both("leaky_relu")),
    Entry(
        "A1-prelu",
        "3.6",
        "PReLU beside Leaky ReLU. Its slope a starts at 0.25 and is learned by momentum, Δa ← μΔa + ε ∂E/∂a, without "
        "weight decay.",
        (*_both("prelu"), _compare("leaky_relu", "prelu", side_by_side=True)),
    ),
    Entry(
        "A1-cmp-prelu",
        "3.6",
        "Leaky ReLU against PReLU: the same shape, but one slope is fixed and the other only starts here.",
        (_compare("leaky_relu", "prelu"),),
    ),
    Entry(
        "A1-rrelu",
        "3.7",
        "RReLU: training draws slopes from the band, testing uses their mean.",
        _both("rrelu"),
    ),
    Entry(
        "A1-cmp-relus",
        "3.7",
        "ReLU and its leaky relatives; in training, the slope of RReLU lies anywhere in the band.",
        (_compare("relu", "leaky_relu", "prelu", "rrelu"),),
    ),
    Entry("A1-relu6", "3.8", "ReLU6 stops at 6; its derivative is 0 at both kinks by convention.", _both("relu6")),
    Entry("A1-elu", "3.9", "ELU with α = 1 tends to −1 on the left and has no kink.", _both("elu")),
    Entry(
        "A1-cmp-elu",
        "3.9",
        "ReLU, Leaky ReLU and ELU agree on the right and differ on the left.",
        (_compare("relu", "leaky_relu", "elu"),),
    ),
    Entry("A1-selu", "3.10", "SELU: ELU with α and λ that keep mean 0 and variance 1.", _both("selu")),
    Entry(
        "A1-maxout",
        "3.11",
        "Maxout of three pieces; and of two, which give ReLU and Leaky ReLU exactly.",
        (*_both("maxout"), _compare("relu", _MAXOUT_AS_RELU, "leaky_relu", _MAXOUT_AS_LEAKY)),
    ),
    Entry(
        "A1-swish",
        "3.12",
        "Swish with β = 1; and its family, from nearly a line (β = 0.1) to nearly ReLU (β = 10).",
        (*_both("swish"), _compare("swish:0.1", "swish", "swish:10", derivative=True)),
    ),
    Entry("A1-mish", "3.13", "Mish is smooth, unbounded above, and lets small negative values pass.", _both("mish")),
    Entry("A1-exp", "3.14.1", "The exponential, softmax's first step: always positive.", (Curve(get("exponential")),)),
    Entry(
        "A1-softmax",
        "3.14",
        "Softmax of −3, 1.5 and 2.7, step by step; and by hand, with exponentials rounded to two decimals, which "
        "changes the last digit of the second probability.",
        (SoftmaxExample(), _softmax(by_hand=True)),
    ),
    Entry("A1-softplus", "3.15", "Softplus and its derivative, the sigmoid.", _both("softplus")),
    Entry("A1-gelu", "3.16", "GELU: x times the probability that a normal variable is below x.", _both("gelu")),
    Entry(
        "A1-keras",
        "5",
        "The rest of Keras' list: softsign, the hard sigmoid with slope 0.2, the exponential, the linear function, and "
        "ReLU with a negative slope, a largest value and a threshold.",
        _both(
            "softsign",
            "hard_sigmoid",
            "exponential",
            "linear",
            "generalized_relu:negative_slope=0.1,max_value=6,threshold=1",
        ),
    ),
    Entry("A2-sigmoid", "activations", "The sigmoid; its derivative f(1 − f) peaks at 0.25.", _both("sigmoid")),
    Entry("A2-relu", "activations", "ReLU, whose slope is 0 or 1.", _both("relu")),
    Entry("A2-tanh", "activations", "Tanh; its derivative is 1 − tanh².", _both("tanh")),
    Entry(
        "A2-overflow",
        "softmax",
        "exp(1000) overflows, so the largest logit is subtracted first: 1000, 1001 and 1002 have the same softmax as "
        "0, 1 and 2.",
        (_softmax(1000.0, 1001.0, 1002.0), _softmax(0.0, 1.0, 2.0)),
    ),
    Entry(
        "A2-hardmax",
        "softmax",
        "Hardmax keeps only the winner; softmax gives every class its share.",
        (SoftmaxExample(hardmax=True),),
    ),
    Entry(
        "A2-losses",
        "losses",
        "Squared error and cross-entropy: where the prediction is badly wrong, only one of them has a gradient.",
        _idea("losses"),
    ),
    Entry(
        "A2-softmax-loss",
        "softmax with loss",
        "Softmax with cross-entropy, forward and backward: what comes back to the logits is prediction minus truth.",
        (SoftmaxExample(target=3),),
    ),
    Entry("A3-sigmoid", "activations", "The sigmoid, with values in (0, 1).", (Curve(get("sigmoid")),)),
    Entry("A3-tanh", "activations", "Tanh, with values in (−1, 1).", (Curve(get("tanh")),)),
    Entry("A3-relu", "activations", "ReLU, with values in [0, ∞).", (Curve(get("relu")),)),
    Entry(
        "A3-leaky", "activations", "Leaky ReLU with slope 0.5, with values in (−∞, ∞).", (Curve(get("leaky_relu:0.5")),)
    ),
    Entry("A3-softplus", "activations", "Softplus, with values in (0, ∞).", (Curve(get("softplus")),)),
    Entry(
        "A3-contours",
        "normalisation",
        "Inputs of different spreads make long contours, on which descent takes many steps.",
        _idea("contours"),
    ),
    Entry(
        "A3-lr-piecewise",
        "learning rate",
        "A rate for each stretch of steps: at a boundary it is still the old one, from the next step on the new one.",
        (_schedules("piecewise", until=40),),
    ),
    Entry(
        "A3-lr-exponential",
        "learning rate",
        "Exponential decay, smooth and in stairs, which touch the curve every ten steps.",
        (_schedules("exponential", "exponential:staircase=1"),),
    ),
    Entry(
        "A3-lr-three",
        "learning rate",
        "Exponential against natural exponential decay, smooth and in stairs: the decay of 0.9 is a factor in one and "
        "an exponent in the other, which leaves next to nothing of the rate by step 50.",
        (_schedules("exponential", "natural_exp", "natural_exp:staircase=1"),),
    ),
    Entry(
        "A3-lr-polynomial",
        "learning rate",
        "Polynomial decay, once, and in cycles that begin lower each time.",
        (_schedules("polynomial:cycle=1", "polynomial"),),
    ),
    Entry(
        "A3-lr-cosine",
        "learning rate",
        "Cosine decay ends at 0; linear cosine decay begins at 1.7 times its rate and ends at 0.527 times it, here "
        "also with noise.",
        (_schedules("cosine", "linear_cosine", "noisy_linear_cosine"),),
    ),
    Entry(
        "A4-three",
        "1",
        "Sigmoid, tanh and ReLU side by side.",
        (_compare("sigmoid", "tanh", "relu", side_by_side=True),),
    ),
    Entry(
        "A4-transform",
        "1, 3",
        "One non-linear function for all samples, against one for each.",
        _idea("transform"),
    ),
    Entry(
        "A4-aprelu",
        "3",
        "APReLU: the negative slope of each channel comes from a small network that looks at the sample.",
        _idea("aprelu"),
    ),
    Entry(
        "A5-four",
        "functions",
        "Sigmoid, tanh, ReLU and ELU with their derivatives.",
        _both("sigmoid", "tanh", "relu", "elu"),
    ),
)

CARDS: tuple[Picture, ...] = (
    *_both(*names()),
    *(Surface(gated_unit(name), derivative=True) for name in REGISTRY.units),
)
"""A figure of each activation and each gated unit, whether an article shows it or not."""

SWEEP = TemperatureSweep()
"""The worked example at other temperatures, which no article shows."""

DIFFERENCES: dict[Disagreement, Picture] = {
    row: Comparison(tuple(map(get, row.specs)), difference=True)
    for row in disagreements.table()
    if row.specs and get(row.specs[0]).band is None
}
"""The differences between the functions that frameworks mean by one name; left out where a band would hide them."""

PICTURES: tuple[Picture, ...] = tuple(
    dict.fromkeys(
        [
            *(picture for entry in ENTRIES for picture in entry.pictures),
            *CARDS,
            SWEEP,
            *(kind() for kind in IDEAS.values()),
            *DIFFERENCES.values(),
        ]
    )
)
"""Every figure once."""

PHONE = "phone"
"""A size, and what the names of figures of that size end with."""

PHONES: dict[Picture, Picture] = {
    picture: replace(picture, size=PHONE)
    for picture in (*CARDS, SoftmaxExample(), SWEEP, *(kind() for kind in IDEAS.values()))
}
"""What the page shows instead of the figures in its cards where it is narrow; these are built as SVG only."""
