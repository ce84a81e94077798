kmeans = 3
