"""Numbers for a table, here in Markdown: f and f' at a few places, in float64."""

import numpy as np

import actviz

x = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
print("| | " + " | ".join(f"{place:g}" for place in x) + " |")
print("|---" * (len(x) + 1) + "|")
for name in ("relu", "leaky:0.1", "gelu", "swish"):
    activation = actviz.get(name)
    print(f"| {activation.spec} | " + " | ".join(f"{value:.4f}" for value in activation(x)) + " |")
    print("| slope | " + " | ".join(f"{value:.4f}" for value in activation.derivative(x)) + " |")
