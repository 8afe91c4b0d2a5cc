"""An activation of your own beside those that are known: grows like tanh near 0, and like a logarithm far out."""

import numpy as np

import actviz

signed_log = actviz.Definition(
    name="signed_log",
    title="Signed logarithm",
    formula=r"\operatorname{sign}(x)\,\ln(1 + |x|)",
    derivative_formula=r"\frac{1}{1 + |x|}",
    function=lambda x: np.sign(x) * np.log1p(np.abs(x)),
    derivative=lambda x: 1 / (1 + np.abs(x)),
    range=actviz.Interval("(-inf, inf)"),
)

print(actviz.get(signed_log)([-10.0, 0.0, 10.0]))
actviz.compare("tanh", "softsign", signed_log, derivative=True).savefig("own-activation.png")
print("own-activation.png")
