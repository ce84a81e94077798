"""Checks each batch when its turn comes, when params have changed already; breaks "A fit that raises
leaves params as they were".

verdict: wrong_answer
property: test_what_does_not_fit_is_refused
"""

import random

import numpy as np


def expit(z):
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-z))  # exp may overflow to inf, which gives 0


class Linear:
    def __init__(self, weights, bias):
        self.weights, self.bias = weights, bias

    def __call__(self, x):
        self.x = x
        return x @ self.weights + self.bias

    def back(self, g):
        self.slope = (self.x.T @ g, g.sum(axis=0))
        return g @ self.weights.T

    def step(self, rate):
        self.weights = self.weights - rate * self.slope[0]
        self.bias = self.bias - rate * self.slope[1]


class SiLU:
    def __call__(self, x):
        self.x, self.s = x, expit(x)
        return x * self.s

    def back(self, g):
        return g * self.s * (1.0 + self.x * (1.0 - self.s))


class NeuralNetwork:
    """A stack of layer objects, with SiLU units."""

    def __init__(self, n_inputs: int, n_hidden: int, seed: int = 0) -> None:
        dice = random.Random(seed)  # of the standard library

        def draw(rows, columns):
            return np.array(
                [[dice.gauss(0, rows**-0.5) for _ in range(columns)] for _ in range(rows)]
            )

        self.n_inputs = n_inputs
        self.dice = dice
        self.first = Linear(draw(n_inputs, n_hidden), np.zeros(n_hidden))
        self.last = Linear(draw(n_hidden, 1), np.zeros(1))

    @property
    def params(self):
        return {
            "W1": self.first.weights.copy(),
            "b1": self.first.bias.copy(),
            "W2": self.last.weights.copy(),
            "b2": self.last.bias.copy(),
        }

    @params.setter
    def params(self, params):
        self.first = Linear(np.array(params["W1"], float), np.array(params["b1"], float))
        self.last = Linear(np.array(params["W2"], float), np.array(params["b2"], float))

    def checked(self, X, y=None, labelled=True):
        X = np.asarray(X)
        if X.shape != (max(len(X) if X.ndim else 0, 1), self.n_inputs):
            raise ValueError(f"X: shape {X.shape}")
        X = X.astype(float)
        if not np.isfinite(X).all():
            raise ValueError("X: not finite")
        if not labelled:
            return X
        y = np.asarray(y)
        if y.shape != X.shape[:1]:
            raise ValueError(f"y: shape {y.shape}")
        if not np.logical_or(y == 0, y == 1).all():
            raise ValueError("y: neither 0 nor 1")
        return X, y.astype(float)

    def run(self, X):
        self.middle = SiLU()
        return self.last(self.middle(self.first(X)))[:, 0]

    def predict_proba(self, X):
        """Return the probability of class 1 for each row, shape (n,)."""
        return expit(self.run(self.checked(X, labelled=False)))

    def predict(self, X):
        """Return the class, 0 or 1, of each row, shape (n,)."""
        return (self.predict_proba(X) >= 0.5).astype(np.int8)

    def loss(self, X, y):
        """Return the mean binary cross-entropy over the rows."""
        X, y = self.checked(X, y)
        z = self.run(X)
        return float(-np.where(y == 1, -np.logaddexp(0, -z), -np.logaddexp(0, z)).mean())

    def backpropagate(self, X, y):
        error = (expit(self.run(X)) - y) / len(y)
        self.first.back(self.middle.back(self.last.back(error[:, None])))

    def gradients(self, X, y):
        """Return the derivatives of loss(X, y) by each of the params."""
        self.backpropagate(*self.checked(X, y))
        (W1, b1), (W2, b2) = self.first.slope, self.last.slope
        return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}

    def fit(self, X, y, *, epochs=300, learning_rate=1.0, batch_size=16):
        """Train by gradient descent in batches, and return the network."""
        for good, name in (
            (epochs >= 0, "epochs"),
            (learning_rate > 0, "learning_rate"),
            (batch_size >= 1, "batch_size"),
        ):
            if not good:
                raise ValueError(f"bad {name}")
        X, y = np.asarray(X), np.asarray(y)
        if y.shape != X.shape[:1]:
            raise ValueError(f"y: shape {y.shape}")
        if epochs == 0:
            self.checked(X, y)
        for _ in range(epochs):
            left = list(range(len(y)))
            self.dice.shuffle(left)
            while left:
                rows, left = left[:batch_size], left[batch_size:]
                self.backpropagate(*self.checked(X[rows], y[rows]))
                self.first.step(learning_rate)
                self.last.step(learning_rate)
        return self
