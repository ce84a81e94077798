"""predict asks whether the logit is negative, and -1e-17 is, although its probability is rounded to
one half; breaks "returns 1 where predict_proba(X) >= 0.5".

verdict: wrong_answer
property: test_predict_is_one_from_a_probability_of_one_half
"""

import numpy as np


class NeuralNetwork:
    def __init__(self, n_inputs, n_hidden, seed=0):
        self.n_inputs = n_inputs
        self.n_hidden = n_hidden
        rng = np.random.default_rng(seed)
        self.params = {
            "W1": rng.normal(0, 1 / np.sqrt(n_inputs), (n_inputs, n_hidden)),
            "b1": rng.normal(0, 0.5, n_hidden),
            "W2": rng.normal(0, 1 / np.sqrt(n_hidden), (n_hidden, 1)),
            "b2": np.zeros(1),
        }
        self._rng = np.random.default_rng([seed, 1])

    def _check_X(self, X):
        X = np.asarray(X)
        if X.ndim != 2 or X.shape[1] != self.n_inputs:
            raise ValueError("X must have shape (n, n_inputs)")
        X = X.astype(np.float64)
        if not np.isfinite(X).all():
            raise ValueError("X must be finite")
        return X

    def _check_y(self, y, n):
        y = np.asarray(y)
        if y.shape != (n,):
            raise ValueError("y must have shape (n,)")
        if not ((y == 0) | (y == 1)).all():
            raise ValueError("y must hold zeros and ones")
        return y.astype(np.float64)

    def _forward(self, X):
        p = self.params
        H = np.tanh(X @ p["W1"] + p["b1"])
        return H, (H @ p["W2"] + p["b2"])[:, 0]

    @staticmethod
    def _sigmoid(z):
        e = np.exp(-np.abs(z))
        return np.where(z >= 0, 1 / (1 + e), e / (1 + e))

    def predict_proba(self, X):
        return self._sigmoid(self._forward(self._check_X(X))[1])

    def predict(self, X):
        return (self._forward(self._check_X(X))[1] >= 0).astype(np.int64)

    def loss(self, X, y):
        X = self._check_X(X)
        y = self._check_y(y, len(X))
        z = self._forward(X)[1]
        return float(np.mean(np.logaddexp(0, np.where(y == 1, -z, z))))

    def _gradients(self, X, y):
        H, z = self._forward(X)
        s = self._sigmoid(np.where(y == 1, -z, z))
        dz = np.where(y == 1, -s, s) / len(X)
        dA = dz[:, None] * self.params["W2"][:, 0] * (1 - H * H)
        return {
            "W1": X.T @ dA,
            "b1": dA.sum(axis=0),
            "W2": H.T @ dz[:, None],
            "b2": dz.sum(keepdims=True),
        }

    def gradients(self, X, y):
        X = self._check_X(X)
        return self._gradients(X, self._check_y(y, len(X)))

    def fit(self, X, y, *, epochs=300, learning_rate=1.0, batch_size=16):
        X = self._check_X(X)
        y = self._check_y(y, len(X))
        if epochs < 0 or not learning_rate > 0 or batch_size < 1:
            raise ValueError("bad training arguments")
        n = len(X)
        self.params = {k: np.array(v, dtype=np.float64) for k, v in self.params.items()}
        for _ in range(epochs):
            order = self._rng.permutation(n)
            for start in range(0, n, batch_size):
                rows = order[start : start + batch_size]
                g = self._gradients(X[rows], y[rows])
                for k in g:
                    self.params[k] -= learning_rate * g[k]
        return self
