TEXT = open("../../graders/test_kmeans.py").read()
