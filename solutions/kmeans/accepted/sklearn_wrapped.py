"""scikit-learn's KMeans does all moves but the last ones; seeding, final moves and labels are NumPy's.

The estimator's expanded distance formula is too coarse for far-off data, its threads add in any order and
its random_state takes 32 bits only, so it starts from a farthest-point seeding and its answer is polished.

uses: sklearn.cluster scipy
"""

import warnings

import numpy as np
from sklearn.cluster import KMeans


def _gaps(Z, c):
    return ((Z - c) ** 2).sum(axis=1)


def _spread_out(Z, k, seed):
    """Farthest-point seeding; also says how far every row is from its nearest centroid."""
    rows = [int(np.random.default_rng(seed).integers(len(Z)))]
    gap = _gaps(Z, Z[rows[0]])
    while len(rows) < k:
        rows.append(int(gap.argmax()))
        gap = np.minimum(gap, _gaps(Z, Z[rows[-1]]))
    return Z[rows], gap


def _nearest(Z, C):
    return np.array([_gaps(Z, c) for c in C]).argmin(axis=0)


def _move(Z, C, labels):
    C = C.copy()
    used = np.unique(labels)
    for j in used:
        members = Z[labels == j]
        C[j] = members[0] + (members - members[0]).mean(axis=0)
    if len(used) < len(C):
        gap = np.min([_gaps(Z, C[j]) for j in used], axis=0)
        for j in np.setdiff1d(np.arange(len(C)), used):
            C[j] = Z[gap.argmax()]
            gap = np.minimum(gap, _gaps(Z, C[j]))
    return C


def kmeans(X, k, *, max_iter=300, seed=0):
    X = np.array(X, dtype=np.float64)
    if not 1 <= k <= len(X):
        raise ValueError(f"k={k} does not fit {len(X)} rows")
    if not np.isfinite(X).all():
        raise ValueError("X holds a NaN or an infinity")

    exponent = int(np.frexp(np.abs(X).max())[1])
    Z = np.ldexp(X, -exponent)  # exact, and squares neither overflow nor vanish
    C, gap = _spread_out(Z, k, seed)
    if gap.max() == 0.0:  # every row sits on a centroid: no more than k distinct rows
        return np.ldexp(C, exponent), _nearest(Z, C)

    left = max_iter
    if max_iter > 1:
        model = KMeans(
            k, init=C, n_init=1, max_iter=max_iter - 1, tol=0.0, algorithm="lloyd", random_state=0
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.fit(Z)
        C = model.cluster_centers_
        left -= model.n_iter_
    labels = _nearest(Z, C)
    for _ in range(left):
        C = _move(Z, C, labels)
        before, labels = labels, _nearest(Z, C)
        if np.array_equal(before, labels):
            break
    return np.ldexp(C, exponent), labels
