"""Splits the rows by array_split: 5 rows with batch_size=4 make 3 and 2; breaks "in batches of
batch_size rows, the last of which holds what is left".

verdict: wrong_answer
property: test_an_epoch_takes_a_step_for_every_batch_and_for_what_is_left
"""

import numpy as np


def _sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0 / (1.0 + e), e / (1.0 + e))


class NeuralNetwork:
    def __init__(self, n_inputs, n_hidden, seed=0):
        self.n_inputs = n_inputs
        self.n_hidden = n_hidden
        self.seed = seed
        rng = np.random.default_rng(seed)
        self._params = {
            "W1": rng.normal(size=(n_inputs, n_hidden)) / np.sqrt(n_inputs),
            "b1": np.zeros(n_hidden),
            "W2": rng.normal(size=(n_hidden, 1)) / np.sqrt(n_hidden),
            "b2": np.zeros(1),
        }

    @property
    def params(self):
        return {key: value.copy() for key, value in self._params.items()}

    @params.setter
    def params(self, value):
        self._params = {
            key: np.array(value[key], dtype=np.float64) for key in ("W1", "b1", "W2", "b2")
        }

    def _check_X(self, X):
        X = np.asarray(X)
        if X.ndim != 2 or X.shape[1] != self.n_inputs:
            raise ValueError("X must have shape (n, n_inputs)")
        X = X.astype(np.float64)
        if not np.isfinite(X).all():
            raise ValueError("X must be finite")
        return X

    def _check(self, X, y):
        X = self._check_X(X)
        y = np.asarray(y)
        if y.shape != (X.shape[0],):
            raise ValueError("y must have shape (n,)")
        if not ((y == 0) | (y == 1)).all():
            raise ValueError("y must hold zeros and ones")
        return X, y.astype(np.float64)

    def _forward(self, X):
        hidden = np.tanh(X @ self._params["W1"] + self._params["b1"])
        logit = (hidden @ self._params["W2"])[:, 0] + self._params["b2"][0]
        return hidden, logit

    def predict_proba(self, X):
        return _sigmoid(self._forward(self._check_X(X))[1])

    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(np.int64)

    def loss(self, X, y):
        X, y = self._check(X, y)
        _, logit = self._forward(X)
        return float(np.mean(np.maximum(logit, 0.0) - logit * y + np.log1p(np.exp(-np.abs(logit)))))

    def _gradients(self, X, y):
        hidden, logit = self._forward(X)
        delta = ((_sigmoid(logit) - y) / len(y))[:, None]
        back = (delta @ self._params["W2"].T) * (1.0 - hidden**2)
        return {
            "W1": X.T @ back,
            "b1": back.sum(axis=0),
            "W2": hidden.T @ delta,
            "b2": delta.sum(axis=0),
        }

    def gradients(self, X, y):
        return self._gradients(*self._check(X, y))

    def fit(self, X, y, *, epochs=300, learning_rate=1.0, batch_size=16):
        if epochs < 0 or learning_rate <= 0 or batch_size < 1:
            raise ValueError("bad epochs, learning_rate or batch_size")
        X, y = self._check(X, y)
        rng = np.random.default_rng(self.seed)
        for _ in range(epochs):
            order = rng.permutation(len(y))
            for rows in np.array_split(order, -(-len(y) // batch_size)):
                for key, gradient in self._gradients(X[rows], y[rows]).items():
                    self._params[key] = self._params[key] - learning_rate * gradient
        return self
