#!/bin/sh
# Install what the tests need beside Python packages: Node.js and npm for the validators of SARIF and HTML, a browser, Vim.
set -eu
missing=""
command -v npm >/dev/null || missing="$missing nodejs npm"
command -v git >/dev/null || missing="$missing git"
command -v chromium >/dev/null || missing="$missing chromium"
command -v vim >/dev/null || missing="$missing vim"
if [ -z "$missing" ]; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    # shellcheck disable=SC2086  # a list of packages
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
else
    echo "The tests need Node.js, npm, git, Chromium and Vim. On Debian: sudo apt-get install$missing" >&2
    exit 1
fi
