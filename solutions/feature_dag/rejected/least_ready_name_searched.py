"""Takes the first name of all that are ready by min() and remove(), which is quadratic where many
are ready at once; breaks "Time grows in proportion to the number of features plus the total
length of the lists".

verdict: time_limit_exceeded
property: test_the_cost_grows_linearly_with_features_and_lists
"""


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
    users = _users(depends_on)
    waits = {name: len(sources) for name, sources in depends_on.items()}
    ready = [name for name, n in waits.items() if n == 0]
    done = []
    while ready:
        name = min(ready)  # so that the plan does not depend on the dict's order
        ready.remove(name)
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
    for name in list(changed) + list(wanted or []):
        if name not in depends_on:
            raise ValueError(f"{name!r} is no feature")
    keep = _reach(changed, _users(depends_on))
    if wanted is not None:
        keep &= _reach(wanted, depends_on)
    return [name for name in plan if name in keep]
