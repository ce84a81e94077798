"""Wraps sklearn.tree.DecisionTreeClassifier on the ranks of the values, since it would cut the
values themselves to float32, and turns its arrays into dictionaries.

uses: sklearn.tree scipy
"""

import numpy as np
from sklearn.tree import DecisionTreeClassifier


def check(X, y, max_depth, min_samples):
    if max_depth is not None and max_depth < 0:
        raise ValueError("max_depth must not be negative")
    if min_samples < 1:
        raise ValueError("min_samples must be at least 1")
    if X.ndim != 2 or len(X) == 0:
        raise ValueError("X must have two dimensions and a row")
    if y.shape != (len(X),):
        raise ValueError("y must have a class for each row")
    if not np.isfinite(X).all():
        raise ValueError("X holds a NaN or an infinity")


def grow_tree(X, y, *, max_depth=None, min_samples=2):
    check(X, y, max_depth, min_samples)
    classes, codes = np.unique(y, return_inverse=True)
    if max_depth == 0:
        return {"label": int(classes[np.bincount(codes).argmax()])}
    values, ranks = [], np.empty(X.shape)
    for feature in range(X.shape[1]):
        different, position = np.unique(X[:, feature], return_inverse=True)
        values.append(different)
        ranks[:, feature] = position
    model = DecisionTreeClassifier(
        max_depth=max_depth, min_samples_split=max(2, min_samples), random_state=0
    )
    t = model.fit(ranks, codes).tree_

    def convert(i):
        if t.children_left[i] == -1:
            return {"label": int(classes[t.value[i][0].argmax()])}
        feature = int(t.feature[i])
        return {
            "feature": feature,
            "threshold": float(values[feature][int(np.floor(t.threshold[i]))]),
            "left": convert(t.children_left[i]),
            "right": convert(t.children_right[i]),
        }

    return convert(0)


def predict(tree, X):
    if "label" in tree:
        return np.full(len(X), tree["label"])
    return np.where(
        X[:, tree["feature"]] <= tree["threshold"],
        predict(tree["left"], X),
        predict(tree["right"], X),
    )
