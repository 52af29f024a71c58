#!/bin/sh
# Pictures of the whole display while a program runs: take-pictures.sh OUT.png[=KEYS]… -- COMMAND…
#
# For each picture the keys (as xdotool names them, several parted by commas) are pressed, then the
# display is left to come to rest. The program is ended afterwards. Run it by with-display.sh.
set -eu

pictures=
while [ $# -gt 0 ] && [ "$1" != -- ]; do
  pictures="$pictures$1
"
  shift
done
if [ $# -lt 2 ] || [ -z "$pictures" ]; then
  echo 'usage: take-pictures.sh OUT.png[=KEYS]… -- COMMAND…' >&2
  exit 2
fi
shift
for tool in xdotool import; do
  if ! command -v "$tool" >/dev/null 2>&1; then
    echo "take-pictures: $tool is not installed" >&2
    exit 77
  fi
done

private=$(mktemp -d "${TMPDIR:-/tmp}/rubis-pictures-XXXXXX")
trap 'kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; rm -rf -- "$private"' EXIT
trap 'exit 143' HUP INT TERM

"$@" >"$private/log" 2>&1 &
pid=$!

alive () {
  if ! kill -0 "$pid" 2>/dev/null; then
    echo "take-pictures: the program ended by itself: $*" >&2
    cat "$private/log" >&2
    exit 1
  fi
}

patience=600
until xdotool search --onlyvisible --pid "$pid" >/dev/null 2>&1; do
  alive 'before its window was shown'
  patience=$((patience - 1))
  if [ "$patience" -eq 0 ]; then
    echo 'take-pictures: no window was shown' >&2
    cat "$private/log" >&2
    exit 1
  fi
  sleep 0.05
done

# A display on which nothing is drawn yet has one colour.
is_empty () {
  [ "$(identify -format %k "$1")" -le 1 ]
}

# Takes pictures until three in a row are the same.
take () {
  before=
  same=0
  patience=100
  while [ "$same" -lt 2 ] && [ "$patience" -gt 0 ]; do
    sleep 0.15
    alive "while $1 was taken"
    import -silent -window root "$private/now.png"
    now=$(convert "$private/now.png" rgb:- | cksum)
    if [ "$now" = "$before" ] && ! is_empty "$private/now.png"; then
      same=$((same + 1))
    else
      same=0
    fi
    before=$now
    patience=$((patience - 1))
  done
  mkdir -p -- "$(dirname -- "$1")"
  mv -- "$private/now.png" "$1"
}

printf '%s' "$pictures" | while IFS= read -r picture; do
  case $picture in
    *.png=*)
      for key in $(printf '%s' "${picture##*.png=}" | tr ',' ' '); do
        xdotool key --clearmodifiers "$key"
        sleep 0.1
      done
      take "${picture%.png=*}.png"
      ;;
    *) take "$picture" ;;
  esac
done

# What a program writes on stderr while it is looked at is a fault to be seen.
if [ -s "$private/log" ]; then
  echo 'take-pictures: the program said:' >&2
  cat "$private/log" >&2
fi
