"""What each function is: one file a family, one block an activation.

To add an activation, write a `Definition` in the file of its family; nothing else has to be touched. The registry
collects them in the order of this list and of each file.
"""

from actviz.activations import exponential, gated, linear, maxout, rectifiers, sigmoids

FAMILIES = {
    "Linear": linear,
    "Sigmoids": sigmoids,
    "Exponential": exponential,
    "Rectifiers": rectifiers,
    "Maxout": maxout,
    "Gated": gated,
}
