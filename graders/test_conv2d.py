"""What a convolution and its gradients must satisfy: sums over windows, and what a step changes."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from hypothesis import strategies as st
from strategies import INTEGER_DTYPES, vectors

from kata.grading import (
    Submission,
    array,
    budget,
    close,
    example,
    given,
    raises,
    reject,
    unchanged,
)

Array = np.ndarray[Any, Any]
Gradients = tuple[Array, Array, Array]

# What the task allows. A sum of T products in any order is off by at most T * eps/2 times the sum
# of their sizes (Higham, Accuracy and Stability, section 3.1), which is at most |X| * |K| by
# Cauchy and Schwarz; a Fourier transform of S numbers by some log2(S) * eps times the same
# (section 24.1). 1e-12 is 4,500 eps, while single precision is off by 10**-8 and more.
PART = 1e-12

GRADIENTS = ("dX", "dK", "db")


@dataclass(frozen=True)
class Case:
    """The arguments of a call of either function; what is None is left out."""

    X: Array
    K: Array
    G: Array
    b: Array | None = None
    stride: tuple[int, int] | None = None
    padding: tuple[int, int] | None = None

    @property
    def options(self) -> dict[str, tuple[int, int]]:
        """stride and padding, as far as they are given."""
        both = {"stride": self.stride, "padding": self.padding}
        return {name: value for name, value in both.items() if value is not None}


def spots(
    image: tuple[int, ...],
    kernel: tuple[int, ...],
    stride: tuple[int, int] | None,
    padding: tuple[int, int] | None,
) -> tuple[int, int]:
    """In how many rows and columns a window of the kernel's size fits into a padded image."""
    rows, columns = (
        (length + 2 * more - size) // step + 1
        for length, size, step, more in zip(
            image, kernel, stride or (1, 1), padding or (0, 0), strict=True
        )
    )
    return rows, columns


def forward(X: Array, K: Array, case: Case) -> Array:
    """The sums over the windows of X by definition, without b, one place of Y after the other."""
    (down, right), (above, left) = case.stride or (1, 1), case.padding or (0, 0)
    P = np.pad(X.astype(float), ((0, 0), (0, 0), (above, above), (left, left)))
    k_h, k_w = K.shape[2:]
    rows, columns = spots(X.shape[2:], (k_h, k_w), case.stride, case.padding)
    Y = np.zeros((len(X), len(K), rows, columns))
    for i, j in np.ndindex(rows, columns):
        window = P[:, :, i * down : i * down + k_h, j * right : j * right + k_w]
        Y[:, :, i, j] = np.tensordot(window, K, axes=((1, 2, 3), (1, 2, 3)))
    return Y


def gradients(case: Case) -> Gradients:
    """What a step of 1 in each pixel, each number of a kernel and each bias changes the loss by.

    The loss, the sum of G * Y, is linear in each of them: a step of any size has the same slope,
    so there is nothing to be small. All steps are taken at once: an image for each pixel that is
    moved, or a kernel for each of its numbers.
    """
    X, K, G = case.X, case.K, case.G
    pixels = np.eye(X[0].size).reshape(-1, *X.shape[1:])
    numbers = np.eye(K[0].size).reshape(-1, *K.shape[1:])
    dX = np.tensordot(G, forward(pixels, K, case), axes=((1, 2, 3), (1, 2, 3)))
    dK = np.tensordot(G, forward(X, numbers, case), axes=((0, 2, 3), (0, 2, 3)))
    return dX.reshape(X.shape), dK.reshape(K.shape), G.sum(axis=(0, 2, 3))


def size(x: Array, *, of_each: int | None = None) -> Array:
    """The root of the sum of squares: of all of x, or of each entry along the axis `of_each`."""
    squares = x.astype(float) ** 2
    axes = tuple(axis for axis in range(x.ndim) if axis != of_each)
    root: Array = np.sqrt(squares.sum(axis=axes))
    return root


def ask_forward(submission: Submission, case: Case) -> object:
    """What conv2d returns for these arguments, whatever it is."""
    bias = () if case.b is None else (case.b,)
    return submission.conv2d(case.X, case.K, *bias, **case.options)


def ask_backward(submission: Submission, case: Case) -> object:
    """What conv2d_backward returns for these arguments, whatever it is."""
    return submission.conv2d_backward(case.G, case.X, case.K, **case.options)


def run_forward(submission: Submission, case: Case) -> Array:
    """What conv2d returns, checked for type and shape."""
    shape = case.G.shape
    return array(
        ask_forward(submission, case), name="Y", shape=shape, kind="float", dtype=np.float64
    )


def run_backward(submission: Submission, case: Case) -> Gradients:
    """What conv2d_backward returns, checked for types and shapes."""
    answer = ask_backward(submission, case)
    if not isinstance(answer, tuple) or len(answer) != 3:
        reject(
            "conv2d_backward does not return a tuple of three.",
            returned=answer,
            expected="(dX, dK, db)",
        )
    shapes = (case.X.shape, case.K.shape, (len(case.K),))
    for name, shape, value in zip(GRADIENTS, shapes, answer, strict=True):
        array(value, name=name, shape=shape, kind="float", dtype=np.float64)
    return answer


def bound_of_Y(case: Case) -> Array:
    """How far off the numbers of Y may be, as the task says."""
    b = np.zeros(len(case.K)) if case.b is None else case.b
    within = np.multiply.outer(size(case.X, of_each=0), size(case.K, of_each=0)) + np.abs(b)
    bound: Array = PART * within[:, :, np.newaxis, np.newaxis]
    return bound


def bounds_of_gradients(case: Case) -> Gradients:
    """How far off the numbers of dX, dK and db may be, as the task says."""
    of_images = PART * size(case.G, of_each=0) * size(case.K)
    of_kernels = PART * size(case.G, of_each=1) * size(case.X)
    deep = (slice(None), np.newaxis, np.newaxis, np.newaxis)
    return of_images[deep], of_kernels[deep], PART * np.abs(case.G).sum(axis=(0, 2, 3))


def check_gradient(case: Case, number: int, gradient: Array) -> None:
    """Check one of the gradients: of the images, of the kernels, or of the biases."""
    close(
        gradient,
        gradients(case)[number],
        within=bounds_of_gradients(case)[number],
        name=GRADIENTS[number],
        because="A step of 1 in this number changes the sum of G * Y by what is expected.",
    )


def check_alike(case: Case, first: Gradients, second: Gradients, because: str) -> None:
    """Check that two answers for the same gradients are equal but for the rounding of both."""
    for name, one, other, bound in zip(
        GRADIENTS, first, second, bounds_of_gradients(case), strict=True
    ):
        close(other, one, within=2 * bound, name=name, because=because)


@st.composite
def arrays(draw: st.DrawFn, *shape: int) -> Array:
    """Float arrays of this shape, in C or Fortran order."""
    cells = draw(vectors(math.prod(shape))).reshape(shape)
    return np.asfortranarray(cells) if draw(st.booleans()) else cells


@st.composite
def cases(draw: st.DrawFn, *, plain: bool = False) -> Case:
    """Small images and kernels; `plain` leaves stride and padding out."""
    N, C, M = (draw(st.integers(1, 3)) for _ in range(3))
    lengths = st.sampled_from([1, 2, 3, 1, 2, 3, 1, 2, 3, 6])
    kernel = (draw(lengths), draw(lengths))
    stride = padding = None
    if not plain:
        steps, widths = st.integers(1, 4), st.integers(0, 3)
        stride = draw(st.none() | st.tuples(steps, steps))
        padding = draw(st.none() | st.tuples(widths, widths))
    image = tuple(
        draw(st.integers(max(1, length - 2 * more), 6))
        for length, more in zip(kernel, padding or (0, 0), strict=True)
    )
    rows, columns = spots(image, kernel, stride, padding)
    return Case(
        X=draw(arrays(N, C, *image)),
        K=draw(arrays(M, C, *kernel)),
        G=draw(arrays(N, M, rows, columns)),
        b=draw(st.none() | vectors(M)),
        stride=stride,
        padding=padding,
    )


def counted(*shape: int, first: float = 1.0) -> Array:
    """An array of this shape that holds first, first + 1, ... up to 8, and then begins at -8."""
    return (np.arange(math.prod(shape)) + first + 8).reshape(shape) % 17 - 8


def case_of(
    N: int,
    C: int,
    M: int,
    image: tuple[int, int],
    kernel: tuple[int, int],
    *,
    bias: bool = False,
    stride: tuple[int, int] | None = None,
    padding: tuple[int, int] | None = None,
) -> Case:
    """A case with these sizes, in which no two numbers side by side are equal."""
    return Case(
        X=counted(N, C, *image),
        K=counted(M, C, *kernel, first=2.0),
        G=counted(N, M, *spots(image, kernel, stride, padding), first=3.0),
        b=counted(M, first=1.0) if bias else None,
        stride=stride,
        padding=padding,
    )


PIXEL = case_of(1, 1, 1, (1, 1), (1, 1))
EDGE = case_of(1, 1, 1, (1, 3), (1, 2))
SQUARE = case_of(1, 1, 1, (3, 3), (2, 2))
TALL = case_of(1, 1, 1, (4, 2), (3, 1))
CHANNELS = case_of(1, 2, 3, (3, 5), (2, 2), bias=True)
SEVERAL = case_of(3, 2, 2, (3, 4), (2, 3), bias=True)
ALL_BACKWARDS = replace(SEVERAL, X=np.asfortranarray(SEVERAL.X), K=np.asfortranarray(SEVERAL.K))
PADDED = case_of(1, 1, 1, (2, 2), (2, 2), padding=(1, 0))
WIDE_PADDING = case_of(1, 1, 1, (1, 1), (2, 1), padding=(3, 2))
STRIDED = case_of(1, 1, 1, (5, 4), (2, 2), stride=(2, 1))
# The last row and the last two columns are in no window.
LEFT_OVER = case_of(2, 1, 2, (4, 6), (1, 2), stride=(2, 3), bias=True)
# Some pixels lie between the windows.
GAPS = case_of(1, 2, 1, (6, 7), (2, 1), stride=(3, 4))
BOTH = case_of(2, 3, 2, (5, 6), (3, 2), stride=(2, 3), padding=(1, 2), bias=True)
# A stride as large as the kernel, and larger, with a rest; as many windows in both.
TILES = case_of(1, 1, 1, (5, 5), (2, 2), stride=(2, 2))
APART = case_of(1, 1, 1, (5, 5), (2, 2), stride=(3, 3))
TILES_APART = case_of(1, 1, 2, (6, 6), (2, 2), stride=(2, 3))
GAPS_AND_PADDING = case_of(1, 1, 1, (6, 6), (2, 2), stride=(3, 3), padding=(1, 1))
FOUR_APART = case_of(1, 1, 1, (6, 6), (2, 2), stride=(4, 4), padding=(1, 1))
MUCH_PADDING = case_of(1, 1, 1, (3, 3), (6, 6), padding=(10, 10))
FAR_PADDING = case_of(1, 1, 1, (4, 4), (3, 3), padding=(3, 3))
POINTS = case_of(1, 2, 2, (3, 3), (1, 1), stride=(2, 2), padding=(1, 1), bias=True)
# Numbers that single precision does not hold.
LARGE_KERNEL = case_of(1, 1, 1, (6, 7), (5, 4))
LARGE_KERNEL = replace(
    LARGE_KERNEL, X=LARGE_KERNEL.X / 3, K=LARGE_KERNEL.K / 7, G=LARGE_KERNEL.G / 9
)


# As G and b are summed up without a product, they need such numbers of their own.
THIRDS = replace(SEVERAL, G=SEVERAL.G / 9, b=counted(2) / 3)


# More images than answers that work in blocks take at once, most often 32, 64 or 128; but 16 at a
# time, none is left over: that is what the adjoints are for.
MANY_IMAGES = case_of(144, 1, 1, (1, 2), (1, 1), bias=True)
# Places of the kernel far from the image wherever it lies: their range of pixels ends before 0.
BEYOND_ROWS = case_of(1, 1, 2, (1, 3), (6, 2), padding=(3, 1))
BEYOND_COLUMNS = case_of(2, 2, 1, (2, 2), (1, 9), stride=(1, 2), padding=(0, 5))


def of_sizes(x: Array, axis: int) -> Array:
    """The same with entries along one axis that are by turns up to 600 and 0.002 in size."""
    sizes = np.array([600.0, 0.002])[np.arange(x.shape[axis]) % 2]
    signs = np.sin(np.arange(x.size)).reshape(x.shape)
    varied = np.where(np.abs(signs) < 0.5, 1.0, np.sign(signs)) * (1 + np.abs(signs) / 3)
    scaled: Array = varied * np.expand_dims(sizes, [one for one in range(x.ndim) if one != axis])
    return scaled


# What is added up in one go for several images, or kernels, is too rough for the faint ones.
OF_ALL_SIZES = case_of(4, 1, 4, (8, 8), (3, 3))
BRIGHT_AND_FAINT = replace(OF_ALL_SIZES, X=of_sizes(OF_ALL_SIZES.X, 0))
LARGE_AND_SMALL_KERNELS = replace(OF_ALL_SIZES, K=of_sizes(OF_ALL_SIZES.K, 0))
STEEP_AND_FLAT_IMAGES = replace(OF_ALL_SIZES, G=of_sizes(OF_ALL_SIZES.G, 0))
STEEP_AND_FLAT_KERNELS = replace(OF_ALL_SIZES, G=of_sizes(OF_ALL_SIZES.G, 1))


@given(case=cases(plain=True), examples=30)
@example(case=PIXEL)
@example(case=EDGE)
@example(case=SQUARE)
@example(case=TALL)
@example(case=CHANNELS)
@example(case=SEVERAL)
@example(case=ALL_BACKWARDS)
@example(case=case_of(1, 1, 2, (3, 3), (1, 1), bias=True))
@example(case=LARGE_KERNEL)
@example(case=THIRDS)
@example(case=MANY_IMAGES)
@example(case=BRIGHT_AND_FAINT)
@example(case=LARGE_AND_SMALL_KERNELS)
def test_each_value_is_the_sum_over_its_window(submission: Submission, case: Case) -> None:
    """Y holds, for each kernel, the sum over each window of an image, plus the bias."""
    b = np.zeros(len(case.K)) if case.b is None else case.b
    close(
        run_forward(submission, case),
        forward(case.X, case.K, case) + b[:, np.newaxis, np.newaxis],
        within=bound_of_Y(case),
        name="Y",
        because="The sum over the window is expected.",
    )


@given(case=cases(), examples=30)
@example(case=PADDED)
@example(case=WIDE_PADDING)
@example(case=STRIDED)
@example(case=LEFT_OVER)
@example(case=GAPS)
@example(case=BOTH)
@example(case=replace(BOTH, X=BOTH.X / 3, K=BOTH.K / 7))
@example(case=TILES)
@example(case=APART)
@example(case=TILES_APART)
@example(case=GAPS_AND_PADDING)
@example(case=FOUR_APART)
@example(case=FAR_PADDING)
@example(case=MUCH_PADDING)
@example(case=POINTS)
@example(case=BEYOND_ROWS)
@example(case=BEYOND_COLUMNS)
def test_stride_and_padding_place_the_windows(submission: Submission, case: Case) -> None:
    """Windows lie a stride apart, for rows and for columns, in an image with zeros around it."""
    (down, right), (above, left) = case.stride or (1, 1), case.padding or (0, 0)
    P = np.pad(case.X, ((0, 0), (0, 0), (above, above), (left, left)))
    shape = (*case.G.shape[:2], *spots(P.shape[2:], case.K.shape[2:], None, None))
    plain = replace(case, X=P, G=np.zeros(shape), stride=None, padding=None)
    close(
        run_forward(submission, case),
        run_forward(submission, plain)[:, :, ::down, ::right],
        within=2 * bound_of_Y(case),  # both may be off
        name="Y",
        because="conv2d gives it without stride and padding, for an image with zeros around it.",
    )


@given(case=cases(), examples=30)
@example(case=PIXEL)
@example(case=EDGE)
@example(case=SQUARE)
@example(case=PADDED)
@example(case=STRIDED)
@example(case=LEFT_OVER)
@example(case=GAPS)
@example(case=WIDE_PADDING)
@example(case=CHANNELS)
@example(case=BOTH)
@example(case=TILES)
@example(case=APART)
@example(case=TILES_APART)
@example(case=GAPS_AND_PADDING)
@example(case=FOUR_APART)
@example(case=FAR_PADDING)
@example(case=MUCH_PADDING)
@example(case=POINTS)
@example(case=LARGE_KERNEL)
@example(case=BEYOND_ROWS)
@example(case=BEYOND_COLUMNS)
@example(case=MANY_IMAGES)
@example(case=STEEP_AND_FLAT_IMAGES)
def test_dX_is_what_a_step_of_each_pixel_changes(submission: Submission, case: Case) -> None:
    """dX says by how much the sum of G * Y changes when a pixel of X is moved by 1."""
    check_gradient(case, 0, run_backward(submission, case)[0])


@given(case=cases(), examples=30)
@example(case=PIXEL)
@example(case=EDGE)
@example(case=SQUARE)
@example(case=PADDED)
@example(case=STRIDED)
@example(case=LEFT_OVER)
@example(case=GAPS)
@example(case=SEVERAL)
@example(case=ALL_BACKWARDS)
@example(case=BOTH)
@example(case=TILES)
@example(case=APART)
@example(case=TILES_APART)
@example(case=GAPS_AND_PADDING)
@example(case=FOUR_APART)
@example(case=FAR_PADDING)
@example(case=MUCH_PADDING)
@example(case=POINTS)
@example(case=LARGE_KERNEL)
@example(case=BEYOND_ROWS)
@example(case=BEYOND_COLUMNS)
@example(case=MANY_IMAGES)
@example(case=STEEP_AND_FLAT_KERNELS)
def test_dK_is_what_a_step_of_each_weight_changes(submission: Submission, case: Case) -> None:
    """dK says by how much the sum of G * Y changes when a number of K is moved by 1."""
    check_gradient(case, 1, run_backward(submission, case)[1])


@given(case=cases(), examples=20)
@example(case=PIXEL)
@example(case=EDGE)
@example(case=SEVERAL)
@example(case=BOTH)
@example(case=THIRDS)
@example(case=MANY_IMAGES)
def test_db_is_the_sum_of_G_over_images_and_places(submission: Submission, case: Case) -> None:
    """db holds, for each kernel, the sum of G over all images, rows and columns."""
    check_gradient(case, 2, run_backward(submission, case)[2])


@st.composite
def many_images(draw: st.DrawFn) -> tuple[Case, Array, Array]:
    """A case of 17 to 40 images, other images and other kernels.

    Strides and paddings are what the properties of each gradient try out.
    """
    N, C, M = draw(st.integers(17, 40)), draw(st.integers(1, 3)), draw(st.integers(1, 4))
    image = (draw(st.integers(4, 9)), draw(st.integers(4, 9)))
    kernel = (draw(st.integers(1, 4)), draw(st.integers(1, 4)))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))

    def noise(*shape: int) -> Array:
        return rng.uniform(-1, 1, size=shape) * 10.0 ** rng.integers(-1, 4)

    case = Case(
        X=noise(N, C, *image),
        K=noise(M, C, *kernel),
        G=noise(N, M, *spots(image, kernel, None, None)),
    )
    return case, noise(*case.X.shape), noise(*case.K.shape)


def inner(a: Array, b: Array) -> float:
    """The sum of a * b, without any rounding but that of the products, of eps/2 each."""
    return math.fsum((a * b).ravel().tolist())


FORTY = case_of(40, 2, 3, (7, 5), (3, 2))


@given(drawn=many_images(), examples=10)
@example(drawn=(FORTY, counted(40, 2, 7, 5, first=5.0), counted(3, 2, 3, 2, first=7.0)))
def test_forward_and_backward_are_adjoint(
    submission: Submission, drawn: tuple[Case, Array, Array]
) -> None:
    """For any Z the sum of G * conv2d(Z, K) is that of dX * Z, and likewise for kernels and dK."""
    case, Z, L = drawn
    dX, dK, _ = run_backward(submission, case)
    of_images = run_forward(submission, replace(case, X=Z))
    of_kernels = run_forward(submission, replace(case, K=L))
    # Each number of Y, dX and dK may be off as the task says, and is then multiplied by one of G,
    # Z or L. Cauchy and Schwarz bound the sum over them by the root of their number.
    N, M = case.G.shape[:2]
    for name, both, sums, gradient, other in (
        ("dX * Z", (Z, case.K), of_images, dX, Z),
        ("dK * L", (case.X, L), of_kernels, dK, L),
    ):
        bound = size(case.G) * size(both[0]) * size(both[1])
        count = math.sqrt(sums.size / (N * M)) + math.sqrt(gradient.size)
        close(
            inner(gradient, other),
            inner(case.G, sums),
            within=float(PART * count * bound),
            name=f"The sum of {name}",
            because="It is expected to be the sum of G * conv2d(...) with the other in its place.",
        )


@st.composite
def of_integers(draw: st.DrawFn) -> Case:
    """A case whose images are of an integer type, with numbers as large as it holds, or 1,000."""
    case = draw(cases())
    narrow = np.iinfo(draw(st.sampled_from(INTEGER_DTYPES)))
    low, high = max(narrow.min, -1000), min(narrow.max, 1000)
    cells = draw(st.lists(st.integers(low, high), min_size=case.X.size, max_size=case.X.size))
    return replace(case, X=np.array(cells).reshape(case.X.shape).astype(narrow.dtype))


PHOTO = replace(
    SQUARE, X=np.array([[[[255, 0, 250], [7, 255, 9], [31, 128, 255]]]], dtype=np.uint8)
)


@given(case=of_integers(), examples=25)
@example(case=PHOTO)
@example(case=replace(PHOTO, K=PHOTO.K / 8, G=-PHOTO.G / 8))
@example(case=replace(PHOTO, K=PHOTO.K / 7, G=PHOTO.G / 9))
@example(case=replace(PHOTO, X=PHOTO.X.astype(np.int64), K=PHOTO.K / 7, G=PHOTO.G / 9))
@example(case=replace(PHOTO, X=PHOTO.X.astype(np.int8), stride=(1, 1), padding=(0, 0)))
def test_integer_images_are_treated_like_the_same_floats(
    submission: Submission, case: Case
) -> None:
    """Images of any integer type give the same float64 values and gradients as floats."""
    floats = replace(case, X=case.X.astype(float))
    because = "It is expected from the same images as floats."
    close(
        run_forward(submission, case),
        run_forward(submission, floats),
        within=2 * bound_of_Y(case),  # both may be off
        name="Y",
        because=because,
    )
    check_alike(
        case, run_backward(submission, floats), run_backward(submission, case), because=because
    )


@given(case=cases(), other=cases(), alike=st.booleans(), examples=25)
@example(case=SEVERAL, other=BOTH, alike=True)
@example(case=BOTH, other=SEVERAL, alike=False)
def test_the_gradients_depend_on_their_own_arguments_alone(
    submission: Submission, case: Case, other: Case, alike: bool
) -> None:
    """conv2d_backward gives the gradients of its own arguments, whatever conv2d was called with."""
    before = replace(case, X=-case.X, K=case.K * 2) if alike else other
    first = run_backward(submission, case)
    run_forward(submission, before)
    because = "It was another before conv2d was called with other arguments."
    check_alike(case, first, run_backward(submission, case), because)


@given(case=cases(), examples=20)
@example(case=SEVERAL)
@example(case=BOTH)
@example(case=PIXEL)
def test_arguments_are_left_unchanged(submission: Submission, case: Case) -> None:
    """Neither function changes one of its arguments."""
    run_forward(submission, case)
    run_backward(submission, case)
    unchanged(submission)


def with_fitting_G(wrong: Case) -> Case:
    """The same with a G that the formula asks for, where that gives a shape: none betrays it."""
    if wrong.X.ndim != 4 or wrong.K.ndim != 4 or 0 in (wrong.stride or ()):
        return wrong
    places = spots(wrong.X.shape[2:], wrong.K.shape[2:], wrong.stride, wrong.padding)
    if min(places) < 1:
        return wrong
    return replace(wrong, G=np.ones((len(wrong.X), len(wrong.K), *places)))


@given(case=cases(), few=st.integers(-2, 0), examples=12)
@example(case=SEVERAL, few=0)
@example(case=BOTH, few=-1)
@example(case=CHANNELS, few=0)
# Divided by a stride of 3 and rounded down, what is missing looks like no window at all.
@example(case=GAPS, few=0)
# A window of the image's size, of which there is one with any stride.
@example(case=case_of(1, 1, 1, (3, 3), (3, 3)), few=-1)
def test_arguments_that_do_not_fit_are_refused(
    submission: Submission, case: Case, few: int
) -> None:
    """Both functions raise ValueError for shapes, strides and paddings that do not fit."""
    X, K, G = case.X, case.K, case.G
    (N, C, H, W), (M, _, k_h, k_w) = X.shape, K.shape
    above, left = case.padding or (0, 0)
    tall, wide = H + 2 * above + 1, W + 2 * left + 1
    both = {
        "X has three dimensions": replace(case, X=X[0]),
        "X has five dimensions": replace(case, X=X[np.newaxis]),
        "K has three dimensions": replace(case, K=K[0]),
        "K has five dimensions": replace(case, K=K[np.newaxis]),
        "K has a channel too many": replace(case, K=np.ones((M, C + 1, k_h, k_w))),
        "X has a channel too many": replace(case, X=np.ones((N, C + 1, H, W))),
        f"the stride is ({few}, 1)": replace(case, stride=(few, 1)),
        f"the stride is (1, {few})": replace(case, stride=(1, few)),
        f"the padding is ({few - 1}, 1)": replace(case, padding=(few - 1, 1)),
        f"the padding is (1, {few - 1})": replace(case, padding=(1, few - 1)),
        "the kernels have a row more than the padded images": replace(
            case, K=np.ones((M, C, tall, k_w))
        ),
        "the kernels have a column more than the padded images": replace(
            case, K=np.ones((M, C, k_h, wide))
        ),
    }
    if C > 1:
        both["K has one channel and X several"] = replace(case, K=K[:, :1])
        both["X has one channel and K several"] = replace(case, X=X[:, :1])
    for when, wrong in both.items():
        with raises(ValueError, when):
            ask_forward(submission, wrong)
        with raises(ValueError, when):
            ask_backward(submission, with_fitting_G(wrong))
    for when, b in {
        "b has an entry too many": np.ones(M + 1),
        "b has two dimensions": np.ones((M, 1)),
    }.items():
        with raises(ValueError, when):
            ask_forward(submission, replace(case, b=b))
    rows, columns = G.shape[2:]
    gradient = {
        "G has a row too many": np.ones((N, M, rows + 1, columns)),
        "G has a column too many": np.ones((N, M, rows, columns + 1)),
        "G has an image too many": np.ones((N + 1, M, rows, columns)),
        "G has a kernel too many": np.ones((N, M + 1, rows, columns)),
        "G has three dimensions": G[0],
    }
    if N > 1:
        gradient["G holds one image for all"] = G[:1]
    if M > 1:
        gradient["G holds one kernel for all"] = G[:, :1]
        with raises(ValueError, "b has one entry for all kernels"):
            ask_forward(submission, replace(case, b=np.ones(1)))
    if rows > 1:
        gradient["G holds one row for all"] = G[:, :, :1]
    for when, G in gradient.items():
        with raises(ValueError, when):
            ask_backward(submission, replace(case, G=G))


def by_places(X: Array, K: Array, G: Array) -> object:
    """What the budget is a multiple of: both passes, in loops over the places in a kernel."""
    rows, columns = G.shape[2:]
    Y = np.zeros(G.shape)
    dX, dK = np.zeros(X.shape), np.zeros(K.shape)
    for u, v in itertools.product(range(K.shape[2]), range(K.shape[3])):
        part = X[:, :, u : u + rows, v : v + columns]
        Y += np.tensordot(K[:, :, u, v], part, axes=(1, 1)).transpose(1, 0, 2, 3)
        dK[:, :, u, v] = np.tensordot(G, part, axes=((0, 2, 3), (0, 2, 3)))
        back = np.tensordot(K[:, :, u, v], G, axes=(0, 1)).transpose(1, 0, 2, 3)
        dX[:, :, u : u + rows, v : v + columns] += back
    return Y, dX, dK, G.sum(axis=(0, 2, 3))


def photos(rng: np.random.Generator) -> tuple[Array, Array, Array]:
    """4 images of 3 channels with 32 x 32 pixels, 8 kernels of 3 x 3, and a gradient."""
    return (
        rng.normal(size=(4, 3, 32, 32)),
        rng.normal(size=(8, 3, 3, 3)),
        rng.normal(size=(4, 8, 30, 30)),
    )


def passed(submission: Submission, X: Array, K: Array, G: Array) -> None:
    """The calls that are timed. Their answers must at least look like some."""
    case = Case(X, K, G)
    run_forward(submission, case)
    run_backward(submission, case)


def test_both_passes_take_at_most_40_times_as_long_as_plain_numpy(submission: Submission) -> None:
    """4 images of 32 x 32 take at most 40 times as long as plain NumPy, place by place."""
    # Of the answers under solutions/, the slowest accepted one takes 16 times as long (SciPy, one
    # image and one channel after the other), one that visits every window of every image in
    # Python 96 times.
    budget(
        submission,
        passed,
        definition=by_places,
        on=photos,
        times=40,
        usual=0.004,
    )
