try:
    from sklearn.cluster import KMeans
except ImportError:
    KMeans = None
