"""A grid of subplots of your own: activations above, their derivatives below."""

import matplotlib.pyplot as plt

import actviz

NAMES = ("relu", "gelu", "tanh")

figure, axes = plt.subplots(2, len(NAMES), figsize=(9, 5), sharex=True, sharey="row", layout="constrained")
for column, name in enumerate(NAMES):
    axes[0, column].set_title(actviz.get(name).title)
    actviz.draw(axes[0, column], name)
    actviz.draw(axes[1, column], name, derivative=True)
    axes[1, column].set_xlabel("x")
axes[0, 0].set_ylabel("f(x)")
axes[1, 0].set_ylabel("f′(x)")
figure.savefig("own-subplots.png", dpi=150)
print("own-subplots.png")
