#!/bin/sh
# Runs Windows programs under Wine, to test them on Linux.
#
#   sh .packaging/wine.sh prefix                        make the prefix, unless it is there
#   sh .packaging/wine.sh run SECONDS PROGRAM [ARG...]  run a program in it; 124 when the time is over
#   sh .packaging/wine.sh end                           kill all that runs in it
#
# The prefix is $WINEPREFIX, or build/wine.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
export WINEPREFIX="${WINEPREFIX:-$root/build/wine}"
export WINEARCH=win64 WINEDEBUG="${WINEDEBUG:--all}"
# Wine would ask whether to download the first two, and put shortcuts into your own menu.
export WINEDLLOVERRIDES="${WINEDLLOVERRIDES:-mscoree,mshtml=;winemenubuilder.exe=d}"

# Go takes random numbers from bcryptprimitives.dll, which Wine 8 does not have.
# This one lives in the prefix alone and is never shipped.
random() {
	source=$(mktemp -d)
	cat >"$source/random.c" <<END
#include <windows.h>
#include <ntsecapi.h>
BOOL WINAPI ProcessPrng(unsigned char *data, SIZE_T length) { return RtlGenRandom(data, length); }
END
	x86_64-w64-mingw32-gcc -shared -O2 -o "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" \
		"$source/random.c" -ladvapi32
	rm -r "$source"
}

prefix() {
	[ ! -e "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" ] || return 0
	mkdir -p "$WINEPREFIX"
	timeout -k 5 120 wineboot --init >/dev/null 2>&1
	random
	timeout -k 5 30 wineserver --wait # the registry is written by then
}

end() {
	wineserver --kill 2>/dev/null || true # it fails when nothing runs
}

task=${1:-}
[ $# -eq 0 ] || shift
case $task in
prefix) prefix ;;
run)
	prefix
	limit=$1
	shift
	exec timeout -k 5 "$limit" wine "$@"
	;;
end) end ;;
*) sed -n "2,/^set/s/^# \{0,1\}//p" "$0" >&2 && exit 2 ;;
esac
