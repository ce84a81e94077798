"""What Lloyd's k-means must satisfy, whatever the seeding and the order of the clusters."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st
from strategies import INTEGER_DTYPES, matrices, signs

from kata.grading import (
    Submission,
    array,
    budget,
    close,
    example,
    given,
    growth,
    pair,
    raises,
    reject,
    require,
    same_answer,
    unchanged,
)

Array = np.ndarray[Any, Any]
EPS = float(np.finfo(float).eps)

SEEDS = st.one_of(st.integers(0, 3), st.integers(0, 2**32 - 1))


def answer(submission: Submission, X: Array, k: int, **options: Any) -> tuple[Array, Array]:
    """The centroids and labels for these arguments, checked for shape and range.

    Their types are the matter of one property; the others take numbers of any.
    """
    centroids, labels = pair(submission.kmeans(X, k, **options), name="The answer")
    n, d = X.shape
    array(centroids, name="centroids", shape=(k, d), kind="number")
    array(labels, name="labels", shape=(n,), kind="number")
    if not np.all((labels >= 0) & (labels < k) & (labels == np.floor(labels))):
        reject(f"labels must be whole numbers between 0 and {k - 1}.", returned=labels)
    return centroids.astype(float), labels.astype(int)


def check_nearest(X: Array, centroids: Array, labels: Array) -> None:
    """Check that every label names a centroid that is nearest, up to rounding.

    The squared distance may have been computed as |x|^2 - 2 x.c + |c|^2, whose d + 2 terms are
    of the size (|x| + |c|)^2 and are each rounded a few times.
    """
    d = X.shape[1]
    squared = ((X[:, np.newaxis, :].astype(float) - centroids) ** 2).sum(axis=2)
    chosen = squared[np.arange(len(X)), labels]
    size = np.linalg.norm(X.astype(float), axis=1)[:, np.newaxis] + np.linalg.norm(
        centroids, axis=1
    )
    within = 8 * (d + 4) * EPS * (size**2).max(axis=1)
    wrong = np.flatnonzero(chosen > squared.min(axis=1) + within)
    if len(wrong):
        i = int(wrong[0])
        best = int(squared[i].argmin())
        reject(
            f"labels[{i}] names centroid {labels[i]}, but centroid {best} is nearer to X[{i}]: "
            f"{np.sqrt(squared[i, best]):.4g} away against {np.sqrt(chosen[i]):.4g}.",
            returned=f"labels = {labels.tolist()}, centroids = {centroids.tolist()}",
        )


def check_means(X: Array, centroids: Array, labels: Array) -> None:
    """Check that every centroid with points is their mean, up to the rounding of a sum.

    The rows may have been moved first, by their mean for one: so it is rounding of numbers as large
    as any in X.
    """
    size = np.abs(X.astype(float)).max(axis=0)
    for j in range(len(centroids)):
        points = X[labels == j].astype(float)
        if len(points):
            # Of m points, each moved by up to `size`: half an EPS of twice that for the move, m - 1
            # times that for the additions, and half an EPS each for the division and the way back.
            within = (len(points) + 2) * EPS * size
            close(
                centroids[j],
                points.mean(axis=0),
                within=within,
                name=f"centroids[{j}]",
                because=f"The mean of the {len(points)} points with the label {j} is expected.",
            )


@st.composite
def clouds(draw: st.DrawFn, most_rows: int = 12, least_rows: int = 1) -> tuple[Array, int]:
    """Points, some of them alike, at times tiny or away from the origin, and a k for them.

    Seldom more clusters than distinct rows: some right answers then move until max_iter, and take
    a hundred times as long.
    """
    X = draw(matrices(st.integers(least_rows, most_rows), st.integers(1, 3)))
    repeats = draw(st.lists(st.integers(0, len(X) - 1), max_size=4))
    X = np.vstack([X, X[repeats]]) + draw(st.sampled_from([0.0, 0.0, 1000.0]))
    # A power of two, so that the numbers stay exact; an eighth of it is more than 1e-10.
    X = X * draw(st.sampled_from([1.0, 1.0, 2.0**-30]))
    alike = draw(st.sampled_from([False, False, False, False, True]))
    return X, draw(st.integers(1, len(X) if alike else len(np.unique(X, axis=0))))


@st.composite
def integer_clouds(draw: st.DrawFn) -> tuple[Array, int]:
    """Points of an integer type, far enough apart for squares to overflow the narrow ones."""
    narrow = np.iinfo(draw(st.sampled_from(INTEGER_DTYPES)))
    low, high = max(narrow.min, -(10**6)), min(narrow.max, 10**6)
    n, d = draw(st.integers(1, 8)), draw(st.integers(1, 2))
    cells = draw(st.lists(st.integers(low, high), min_size=n * d, max_size=n * d))
    return np.array(cells).reshape(n, d).astype(narrow.dtype), draw(st.integers(1, n))


@st.composite
def with_distinct_rows(draw: st.DrawFn) -> tuple[Array, int]:
    """Points with many duplicates, and a k of at most as many as there are distinct rows."""
    X = draw(matrices(st.integers(1, 6), st.integers(1, 2)))
    counts = [draw(st.integers(1, 5)) for _ in range(len(X))]
    X = np.repeat(X, counts, axis=0)
    X = X[draw(st.permutations(range(len(X))))]
    return X, draw(st.integers(1, len(np.unique(X, axis=0))))


@st.composite
def emptied(draw: st.DrawFn) -> tuple[Array, int]:
    """Points on a line, and k = 3: the first move empties a cluster that starts between the ends.

    That hardly ever happens to random points. Who starts from -6, 0 and 10, the farthest points,
    gives 4.875 to 0, whose centroid moves over to there; then 0 is nearer to the centroid on its
    left, and 4.875 to the one on its right.
    """
    heavy, few, end = draw(st.integers(6, 9)), draw(st.integers(3, 4)), draw(st.integers(0, 2))
    line = [-6, *[-3.125] * heavy, 0, *[4.875] * few, *[5.125] * 3 * heavy, *[9.875] * end, 10]
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    # An end comes first, for who starts from the first row.
    order = [0, *rng.permutation(range(1, len(line)))]
    direction = draw(st.sampled_from([[1.0], [-1.0], [1.0, 0.5], [0.0, -8.0], [1.0, -1.0, 2.0]]))
    X = np.outer(np.array(line)[order], direction) + draw(st.sampled_from([0.0, 0.0, 1000.0]))
    return X * draw(st.sampled_from([1.0, 1.0, 2.0**-20])), 3


ONE_FEATURE = (np.array([[0.0], [1.0], [5.0], [6.0], [20.0]]), 2)
ALL_ALIKE = (np.array([[2.0, 3.0]] * 4), 2)
# With some k-means++ starts, Lloyd's algorithm takes all points away from a cluster here.
HARD_TO_KEEP = np.array(
    [[1.0, 9.0], [0.0, 11.0], [10.0, 7.0], [2.0, 11.0], [3.0, 0.0], [11.0, 11.0], [4.0, 1.0]]
)
# And here, if it starts from the points that are the farthest from each other, the first of which
# default_rng(27).integers(31) finds.
EMPTIED = (
    np.array([[-6.0], *[[-3.125]] * 6, [0.0], *[[4.875]] * 3, *[[5.125]] * 18, [9.875], [10.0]]),
    3,
)
# A point halfway between two centroids belongs to the one whose mean it is part of.
TIES = (np.array([[1.0, 2.0], [0.0, 3.0], [3.0, 2.0], [4.0, 3.0], [2.0, 1.0], [1.0, 0.0]]), 3)
# Points that change sides while the clusters keep their sizes.
SAME_SIZES = (
    np.array([[7, 7], [8, 5], [8, 0], [3, 2], [0, 7], [4, 1], [10, 7], [1, 7], [10, 9]], float),
    2,
)
PAIR = (np.array([[0.0, 0.0], [4.0, 2.0]]), 1)


@given(cloud=st.one_of(clouds(), integer_clouds()), seed=SEEDS)
@example(cloud=ONE_FEATURE, seed=0)
@example(cloud=ALL_ALIKE, seed=1)
@example(cloud=(np.array([[1.5]]), 1), seed=0)
# Integers that are centroids already, and yet have to be answered as floats.
@example(cloud=(np.array([[1], [5]]), 2), seed=0)
def test_centroids_and_labels_have_the_promised_shapes_and_types(
    submission: Submission, cloud: tuple[Array, int], seed: int
) -> None:
    """The answer is (centroids, labels): float64 (k, d), finite, and integers (n,) below k."""
    X, k = cloud
    centroids, labels = pair(submission.kmeans(X, k, seed=seed), name="The answer")
    array(centroids, name="centroids", shape=(k, X.shape[1]), kind="float", dtype=np.float64)
    array(labels, name="labels", shape=(len(X),), kind="integer")
    if not np.all((labels >= 0) & (labels < k)):
        reject(f"labels must lie between 0 and {k - 1}.", returned=labels)


@given(
    cloud=st.one_of(clouds(), clouds(), emptied()),
    seed=SEEDS,
    max_iter=st.sampled_from([None, 1, 2, 3, 300]),
)
@example(cloud=ONE_FEATURE, seed=0, max_iter=1)
# Who does not stop when nothing changes any more is not done within the two seconds.
@example(cloud=ONE_FEATURE, seed=0, max_iter=10**6)
@example(cloud=(np.arange(12.0).reshape(12, 1) ** 2, 4), seed=0, max_iter=1)
@example(cloud=(np.arange(12.0).reshape(12, 1) ** 2, 4), seed=1, max_iter=2)
@example(cloud=(np.random.default_rng(0).uniform(size=(60, 2)) * [1, 5], 4), seed=0, max_iter=None)
# Of a cluster that is put on a point after it was emptied, the other labels change, too.
@example(cloud=EMPTIED, seed=0, max_iter=1)
@example(cloud=EMPTIED, seed=27, max_iter=1)
@example(cloud=(HARD_TO_KEEP, 4), seed=0, max_iter=1)
@example(cloud=(HARD_TO_KEEP, 4), seed=23, max_iter=1)
# More labels than a byte has room for.
@example(cloud=(np.arange(258.0).reshape(258, 1), 258), seed=0, max_iter=1)
def test_every_label_names_the_nearest_centroid(
    submission: Submission, cloud: tuple[Array, int], seed: int, max_iter: int | None
) -> None:
    """Every label names the nearest of the returned centroids, for any max_iter."""
    X, k = cloud
    options = {} if max_iter is None else {"max_iter": max_iter}
    check_nearest(X, *answer(submission, X, k, seed=seed, **options))


@given(cloud=st.one_of(clouds(), clouds(), emptied()), seed=SEEDS, default=st.booleans())
@example(cloud=PAIR, seed=0, default=True)
@example(cloud=ONE_FEATURE, seed=0, default=True)
@example(cloud=(np.array([[0.0], [0.0], [0.0], [8.0]]), 1), seed=0, default=False)
@example(cloud=TIES, seed=1, default=False)
@example(cloud=TIES, seed=4, default=False)
@example(cloud=SAME_SIZES, seed=0, default=False)
@example(cloud=SAME_SIZES, seed=2, default=False)
@example(cloud=SAME_SIZES, seed=3, default=False)
# After an empty cluster was put on a point, everything moves on.
@example(cloud=EMPTIED, seed=0, default=True)
@example(cloud=EMPTIED, seed=27, default=False)
@example(cloud=(HARD_TO_KEEP, 4), seed=0, default=True)
@example(cloud=(HARD_TO_KEEP, 4), seed=23, default=False)
def test_every_centroid_is_the_mean_of_its_points(
    submission: Submission, cloud: tuple[Array, int], seed: int, default: bool
) -> None:
    """Once nothing changes any more, every centroid is the mean of its points."""
    X, k = cloud
    options = {} if default else {"seed": seed}
    check_means(X, *answer(submission, X, k, **options))


# Evenly spaced numbers take the most moves: a boundary creeps along one point at a time.
EVEN = np.arange(200.0).reshape(200, 1)


@st.composite
def large_clouds(draw: st.DrawFn) -> Array:
    """From 60 to 200 points: evenly spaced on a line, or uniform in a square or cube.

    Of any size, so that there is no distance which is little by itself.
    """
    n, d = draw(st.integers(60, 200)), draw(st.integers(1, 3))
    if d == 1:
        return EVEN[:n] * draw(st.sampled_from([1.0, 2.0**-30, 2.0**12]))
    X = cloud_of(draw(st.integers(0, 10**6)), n, d)
    return X * draw(st.sampled_from([1.0, 2.0**-26, 2.0**19]))


def cloud_of(seed: int, n: int, d: int) -> Array:
    """Points uniform in a square or cube, none of whose numbers is tiny."""
    X = np.random.default_rng(seed).uniform(-1, 1, size=(n, d))
    X[np.abs(X) < 0.01] = 0
    return X


@given(X=large_clouds(), k=st.integers(2, 8), seed=SEEDS, examples=12)
@example(X=EVEN, k=4, seed=0)
@example(X=EVEN, k=4, seed=1)
@example(X=EVEN, k=4, seed=2)
@example(X=EVEN, k=6, seed=3)
# Who stops when no centroid moves by more than 1e-6 stops at once.
@example(X=EVEN * 2.0**-30, k=4, seed=0)
@example(X=cloud_of(0, 200, 2) * 2.0**-26, k=5, seed=0)
def test_the_default_max_iter_runs_to_convergence(
    submission: Submission, X: Array, k: int, seed: int
) -> None:
    """With the default max_iter up to 200 rows converge: means and labels agree."""
    centroids, labels = answer(submission, X, k, seed=seed)
    check_means(X, centroids, labels)
    check_nearest(X, centroids, labels)


@given(cloud=st.one_of(with_distinct_rows(), with_distinct_rows(), emptied()), seed=SEEDS)
@example(cloud=(np.array([[0.0], [0.0], [0.0], [1.0]]), 2), seed=0)
@example(cloud=(np.array([[0.0], [1.0], [2.0]]), 3), seed=0)
@example(cloud=(np.array([[0.0], [1.0], [9.0], [10.0]]), 4), seed=0)
@example(cloud=(HARD_TO_KEEP, 4), seed=0)
@example(cloud=(HARD_TO_KEEP, 4), seed=23)
@example(cloud=EMPTIED, seed=0)
@example(cloud=EMPTIED, seed=27)
def test_no_cluster_is_empty_while_there_are_k_distinct_rows(
    submission: Submission, cloud: tuple[Array, int], seed: int
) -> None:
    """While X has at least k distinct rows, every label from 0 to k - 1 is used."""
    X, k = cloud
    _, labels = answer(submission, X, k, seed=seed)
    missing = sorted(set(range(k)) - set(labels.tolist()))
    distinct = len(np.unique(X, axis=0))
    require(
        not missing,
        f"No point has the label {missing[0] if missing else ''}, though X has {distinct} "
        f"distinct rows and k is {k}.",
        returned=f"labels = {labels.tolist()}",
    )


@st.composite
def separated(draw: st.DrawFn) -> tuple[Array, Array, int]:
    """Points, their true clusters, and k: clusters 1 apart or more, and 4e-5 wide or less.

    Integers of all types as well: of those the points of a cluster are the same.
    """
    d = draw(st.integers(1, 3))
    spots = st.tuples(*[st.integers(-9, 9)] * d)
    centres = draw(st.lists(spots, min_size=2, max_size=6, unique=True))
    truth = [j for j in range(len(centres)) for _ in range(draw(st.integers(1, 6)))]
    truth = draw(st.permutations(truth))
    if draw(st.sampled_from([False, False, True])):
        # As far apart as the type has room for, so that its squares overflow; no width at all.
        whole = np.iinfo(draw(st.sampled_from(INTEGER_DTYPES)))
        low, high = max(int(whole.min), -(10**6)), min(int(whole.max), 10**6)
        cells = low + (np.array(centres) + 9) * ((high - low) // 18)
        return cells.astype(whole.dtype)[truth], np.array(truth), len(centres)
    jitter = draw(signs(len(truth), d))
    # Corners of the jitter's cube are at most 2 * sqrt(3) * 1e-5 from each other.
    return np.array(centres, dtype=float)[truth] + jitter * 1e-5, np.array(truth), len(centres)


@given(blobs=separated(), seed=SEEDS, max_iter=st.sampled_from([300, 1]))
@example(blobs=(np.array([[0.0], [1.0]]), np.array([0, 1]), 2), seed=0, max_iter=1)
@example(
    blobs=(np.array([[0.0], [1e-5], [1.0], [2.0], [3.0]]), np.array([0, 0, 1, 2, 3]), 4),
    seed=0,
    max_iter=300,
)
@example(
    blobs=(np.array([[0.0], [1e-5], [1.0], [1.00002]]), np.array([0, 0, 1, 1]), 2),
    seed=0,
    max_iter=1,
)
@example(
    blobs=(
        np.array([[0.0, 0.0]] * 6 + [[0.0, 9.0], [9.0, 0.0], [9.0, 9.0]]),
        np.array([0] * 6 + [1, 2, 3]),
        4,
    ),
    seed=2,
    max_iter=300,
)
@example(
    blobs=(
        np.array([[0], [1], [50_000], [50_001], [65_536], [131_072], [131_073]], np.int32),
        np.array([0, 0, 1, 1, 2, 3, 3]),
        4,
    ),
    seed=0,
    max_iter=300,
)
@example(
    blobs=(np.array([[0], [0], [128], [255], [255]], np.uint8), np.array([0, 0, 1, 2, 2]), 3),
    seed=0,
    max_iter=1,
)
def test_clusters_far_apart_are_found_with_every_seed(
    submission: Submission, blobs: tuple[Array, Array, int], seed: int, max_iter: int
) -> None:
    """Clusters 10,000 times farther apart than wide are found, with every seed, in one move."""
    X, truth, k = blobs
    centroids, labels = answer(submission, X, k, seed=seed, max_iter=max_iter)
    # The same partition: within each true cluster one label, and k labels in all.
    pairs = set(zip(truth.tolist(), labels.tolist(), strict=True))
    require(
        len(pairs) == k == len(set(labels.tolist())),
        f"The {k} clusters of X are not found: is the seeding better than k random rows?",
        returned=f"labels = {labels.tolist()}",
        expected=f"{truth.tolist()}, up to the names of the labels",
    )
    if max_iter == 1:
        # More moves than one are the matter of the property about means.
        check_means(X, centroids, labels)


@given(d=st.integers(1, 2), k=st.integers(6, 9), data_seed=st.integers(0, 10**6), examples=8)
@example(d=1, k=8, data_seed=0)
def test_max_iter_bounds_how_often_the_centroids_move(
    submission: Submission, d: int, k: int, data_seed: int
) -> None:
    """With max_iter=1 the centroids move once, which is too few for a large even cloud."""
    X = np.random.default_rng(data_seed).uniform(-1, 1, size=(200, d))
    # A start from which one move leads to the end is next to impossible here, and is not met
    # with five seeds in a row: 200 points in 6 or more cells take a dozen moves.
    for seed in range(5):
        # Whole first: an answer that is kept from here must not serve for max_iter=1.
        answer(submission, X, k, seed=seed)
        centroids, _ = answer(submission, X, k, max_iter=1, seed=seed)
        # By the nearest centroid, whatever the labels are: those from before a move agree with it.
        labels = np.argmin(((X[:, None] - centroids) ** 2).sum(axis=2), axis=1)
        means = [X[labels == j].mean(axis=0) for j in range(k) if np.any(labels == j)]
        present = centroids[np.unique(labels)]
        if not np.allclose(present, means, rtol=0, atol=1e-9):
            return
    reject(
        "With max_iter=1 the centroids had moved until nothing changed any more, for five seeds.",
        returned="centroids that are the means of their points",
        expected="centroids after a single move",
    )


# Half as many as usual, since each is four calls.
@given(cloud=clouds(), other=clouds(), seed=SEEDS, max_iter=st.sampled_from([1, 300]), examples=25)
@example(cloud=ONE_FEATURE, other=PAIR, seed=0, max_iter=300)
@example(
    cloud=(np.random.default_rng(0).uniform(-1, 1, size=(40, 2)), 7),
    other=ONE_FEATURE,
    seed=0,
    max_iter=1,
)
@example(
    cloud=(np.random.default_rng(1).uniform(-1, 1, size=(40, 2)), 7),
    other=(np.random.default_rng(2).uniform(-1, 1, size=(40, 2)), 7),
    seed=5,
    max_iter=300,
)
def test_the_same_seed_gives_the_same_answer(
    submission: Submission,
    cloud: tuple[Array, int],
    other: tuple[Array, int],
    seed: int,
    max_iter: int,
) -> None:
    """The same arguments give exactly the same answer, whatever was called in between."""
    X, k = cloud
    first = answer(submission, X, k, seed=seed, max_iter=max_iter)
    answer(submission, *other, seed=seed + 1 if seed < 2**32 - 1 else 0)
    answer(submission, X, k, seed=seed, max_iter=1)
    # In the same order in memory, on which a sum's last bit may depend.
    second = answer(submission, X.copy(order="K"), k, seed=seed, max_iter=max_iter)
    because = "Only X, k, max_iter and seed may decide."
    same_answer(first[0], second[0], name="centroids", because=because)
    same_answer(first[1], second[1], name="labels", because=because)


@given(cloud=clouds(least_rows=2))
@example(cloud=ONE_FEATURE)
@example(cloud=(np.array([[3.0, 1.0], [1.0, 2.0], [2.0, 0.0]]), 2))
def test_the_default_seed_is_zero(submission: Submission, cloud: tuple[Array, int]) -> None:
    """Leaving seed and max_iter out means seed=0 and max_iter=300."""
    X, k = cloud
    because = "The defaults are seed=0 and max_iter=300."
    left_out = answer(submission, X, k)
    stated = answer(submission, X, k, max_iter=300, seed=0)
    same_answer(stated[0], left_out[0], name="centroids", because=because)
    same_answer(stated[1], left_out[1], name="labels", because=because)


@given(cloud=integer_clouds(), seed=SEEDS)
@example(cloud=(np.array([[0], [1], [100], [101], [-100]], dtype=np.int8), 2), seed=0)
@example(cloud=(np.array([[0], [255], [254], [1]], dtype=np.uint8), 2), seed=0)
@example(
    cloud=(np.array([[10**6], [0], [-(10**6)], [10**5], [7], [65536]], dtype=np.int32), 4), seed=0
)
def test_integer_points_are_clustered_like_the_same_floats(
    submission: Submission, cloud: tuple[Array, int], seed: int
) -> None:
    """Points of any integer type get the means and the nearest centroids of the same floats."""
    X, k = cloud
    centroids, labels = answer(submission, X, k, seed=seed)
    check_means(X, centroids, labels)
    check_nearest(X, centroids, labels)


@given(cloud=clouds(), seed=SEEDS)
@example(cloud=(np.array([[3.0], [1.0], [2.0]]), 2), seed=0)
def test_X_is_left_unchanged(submission: Submission, cloud: tuple[Array, int], seed: int) -> None:
    """kmeans does not change X."""
    answer(submission, *cloud, seed=seed)
    unchanged(submission)


@given(
    cloud=clouds(),
    bad=st.sampled_from([np.nan, np.inf, -np.inf]),
    at=st.integers(0, 99),
    few=st.integers(-3, 0),
    more=st.integers(1, 3),
)
@example(cloud=(np.array([[1.0, 2.0], [3.0, 4.0]]), 1), bad=np.nan, at=0, few=0, more=1)
def test_impossible_arguments_are_refused(
    submission: Submission, cloud: tuple[Array, int], bad: float, at: int, few: int, more: int
) -> None:
    """kmeans raises ValueError for k < 1, for k > n, and for NaN or infinity in X."""
    X, k = cloud
    n = len(X)
    with raises(ValueError, "k is less than 1"):
        submission.kmeans(X, few)
    with raises(ValueError, "k is larger than n"):
        submission.kmeans(X, n + more)
    broken = X.copy()
    broken.flat[at % X.size] = bad
    with raises(ValueError, f"X holds {bad}"):
        submission.kmeans(broken, k)


def lloyd(X: Array, k: int, moves: int) -> tuple[Array, Array]:
    """What the budget is a multiple of: moves of Lloyd's, a loop over the centroids each."""
    centroids, labels = X[:k].copy(), np.zeros(len(X), dtype=int)
    for _ in range(moves):
        distances = np.stack([((X - c) ** 2).sum(axis=1) for c in centroids], axis=1)
        labels = distances.argmin(axis=1)
        for j in range(k):
            if np.any(labels == j):
                centroids[j] = X[labels == j].mean(axis=0)
    return centroids, labels


def even_cloud(n: int, rng: np.random.Generator) -> tuple[Array, int, int]:
    """Points without clusters, which do not converge within the moves: every lap is as hard."""
    return rng.uniform(-1, 1, size=(n, 4)), 8, 8


def clustered(submission: Submission, X: Array, k: int, moves: int) -> None:
    """The call that is timed. Its answer must at least look like one."""
    answer(submission, X, k, max_iter=moves, seed=0)


def test_2_000_rows_take_at_most_40_times_as_long_as_plain_numpy(submission: Submission) -> None:
    """2,000 rows take at most 40 times as long as plain NumPy, which loops over centroids."""
    # Of the answers under solutions/, a few restarts take 8.5 times as long, a few calls of NumPy
    # for each row 19 times, a visit to every pair of row and centroid in Python 51 to 86 times.
    budget(
        submission,
        clustered,
        definition=lloyd,
        on=lambda rng: even_cloud(2000, rng),
        times=40,
        usual=0.009,
    )


def lloyd_twice(X: Array, alike: Array) -> list[Array]:
    """What the growth is compared with: moves of Lloyd's for the calls of `clustered_twice`."""
    found = []
    for rows, k, moves in ((X, 8, 3), (alike, 4, 1)):
        centroids = rows[:k].copy()
        for _ in range(moves):
            distances = np.stack([((rows - c) ** 2).sum(axis=1) for c in centroids], axis=1)
            labels = distances.argmin(axis=1)
            for j in range(k):
                if np.any(labels == j):
                    centroids[j] = rows[labels == j].mean(axis=0)
        found.append(centroids)
    return found


def two_clouds(n: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Points without clusters, and as many of which three only are different."""
    X, _, _ = even_cloud(n, rng)
    return X, X[rng.integers(3, size=n)]


def clustered_twice(submission: Submission, X: Array, alike: Array) -> None:
    """The calls whose growth is measured: what is done for empty clusters only counts, too."""
    # Fewer moves than for the budget, but of twice as many rows: what is slow, and no more,
    # is the budget's business, and not to run into the limit on a call here.
    clustered(submission, X, 8, 3)
    clustered(submission, alike, 4, 1)


def test_the_cost_grows_linearly_with_the_rows(submission: Submission) -> None:
    """Time and memory grow in proportion to n, for fewer distinct rows than k as well."""
    growth(
        submission,
        clustered_twice,
        definition=lloyd_twice,
        on=two_clouds,
        start=800,
        law="O(n * k * d * iterations)",
    )
