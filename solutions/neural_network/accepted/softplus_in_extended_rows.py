"""Softplus units; the biases are rows of the weights, met by a column of ones; labels are -1 and 1."""

import numpy as np


def expit(z):
    # exp only of what is not positive.
    return np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))


class NeuralNetwork:
    def __init__(self, n_inputs, n_hidden, seed=0):
        self._d, self._h = n_inputs, n_hidden
        rng = np.random.Generator(np.random.PCG64(seed))
        self._first = rng.normal(size=(n_inputs + 1, n_hidden)) * 2 / np.sqrt(n_inputs)
        self._second = rng.normal(size=(n_hidden + 1, 1)) / np.sqrt(n_hidden)
        self._second[-1] = 0
        self._mix = np.random.Generator(np.random.Philox(seed))

    def _named(self, first, second):
        return {"W1": first[:-1], "b1": first[-1], "W2": second[:-1], "b2": second[-1]}

    params = property(
        lambda self: self._named(self._first.copy(), self._second.copy()),
        lambda self, new: self._take(new),
    )

    def _take(self, new):
        self._first = np.vstack([new["W1"], new["b1"]]).astype(float)
        self._second = np.vstack([new["W2"], new["b2"].reshape(1, 1)]).astype(float)

    def _rows(self, X):
        X = np.array(X, dtype=float)
        if X.ndim != 2 or X.shape[1] != self._d or not np.isfinite(X).all():
            raise ValueError(f"X must be finite and of shape (n, {self._d})")
        return np.column_stack([X, np.ones(len(X))])

    def _signs(self, y, n):
        y = np.array(y, dtype=float)
        if y.shape != (n,) or not np.array_equal(y, y.astype(bool)):
            raise ValueError("y must hold zeros and ones, one for each row")
        return 2 * y - 1

    def _forward(self, rows):
        z = rows @ self._first
        hidden = np.column_stack([np.logaddexp(0, z), np.ones(len(rows))])
        return z, hidden, (hidden @ self._second).ravel()

    def predict_proba(self, X):
        return expit(self._forward(self._rows(X))[-1])

    def predict(self, X):
        return (2 * self.predict_proba(X) >= 1).astype("int32")

    def loss(self, X, y):
        rows = self._rows(X)
        sign = self._signs(y, len(rows))
        return np.logaddexp(0, -sign * self._forward(rows)[-1]).mean()

    def _slopes(self, rows, sign):
        z, hidden, logit = self._forward(rows)
        error = (-sign * expit(-sign * logit) / len(rows)).reshape(-1, 1)
        return rows.T @ (error @ self._second[:-1].T * expit(z)), hidden.T @ error

    def gradients(self, X, y):
        rows = self._rows(X)
        return self._named(*self._slopes(rows, self._signs(y, len(rows))))

    def fit(self, X, y, *, epochs=300, learning_rate=1.0, batch_size=16):
        rows = self._rows(X)
        sign = self._signs(y, len(rows))
        if not (epochs >= 0 and learning_rate > 0 and batch_size >= 1):
            raise ValueError("epochs >= 0, learning_rate > 0, batch_size >= 1")
        pieces = range(batch_size, len(rows), batch_size)
        for _ in range(epochs):
            for batch in np.split(self._mix.permutation(len(rows)), pieces):
                first, second = self._slopes(rows[batch], sign[batch])
                self._first = self._first - learning_rate * first
                self._second = self._second - learning_rate * second
        return self
