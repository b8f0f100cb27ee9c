#!/bin/sh
# Install what the tests need beside Python packages: Node.js and npm for the SARIF validator.
set -eu
if command -v npm >/dev/null && command -v git >/dev/null; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends nodejs npm git
else
    echo "The tests need Node.js, npm and git. On Debian: sudo apt-get install nodejs npm git" >&2
    exit 1
fi
