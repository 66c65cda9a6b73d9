#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# run-client.sh RUN-DISPLAY COMMAND…: runs it on a display of its own as the benchmarks of the client want it: drawn by cairo without GL,
# so that it is the same on every machine, nothing animated, and no accessibility bus to wait for.
set -eu
export GSK_RENDERER=cairo GDK_DEBUG=gl-disable WB_SCREEN=1600x1000 WB_ANIMATIONS=0 NO_AT_BRIDGE=1
exec "$@"
