"""What each function is: one file a family, one block an activation.

To add an activation, write a `Definition` in the file of its family; nothing else has to be touched. The registry
collects them in the order of this list and of each file.
"""

from actviz.activations import (
    clipped,
    even,
    exponential,
    hard_gates,
    linear,
    maxout,
    ramps,
    rectifiers,
    self_gated,
    shrinkage,
    sigmoid_gates,
    sigmoids,
    squares,
    steps,
    tanh_gates,
    waves,
)

FAMILIES = {
    "Linear": linear,
    "Steps": steps,
    "Sigmoids": sigmoids,
    "Clipped lines": clipped,
    "Exponential": exponential,
    "Smooth ramps": ramps,
    "Rectifiers": rectifiers,
    "Squares": squares,
    "Maxout": maxout,
    "Shrinkage": shrinkage,
    "Self-gated": self_gated,
    "Sigmoid gates": sigmoid_gates,
    "Tanh gates": tanh_gates,
    "Hard gates": hard_gates,
    "Even": even,
    "Waves": waves,
}
