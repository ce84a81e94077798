from submission import kmeans
