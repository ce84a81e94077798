"""scikit-learn's PCA with the full solver; only the checks that it does not make are added.

uses: sklearn scipy
"""

import numpy as np
from sklearn.decomposition import PCA


def pca(X, r):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2 or X.shape[0] < 2:
        raise ValueError("X must be 2-D with two rows or more")
    if r < 1 or r > min(X.shape):
        raise ValueError("r must be in 1 .. min(n, d)")
    model = PCA(n_components=r, svd_solver="full").fit(X)
    return model.mean_, model.components_, model.explained_variance_
