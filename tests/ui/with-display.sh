#!/bin/sh
# Runs a command on an X display of its own: with-display.sh [--size WxH] [--maximize] [--composite] COMMAND…
#
# The display, the session bus, the accessibility bus, the window manager, HOME and the runtime
# folder are private and end with the command, whose exit status is kept. 77 (skipped) when a
# program for it is missing. Needed by tests of the window and by "./dev shot".
set -eu

size=1600x1000
maximize=no
composite=no
while [ $# -gt 0 ]; do
  case $1 in
    --size) size=$2; shift 2 ;;
    --maximize) maximize=yes; shift ;;
    --composite) composite=yes; shift ;;
    --) shift; break ;;
    *) break ;;
  esac
done
if [ $# -eq 0 ]; then
  echo 'usage: with-display.sh [--size WxH] [--maximize] COMMAND…' >&2
  exit 2
fi
for program in Xvfb dbus-daemon openbox setpriv; do
  if ! command -v "$program" >/dev/null 2>&1; then
    echo "with-display: $program is not installed" >&2
    exit 77
  fi
done

private=$(mktemp -d "${TMPDIR:-/tmp}/rubis-display-XXXXXX")
pids=

# Called by the trap below.
# shellcheck disable=SC2317
# Ends what was started here, newest first, and waits for it, so that nothing outlives a test.
clean_up () {
  trap - EXIT
  for pid in $pids; do
    kill "$pid" 2>/dev/null || true
  done
  for pid in $pids; do
    patience=100
    while kill -0 "$pid" 2>/dev/null && [ "$patience" -gt 0 ]; do
      patience=$((patience - 1))
      sleep 0.02
    done
    kill -9 "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  rm -rf -- "$private"
}
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# When this shell is killed, as CTest does with a test that hangs, the kernel ends the helpers.
start () {
  setpriv --pdeathsig TERM "$@" &
  pids="$! $pids"
}

# Waits until file $1 has a line, while process $2 lives.
wait_for_line () {
  patience=500
  while [ ! -s "$1" ]; do
    patience=$((patience - 1))
    if [ "$patience" -eq 0 ] || ! kill -0 "$2" 2>/dev/null; then
      echo "with-display: $3 did not start:" >&2
      cat "$private/log" >&2
      exit 1
    fi
    sleep 0.02
  done
}

mkdir -m 700 "$private/home" "$private/run"
HOME=$private/home
XDG_RUNTIME_DIR=$private/run
XDG_CONFIG_HOME=$HOME/.config
XDG_DATA_HOME=$HOME/.local/share
XDG_CACHE_HOME=$HOME/.cache
XDG_STATE_HOME=$HOME/.local/state
export HOME XDG_RUNTIME_DIR XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME XDG_STATE_HOME
unset WAYLAND_DISPLAY XAUTHORITY SESSION_MANAGER DBUS_SYSTEM_BUS_ADDRESS AT_SPI_BUS_ADDRESS
: >"$private/log"

start Xvfb -displayfd 3 -screen 0 "${size}x24" -nolisten tcp -noreset 3>"$private/display" 2>>"$private/log"
wait_for_line "$private/display" "$!" Xvfb
DISPLAY=:$(cat "$private/display")
export DISPLAY

# No service folders: nothing is started by name that would have to be ended here.
cat >"$private/bus.conf" <<END
<busconfig>
  <type>session</type>
  <listen>unix:dir=$XDG_RUNTIME_DIR</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
END
start dbus-daemon --nofork --config-file="$private/bus.conf" --print-address=3 3>"$private/bus" 2>>"$private/log"
wait_for_line "$private/bus" "$!" dbus-daemon
DBUS_SESSION_BUS_ADDRESS=$(cat "$private/bus")
export DBUS_SESSION_BUS_ADDRESS

for launcher in /usr/libexec/at-spi-bus-launcher /usr/lib/at-spi2-core/at-spi-bus-launcher; do
  if [ -x "$launcher" ]; then
    start "$launcher" --launch-immediately >>"$private/log" 2>&1
    break
  fi
done

{
  echo '<openbox_config xmlns="http://openbox.org/3.4/rc"><applications>'
  if [ "$maximize" = yes ]; then
    echo '<application type="normal"><decor>no</decor></application>'
  fi
  echo '</applications></openbox_config>'
} >"$private/openbox.xml"
start openbox --sm-disable --config-file "$private/openbox.xml" >>"$private/log" 2>&1

# For pictures: without a compositor the shadows of popovers are black.
if [ "$composite" = yes ] && command -v xcompmgr >/dev/null 2>&1; then
  start xcompmgr >>"$private/log" 2>&1
  sleep 0.5
fi

# GTK takes back what the window manager maximizes before a window is shown: Rubis is told itself.
if [ "$maximize" = yes ]; then
  mkdir -p "$XDG_CONFIG_HOME/rubis"
  printf '[window]\nmaximized=true\n' >"$XDG_CONFIG_HOME/rubis/preferences.ini"
fi

# Pictures must come to rest: nothing blinks, nothing slides.
mkdir -p "$XDG_CONFIG_HOME/gtk-4.0" "$XDG_DATA_HOME"
cat >"$XDG_CONFIG_HOME/gtk-4.0/settings.ini" <<END
[Settings]
gtk-cursor-blink=false
gtk-enable-animations=false
END

# The cairo renderer needs no GPU; a desktop's portals and settings must not reach in.
GDK_BACKEND=x11
GSK_RENDERER=cairo
GTK_USE_PORTAL=0
GTK_A11Y=atspi
GSETTINGS_BACKEND=memory
NO_AT_BRIDGE=
export GDK_BACKEND GSK_RENDERER GTK_USE_PORTAL GTK_A11Y GSETTINGS_BACKEND NO_AT_BRIDGE

# In the background, so that a signal to this shell is answered at once.
setpriv --pdeathsig TERM "$@" <&0 &
child=$!
pids="$child $pids"
status=0
wait "$child" || status=$?
exit "$status"
