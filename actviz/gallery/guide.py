"""A short guide to choosing an activation, which sums up the articles' advice.

A name in braces becomes a link.
"""

GUIDE = (
    (
        "Hidden layers of any network",
        "Begin with {relu}: cheap, and its gradient doesn't shrink with depth. Watch the share of units whose output "
        "is always 0; with a smaller learning rate fewer of them die.",
    ),
    (
        "Units that die",
        "Let a little gradient through on the left: {leaky_relu} with a fixed slope, {prelu} with a learned one, or "
        "{rrelu} with a random one, which also regularises.",
    ),
    (
        "Outputs centred on 0",
        "{elu} and {selu} have means near 0, which makes descent zigzag less. SELU needs LeCun initialisation, alpha "
        "dropout and plain layers; then no normalisation is needed.",
    ),
    (
        "Transformers and very deep networks",
        "{gelu} and {swish} are smooth and let small negative values pass; {mish} is a costlier relative. They "
        "often gain a little over ReLU and cost an exponential or an error function.",
    ),
    (
        "Phones and small number formats",
        "{relu6} and {hard_sigmoid} have bounded, piecewise-linear shapes, which survive float16 and int8.",
    ),
    (
        "Recurrent networks",
        "{tanh} for the state, since it is centred on 0 and bounded, and {sigmoid} for the gates.",
    ),
    (
        "An output that is a probability",
        "{sigmoid} for one class against the other, or for labels that don't exclude each other; {softmax} for one "
        "class out of several.",
    ),
    (
        "An output that is a number",
        "{linear} for any number, {softplus} or {exponential} for one that must be positive, such as a variance.",
    ),
    (
        "What to avoid",
        "{sigmoid} and {tanh} in many hidden layers, one after another: their slopes are at most 1/4 and 1, and near "
        "0 where they saturate, so gradients vanish. And a new activation in every layer: change it once, for all, "
        "and measure.",
    ),
    (
        "When capacity matters more than cost",
        "{maxout} learns its own convex shape, for two or more times the parameters.",
    ),
)
"""Situations, and what to choose."""
