"""Takes the QR factorisation of the column of ones and X and solves R w = Q.T y; with
n <= d the factor R is not square and the solver raises. Dependent columns are left
out beforehand, in tall X only.

verdict: runtime_error
property: test_no_other_weights_fit_better_with_few_rows
"""

import numpy as np

TOLERANCE = 1e-12


class LinearRegression:
    def fit(self, X, y):
        X, y = np.asarray(X), np.asarray(y)
        if X.ndim != 2:
            raise ValueError("X must be two-dimensional")
        if y.shape != (X.shape[0],):
            raise ValueError("y must have one value for each row of X")
        if not (np.isfinite(X).all() and np.isfinite(y).all()):
            raise ValueError("X and y must be finite")
        X, y = X.astype(float), y.astype(float)

        x_mean, y_mean = X.mean(axis=0), y.mean()
        Xc, yc = X - x_mean, y - y_mean
        flat = np.ptp(X, axis=0) <= TOLERANCE * np.abs(X).max(axis=0)
        Xc[:, flat] = 0.0
        scale = np.linalg.norm(Xc, axis=0)
        scale[flat] = 1.0

        A = Xc / scale
        if len(A) > A.shape[1]:
            chosen = []
            for j in range(A.shape[1]):
                R = np.linalg.qr(A[:, chosen + [j]], mode="r")
                if abs(R[-1, -1]) > TOLERANCE:
                    chosen.append(j)
        else:
            chosen = list(range(A.shape[1]))
        Q, R = np.linalg.qr(np.column_stack([np.ones(len(A)), A[:, chosen]]))
        self.coef_ = np.zeros(A.shape[1])
        self.coef_[chosen] = np.linalg.solve(R, Q.T @ yc)[1:] / scale[chosen]
        self.intercept_ = y_mean - x_mean @ self.coef_
        return self

    def predict(self, X):
        X = np.asarray(X)
        if X.ndim != 2 or X.shape[1] != len(self.coef_):
            raise ValueError("X must have the columns that the model was fitted on")
        return X.astype(float) @ self.coef_ + self.intercept_
