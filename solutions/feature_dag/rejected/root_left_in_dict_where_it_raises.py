"""Puts a root into the dict, and takes it out again, but not where it raises for a wanted name
that is no key; breaks "Arguments are left unchanged: the dict, its order and its lists too".

verdict: wrong_answer
property: test_arguments_are_left_unchanged
"""

from collections import deque


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
        for other in edges.get(todo.pop(), ()):
            if other not in seen:
                seen.add(other)
                todo.append(other)
    return seen


def order(depends_on):
    _check(depends_on)
    users = _users(depends_on)
    waits = {name: len(sources) for name, sources in depends_on.items()}
    ready = deque(name for name, n in waits.items() if n == 0)
    done = []
    while ready:
        name = ready.popleft()
        done.append(name)
        for user in users[name]:
            waits[user] -= 1
            if waits[user] == 0:
                ready.append(user)
    if len(done) < len(depends_on):
        raise ValueError("there is a cycle")
    return done


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
    users = _users(depends_on)
    # a root that stands for the change, and one that stands for the wish
    users[None] = changed
    stale = _strict(_reach([None], users), depends_on)
    if wanted is None:
        return [name for name in plan if name in stale]
    depends_on[None] = wanted
    needed = _strict(_reach([None], depends_on), depends_on)
    del depends_on[None]
    return [name for name in plan if name in stale and name in needed]


def _strict(names, depends_on):
    names.discard(None)
    for name in names:
        if name not in depends_on:
            raise ValueError(f"{name!r} is no feature")
    return names
