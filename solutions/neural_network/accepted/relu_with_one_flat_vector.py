"""ReLU units; all parameters live in one flat vector, of which params is a view by name; no shuffling."""

import numpy as np


class NeuralNetwork:
    def __init__(self, n_inputs, n_hidden, seed=0):
        d, h = int(n_inputs), int(n_hidden)
        self._shapes = {"W1": (d, h), "b1": (h,), "W2": (h, 1), "b2": (1,)}
        rng = np.random.RandomState(seed)
        first = rng.standard_normal(d * h) * np.sqrt(2.0 / d)
        second = rng.standard_normal(h) * np.sqrt(2.0 / h)
        self._theta = np.concatenate([first, rng.uniform(-0.1, 0.1, h), second, [0.0]])

    @property
    def params(self):
        return self._split(self._theta.copy())

    @params.setter
    def params(self, params):
        self._theta = np.concatenate([np.ravel(params[key]) for key in self._shapes])

    def _split(self, theta):
        parts, at = {}, 0
        for key, shape in self._shapes.items():
            size = int(np.prod(shape))
            parts[key] = theta[at : at + size].reshape(shape)
            at += size
        return parts

    def _checked(self, X, y=None):
        X = np.asarray(X)
        if X.ndim != 2 or X.shape[1] != self._shapes["W1"][0]:
            raise ValueError("wrong shape of X")
        X = X.astype(float)
        if np.isnan(X).any() or np.isinf(X).any():
            raise ValueError("X is not finite")
        if y is None:
            return X
        y = np.asarray(y)
        if y.shape != X.shape[:1]:
            raise ValueError("wrong shape of y")
        y = y.astype(float)
        if ((y != 0) & (y != 1)).any():
            raise ValueError("y is not binary")
        return X, y

    def _logits(self, theta, X):
        p = self._split(theta)
        z = X @ p["W1"] + p["b1"]
        hidden = np.maximum(z, 0.0)
        return z, hidden, hidden @ p["W2"][:, 0] + p["b2"][0]

    def predict_proba(self, X):
        logit = self._logits(self._theta, self._checked(X))[2]
        return np.exp(-np.logaddexp(0.0, -logit))

    def predict(self, X):
        return np.where(self.predict_proba(X) >= 0.5, 1, 0).astype(np.int8)

    def loss(self, X, y):
        X, y = self._checked(X, y)
        logit = self._logits(self._theta, X)[2]
        each = np.maximum(logit, 0.0) - logit * y + np.log1p(np.exp(-np.abs(logit)))
        return np.mean(each)

    def _slope(self, theta, X, y):
        z, hidden, logit = self._logits(theta, X)
        error = (np.exp(-np.logaddexp(0.0, -logit)) - y) / len(y)
        back = np.outer(error, self._split(theta)["W2"][:, 0]) * (z > 0)
        return np.concatenate([(X.T @ back).ravel(), back.sum(0), error @ hidden, [error.sum()]])

    def gradients(self, X, y):
        return self._split(self._slope(self._theta, *self._checked(X, y)))

    def fit(self, X, y, *, epochs=300, learning_rate=1.0, batch_size=16):
        X, y = self._checked(X, y)
        if epochs < 0 or learning_rate <= 0 or batch_size < 1:
            raise ValueError("epochs, learning_rate or batch_size is out of range")
        theta = self._theta.copy()
        for _ in range(epochs):
            for at in range(0, len(X), batch_size):
                rows = slice(at, at + batch_size)
                theta -= learning_rate * self._slope(theta, X[rows], y[rows])
        self._theta = theta
        return self
