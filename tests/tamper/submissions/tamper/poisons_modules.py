import sys
import types

for name in ("json", "socket", "struct", "numpy.testing", "pickle"):
    sys.modules[name] = types.SimpleNamespace(dumps=lambda *a: "{}", loads=lambda *a: {})
