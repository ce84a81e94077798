"""Packs one kata's grader, and the engine, for a service that grades elsewhere.

The archives hold no solution and no stub: the submission takes the stub's place there.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from kata.catalog import Kata
from kata.errors import CatalogError
from kata.fence import Level

ROOT_FILES = ("LICENSE", "README.md", "conftest.py", "pyproject.toml", "requirements.txt")
"""What the engine needs to be installed, beside its own folder."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""One date for all files, so that the same kata gives the same archive."""

SETUP = """\
#!/usr/bin/env bash
# Run by Gradescope once, when it builds the image: everything is installed below this folder.
set -euo pipefail
cd "$(dirname "${{BASH_SOURCE[0]}}")"

fit() {{
  "$1" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2> /dev/null
}}

for python in python3.13 python3.12 python3.11 python3; do
  if fit "$python"; then exec "$python" kata/bootstrap.py learner; fi
done
apt-get update
apt-get install --yes --no-install-recommends python3 python3-venv
exec python3 kata/bootstrap.py learner
"""

RUN = """\
#!/usr/bin/env bash
# Run by Gradescope for each submission. What it prints is for instructors only.
set -euo pipefail
autograder=${{AUTOGRADER:-/autograder}}
cd "$autograder/source"

# The file that is asked for, or else the only one; none is told to the student as a load error.
answer=exercises/{slug}/{slug}.py
rm -f "$answer"
shopt -s nullglob
others=("$autograder"/submission/*.py)
if [ -f "$autograder/submission/{slug}.py" ]; then
  cp "$autograder/submission/{slug}.py" "$answer"
elif [ "${{#others[@]}}" = 1 ]; then
  cp "${{others[0]}}" "$answer"
fi

.venv/bin/kata doctor
mkdir -p "$autograder/results"
rm -f "$autograder/results/results.json"
.venv/bin/kata check {slug} --visibility {visibility} --require-sandbox {required} \\
  --write gradescope="$autograder/results/results.json" || true
# A submission that is not accepted is a result like any other, and so is a fault of the grader.
[ -f "$autograder/results/results.json" ]
"""

AUTOGRADER = '''\
"""Grades {slug} for Classroom 50: run by its runner in the student's checkout."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

BUNDLE = Path(__file__).resolve().parent
ANSWER = BUNDLE / "exercises/{slug}/{slug}.py"
PLACES = ("{slug}.py", "exercises/{slug}/{slug}.py")


def main():
    """Write result.json; the status is 0 when the submission was graded, accepted or not."""
    ANSWER.unlink(missing_ok=True)
    found = next((Path(place) for place in PLACES if Path(place).is_file()), None)
    if found is not None:
        shutil.copyfile(found, ANSWER)
    setup = [sys.executable, str(BUNDLE / "kata/bootstrap.py"), "learner"]
    status = subprocess.call(setup)
    if status:
        return status
    check = [str(BUNDLE / ".venv/bin/kata"), "check", "{slug}", "--require-sandbox", "{required}"]
    result = Path("result.json").resolve()
    result.unlink(missing_ok=True)
    check.append(f"--write=classroom50={{result}}")
    status = subprocess.call(check, cwd=BUNDLE, env=dict(os.environ))
    return 0 if status == 1 and result.is_file() else status


if __name__ == "__main__":
    sys.exit(main())
'''


def gradescope(kata: Kata, visibility: str, required: Level) -> bytes:
    """The autograder.zip for Gradescope: its two scripts at the top, and what they need."""
    return _archive(
        kata,
        {
            "setup.sh": SETUP.format(),
            "run_autograder": RUN.format(
                slug=kata.slug, visibility=visibility, required=str(required)
            ),
        },
    )


def classroom50(kata: Kata, required: Level) -> bytes:
    """An archive to be unpacked into the assignment's folder of autograders."""
    text = AUTOGRADER.format(slug=kata.slug, required=str(required))
    return _archive(kata, {"autograder.py": text})


def _archive(kata: Kata, scripts: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in scripts.items():
            archive.writestr(_info(name, 0o755), text)
        for path in _files(kata):
            archive.writestr(_info(path.relative_to(kata.root).as_posix(), 0o644), _read(path))
    return packed.getvalue()


def _files(kata: Kata) -> Iterator[Path]:
    """The engine, the kata without its stub and hints, its grader, and what graders share."""
    for name in ROOT_FILES:
        yield kata.root / name
    yield from sorted((kata.root / "kata").rglob("*.py"))
    yield from sorted(
        path
        for path in kata.folder.iterdir()
        if path.is_file() and path.name != "hints.md" and path.suffix != ".py"
    )
    yield kata.grader
    yield from sorted(
        path for path in kata.grader.parent.glob("*.py") if not path.name.startswith("test_")
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CatalogError(f"{path} cannot be read: {error.strerror}.") from error


def _info(name: str, mode: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = mode << 16
    return info
