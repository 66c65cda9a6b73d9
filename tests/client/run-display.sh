#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# run-display.sh COMMAND…: runs it on an X server, a session bus, an accessibility bus and a home of its own, and takes them away again.
# WB_SCREEN: the screen's size (1280x800). Without the tools it skips itself with the reason, or fails when skips are not allowed.
set -u
for tool in Xvfb dbus-run-session; do
  if ! command -v "$tool" >/dev/null; then
    echo "1..0 # SKIP $tool is not installed"
    [[ ${WAYBILL_STRICT_SKIPS:-0} != 1 ]]
    exit
  fi
done
home=$(mktemp -d)
server=
clean() {
  [[ -z $server ]] || kill "$server" 2>/dev/null
  rm -rf "$home"
}
trap clean EXIT
mkdir -m 700 "$home/run"
mkdir -p "$home/.config/gtk-4.0"
printf '[Settings]\ngtk-font-name=Cantarell 11\ngtk-enable-animations=%s\n' "${WB_ANIMATIONS:-0}" >"$home/.config/gtk-4.0/settings.ini"
mkfifo "$home/display"
Xvfb -displayfd 8 -screen 0 "${WB_SCREEN:-1280x800}x24" -nolisten tcp -noreset 8>"$home/display" >/dev/null 2>&1 &
server=$!
read -r number <"$home/display"
export HOME=$home XDG_RUNTIME_DIR=$home/run XDG_CONFIG_HOME=$home/.config XDG_DATA_HOME=$home/data XDG_CACHE_HOME=$home/cache
export DISPLAY=:$number GDK_BACKEND=x11 LIBGL_ALWAYS_SOFTWARE=1 GTK_USE_PORTAL=0 LC_ALL=${LC_ALL:-C.UTF-8}
unset WAYLAND_DISPLAY GTK_A11Y
dbus-run-session -- "$@" 2> >(grep -v -e 'dbus-daemon' -e 'SpiRegistry' -e 'X connection to' >&2)
