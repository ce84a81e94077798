"""What an order, a cycle and a plan of recomputation must satisfy; any valid one will do."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from kata.grading import (
    Raised,
    Submission,
    assume,
    example,
    given,
    growth,
    raises,
    reject,
    require,
    unchanged,
)

Graph = dict[str, list[str]]

# A NumPy array of strings drops a NUL at the end of one.
NAMES = ("age", "b", "root", "", "e 1", "f", "0", "a", "a\0")


def names(value: object, *, name: str) -> list[str]:
    """Check that the value is a list of strings, and return it."""
    if not isinstance(value, list):
        reject(f"{name} returns no list.", returned=value, expected="a list of names")
    for entry in value:
        if not isinstance(entry, str):
            reject(
                f"The list that {name} returns holds something other than a name.", returned=value
            )
    return value


def check_no_cycle(found: object) -> None:
    """Check that no cycle was found; that None is what says so is a property of its own."""
    says_so = found is None or (isinstance(found, list) and not found)
    require(says_so, "There is no cycle here.", returned=found)


def reached(graph: Graph, starts: list[str]) -> set[str]:
    """The starts and everything that leads on from them."""
    found: set[str] = set()
    waiting = list(starts)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += graph[name]
    return found


def users(graph: Graph) -> Graph:
    """The features that are computed from each feature."""
    used_by: Graph = {name: [] for name in graph}
    for name, sources in graph.items():
        for source in sources:
            used_by[source].append(name)
    return used_by


def check_once_and_after(graph: Graph, listed: list[str], *, wanted: set[str]) -> None:
    """Check that the list holds just these names, each once, none before what it needs.

    What it needs directly is enough: whatever lies between two names of a plan is computed from a
    changed feature and needed by a wanted one as well, so it stands in the list, too.
    """
    for name in listed:
        if name not in wanted:
            reject(f"{name!r} does not belong into the list.", returned=listed)
    missing = sorted(wanted - set(listed))
    if missing:
        reject(f"{missing[0]!r} is missing in the list.", returned=listed)
    require(len(listed) == len(set(listed)), "A name stands in the list twice.", returned=listed)
    place = {name: i for i, name in enumerate(listed)}
    for name in listed:
        for source in graph[name]:
            if source in place and place[source] > place[name]:
                reject(
                    f"{name!r} comes before {source!r}, from which it is computed.",
                    returned=listed,
                )


def check_cycle(graph: Graph, path: list[str]) -> None:
    """Check that the path is a cycle: each name computed from the next, the first one the last."""
    require(len(path) >= 2, "A cycle begins and ends with the same name.", returned=path)
    for name in path:
        require(name in graph, f"{name!r} is no feature.", returned=path)
    require(path[0] == path[-1], "The last name of a cycle is the first one again.", returned=path)
    for name, source in pairwise(path):
        require(
            source in graph[name],
            f"{name!r} is not computed from {source!r}, which comes next in the cycle.",
            returned=path,
        )
    require(
        len(set(path[1:])) == len(path) - 1,
        "A name stands in the cycle twice, and not at its two ends.",
        returned=path,
    )


def stale(graph: Graph, changed: list[str], wanted: list[str] | None) -> set[str]:
    """The changed features and all computed from them, as far as a wanted one needs them."""
    touched = reached(users(graph), changed)
    return touched if wanted is None else touched & reached(graph, wanted)


@st.composite
def acyclic(draw: st.DrawFn, most: int = 7) -> Graph:
    """A graph without cycles, its names and lists in any order, with some names repeated."""
    size = draw(st.integers(0, most))
    ranked = draw(st.permutations(NAMES))[:size]
    # Often the empty name is there: who takes it for no name at all errs with no other.
    if ranked and "" not in ranked and draw(st.booleans()):
        ranked[draw(st.integers(0, size - 1))] = ""
    graph: Graph = {}
    for i, name in enumerate(ranked):
        graph[name] = draw(st.lists(st.sampled_from(ranked[:i]), max_size=3)) if i else []
    return {name: graph[name] for name in draw(st.permutations(ranked))}


@st.composite
def cyclic(draw: st.DrawFn) -> Graph:
    """A graph with one cycle at least, of one feature or more, and other features around it."""
    graph = draw(acyclic())
    assume(graph)
    one = st.lists(st.sampled_from(list(graph)), min_size=1, max_size=4, unique=True)
    for ring in draw(st.lists(one, min_size=1, max_size=2)):
        for name, source in zip(ring, [*ring[1:], ring[0]], strict=True):
            at = draw(st.integers(0, len(graph[name])))
            graph[name] = [*graph[name][:at], source, *graph[name][at:]]
    return graph


@st.composite
def changes(draw: st.DrawFn) -> tuple[Graph, list[str]]:
    """A graph without cycles, and what has changed in it."""
    graph = draw(acyclic())
    assume(graph)
    return graph, draw(st.lists(st.sampled_from(list(graph)), max_size=3))


EMPTY: Graph = {}
SCALED: Graph = {"scaled": ["clean", "mean"], "mean": ["clean"], "clean": ["raw"], "raw": []}
DIAMOND: Graph = {"d": ["b", "c"], "b": ["a"], "c": ["a"], "a": []}
TWICE: Graph = {"b": ["a", "a"], "a": [], "c": ["b", "a", "b"]}
APART: Graph = {"b": ["a"], "a": [], "y": ["x"], "x": []}
SELF: Graph = {"a": ["a"]}
LOLLIPOP: Graph = {"a": ["b"], "b": ["c"], "c": ["d"], "d": ["b"]}
# The way to d is short and long: levels by the shortest one put it before c.
SHORT_CUT: Graph = {"d": ["a", "c"], "c": ["b"], "b": ["a"], "a": []}
# The feature with fewer sources comes later.
FEW_AFTER_MANY: Graph = {"y": ["x"], "x": ["a", "b"], "a": [], "b": []}
# Wherever a walk begins, it hardly begins on the cycle.
LONG_TAIL: Graph = {"z": ["z"], "f": ["z"]} | {
    a: [b] for a, b in zip("abcde", "bcdef", strict=True)
}
# Two ways lead to d, and neither is a cycle: who remembers only "seen" takes it for one.
TWO_WAYS: Graph = {"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}
# What leads from one end to the other goes through a feature whose name is false.
THROUGH_EMPTY: Graph = {"c": ["b"], "b": [""], "": ["a"], "a": []}
RING_WITH_EMPTY: Graph = {**THROUGH_EMPTY, "a": ["c"]}
HIDDEN: Graph = {"a": [], "b": ["a"], "x": ["y", "a"], "y": ["b", "x"]}


@given(graph=acyclic(), examples=30)
@example(graph=EMPTY)
@example(graph={"only": []})
@example(graph=SCALED)
@example(graph=DIAMOND)
@example(graph=TWICE)
@example(graph=APART)
@example(graph=SHORT_CUT)
@example(graph={"end": ["root"], "root": ["None"], "None": [""], "": []})
@example(graph=FEW_AFTER_MANY)
@example(graph=THROUGH_EMPTY)
@example(graph={"a": [], "a\0": ["a"], "\0": ["a\0"]})
def test_each_feature_comes_after_those_it_is_computed_from(
    submission: Submission, graph: Graph
) -> None:
    """order lists every name once, after all those that the feature is computed from."""
    check_once_and_after(graph, names(submission.order(graph), name="order"), wanted=set(graph))


@given(graph=acyclic(), examples=30)
@example(graph=EMPTY)
@example(graph=TWO_WAYS)
@example(graph=TWICE)
@example(graph=DIAMOND)
def test_without_a_cycle_there_is_none_to_find(submission: Submission, graph: Graph) -> None:
    """find_cycle returns None where no feature needs itself."""
    found = submission.find_cycle(graph)
    if found is not None:
        reject("There is no cycle here.", returned=found, expected="None")


@given(graph=cyclic(), examples=30)
@example(graph=SELF)
@example(graph={"a": ["b"], "b": ["a"]})
@example(graph={"": ["b"], "b": [""]})
@example(graph={"c": [""], "": ["b"], "b": [""]})
@example(graph=RING_WITH_EMPTY)
@example(graph={"a": [""], "": ["b"], "b": ["a"]})
@example(graph={"": ["b"], "b": ["c"], "c": ["a", ""], "a": ["b"]})
@example(graph={"a": ["a\0"], "a\0": ["a"]})
@example(graph=LOLLIPOP)
@example(graph=LONG_TAIL)
@example(graph=HIDDEN)
@example(graph={"a": ["b", "b"], "b": ["a", "c"], "c": ["c"]})
@example(graph={"x": ["a"], "a": ["c", "b"], "b": ["a"], "c": []})
# A ring with a short cut: the way that a search went is no cycle, only its end is.
@example(graph={"s": ["t"], "t": ["u"], "u": ["v", "t"], "v": []})
# Two features that have a source in common, and lie on a cycle themselves: a note of the one that
# put a feature on the stack is no note of the one from which the search went on.
@example(graph={"a": ["b", "c"], "b": ["c"], "c": ["b"]})
@example(graph={"a": ["c", "b"], "b": ["c"], "c": ["b"]})
@example(graph={"a": ["b", "c", "d"], "b": ["c"], "c": ["d"], "d": ["b"]})
def test_a_cycle_is_returned_as_a_closed_path(submission: Submission, graph: Graph) -> None:
    """find_cycle returns names that are each computed from the next, and ends where it began."""
    found = submission.find_cycle(graph)
    require(found is not None, "There is a cycle, but None was returned.", returned=found)
    path = names(found, name="find_cycle")
    check_cycle(graph, path)


@given(change=changes(), default=st.booleans(), examples=30)
@example(change=(SCALED, ["mean"]), default=True)
@example(change=(SCALED, ["raw"]), default=False)
@example(change=(DIAMOND, ["a"]), default=True)
@example(change=(DIAMOND, ["d", "b"]), default=True)
@example(change=(APART, ["x", "x"]), default=True)
@example(change=(APART, ["b", "x"]), default=True)
@example(change=(TWICE, ["a"]), default=False)
@example(change=(SCALED, []), default=True)
@example(change=(EMPTY, []), default=True)
@example(change=(THROUGH_EMPTY, ["a"]), default=True)
@example(change=(THROUGH_EMPTY, [""]), default=False)
def test_just_what_a_change_makes_stale_is_computed_anew(
    submission: Submission, change: tuple[Graph, list[str]], default: bool
) -> None:
    """recompute lists the changed features and all that depend on them, and nothing else."""
    graph, changed = change
    listed = submission.recompute(graph, changed, *([] if default else [None]))
    check_once_and_after(graph, names(listed, name="recompute"), wanted=stale(graph, changed, None))


@st.composite
def wishes(draw: st.DrawFn) -> tuple[Graph, list[str], list[str]]:
    """A graph, what has changed, and what is wanted."""
    graph, changed = draw(changes())
    return graph, changed, draw(st.lists(st.sampled_from(list(graph)), max_size=3))


@given(wish=wishes(), examples=30)
@example(wish=(SCALED, ["raw"], ["mean"]))
@example(wish=(SCALED, ["mean"], ["clean"]))
@example(wish=(DIAMOND, ["a"], ["c", "b", "c"]))
@example(wish=(DIAMOND, ["a"], ["d"]))
@example(wish=(DIAMOND, ["b"], ["d"]))
@example(wish=(DIAMOND, ["d"], ["b"]))
@example(wish=(DIAMOND, ["b", "a"], ["d"]))
@example(wish=({"c": ["b"], "b": ["a"], "a": []}, ["a", "b"], ["c"]))
@example(wish=(SCALED, ["mean", "raw"], ["scaled"]))
@example(wish=(APART, ["a", "x"], ["y"]))
@example(wish=(SCALED, ["raw"], []))
@example(wish=(EMPTY, [], []))
@example(wish=(THROUGH_EMPTY, ["a"], ["c"]))
@example(wish=(THROUGH_EMPTY, ["a", "c"], [""]))
def test_only_what_a_wanted_feature_needs_is_computed(
    submission: Submission, wish: tuple[Graph, list[str], list[str]]
) -> None:
    """With `wanted`, stale features stay away that no wanted feature needs."""
    graph, changed, wanted = wish
    listed = names(submission.recompute(graph, changed, wanted), name="recompute")
    check_once_and_after(graph, listed, wanted=stale(graph, changed, wanted))


@given(graph=cyclic(), examples=30)
@example(graph=SELF)
@example(graph=LOLLIPOP)
@example(graph=HIDDEN)
@example(graph={"a": [], "b": ["c"], "c": ["b"]})
@example(graph=RING_WITH_EMPTY)
def test_a_graph_with_a_cycle_has_no_order(submission: Submission, graph: Graph) -> None:
    """order and recompute raise ValueError when there is a cycle, wherever it is."""
    with raises(ValueError, "there is a cycle"):
        submission.order(graph)
    with raises(ValueError, "there is a cycle"):
        submission.recompute(graph, list(graph))
    # Not even where the change and the wish have nothing to do with it.
    ring = {name for name in graph if name in reached(graph, graph[name])}
    outside = [name for name in graph if not reached(graph, [name]) & ring]
    with raises(ValueError, "there is a cycle, though nothing has changed"):
        submission.recompute(graph, [])
    with raises(ValueError, "there is a cycle, though not where something has changed"):
        submission.recompute(graph, outside, outside)


def with_stranger(graph: Graph, at: int, stranger: str) -> tuple[Graph, str]:
    """The graph with one more source for one of its features, and when that must be refused."""
    name = list(graph)[at % len(graph)]
    when = f"depends_on[{name!r}] holds {stranger!r}, which is no key"
    return {**graph, name: [*graph[name], stranger]}, when


@given(
    wish=wishes(),
    ring=cyclic(),
    at=st.integers(0, 6),
    stranger=st.sampled_from(["zzz", "A", "age ", "00"]),
    examples=20,
)
@example(wish=(SCALED, ["raw"], ["mean"]), ring=SELF, at=0, stranger="zzz")
@example(wish=(APART, ["a"], ["y"]), ring={"a": ["b"], "b": ["a"]}, at=1, stranger="")
# The cycle is found before the name is, or after it, wherever a search begins.
@example(wish=(SCALED, ["raw"], ["mean"]), ring={"a": ["a"], "b": []}, at=1, stranger="zzz")
@example(wish=(SCALED, ["raw"], ["mean"]), ring={"b": [], "a": ["a"]}, at=0, stranger="zzz")
def test_names_that_are_no_features_are_refused(
    submission: Submission,
    wish: tuple[Graph, list[str], list[str]],
    ring: Graph,
    at: int,
    stranger: str,
) -> None:
    """ValueError is raised for a name that is no key, in a list, in changed and in wanted."""
    graph, changed, wanted = wish
    broken, when = with_stranger(graph, at, stranger)
    for function, arguments in (
        (submission.order, ()),
        (submission.find_cycle, ()),
        (submission.recompute, (changed,)),
        (submission.recompute, ([], [])),
    ):
        with raises(ValueError, when):
            function(broken, *arguments)
    broken, when = with_stranger(ring, at, stranger)
    with raises(ValueError, f"{when}, though there is a cycle as well"):
        submission.find_cycle(broken)
    with raises(ValueError, f"changed holds {stranger!r}, which is no key"):
        submission.recompute(graph, [*changed, stranger])
    with raises(ValueError, f"changed holds {stranger!r}, which is no key, and nothing is wanted"):
        submission.recompute(graph, [stranger, *changed], [])
    with raises(ValueError, f"wanted holds {stranger!r}, which is no key"):
        submission.recompute(graph, changed, [*wanted, stranger])
    with raises(ValueError, f"wanted holds {stranger!r}, which is no key, and nothing changed"):
        submission.recompute(graph, [], [stranger, *wanted])
    with raises(ValueError, f"changed holds {stranger!r}, and there are no keys"):
        submission.recompute({}, [stranger])
    with raises(ValueError, f"wanted holds {stranger!r}, and there are no keys"):
        submission.recompute({}, [], [stranger])


@given(wish=wishes(), ring=cyclic(), examples=15)
@example(wish=(DIAMOND, ["b", "a"], ["d", "c"]), ring=LOLLIPOP)
@example(wish=(TWICE, ["a"], ["c"]), ring=SELF)
def test_arguments_are_left_unchanged(
    submission: Submission, wish: tuple[Graph, list[str], list[str]], ring: Graph
) -> None:
    """None of the functions changes the dict, its lists, or the lists of names."""
    graph, changed, wanted = wish
    submission.order(graph)
    submission.find_cycle(graph)
    submission.find_cycle(ring)
    submission.recompute(graph, changed, wanted)
    submission.recompute(graph, changed)
    # Nor where they raise; that they do is a property of its own.
    broken, _ = with_stranger(graph, 0, "zzz")
    for function, arguments in (
        (submission.order, (ring,)),
        (submission.recompute, (ring, [*ring], [*ring])),
        (submission.find_cycle, (broken,)),
        (submission.recompute, (broken, changed, wanted)),
        (submission.recompute, (graph, [*changed, "zzz"], wanted)),
        (submission.recompute, (graph, changed, [*wanted, "zzz"])),
    ):
        with suppress(Raised):
            function(*arguments)
    unchanged(submission)


@given(
    shape=st.sampled_from(["chain", "chain upside down", "ladder"]),
    size=st.sampled_from([500, 2_000]),
    examples=1,
)
@example(shape="chain", size=2_000)
@example(shape="chain upside down", size=2_000)
@example(shape="ladder", size=500)
def test_deep_graphs_are_no_harder_than_flat_ones(
    submission: Submission, shape: str, size: int
) -> None:
    """Chains of 2,000 features, and ladders with 2**n paths, are planned like any other."""
    graph: Graph = {
        "chain": {str(i): [str(i - 1)] if i else [] for i in range(size)},
        "chain upside down": {str(i): [str(i + 1)] for i in range(size - 1)} | {str(size - 1): []},
        # Every feature needs the two before it.
        "ladder": {str(i): [str(j) for j in range(max(i - 2, 0), i)] for i in range(size)},
    }[shape]
    everything = set(graph)
    first = str(size - 1) if shape == "chain upside down" else "0"
    last = "0" if shape == "chain upside down" else str(size - 1)
    listed = names(submission.order(graph), name="order")
    require(_is_plan(graph, listed, everything), "This is no order of the features.")
    check_no_cycle(submission.find_cycle(graph))
    for changed, wanted in (([first], None), ([first], [last])):
        plan = names(submission.recompute(graph, changed, wanted), name="recompute")
        require(_is_plan(graph, plan, everything), "All features must be computed anew, in order.")
    closed = {**graph, first: [last]}
    rings = [closed]
    if shape == "ladder":
        # The youngest first, and last a ring that is computed from the ladder: whoever follows each
        # path has 2**n of them before that, from the youngest on and from the ring as well.
        youngest_first = dict(reversed(graph.items()))
        # Not from its end, lest there be a chain of more features than so many.
        below = str(size - 3)
        rings.append(youngest_first | {"x": [below, "y", below], "y": [below, "x", below]})
    for ring in rings:
        check_cycle(ring, names(submission.find_cycle(ring), name="find_cycle"))
    for function, arguments in ((submission.order, ()), (submission.recompute, ([last],))):
        with raises(ValueError, f"a cycle of {size} features is closed"):
            function(closed, *arguments)


def _is_plan(graph: Graph, listed: list[str], wanted: set[str]) -> bool:
    """Whether the list holds the wanted names, each once and after its sources."""
    if len(listed) != len(wanted) or set(listed) != wanted:
        return False
    place = {name: i for i, name in enumerate(listed)}
    return all(place[source] < i for i, name in enumerate(listed) for source in graph[name])


def kahn(graph: dict[str, list[str]], changed: list[str], wanted: list[str]) -> object:
    """What the growth is compared with: Kahn's algorithm, and two searches."""
    used_by: dict[str, list[str]] = {name: [] for name in graph}
    waits = {}
    for name, sources in graph.items():
        waits[name] = len(sources)
        for source in sources:
            used_by[source].append(name)
    ready = [name for name in graph if not waits[name]]
    for name in ready:
        for user in used_by[name]:
            waits[user] -= 1
            if not waits[user]:
                ready.append(user)
    found = []
    for edges, starts in ((used_by, changed), (graph, wanted)):
        seen = set(starts)
        queue = list(seen)
        for name in queue:
            for other in edges[name]:
                if other not in seen:
                    seen.add(other)
                    queue.append(other)
        found.append(seen)
    return [name for name in ready if name in found[0] and name in found[1]]


def in_random_order(graph: Graph, rng: np.random.Generator) -> Graph:
    """The same graph, its features in any order."""
    return {name: graph[name] for name in rng.permutation(list(graph)).tolist()}


def deep(n: int, rng: np.random.Generator) -> tuple[Graph, list[str], list[str]]:
    """n features, each computed from one or two of those that stand three to six before it.

    So paths are as long as n / 6 at least, and n / 3 at most: who goes through all features for
    each level is noticed, be it upwards from the first or downwards from the last.
    """
    back = rng.integers(3, 7, size=(n, 2)).tolist()
    graph = {f"f{i}": [f"f{max(i - j, 0)}" for j in back[i]] if i else [] for i in range(n)}
    return in_random_order(graph, rng), ["f0"], [f"f{n - 1}"]


def deep_with_many_starts(n: int, rng: np.random.Generator) -> tuple[Graph, list[str], list[str]]:
    """The same, where a search of its own from each of those given would go a long way."""
    graph, _, _ = deep(n, rng)
    shuffled = rng.permutation(list(graph)).tolist()
    return graph, shuffled[: n // 4], shuffled[-n // 4 :]


def flat(n: int, rng: np.random.Generator) -> tuple[Graph, list[str], list[str]]:
    """n features: half of them computed from the first, and the last one from the other half.

    So nearly all are ready at once, one list is long, as are those of what has changed and of what
    is wanted, and one feature is in many lists.
    """
    above = [f"b{i}" for i in range(n // 2 - 1)]
    below = [f"b{i}" for i in range(len(above), n - 2)]
    graph: Graph = {"a": []} | {name: ["a"] for name in above} | {name: [] for name in below}
    graph["z"] = rng.permutation(below).tolist()
    changed, wanted = rng.permutation(below).tolist(), rng.permutation(above).tolist()
    return in_random_order(graph, rng), ["a", *changed[: n // 4]], ["z", *wanted[: n // 4]]


def ringed(n: int, rng: np.random.Generator) -> tuple[Graph]:
    """A chain of n features, of which the lower half is closed to a ring.

    So the way into the cycle is long, and so is the cycle; and who looks from each feature for a
    way back to itself looks in vain from half of them, which stand first.
    """
    chain = [f"f{i}" for i in rng.permutation(n).tolist()]
    return ({name: [source] for name, source in pairwise([*chain, chain[n // 2]])},)


def walk(graph: dict[str, list[str]]) -> object:
    """What the growth for a cycle is compared with: a walk until it has come around."""
    place: dict[str, int] = {}
    name = next(iter(graph))
    while name not in place:
        place[name] = len(place)
        name = graph[name][0]
    return [*list(place)[place[name] :], name]


def plan(submission: Submission, graph: Graph, changed: list[str], wanted: list[str]) -> None:
    """The calls whose growth is measured."""
    names(submission.order(graph), name="order")
    check_no_cycle(submission.find_cycle(graph))
    names(submission.recompute(graph, changed, wanted), name="recompute")


def come_around(submission: Submission, graph: Graph) -> None:
    """The call whose growth is measured where there is a cycle."""
    check_cycle(graph, names(submission.find_cycle(graph), name="find_cycle"))


def test_the_cost_grows_linearly_with_features_and_lists(submission: Submission) -> None:
    """Time grows in proportion to the number of features plus the length of the lists."""
    for on, start in ((deep, 1000), (deep_with_many_starts, 500), (flat, 1000)):
        growth(submission, plan, definition=kahn, on=on, start=start, law="O(n)")
    # Up to 2,000 features, since they are one chain.
    growth(submission, come_around, definition=walk, on=ringed, start=500, law="O(n)")
