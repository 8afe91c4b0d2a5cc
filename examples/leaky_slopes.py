"""Three slopes of Leaky ReLU in one figure, as the frameworks' defaults have them."""

import actviz

figure = actviz.compare("leaky:0.01", "leaky:0.2", "leaky:0.3", x=(-5, 2), title="Leaky ReLU in PyTorch and Keras")
figure.savefig("leaky-slopes.png", dpi=200)
print("leaky-slopes.png")
