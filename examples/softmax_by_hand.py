"""What rounding the exponentials to two decimals does to softmax."""

import actviz

exact = actviz.softmax([-3, 1.5, 2.7])
by_hand = actviz.softmax([-3, 1.5, 2.7], by_hand=True)
for logit, p, rounded in zip(exact.logits, exact.probabilities, by_hand.probabilities, strict=True):
    print(f"{logit:4} {p:.4f} {rounded:.4f}{'' if f'{p:.4f}' == f'{rounded:.4f}' else '  differs'}")
