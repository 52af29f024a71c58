#!/bin/sh
# Pictures of each place of the window, in French, light and dark, in two sizes:
# shots.sh RUBIS RUBISCTL FOLDER
set -eu

if [ $# -ne 3 ]; then
  echo 'usage: shots.sh RUBIS RUBISCTL FOLDER' >&2
  exit 2
fi
here=$(cd -- "$(dirname -- "$0")" && pwd)
rubis=$1
rubisctl=$2
mkdir -p -- "$3"
folder=$(cd -- "$3" && pwd)

private=$(mktemp -d "${TMPDIR:-/tmp}/rubis-shots-XXXXXX")
trap 'rm -rf -- "$private"' EXIT
trap 'exit 143' HUP INT TERM

# Without a French locale on the machine one is made for the pictures alone.
if locale -a 2>/dev/null | grep -qi '^fr_FR\.utf-\{0,1\}8$'; then
  LC_ALL=fr_FR.UTF-8
elif mkdir "$private/locale" && localedef -i fr_FR -f UTF-8 "$private/locale/fr_FR.UTF-8" 2>/dev/null; then
  LC_ALL=fr_FR.UTF-8
  LOCPATH=$private/locale
  export LOCPATH
else
  LC_ALL=C.UTF-8
fi
LANGUAGE=fr
export LC_ALL LANGUAGE

# One fixed day, so that two series of pictures can be compared.
"$rubisctl" -d "$private/demo.rubis" --date 2026-11-02 demo >/dev/null

# The keys of the places, as users press them.
shoot () {
  scheme=$1
  size=$2
  prefix=$folder/$size-$scheme
  export ADW_DEBUG_COLOR_SCHEME="prefer-$scheme"
  "$here/with-display.sh" --size "$size" --maximize --composite "$here/take-pictures.sh" \
    "$prefix-start.png" -- "$rubis"
  "$here/with-display.sh" --size "$size" --maximize --composite "$here/take-pictures.sh" \
    "$prefix-today.png=ctrl+1" "$prefix-invoices.png=ctrl+2,Down,Down" -- \
    "$rubis" --today 2026-11-02 "$private/demo.rubis"
  "$here/with-display.sh" --size "$size" --maximize --composite "$here/take-pictures.sh" \
    "$prefix-composer.png=ctrl+4" \
    "$prefix-composer-problems.png=Return,ctrl+Home,numbersign,N,o,m,C,l,i,e,n,space,numbersign,S,i,r,e,t,space" \
    "$prefix-composer-completion.png=numbersign,t,o,t,a,l" \
    "$prefix-composer-palette.png=Escape,ctrl+shift+k" \
    "$prefix-composer-letter.png=Escape,Escape,alt+1" \
    "$prefix-composer-envelope.png=alt+5" \
    "$prefix-composer-text.png=alt+3" \
    "$prefix-composer-sms.png=alt+4" \
    "$prefix-composer-find.png=alt+2,ctrl+h,f,a,c,t,u,r,e" \
    "$prefix-composer-versions.png=Escape,ctrl+shift+v" \
    "$prefix-composer-new.png=Escape,ctrl+shift+n" -- \
    "$rubis" --today 2026-11-02 "$private/demo.rubis"
}

for size in 1280x720 1920x1080; do
  for scheme in light dark; do
    shoot "$scheme" "$size"
  done
done
echo "pictures: $folder"
