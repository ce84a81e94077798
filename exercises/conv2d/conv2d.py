"""Implement the forward and backward pass of a 2-D convolution in NumPy.

Write the two functions below: the convolutional layer of a neural network, as
deep learning defines it (the kernels are not flipped), and its gradients.

    Y = conv2d(X, K, b, stride=(2, 1), padding=(1, 0))
    dX, dK, db = conv2d_backward(G, X, K, stride=(2, 1), padding=(1, 0))

X holds N images of C channels, K holds M kernels of the size k_h times k_w.
With stride (s_h, s_w) and padding (p_h, p_w), and with P for X with p_h rows
of zeros added above and below each channel and p_w columns of zeros on its
left and right,

    Y[n, m, i, j] = b[m] + sum over c, u, v of
                    K[m, c, u, v] * P[n, c, i * s_h + u, j * s_w + v]

for every place (i, j) at which the whole window lies within P. So Y has
(H + 2 * p_h - k_h) // s_h + 1 rows, and likewise for columns.

The backward pass gets G, the gradient of some loss with respect to Y, and
returns the gradients of that loss with respect to X, K and b. In other words:
the partial derivatives of the sum of G * conv2d(X, K, b), where G is constant.

What is graded
--------------
* Shapes and types. X has the shape (N, C, H, W) and is float64 or of any
  integer type: images often are uint8. K (M, C, k_h, k_w), b (M,) and G (the
  shape of Y) are float64. All lengths are at least 1, and any two of them may
  differ; no array holds more than 30,000 numbers. Arrays need not be
  contiguous, and those returned may be views. conv2d returns Y,
  conv2d_backward a tuple (dX, dK, db) in the shapes of X, K and b; all four
  are float64, whatever X is.
* Options. stride and padding are tuples of two ints, for rows and for columns,
  by default (1, 1) and (0, 0), and at most (10, 10). A stride may be larger
  than the kernel, and a padding larger than the kernel or the image. b is None
  by default, which means zeros.
* Values. Y is that of the formula. The numbers given are at most 10**3 in
  size. Each number in Y[n, m] may be off by 10**-12 * (|X[n]| * |K[m]| +
  |b[m]|), where |.| is the root of the sum of squares; so sums may be taken in
  any order, and by a Fourier transform.
* Gradients. Likewise each number in dX[n] may be off by 10**-12 * |G[n]| *
  |K|, in dK[m] by 10**-12 * |G[:, m]| * |X|, and db[m] by 10**-12 times the
  sum of the sizes of G[:, m]. Pixels that no window covers have the gradient
  0, which may be off as much.
* Adjoints. The two functions fit together: for any Z of X's shape the sum of
  G * conv2d(Z, K) is the sum of dX * Z, and for any L of K's shape the sum of
  G * conv2d(X, L) is the sum of dK * L, up to rounding. This is tried with up
  to 40 images.
* Calls are independent: equal calls give exactly equal answers, and
  conv2d_backward needs no conv2d before it. The caller may overwrite what is
  returned, and call again.
* Errors. Both functions raise ValueError when X or K does not have four
  dimensions; when their numbers of channels differ; when an entry of stride is
  less than 1 or one of padding less than 0; and when a kernel is larger than
  the padded image, in rows or columns. conv2d raises it when b does not have
  the shape (M,), and conv2d_backward when G does not have the shape of Y.
* Arguments are left unchanged.
* Cost. For 4 images of 3 channels with 32 x 32 pixels and 8 kernels of 3 x 3,
  one call of each function takes together at most 40 times the processor time
  of plain NumPy that loops over the 9 places in a kernel. A loop over the
  places of Y is fast enough if it treats all images and kernels at once; in
  both functions one over the places of every image and kernel is not.

What is allowed
---------------
NumPy, with all that it has. Not allowed are SciPy and libraries that bring a
convolution or gradients: PyTorch, TensorFlow, Keras, JAX, OpenCV,
scikit-image, autograd.

Each call may take 2 seconds.
"""

import numpy as np


def conv2d(
    X: np.ndarray,
    K: np.ndarray,
    b: np.ndarray | None = None,
    *,
    stride: tuple[int, int] = (1, 1),
    padding: tuple[int, int] = (0, 0),
) -> np.ndarray:
    """Return Y of shape (N, M, rows, columns)."""
    raise NotImplementedError


def conv2d_backward(
    G: np.ndarray,
    X: np.ndarray,
    K: np.ndarray,
    *,
    stride: tuple[int, int] = (1, 1),
    padding: tuple[int, int] = (0, 0),
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return (dX, dK, db), the gradients of the sum of G * conv2d(X, K, b)."""
    raise NotImplementedError
