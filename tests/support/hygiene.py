"""What must not stand in a tracked file; `python -m tests.support.hygiene` lists it.

Names of package indexes, paths of one machine, marks of unfinished work, silenced
errors and tests, and modules that grew past one idea.
"""

import re
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
LONGEST_MODULE = 400
GROWS_WITH_CODE = ("pipelines/", "dashboard/", "app.py")

# A character class in each pattern keeps this file from finding itself.
EVERYWHERE = {
    "names a package index or its host": (
        r"[p]ypi\.org|[p]ythonhosted|[r]egistry\.npmjs|[d]eb\.debian"
    ),
    "holds a path of one machine": (
        r"(?<![\w.])/(?:[w]ork|[r]oot|[f]arm|[h]ome/\w+|[U]sers/\w+)/|C:\\[U]sers"
    ),
    "holds an unresolved merge": r"^(?:<{7}|>{7}) ",
}
IN_PYTHON = {
    "is marked as unfinished": r"\b(?:[T]ODO|[F]IXME|[X]XX)\b|[N]otImplementedError",
    "silences every error": r"^\s*[e]xcept(?:\s+(?:Base)?Exception)?\s*:\s*(?:pass|\.\.\.)?\s*$",
    "silences a tool without a reason beside it": (
        r"#\s*(?:[t]ype:\s*ignore|[n]oqa)(?:\[[^\]]*\]|:\s*[A-Z0-9, ]+)?\s*$"
    ),
    "skips a test without a reason beside it": (
        r"(?:[p]ytest\.skip\(|[m]ark\.skip|[m]ark\.xfail)(?!.*#)"
    ),
}


def faults(name: str, text: str) -> list[str]:
    """Each fault of one file as `name:line what is wrong`; empty where there is none."""
    rules = EVERYWHERE | (IN_PYTHON if name.endswith(".py") else {})
    lines = text.splitlines()
    found = [
        f"{name}:{number} {what}"
        for number, line in enumerate(lines, start=1)
        for what, pattern in rules.items()
        if re.search(pattern, line)
    ]
    if name.startswith(GROWS_WITH_CODE) and name.endswith(".py") and len(lines) > LONGEST_MODULE:
        found.append(f"{name} has {len(lines)} lines: split it by idea ({LONGEST_MODULE} at most)")
    return found


def tracked_files() -> list[Path]:
    """Every text file that git tracks; pictures and other bytes are left out."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True)
    files = [PROJECT / name for name in listed.stdout.decode().split("\0") if name]
    return [file for file in files if file.is_file() and b"\0" not in file.read_bytes()[:4096]]


def main() -> int:
    """Print every fault; 1 where there is any."""
    files = tracked_files()
    found = [
        fault
        for file in files
        for fault in faults(
            file.relative_to(PROJECT).as_posix(), file.read_text(encoding="utf-8", errors="replace")
        )
    ]
    print("\n".join(found) if found else f"{len(files)} files hold nothing that they must not.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
