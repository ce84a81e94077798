"""Follows the parents back until there is none, which it takes the empty string for; breaks "each
feature's name, any string".

verdict: wrong_answer
property: test_a_cycle_is_returned_as_a_closed_path
"""


def _check(depends_on):
    for needs in depends_on.values():
        for other in needs:
            if other not in depends_on:
                raise ValueError(f"unknown name {other!r}")


def order(depends_on):
    if find_cycle(depends_on) is not None:
        raise ValueError("there is a cycle")
    done, result = set(), []
    for start in depends_on:
        stack = [(start, False)]
        while stack:
            name, ready = stack.pop()
            if name in done:
                continue
            if ready:
                done.add(name)
                result.append(name)
            else:
                stack.append((name, True))
                stack.extend((other, False) for other in depends_on[name] if other not in done)
    return result


def find_cycle(depends_on):
    _check(depends_on)
    state, parent = {}, {}
    for start in depends_on:
        if start in state:
            continue
        state[start], parent[start] = 1, None
        stack = [(start, iter(depends_on[start]))]
        while stack:
            name, needs = stack[-1]
            for other in needs:
                if other not in state:
                    state[other], parent[other] = 1, name
                    stack.append((other, iter(depends_on[other])))
                    break
                if state[other] == 1:
                    cycle = [other]
                    while name and name != other:
                        cycle.append(name)
                        name = parent[name]
                    return [other] + cycle[1:][::-1] + [other]
            else:
                state[name] = 2
                stack.pop()
    return None


def _closure(starts, neighbours):
    seen, stack = set(starts), list(starts)
    while stack:
        for other in neighbours.get(stack.pop(), ()):
            if other not in seen:
                seen.add(other)
                stack.append(other)
    return seen


def recompute(depends_on, changed, wanted=None):
    names = order(depends_on)
    for name in list(changed) + list(wanted or []):
        if name not in depends_on:
            raise ValueError(f"unknown name {name!r}")
    users = {}
    for name, needs in depends_on.items():
        for other in needs:
            users.setdefault(other, []).append(name)
    stale = _closure(changed, users)
    if wanted is not None:
        stale &= _closure(wanted, depends_on)
    return [name for name in names if name in stale]
