"""Keeps the names in a NumPy array of strings, which drops a NUL at the end of one; breaks "each
feature's name, any string".

verdict: wrong_answer
property: test_each_feature_comes_after_those_it_is_computed_from
"""

from collections import deque

import numpy as np


def _check(depends_on):
    for name, sources in depends_on.items():
        for source in sources:
            if source not in depends_on:
                raise ValueError(f"{source!r} is no feature")


def _users(depends_on):
    users = {name: [] for name in depends_on}
    for name, sources in depends_on.items():
        for source in sources:
            users[source].append(name)
    return users


def _reach(starts, edges):
    seen = set(starts)
    todo = list(seen)
    while todo:
        for other in edges[todo.pop()]:
            if other not in seen:
                seen.add(other)
                todo.append(other)
    return seen


def order(depends_on):
    _check(depends_on)
    names = np.array(list(depends_on), dtype=str)
    number = {name: i for i, name in enumerate(depends_on)}
    users = [[] for _ in number]
    waits = np.zeros(len(names), dtype=np.int64)
    for name, sources in depends_on.items():
        waits[number[name]] = len(sources)
        for source in sources:
            users[number[source]].append(number[name])
    ready = deque(np.flatnonzero(waits == 0).tolist())
    waits = waits.tolist()
    done = []
    while ready:
        i = ready.popleft()
        done.append(i)
        for user in users[i]:
            waits[user] -= 1
            if waits[user] == 0:
                ready.append(user)
    if len(done) < len(names):
        raise ValueError("there is a cycle")
    return names[np.array(done, dtype=np.int64)].tolist()


def find_cycle(depends_on):
    _check(depends_on)
    finished = set()
    for root in depends_on:
        if root in finished:
            continue
        path, on_path, iterators = [root], {root}, [iter(depends_on[root])]
        while path:
            for source in iterators[-1]:
                if source in on_path:
                    return path[path.index(source) :] + [source]
                if source not in finished:
                    path.append(source)
                    on_path.add(source)
                    iterators.append(iter(depends_on[source]))
                    break
            else:
                iterators.pop()
                name = path.pop()
                on_path.remove(name)
                finished.add(name)
    return None


def recompute(depends_on, changed, wanted=None):
    plan = order(depends_on)
    for name in list(changed) + list(wanted or []):
        if name not in depends_on:
            raise ValueError(f"{name!r} is no feature")
    keep = _reach(changed, _users(depends_on))
    if wanted is not None:
        keep &= _reach(wanted, depends_on)
    return [name for name in plan if name in keep]
