"""Numbers the features, gives each its level (the longest way down) by peeling wave after wave, and
sorts by level with NumPy; a cycle is found by following sources among those without a level."""

import numpy as np


def numbered(depends_on):
    number = {name: i for i, name in enumerate(depends_on)}
    try:
        return [sorted({number[s] for s in sources}) for sources in depends_on.values()]
    except KeyError as error:
        raise ValueError(f"{error} is no feature") from None


def turned(sources):
    users = [[] for _ in sources]
    for i, below in enumerate(sources):
        for j in below:
            users[j].append(i)
    return users


def levels(sources):
    """Return the level of each feature, -1 for those on a cycle or above one."""
    users = turned(sources)
    level = np.full(len(sources), -1)
    open_sources = [len(below) for below in sources]
    wave = [i for i, count in enumerate(open_sources) if count == 0]
    now = 0
    while wave:
        following = []
        for i in wave:
            level[i] = now
            for user in users[i]:
                open_sources[user] -= 1
                if open_sources[user] == 0:
                    following.append(user)
        wave = following
        now += 1
    return level


def order(depends_on):
    names = list(depends_on)
    level = levels(numbered(depends_on))
    if (level < 0).any():
        raise ValueError("there is a cycle")
    return [names[i] for i in np.argsort(level, kind="stable")]


def find_cycle(depends_on):
    names = list(depends_on)
    sources = numbered(depends_on)
    level = levels(sources)
    lost = np.flatnonzero(level < 0)
    if lost.size == 0:
        return None
    ahead = {int(i): next(j for j in sources[i] if level[j] < 0) for i in lost}
    # after as many steps as there are features, one is on the cycle for certain
    slow = int(lost[0])
    for _ in range(len(names)):
        slow = ahead[slow]
    cycle = [slow, ahead[slow]]
    while cycle[-1] != slow:
        cycle.append(ahead[cycle[-1]])
    return [names[i] for i in cycle]


def marked(start, neighbours):
    mark = np.zeros(len(neighbours), dtype=bool)
    mark[start] = True
    stack = np.flatnonzero(mark).tolist()
    while stack:
        fresh = [j for j in neighbours[stack.pop()] if not mark[j]]
        mark[fresh] = True
        stack.extend(fresh)
    return mark


def recompute(depends_on, changed, wanted=None):
    names = order(depends_on)
    number = {name: i for i, name in enumerate(depends_on)}
    if any(name not in number for name in list(changed) + list(wanted or [])):
        raise ValueError("unknown name")
    sources = numbered(depends_on)
    keep = marked([number[name] for name in changed], turned(sources))
    if wanted is not None:
        keep &= marked([number[name] for name in wanted], sources)
    return [name for name in names if keep[number[name]]]
