import sys

sys.setrecursionlimit(60)
