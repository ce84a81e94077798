import os

for name in ("environ", "mem", "cmdline", "maps"):
    try:
        with open(f"/proc/{os.getppid()}/{name}", "rb") as file:
            file.read(64)
    except OSError:
        continue
