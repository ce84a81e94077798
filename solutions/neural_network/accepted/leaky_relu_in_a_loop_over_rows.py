"""Leaky ReLU units; a loop of Python over the rows, each with a forward and a backward pass of its own."""

import math

import numpy as np

KEYS = ("W1", "b1", "W2", "b2")
LEAK = 0.05


class NeuralNetwork:
    def __init__(self, n_inputs, n_hidden, seed=0):
        self.width = n_inputs
        self.random = np.random.default_rng(seed)
        bound1, bound2 = math.sqrt(6 / n_inputs), math.sqrt(3 / n_hidden)
        self.params = {
            "W1": self.random.uniform(-bound1, bound1, (n_inputs, n_hidden)),
            "b1": self.random.uniform(-0.5, 0.5, n_hidden),
            "W2": self.random.uniform(-bound2, bound2, (n_hidden, 1)),
            "b2": np.zeros(1),
        }

    def check(self, X, y=None):
        X = np.asarray(X)
        if X.ndim != 2 or X.shape[1] != self.width:
            raise ValueError(f"X has the shape {X.shape}")
        if not np.isfinite(X).all():
            raise ValueError("X is not finite")
        if y is None:
            return X.astype(np.float64)
        y = np.asarray(y)
        if y.shape != (X.shape[0],):
            raise ValueError(f"y has the shape {y.shape}")
        if not all(label in (0, 1) for label in y.tolist()):
            raise ValueError("y holds more than zeros and ones")
        return X.astype(np.float64), y.astype(np.float64)

    def logit(self, x):
        z = x @ self.params["W1"] + self.params["b1"]
        hidden = np.where(z > 0, z, LEAK * z)
        return z, hidden, float(hidden @ self.params["W2"][:, 0] + self.params["b2"][0])

    def predict_proba(self, X):
        return np.array([sigmoid(self.logit(x)[-1]) for x in self.check(X)])

    def predict(self, X):
        return np.array([int(p >= 0.5) for p in self.predict_proba(X)])

    def loss(self, X, y):
        X, y = self.check(X, y)
        total = 0.0
        for x, t in zip(X, y):
            logit = self.logit(x)[-1]
            total += max(logit, 0.0) - t * logit + math.log1p(math.exp(-abs(logit)))
        return float(total / len(y))

    def gradients(self, X, y):
        X, y = self.check(X, y)
        return self.summed(X, y)

    def summed(self, X, y):
        total = {key: np.zeros_like(self.params[key]) for key in KEYS}
        for x, t in zip(X, y):
            z, hidden, logit = self.logit(x)
            error = (sigmoid(logit) - t) / len(y)
            back = error * self.params["W2"][:, 0] * np.where(z > 0, 1.0, LEAK)
            total["W1"] += np.outer(x, back)
            total["b1"] += back
            total["W2"] += error * hidden[:, np.newaxis]
            total["b2"] += error
        return total

    def fit(self, X, y, *, epochs=300, learning_rate=1.0, batch_size=16):
        X, y = self.check(X, y)
        if epochs < 0 or learning_rate <= 0 or batch_size < 1:
            raise ValueError("epochs >= 0, learning_rate > 0 and batch_size >= 1 are needed")
        for _ in range(epochs):
            order = self.random.permutation(len(y))
            for start in range(0, len(y), batch_size):
                rows = order[start : start + batch_size]
                total = self.summed(X[rows], y[rows])
                self.params = {key: self.params[key] - learning_rate * total[key] for key in KEYS}
        return self


def sigmoid(logit):
    if logit >= 0:
        return 1 / (1 + math.exp(-logit))
    power = math.exp(logit)
    return power / (1 + power)
