#!/bin/sh
# Makes the virtual environment from the lock file and puts the checkout on its path.
# Usage: make_venv.sh PYTHON VENV LOCK
set -eu
python=$1 venv=$2 lock=$3

"$python" - <<'CHECK' || { echo "entrepot: needs Python 3.11 or later; name one with: make PYTHON=python3.12" >&2; exit 1; }
import sys
sys.exit(0 if sys.version_info >= (3, 11) else 1)
CHECK

if ! "$python" -m venv "$venv" 2>/dev/null; then
    # Debian and Ubuntu ship venv in a package of its own.
    rm -rf "$venv"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "installing python3-venv" >&2
        apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null
        "$python" -m venv "$venv"
    else
        echo "entrepot: this Python has no venv; install it with: sudo apt-get install python3-venv" >&2
        exit 1
    fi
fi
echo "installing what the lock file names (the first time takes a minute or two)" >&2
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
