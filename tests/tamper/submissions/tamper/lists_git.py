import os

for place in (".git", "../.git", "../../.git", "../../.git/objects"):
    try:
        os.listdir(place)
    except OSError:
        continue
