"""A dark slide, 1920 x 1080, with a remark of your own on it."""

import actviz

figure = actviz.compare("sigmoid", "tanh", derivative=True, size="slide", theme="dark", title="Where gradients vanish")
figure.axes[1].annotate("at most 1/4", xy=(0, 0.25), xytext=(1.4, 0.6), arrowprops={"arrowstyle": "->"})
figure.savefig("dark-slide.png")
print("dark-slide.png")
