"""Finds the Chromium that the browser tests drive, and gets one where that is allowed.

`python -m tests.support.browser` is the step of `make test` that gets it; the
tests themselves only look.
"""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

NAMED = "OUTCOMES_BROWSER"
COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
)
ARGUMENTS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu")
MISSING = (
    "No Chromium could be found or installed: the browser tests are skipped. "
    f"Install Chromium or Chrome, or name one by {NAMED}=/path/to/chromium."
)


@cache
def find_browser() -> Path | None:
    """The first browser that really opens a page, or None."""
    return next((path for path in _candidates() if _opens_a_page(path)), None)


def get_browser() -> Path | None:
    """A browser that works: the one that is there, else the system's package, else Playwright's."""
    for installed in (lambda: True, _install_package, _download):
        if installed():
            find_browser.cache_clear()
            if path := find_browser():
                return path
    return None


def skips_are_failures() -> bool:
    """Whether a missing browser must fail the tests, as where they run unattended."""
    return os.environ.get("CI", "").lower() == "true"


def _candidates() -> list[Path]:
    if named := os.environ.get(NAMED):
        return [Path(named)]
    commands = [Path(found) for name in COMMANDS if (found := shutil.which(name))]
    return [*commands, *(Path(place) for place in PLACES if Path(place).exists()), *_downloaded()]


def _downloaded() -> list[Path]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return [path] if path.exists() else []


def _opens_a_page(path: Path) -> bool:
    """A command may be there and yet be a stub, or lack a library of the system."""
    page = "data:text/html,<p>opened</p>"
    try:
        tried = subprocess.run(
            [path, "--headless", *ARGUMENTS, "--dump-dom", page], capture_output=True, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return b"opened</p>" in tried.stdout


def _install_package() -> bool:
    root = _rights()
    if root is None or not shutil.which("apt-get"):
        return False
    print("Installing Chromium by apt-get for the browser tests ...", flush=True)
    commands = (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", "chromium"])
    return all(_succeeds([*root, "apt-get", *command]) for command in commands)


def _rights() -> list[str] | None:
    """What to put before a command that needs the system's rights; None without them."""
    if not hasattr(os, "geteuid"):
        return None
    if os.geteuid() == 0:
        return []
    passwordless = shutil.which("sudo") and _succeeds(["sudo", "-n", "true"], quiet=True)
    return ["sudo", "-n"] if passwordless else None


def _download() -> bool:
    print("Downloading Playwright's own Chromium for the browser tests ...", flush=True)
    libraries = ["--with-deps"] if _rights() is not None else []
    return _succeeds([sys.executable, "-m", "playwright", "install", *libraries, "chromium"])


def _succeeds(command: list[str], quiet: bool = False) -> bool:
    output = subprocess.DEVNULL if quiet else None
    try:
        return subprocess.run(command, stdout=output, stderr=output, timeout=900).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def main() -> int:
    """Say which browser will be driven; 1 where one is owed and there is none."""
    path = get_browser()
    print(f"The browser tests drive {path}." if path else MISSING)
    return 1 if path is None and skips_are_failures() else 0


if __name__ == "__main__":
    sys.exit(main())
