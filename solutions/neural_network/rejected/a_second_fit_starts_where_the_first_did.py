"""Starts every fit from the parameters that the first one found; breaks "`fit` starts from the
present params".

verdict: wrong_answer
property: test_an_epoch_of_one_batch_is_one_gradient_step
"""

import numpy as np


class NeuralNetwork:
    def __init__(self, n_inputs, n_hidden, seed=0):
        self.n_inputs, self.n_hidden = n_inputs, n_hidden
        self.rng = np.random.default_rng(seed)
        self.params = {
            "W1": self.rng.normal(0, 1 / np.sqrt(n_inputs), (n_inputs, n_hidden)),
            "b1": np.zeros(n_hidden),
            "W2": self.rng.normal(0, 1 / np.sqrt(n_hidden), (n_hidden, 1)),
            "b2": np.zeros(1),
        }

    def _X(self, X):
        X = np.asarray(X)
        if X.ndim != 2 or X.shape[1] != self.n_inputs:
            raise ValueError("shape")
        X = X.astype(np.float64)
        if not np.isfinite(X).all():
            raise ValueError("finite")
        return X

    def _y(self, X, y):
        y = np.asarray(y)
        if y.shape != (len(X),):
            raise ValueError("shape of y")
        if not np.isin(y, (0, 1)).all():
            raise ValueError("labels")
        return y.astype(np.float64)

    def _act(self, z):
        return np.tanh(z)

    def _dact(self, z, h):
        return 1 - h * h

    def _forward(self, X):
        p = self.params
        z = X @ p["W1"] + p["b1"]
        h = self._act(z)
        return z, h, (h @ p["W2"] + p["b2"])[:, 0]

    @staticmethod
    def _sigmoid(t):
        e = np.exp(-np.abs(t))
        return np.where(t >= 0, 1 / (1 + e), e / (1 + e))

    def predict_proba(self, X):
        X = self._X(X)
        return self._sigmoid(self._forward(X)[2])

    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(int)

    def loss(self, X, y):
        X = self._X(X)
        y = self._y(X, y)
        t = self._forward(X)[2]
        return float(np.mean(np.logaddexp(0, (1 - 2 * y) * t)))

    def gradients(self, X, y):
        X = self._X(X)
        y = self._y(X, y)
        return self._grad(X, y)

    def _grad(self, X, y):
        z, h, t = self._forward(X)
        d = (self._sigmoid(t) - y)[:, None] / len(X)
        dz = (d @ self.params["W2"].T) * self._dact(z, h)
        return {"W1": X.T @ dz, "b1": dz.sum(axis=0), "W2": h.T @ d, "b2": d.sum(axis=0)}

    def fit(self, X, y, *, epochs=300, learning_rate=1.0, batch_size=16):
        X = self._X(X)
        y = self._y(X, y)
        if epochs < 0 or learning_rate <= 0 or batch_size < 1:
            raise ValueError("arguments")
        n = len(X)
        self.start = getattr(self, "start", self.params)
        params = {k: v.copy() for k, v in self.start.items()}
        self.params = params
        for _ in range(epochs):
            o = self.rng.permutation(n)
            for a in range(0, n, batch_size):
                b = o[a : a + batch_size]
                g = self._grad(X[b], y[b])
                for k in params:
                    params[k] -= learning_rate * g[k]
        return self
