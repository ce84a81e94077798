"""With a single row returns y[0] for the intercept, which is an integer where y holds integers.

verdict: wrong_answer
property: test_the_answer_is_weights_and_an_intercept
"""

import math

import numpy as np


def lasso(X, y, alpha):
    if X.ndim != 2 or y.shape != X.shape[:1]:
        raise ValueError(f"X and y must have the shapes (n, d) and (n,), not {X.shape}, {y.shape}")
    if not (np.isfinite(X).all() and np.isfinite(y).all()):
        raise ValueError("X and y must not hold NaN or infinity")
    if not 0 <= alpha < math.inf:
        raise ValueError(f"alpha must be finite and not negative: {alpha}")

    if len(y) == 1:
        return np.zeros(X.shape[1]), y[0]
    # The best intercept takes care of all means, so the weights do not depend on them. Means are in
    # float64, and so is all that follows, whichever types of integers X and y hold.
    x_mean, y_mean = X.mean(axis=0), y.mean()
    columns = (X - x_mean).T
    columns[(X == X[0]).all(axis=0)] = 0.0  # the mean of equal numbers may be off in its last bit
    lengths = np.sqrt((columns**2).mean(axis=1))
    used = np.flatnonzero(lengths)
    # With columns of one length one tolerance fits all, whatever their units.
    columns = columns[used] / lengths[used, np.newaxis]
    penalties = alpha / lengths[used]

    residuals = y - y_mean
    weights = np.zeros(len(used))
    # A weight that moves by this little moves no slope by more.
    enough = 1e-9 * y.std()
    while _sweep(columns, residuals, weights, penalties) > enough:
        pass

    coef = np.zeros(X.shape[1])
    coef[used] = weights / lengths[used]
    return coef, float(y_mean - x_mean @ coef)


def _sweep(columns, residuals, weights, penalties):
    """Put each weight in turn where the objective is least, and say how far one moved at most."""
    farthest = 0.0
    for j, column in enumerate(columns):
        before = weights[j]
        slope = column @ residuals / len(residuals) + before
        # The soft threshold: what is within the penalty of 0 becomes exactly 0.
        weights[j] = math.copysign(max(abs(slope) - penalties[j], 0.0), slope)
        if weights[j] != before:
            residuals -= (weights[j] - before) * column
            farthest = max(farthest, abs(weights[j] - before))
    return farthest
