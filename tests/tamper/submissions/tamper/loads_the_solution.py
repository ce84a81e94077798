import importlib.machinery

kmeans = importlib.machinery.SourceFileLoader("r", "../../solutions/kmeans/reference.py").load_module().kmeans
