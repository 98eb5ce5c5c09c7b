# Sourced by the other scripts: makes .venv and installs what is pinned, once per change of the pins.
# Usage: setup EXTRAS  ("" for use, "dev" for development)

cd "$(dirname "$0")/.." || exit 1
root=$PWD

find_python() {
    for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 python; do
        [ -n "$candidate" ] || continue
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            command -v "$candidate"
            return 0
        fi
    done
    echo "twin-tui needs Python 3.11 or newer; none was found (set PYTHON to its path)." >&2
    return 1
}

setup() {
    extras=$1
    stamp=$root/.venv/.installed-${extras:-use}
    want=$(cat pyproject.toml scripts/constraints.txt | cksum)
    if [ -x .venv/bin/python ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$want$root" ]; then
        return 0
    fi
    if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c '' 2>/dev/null; then
        python=$(find_python) || exit 1
        echo "Making .venv with $("$python" --version) …" >&2
        if ! "$python" -m venv --clear .venv >&2; then
            echo "This Python cannot make virtual environments (on Debian: apt-get install python3-venv)." >&2
            exit 1
        fi
    fi
    echo "Installing the pinned packages …" >&2
    target=.
    [ -n "$extras" ] && target=".[$extras]"
    if ! PIP_CONSTRAINT=$root/scripts/constraints.txt PIP_BUILD_CONSTRAINT=$root/scripts/constraints.txt \
        PIP_DISABLE_PIP_VERSION_CHECK=1 \
        .venv/bin/python -m pip install --quiet --editable "$target" --constraint scripts/constraints.txt >&2; then
        echo "The packages could not be installed: see above." >&2
        exit 1
    fi
    echo "$want$root" >"$stamp"
}
