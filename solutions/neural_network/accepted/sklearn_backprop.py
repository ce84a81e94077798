"""scikit-learn's MLPClassifier does the forward and the backward pass.

Its own loss clips p, and its fit has momentum and a penalty by default, so loss and steps are NumPy's.

uses: sklearn.neural_network scipy
"""

import numpy as np
from sklearn.neural_network import MLPClassifier

NAMES = ("W1", "b1", "W2", "b2")


class NeuralNetwork:
    def __init__(self, n_inputs, n_hidden, seed=0):
        self._sizes = [n_inputs, n_hidden, 1]
        self._order = np.random.default_rng([seed, 1])
        draw = np.random.default_rng(seed).normal
        mlp = MLPClassifier(hidden_layer_sizes=(n_hidden,), activation="tanh", alpha=0.0)
        mlp.n_layers_, mlp.n_outputs_, mlp.out_activation_ = 3, 1, "logistic"
        mlp._loss_func_name = "log_loss"
        mlp.coefs_ = [
            draw(0, 1 / np.sqrt(n_inputs), (n_inputs, n_hidden)),
            draw(0, 1 / np.sqrt(n_hidden), (n_hidden, 1)),
        ]
        mlp.intercepts_ = [np.zeros(n_hidden), np.zeros(1)]
        self._mlp = mlp

    @property
    def params(self):
        (W1, W2), (b1, b2) = self._mlp.coefs_, self._mlp.intercepts_
        return dict(zip(NAMES, (W1.copy(), b1.copy(), W2.copy(), b2.copy())))

    @params.setter
    def params(self, new):
        self._mlp.coefs_ = [np.array(new["W1"]), np.array(new["W2"])]
        self._mlp.intercepts_ = [np.array(new["b1"]), np.array(new["b2"])]

    def _rows(self, X):
        X = np.array(X, dtype=float)
        if X.ndim != 2 or X.shape[1] != self._sizes[0] or not np.isfinite(X).all():
            raise ValueError("X")
        return X

    def _labels(self, y, n):
        y = np.array(y, dtype=float)
        if y.shape != (n,) or not np.isin(y, [0, 1]).all():
            raise ValueError("y")
        return y

    def _logits(self, X):
        (W1, W2), (b1, b2) = self._mlp.coefs_, self._mlp.intercepts_
        return (np.tanh(X @ W1 + b1) @ W2 + b2).ravel()

    def predict_proba(self, X):
        X = self._rows(X)
        return self._mlp._forward_pass_fast(X, check_input=False).ravel()

    def predict(self, X):
        return np.greater_equal(self.predict_proba(X), 0.5).astype(np.int64)

    def loss(self, X, y):
        X = self._rows(X)
        return float(np.mean(np.logaddexp(0, (1 - 2 * self._labels(y, len(X))) * self._logits(X))))

    def _backprop(self, X, y):
        n, sizes = len(X), self._sizes
        activations = [X, *(np.empty((n, size)) for size in sizes[1:])]
        deltas = [np.empty((n, size)) for size in sizes[1:]]
        coefs = [np.empty_like(one) for one in self._mlp.coefs_]
        biases = [np.empty_like(one) for one in self._mlp.intercepts_]
        activations = self._mlp._forward_pass(activations)
        _, coefs, biases = self._mlp._backprop(
            X, y.reshape(-1, 1), None, activations, deltas, coefs, biases
        )
        return dict(zip(NAMES, (coefs[0], biases[0], coefs[1], biases[1])))

    def gradients(self, X, y):
        X = self._rows(X)
        return self._backprop(X, self._labels(y, len(X)))

    def fit(self, X, y, *, epochs=300, learning_rate=1.0, batch_size=16):
        X = self._rows(X)
        y = self._labels(y, len(X))
        if epochs < 0 or learning_rate <= 0 or batch_size < 1:
            raise ValueError("options")
        for _ in range(epochs):
            order = self._order.permutation(len(X))
            for start in range(0, len(X), batch_size):
                batch = order[start : start + batch_size]
                slopes, now = self._backprop(X[batch], y[batch]), self.params
                self.params = {key: now[key] - learning_rate * slopes[key] for key in NAMES}
        return self
