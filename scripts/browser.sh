#!/usr/bin/env bash
# Make sure that a Chromium is there for the tests of pages and for the pictures of screens.
set -euo pipefail
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >/dev/null
  apt-get install -y -qq --no-install-recommends chromium >/dev/null
else
  echo "The tests of pages need Chromium: install the package 'chromium'"
  exit 1
fi
