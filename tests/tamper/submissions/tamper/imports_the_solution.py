import sys

sys.path.insert(0, "../../solutions/kmeans")
from reference import kmeans
