#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# ./setup.sh run   installs what is missing, builds, and opens Waybill on a practice workspace (no display: works a practice day)
# ./setup.sh test  installs the test tools as well and runs every suite; last line: "N passed, N failed, N skipped"
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
root=$PWD
build=$root/build
build_asan=$root/build-asan

# What building and running needs, by Debian's names (Debian 12, Ubuntu 23.04 and newer).
build_packages=(
  gcc libc6-dev meson ninja-build pkg-config gettext desktop-file-utils gtk-update-icon-cache libxml2-utils
  libgtk-4-dev libadwaita-1-dev libsoup-3.0-dev libjson-glib-dev libsqlite3-dev libsecret-1-dev
  libcups2-dev libzint-dev libpoppler-glib-dev librsvg2-dev libzbar-dev
  glib-networking iso-codes tzdata adwaita-icon-theme librsvg2-common
  fonts-cantarell fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji
)
# What only the tests need: private displays, printers, keyrings; readers of what came out; checking tools.
test_packages=(
  xvfb xauth xdotool imagemagick dbus at-spi2-core libatspi2.0-dev
  cups cups-ipp-utils poppler-utils zbar-tools gnome-keyring libsecret-tools sqlite3 procps
  openssl python3 python3-gi gir1.2-atspi-2.0 python3-yaml man-db appstream clang-format shellcheck git
)
# The same for who has no apt. Names for `dnf install` and `pacman -S`.
fedora_packages="gcc meson ninja-build pkgconf-pkg-config gettext desktop-file-utils gtk-update-icon-cache libxml2 gtk4-devel
  libadwaita-devel libsoup3-devel json-glib-devel sqlite-devel libsecret-devel cups-devel libzint-devel poppler-glib-devel librsvg2-devel
  zbar-devel
  glib-networking iso-codes tzdata adwaita-icon-theme abattis-cantarell-fonts google-noto-sans-fonts google-noto-sans-cjk-fonts
  google-noto-color-emoji-fonts"
arch_packages="gcc meson ninja pkgconf gettext desktop-file-utils gtk-update-icon-cache libxml2 gtk4 libadwaita libsoup3 json-glib
  sqlite libsecret libcups zint poppler-glib librsvg zbar glib-networking iso-codes tzdata adwaita-icon-theme cantarell-fonts noto-fonts
  noto-fonts-cjk noto-fonts-emoji"
# What the build asks pkg-config for; where there is no apt this tells whether all is there.
modules=(
  'gtk4 >= 4.8' 'libadwaita-1 >= 1.2' 'libsoup-3.0 >= 3.2' 'json-glib-1.0 >= 1.6' 'sqlite3 >= 3.40'
  'libsecret-1 >= 0.20' 'poppler-glib >= 22' 'zbar >= 0.23' 'pangocairo >= 1.50' 'cairo-pdf' 'librsvg-2.0 >= 2.54'
)

die() {
  echo "setup.sh: $*" >&2
  exit 1
}

in_ci() { [[ ${WAYBILL_CI:-0} == 1 ]]; }

usage() {
  cat <<'TEXT'
Usage: ./setup.sh run|test
  run   install what is missing, build, and open Waybill on a practice workspace;
        without a display: work a practice day and leave its papers in ./practice-day
  test  install the test tools too, build twice (plain, and with address and undefined-behaviour
        sanitizers) and run every suite; the last line is "N passed, N failed, N skipped"
TEXT
}

# Prints which of the named Debian packages are not installed.
missing_of() {
  local installed package
  # dpkg-query fails as soon as it does not know one name; what it says of the others counts all the same.
  # shellcheck disable=SC2016 # the format is dpkg-query's, not the shell's
  installed=" $({ dpkg-query -W -f '${db:Status-Status}/${Package}\n' "$@" 2>/dev/null || true; } |
    sed -n 's|^installed/||p' | tr '\n' ' ') "
  for package in "$@"; do
    [[ $installed == *" $package "* ]] || echo "$package"
  done
}

# Asks before it becomes root on somebody's machine; as root or in CI nobody is there to be asked.
may_install() {
  local answer
  if [[ $EUID -eq 0 ]] || in_ci || [[ ! -t 0 ]]; then
    return 0
  fi
  read -r -p "Install these $1 packages with sudo? [Y/n] " answer
  [[ -z $answer || $answer == [YyJj]* ]]
}

install_with_apt() {
  local missing log as_root=()
  mapfile -t missing < <(missing_of "$@")
  [[ ${#missing[@]} -gt 0 ]] || return 0
  echo "To be installed: ${missing[*]}"
  may_install "${#missing[@]}" || die "cannot go on without these packages"
  if [[ $EUID -ne 0 ]]; then
    command -v sudo >/dev/null || die "there is no sudo; install the packages above as root, then start again"
    as_root=(sudo)
    [[ -t 0 ]] || as_root=(sudo -n)
  fi
  log=$(mktemp)
  if ! { "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=900 update &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=900 \
      install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
    tail -n 30 "$log" >&2
    die "the packages could not be installed; the whole log is in $log"
  fi
  rm -f "$log"
}

# Without apt nothing is installed: says what to install, unless all is there already.
check_without_apt() {
  local module lacking=()
  for module in meson ninja gcc msgfmt cups-config xmllint; do
    command -v "$module" >/dev/null || lacking+=("$module")
  done
  for module in "${modules[@]}"; do
    pkg-config --exists "$module" 2>/dev/null || lacking+=("$module")
  done
  echo '#include <zint.h>' | gcc -E - >/dev/null 2>&1 || lacking+=(zint.h)
  [[ -d /usr/share/zoneinfo ]] || lacking+=(tzdata)
  [[ ${#lacking[@]} -gt 0 ]] || return 0
  printf 'This machine lacks: %s\n\n' "$(printf '%s, ' "${lacking[@]}" | sed 's/, $//')"
  printf 'On Fedora:\n  sudo dnf install %s\n\n' "$(xargs <<<"$fedora_packages")"
  printf 'On Arch Linux:\n  sudo pacman -S --needed %s\n\n' "$(xargs <<<"$arch_packages")"
  die "install what is missing with your package manager, then start again"
}

# need_packages build|test
need_packages() {
  local wanted=("${build_packages[@]}")
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    check_without_apt
    return
  fi
  if [[ $1 == test ]]; then
    wanted+=("${test_packages[@]}")
    # Node.js may come from elsewhere; Debian's own is taken only where there is none.
    command -v node >/dev/null || wanted+=(nodejs)
    command -v npm >/dev/null || wanted+=(npm)
  fi
  install_with_apt "${wanted[@]}"
}

# build_in FOLDER [MESON-OPTION...]: configures once, later only what changed; quiet unless something is wrong.
build_in() {
  local folder=$1 log=$1.log
  shift
  if [[ -f $folder/build.ninja ]]; then
    [[ $# -eq 0 ]] || meson configure "$folder" "$@" >"$log" 2>&1 || { cat "$log" >&2; die "meson configure failed"; }
  else
    meson setup "$folder" "$root" "$@" >"$log" 2>&1 || { tail -n 30 "$log" >&2; die "meson setup failed"; }
  fi
  rm -f "$log"
  ninja -C "$folder" --quiet || die "the build failed"
}

run_waybill() {
  need_packages build
  echo "Building Waybill"
  build_in "$build"
  # Not installed: settings schema, icons and translations come from the build and the source.
  export GSETTINGS_SCHEMA_DIR=$build/data WAYBILL_LOCALEDIR=$build/po
  export XDG_DATA_DIRS=$root/data:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}
  # Names come in all scripts; a machine without a locale set would print question marks.
  [[ $(locale charmap 2>/dev/null) == UTF-8 ]] || export LC_ALL=C.UTF-8
  if [[ -n ${WAYLAND_DISPLAY:-}${DISPLAY:-} ]]; then
    exec "$build/src/client/waybill" --practice
  fi
  echo "No display: working a practice day; its papers go to ./practice-day"
  exec "$build/src/cli/waybillctl" practice-day --folder "$root/practice-day"
}

# need_node_packages FOLDER-WITH-LOCK-FILE FOLDER-IN-BUILD NAME WHO-GOES-WITHOUT: what tests take from the npm registry, by
# a committed lock file. It stays in the build folder; without it the tests report themselves skipped (in CI: failed).
need_node_packages() {
  local from=$1 to=$2 name=$3 without=$4
  [[ -f $from/package-lock.json ]] || return 0
  if cmp -s "$from/package-lock.json" "$to/package-lock.json" && [[ -f $to/installed ]]; then
    return 0
  fi
  if ! command -v npm >/dev/null; then
    echo "npm is not installed; $without will be skipped"
    return 0
  fi
  echo "Installing $name for $without"
  rm -rf "$to"
  mkdir -p "$to"
  cp "$from/package.json" "$from/package-lock.json" "$to"
  if npm ci --no-audit --no-fund --ignore-scripts --prefix "$to" >"$to/npm.log" 2>&1 </dev/null; then
    touch "$to/installed"
  else
    tail -n 5 "$to/npm.log"
    echo "$name could not be installed; $without will be skipped"
  fi
}

# run_suites FOLDER [ARGUMENT...]: the outcome is read from the logs afterwards, so one failure stops nothing.
run_suites() {
  local folder=$1
  shift
  meson test -C "$folder" --no-rebuild --print-errorlogs "$@" </dev/null || failed_suites=1
}

run_tests() {
  local strict=false
  failed_suites=0
  in_ci && strict=true
  need_packages test
  export WAYBILL_VENDURE=$build/vendure # one shop for both builds
  echo "Building Waybill"
  build_in "$build" -Dwerror=true -Dstrict_skips=$strict
  need_node_packages "$root/tests/contract" "$build/prism" Prism "the contract suite"
  need_node_packages "$root/tests/shops/vendure" "$build/vendure" Vendure "the tests against a real Vendure shop"
  echo "Building Waybill with sanitizers"
  build_in "$build_asan" -Dwerror=true -Dstrict_skips=$strict -Db_sanitize=address,undefined -Db_lundef=false \
    --buildtype=debug -Doptimization=1
  ln -sfn "$build/vendure" "$build_asan/vendure"
  rm -f "$build"/meson-logs/testlog*.json "$build_asan"/meson-logs/testlog*.json

  echo "All suites"
  run_suites "$build"
  echo "Unit, flow, printing and display suites with sanitizers"
  ASAN_OPTIONS=halt_on_error=1:abort_on_error=1:detect_leaks=1 \
    UBSAN_OPTIONS=halt_on_error=1:abort_on_error=1:print_stacktrace=1 \
    run_suites "$build_asan" --suite unit --suite flow --suite printing --suite display --timeout-multiplier 3
  python3 "$root/tests/count-results" "$build/meson-logs/testlog.json" "$build_asan/meson-logs/testlog.json" || exit 1
  exit "$failed_suites"
}

case ${1:-} in
  run) run_waybill ;;
  test) run_tests ;;
  -h | --help) usage ;;
  *)
    usage >&2
    exit 2
    ;;
esac
