"""actviz: correct and beautiful figures of activation functions.

>>> import actviz
>>> leaky = actviz.get("leaky", negative_slope=0.1)
>>> leaky(-2.0), leaky.derivative(-2.0)
(-0.2, 0.1)
"""

__version__ = "0.1.0"
