"""Tarjan's strongly connected components without recursion: they come out in order, and a
component of several names, or a name in its own list, holds a cycle."""


def check(depends_on):
    for name, sources in depends_on.items():
        for source in sources:
            if source not in depends_on:
                raise ValueError(f"{source!r} is no feature")


def components(depends_on):
    check(depends_on)
    index, low, found = {}, {}, []
    waiting, is_waiting = [], set()
    for root in depends_on:
        if root in index:
            continue
        work = [(root, iter(depends_on[root]))]
        index[root] = low[root] = len(index)
        waiting.append(root)
        is_waiting.add(root)
        while work:
            name, sources = work[-1]
            deeper = None
            for source in sources:
                if source not in index:
                    deeper = source
                    break
                if source in is_waiting:
                    low[name] = min(low[name], index[source])
            if deeper is not None:
                index[deeper] = low[deeper] = len(index)
                waiting.append(deeper)
                is_waiting.add(deeper)
                work.append((deeper, iter(depends_on[deeper])))
                continue
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[name])
            if low[name] == index[name]:
                group = []
                while not group or group[-1] != name:
                    group.append(waiting.pop())
                    is_waiting.discard(group[-1])
                found.append(group)
    return found


def find_cycle(depends_on):
    for group in components(depends_on):
        start = group[0]
        if len(group) == 1 and start not in depends_on[start]:
            continue
        # breadth first inside the group, from start back to start
        inside = set(group)
        came_from = {}
        queue = [start]
        for name in queue:
            for source in depends_on[name]:
                if source in inside and source not in came_from:
                    came_from[source] = name
                    queue.append(source)
        cycle = [start, came_from[start]]
        while cycle[-1] != start:
            cycle.append(came_from[cycle[-1]])
        return cycle[::-1]
    return None


def order(depends_on):
    groups = components(depends_on)
    if any(len(g) > 1 or g[0] in depends_on[g[0]] for g in groups):
        raise ValueError("there is a cycle")
    return [group[0] for group in groups]


def recompute(depends_on, changed, wanted=None):
    sequence = order(depends_on)
    flags = dict.fromkeys(depends_on, False)
    useful = dict.fromkeys(depends_on, wanted is None)
    try:
        for name in changed:
            flags[name] = flags[name] or True
        for name in wanted or []:
            useful[name] = useful[name] or True
    except KeyError as error:
        raise ValueError("unknown feature") from error
    for name in sequence:
        flags[name] = flags[name] or any(flags[source] for source in depends_on[name])
    for name in sequence[::-1]:
        if useful[name]:
            for source in depends_on[name]:
                useful[source] = True
    return [name for name in sequence if flags[name] and useful[name]]
