import sys


def raising(event, args):
    raise RuntimeError(event)


sys.addaudithook(raising)
