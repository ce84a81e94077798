"""Stops once the loss is below 1e-3; breaks "no early stop".

verdict: wrong_answer
property: test_an_epoch_of_one_batch_is_one_gradient_step
"""

import math

import numpy as np


class NeuralNetwork:
    """Softplus units; all parameters live in one flat vector, of which W1, b1, W2 and b2 are views."""

    def __init__(self, n_inputs: int, n_hidden: int, seed: int = 0) -> None:
        self._shapes = [
            ("W1", (n_inputs, n_hidden)),
            ("b1", (n_hidden,)),
            ("W2", (n_hidden, 1)),
            ("b2", (1,)),
        ]
        self._flat = np.zeros(sum(math.prod(shape) for _, shape in self._shapes))
        self._seed = seed
        rng = np.random.Generator(np.random.PCG64([seed, 12345]))
        view = self._views(self._flat)
        view["W1"][:] = rng.laplace(scale=1 / math.sqrt(2 * n_inputs), size=(n_inputs, n_hidden))
        view["W2"][:] = rng.choice([-1.0, 1.0], size=(n_hidden, 1)) / math.sqrt(n_hidden)

    def _views(self, flat):
        views, start = {}, 0
        for name, shape in self._shapes:
            views[name] = flat[start : start + math.prod(shape)].reshape(shape)
            start += math.prod(shape)
        return views

    def _get(self):
        return self._views(self._flat.copy())

    def _put(self, params):
        self._flat = np.concatenate([np.ravel(params[name]) for name, _ in self._shapes]).astype(
            float
        )

    params = property(_get, _put)

    def _validated(self, X, *labels):
        if np.ndim(X) != 2 or 0 in np.shape(X) or np.shape(X)[1] != self._shapes[0][1][0]:
            raise ValueError("bad shape of X")
        X = np.array(X, dtype=np.double)
        if np.isnan(X).any() or np.isinf(X).any():
            raise ValueError("X is not finite")
        if not labels:
            return X
        (y,) = labels
        if np.shape(y) != (len(X),):
            raise ValueError("bad shape of y")
        if set(np.unique(y).tolist()) - {0, 1}:
            raise ValueError("bad labels")
        return X, np.array(y, dtype=np.double)

    def _run(self, X):
        p = self._views(self._flat)
        sums = X @ p["W1"]
        sums += p["b1"]
        return sums, np.logaddexp(0, sums), p

    @staticmethod
    def _probability(z):
        out = np.empty_like(z)
        up = z >= 0
        out[up] = 1 / (1 + np.exp(-z[up]))
        e = np.exp(z[~up])
        out[~up] = e / (1 + e)
        return out

    def _proba(self, X):
        _, hidden, p = self._run(X)
        return self._probability(hidden @ p["W2"][:, 0] + p["b2"])

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        """Return the probability of class 1 for each row, shape (n,)."""
        return self._proba(self._validated(X))

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Return the class, 0 or 1, of each row, shape (n,)."""
        return np.greater_equal(self.predict_proba(X), 0.5).astype("int32")

    def loss(self, X: np.ndarray, y: np.ndarray) -> float:
        """Return the mean binary cross-entropy over the rows."""
        X, y = self._validated(X, y)
        _, hidden, p = self._run(X)
        z = hidden @ p["W2"][:, 0] + p["b2"]
        cost = y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z)
        return math.fsum(cost) / len(cost)

    def _gradient(self, X, y):
        sums, hidden, p = self._run(X)
        error = (self._probability(hidden @ p["W2"][:, 0] + p["b2"]) - y) / len(y)
        flat = np.empty_like(self._flat)
        g = self._views(flat)
        delta = np.outer(error, p["W2"]) * self._probability(sums)
        np.matmul(X.T, delta, out=g["W1"])
        np.sum(delta, axis=0, out=g["b1"])
        g["W2"][:, 0] = error @ hidden
        g["b2"][0] = error.sum()
        return flat

    def gradients(self, X: np.ndarray, y: np.ndarray) -> dict[str, np.ndarray]:
        """Return the derivatives of loss(X, y) by each of the params."""
        return self._views(self._gradient(*self._validated(X, y)))

    def fit(
        self,
        X: np.ndarray,
        y: np.ndarray,
        *,
        epochs: int = 300,
        learning_rate: float = 1.0,
        batch_size: int = 16,
    ) -> "NeuralNetwork":
        """Train by gradient descent in batches, and return the network."""
        if epochs < 0:
            raise ValueError("epochs")
        if learning_rate <= 0:
            raise ValueError("learning_rate")
        if batch_size < 1:
            raise ValueError("batch_size")
        X, y = self._validated(X, y)
        rng = np.random.default_rng(self._seed)  # the same orders in every fit
        rows = np.arange(len(y))
        for _ in range(epochs):
            if self.loss(X, y) < 1e-3:
                break
            rng.shuffle(rows)
            for batch in np.split(rows, range(batch_size, len(rows), batch_size)):
                self._flat -= learning_rate * self._gradient(X[batch], y[batch])
        return self
