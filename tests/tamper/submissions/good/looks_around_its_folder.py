import os
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = "1"
FILES = sorted(os.listdir())
FACTS = Path("kata.toml").read_text(encoding="utf-8")
