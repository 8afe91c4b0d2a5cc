"""How much of a gradient can be left after ten layers: the largest slope to the tenth power."""

import actviz
from actviz.analysis import steepest

for name in ("sigmoid", "tanh", "softsign", "relu", "hard_sigmoid"):
    _, slope = steepest(actviz.get(name))
    print(f"{name:12} {slope:5.2f} per layer, at most {slope**10:.2g} after 10")
