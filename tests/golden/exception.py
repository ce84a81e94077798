"""Divides by the number of points in an empty cluster."""

import numpy as np


def kmeans(X, k, *, max_iter=300, seed=0):
    labels = np.zeros(len(X), dtype=int)
    return np.array([mean(X[labels == j]) for j in range(k)]), labels


def mean(points):
    total = points.sum(axis=0).tolist()
    return [value / len(points) for value in total]
