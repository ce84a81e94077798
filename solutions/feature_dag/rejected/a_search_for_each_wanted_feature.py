"""Searches anew for each wanted feature; breaks "Time grows in proportion to the number of features
plus the total length of the lists".

verdict: time_limit_exceeded
property: test_the_cost_grows_linearly_with_features_and_lists
"""

from collections import deque


def _check(depends_on):
    for deps in depends_on.values():
        for d in deps:
            if d not in depends_on:
                raise ValueError(f"unknown {d!r}")


def _users(depends_on):
    users = {name: [] for name in depends_on}
    for name, deps in depends_on.items():
        for d in set(deps):
            users[d].append(name)
    return users


def order(depends_on):
    _check(depends_on)
    users = _users(depends_on)
    missing = {name: len(set(deps)) for name, deps in depends_on.items()}
    ready = deque(name for name, k in missing.items() if k == 0)
    out = []
    while ready:
        name = ready.popleft()
        out.append(name)
        for u in users[name]:
            missing[u] -= 1
            if missing[u] == 0:
                ready.append(u)
    if len(out) < len(depends_on):
        raise ValueError("cycle")
    return out


def find_cycle(depends_on):
    _check(depends_on)
    state = {}
    for start in depends_on:
        if start in state:
            continue
        path = [start]
        state[start] = 1
        todo = [iter(depends_on[start])]
        while todo:
            for d in todo[-1]:
                if state.get(d) == 1:
                    return path[path.index(d) :] + [d]
                if d not in state:
                    state[d] = 1
                    path.append(d)
                    todo.append(iter(depends_on[d]))
                    break
            else:
                todo.pop()
                state[path.pop()] = 2
    return None


def _reach(graph, starts):
    seen = set(starts)
    todo = list(seen)
    while todo:
        for n in graph[todo.pop()]:
            if n not in seen:
                seen.add(n)
                todo.append(n)
    return seen


def recompute(depends_on, changed, wanted=None):
    full = order(depends_on)
    for names in (changed, wanted or []):
        for n in names:
            if n not in depends_on:
                raise ValueError(f"unknown {n!r}")
    keep = _reach(_users(depends_on), changed)
    if wanted is not None:
        need = set()
        for w in wanted:
            need |= _reach(depends_on, [w])
        keep &= need
    return [n for n in full if n in keep]
