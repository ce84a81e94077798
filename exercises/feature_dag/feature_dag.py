"""Plan the computation of features that depend on each other, and what a change makes stale.

A feature store knows from which other features each feature is computed. Write
the three functions below.

    depends_on = {
        "raw": [],
        "clean": ["raw"],
        "mean": ["clean"],
        "scaled": ["clean", "mean"],
    }

    order(depends_on)                  # ["raw", "clean", "mean", "scaled"]
    find_cycle(depends_on)             # None
    recompute(depends_on, ["mean"])    # ["mean", "scaled"]
    find_cycle({"a": ["b"], "b": ["c"], "c": ["b"]})    # ["b", "c", "b"]

What is graded
--------------
* Input. depends_on is a dict: each feature's name, any string, maps to the
  list of the names of the features that it is computed from. The list may be
  empty, and a name may stand in it more than once, which means the same as
  once. Every name is a key of the dict, the features that are computed from
  nothing included. The dict may be empty. Names stand in it in any order.
* Order. `order` returns a list of all names, each once, so that each feature
  comes after all those that it is computed from. Any such list will do.
* Cycles. `find_cycle` returns None when there is no cycle. Otherwise it
  returns one cycle as a list of names [c0, c1, ..., c0]: each is computed from
  the next one (c1 stands in the list of c0), the last name is the first one
  again, and no other name occurs twice. A feature that is computed from itself
  is the cycle ["a", "a"]. Any cycle will do, and it begins anywhere on itself.
* Recomputation. `recompute` returns a list of just those features that have to
  be computed anew when those in `changed` have changed: the changed ones, and
  all that are computed from one of them, directly or through others. If
  `wanted` is not None, only those of them stay in the list that a wanted
  feature needs: the wanted features themselves, and all that they are computed
  from, directly or through others. All other features keep the values that
  they have. Each name occurs once, and comes after all those in the list that
  it is computed from, directly or through others. Any such list will do.
  `changed` and `wanted` are lists of names; they may be empty, and may hold a
  name more than once. An empty `wanted` wants nothing.
* Errors. All three functions raise ValueError when a list in depends_on holds
  a name that is no key. `order` and `recompute` raise ValueError when there is
  a cycle, wherever it is. `recompute` raises ValueError when changed or wanted
  holds a name that is no key. It does so even if nothing has changed, or
  nothing is wanted.
* Arguments are left unchanged: the dict, its order and its lists too.
* Cost. Features may depend on each other in a chain of 2,000. Time grows in
  proportion to the number of features plus the total length of the lists,
  changed and wanted among them, in all three functions, from 125 to 4,000
  features; so look at no pair of features that is not in the lists, and follow
  no path twice: there can be 2**n paths between n features.

What is allowed
---------------
The standard library and NumPy, without `graphlib`. Not allowed are also
networkx, SciPy and other libraries that bring graphs.

Each call may take 2 seconds.
"""


def order(depends_on: dict[str, list[str]]) -> list[str]:
    """Return all names, each after those that it is computed from."""
    raise NotImplementedError


def find_cycle(depends_on: dict[str, list[str]]) -> list[str] | None:
    """Return one cycle [c0, c1, ..., c0], each computed from the next one, or None."""
    raise NotImplementedError


def recompute(
    depends_on: dict[str, list[str]],
    changed: list[str],
    wanted: list[str] | None = None,
) -> list[str]:
    """Return the names to compute anew, each after those that it is computed from."""
    raise NotImplementedError
