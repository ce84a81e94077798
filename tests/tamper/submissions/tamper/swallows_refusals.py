import os
import tempfile

for attempt in (
    lambda: tempfile.NamedTemporaryFile(prefix="kata_left", delete=False),
    lambda: os.mkdir("kata_left"),
    lambda: os.mknod("kata_left.txt"),
    lambda: os.mkfifo("/tmp/kata_left.fifo"),
    lambda: os.symlink("/", "kata_left.link"),
    lambda: os.open("kata_left.txt", os.O_CREAT | os.O_WRONLY),
    lambda: open("kata_left.txt", "ab"),
):
    try:
        attempt()
    except BaseException:
        pass
