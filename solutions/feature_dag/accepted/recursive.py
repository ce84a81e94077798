"""Plain recursion, with the recursion limit raised for the length of the call."""

import sys
from contextlib import contextmanager


class Cycle(ValueError):
    def __init__(self, names):
        super().__init__("a feature depends on itself")
        self.names = names


@contextmanager
def deep_recursion(depth):
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(before + 3 * depth + 1000)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def check(depends_on):
    for name, sources in depends_on.items():
        for source in sources:
            if source not in depends_on:
                raise ValueError(f"{source!r} is no feature")


def order(depends_on):
    check(depends_on)
    position, finished, answer = {}, set(), []
    path = []

    def visit(name):
        if name in finished:
            return
        if name in position:
            raise Cycle(path[position[name] :] + [name])
        position[name] = len(path)
        path.append(name)
        for source in depends_on[name]:
            visit(source)
        path.pop()
        finished.add(name)
        answer.append(name)

    with deep_recursion(len(depends_on)):
        for name in depends_on:
            visit(name)
    return answer


def find_cycle(depends_on):
    try:
        order(depends_on)
    except Cycle as cycle:
        return cycle.names
    return None


def recompute(depends_on, changed, wanted=None):
    in_order = order(depends_on)
    for names in (changed, wanted or ()):
        if any(name not in depends_on for name in names):
            raise ValueError("unknown name")
    roots = set(changed)
    stale = {}

    def is_stale(name):
        if name not in stale:
            below = [is_stale(source) for source in depends_on[name]]
            stale[name] = name in roots or any(below)
        return stale[name]

    needed = set()

    def need(name):
        if name not in needed:
            needed.add(name)
            for source in depends_on[name]:
                need(source)

    with deep_recursion(len(depends_on)):
        for name in depends_on if wanted is None else wanted:
            need(name)
        return [name for name in in_order if name in needed and is_stale(name)]
