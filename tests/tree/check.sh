#!/bin/sh
# Static analysis, formatting, sizes, translations, desktop files: check.sh BUILD
set -u

build=$1
here=$(cd -- "$(dirname -- "$0")" && pwd)
source=$(cd -- "$here/../.." && pwd)
status=0

step () {
  printf '== %s\n' "$1"
  shift
  "$@" || status=1
}

for check in layers sizes translations contents; do
  step "$check" python3 "$here/$check.py" "$source"
done
step cppcheck cppcheck --quiet --error-exitcode=1 --enable=warning,portability --inline-suppr \
  --suppress=missingIncludeSystem --suppress=unknownMacro --suppress=normalCheckLevelMaxBranches \
  --suppress=nullPointerRedundantCheck --library=gtk -D'G_DEFINE_AUTOPTR_CLEANUP_FUNC(a,b)=' "$source/src"
if command -v shellcheck >/dev/null 2>&1; then
  step shellcheck shellcheck "$source/dev" "$source"/tests/*/*.sh
fi
for file in "$build"/resources/desktop/*.desktop; do
  [ ! -e "$file" ] || step "desktop entry" desktop-file-validate "$file"
done
for file in "$build"/resources/desktop/*.metainfo.xml; do
  [ ! -e "$file" ] || step metainfo appstreamcli validate --no-net "$file"
done
# Told, not enforced: the formatter of Debian 12 breaks some lines that people read better.
printf '== formatting\n'
formatted=0
total=0
for file in "$source"/src/*/*.c "$source"/src/*/*.h; do
  total=$((total + 1))
  clang-format --dry-run -Werror --style=file "$file" >/dev/null 2>&1 && formatted=$((formatted + 1))
done
echo "$formatted of $total files are as clang-format would write them"
exit $status
