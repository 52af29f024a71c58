#!/bin/sh
# Runs a command with a printing system of its own: with-printers.sh COMMAND…
#
# cupsd on a free local port, all its files in a private folder, with two printers: "Good" keeps
# what it is given in $RUBIS_PRINTED (job-N.pdf, and job-N.txt with copies and options), "Jammed" stops
# with a paper jam. Ends with the command, whose exit status is kept. 77 (skipped) when cupsd is not
# installed or may not be started (it has to be started as root).
set -eu

for program in cupsd lpadmin; do
  if ! PATH=$PATH:/usr/sbin command -v "$program" >/dev/null 2>&1; then
    echo "with-printers: $program is not installed" >&2
    exit 77
  fi
done
if [ "$(id -u)" -ne 0 ]; then
  echo 'with-printers: cupsd needs root' >&2
  exit 77
fi
PATH=$PATH:/usr/sbin

private=$(mktemp -d "${TMPDIR:-/tmp}/rubis-printers-XXXXXX")
chmod 755 "$private"
pids=
# Called by the trap below.
# shellcheck disable=SC2317
clean_up () {
  trap - EXIT
  for pid in $pids; do
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  rm -rf -- "$private"
}
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

mkdir "$private/etc" "$private/etc/ppd" "$private/bin" "$private/bin/backend" "$private/printed"
for folder in spool cache state log tmp; do
  mkdir "$private/$folder"
done
mkdir "$private/state/certs"
for part in /usr/lib/cups/*; do
  case $part in
    */backend) ;;
    *) ln -s "$part" "$private/bin/" ;;
  esac
done

cat >"$private/bin/backend/rubisfile" <<END
#!/bin/sh
# CUPS calls: job user title copies options [file]
if [ \$# -eq 0 ]; then
  echo 'direct rubisfile "Rubis" "A folder"'
  exit 0
fi
case \$DEVICE_URI in
  *jammed*)
    echo 'ERROR: paper jam' >&2
    exit 1
    ;;
esac
printf 'title=%s\ncopies=%s\noptions=%s\n' "\$3" "\$4" "\$5" >"$private/printed/job-\$1.txt"
if [ \$# -ge 6 ]; then
  cat "\$6" >"$private/printed/job-\$1.pdf"
else
  cat >"$private/printed/job-\$1.pdf"
fi
END
chmod 755 "$private/bin/backend/rubisfile"

cat >"$private/printer.ppd" <<'END'
*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "RUBIS.PPD"
*Manufacturer: "Rubis"
*Product: "(Rubis)"
*ModelName: "Rubis test printer"
*ShortNickName: "Rubis test printer"
*NickName: "Rubis test printer"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: True
*DefaultColorSpace: RGB
*FileSystem: False
*cupsVersion: 2.3
*cupsFilter: "application/vnd.cups-pdf 0 -"
*OpenUI *PageSize/Media Size: PickOne
*OrderDependency: 10 AnySetup *PageSize
*DefaultPageSize: A4
*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*OrderDependency: 10 AnySetup *PageRegion
*DefaultPageRegion: A4
*PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "10 10 585 832"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
*OpenUI *Duplex/Two-Sided: PickOne
*OrderDependency: 20 AnySetup *Duplex
*DefaultDuplex: None
*Duplex None/Off: "<</Duplex false>>setpagedevice"
*Duplex DuplexNoTumble/Long Edge: "<</Duplex true>>setpagedevice"
*Duplex DuplexTumble/Short Edge: "<</Duplex true>>setpagedevice"
*CloseUI: *Duplex
*DefaultFont: Courier
END
# GTK waits in vain for a description that fits into one read (2048 bytes): make it a real one's size.
for line in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
  echo "*% $line: this line only makes the description of the printer as long as real ones are, or longer" \
    >>"$private/printer.ppd"
done

chown -R lp:lp "$private/spool" "$private/cache" "$private/state" "$private/log" "$private/tmp" "$private/printed"

# A port that nobody listens on.
port=$(python3 -c 'import socket; s = socket.socket (); s.bind (("127.0.0.1", 0)); print (s.getsockname ()[1])')
cat >"$private/etc/cups-files.conf" <<END
ServerRoot $private/etc
RequestRoot $private/spool
TempDir $private/tmp
CacheDir $private/cache
StateDir $private/state
ServerBin $private/bin
DataDir /usr/share/cups
AccessLog $private/log/access
ErrorLog $private/log/error
PageLog $private/log/page
User lp
Group lp
Printcap
Sandboxing relaxed
END
cat >"$private/etc/cupsd.conf" <<END
Listen 127.0.0.1:$port
Browsing Off
DefaultAuthType None
WebInterface No
LogLevel info
<Location />
  Order allow,deny
  Allow all
</Location>
<Location /admin>
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
    Allow all
  </Limit>
</Policy>
END

setpriv --pdeathsig TERM cupsd -f -c "$private/etc/cupsd.conf" -s "$private/etc/cups-files.conf" \
  >"$private/log/stdout" 2>&1 &
pids=$!
CUPS_SERVER=127.0.0.1:$port
RUBIS_PRINTED=$private/printed
export CUPS_SERVER RUBIS_PRINTED

patience=200
until lpstat -r >/dev/null 2>&1; do
  patience=$((patience - 1))
  if [ "$patience" -eq 0 ] || ! kill -0 "$pids" 2>/dev/null; then
    echo 'with-printers: cupsd did not start:' >&2
    cat "$private"/log/* >&2
    exit 1
  fi
  sleep 0.05
done
for name in Good Jammed; do
  device=$(printf '%s' "$name" | tr '[:upper:]' '[:lower:]')
  # cupsd answers before it has found its backends. (lpadmin warns that printer files are deprecated.)
  until lpadmin -p "$name" -E -v "rubisfile:/$device" -P "$private/printer.ppd" \
      -o printer-error-policy=stop-printer 2>"$private/log/lpadmin"; do
    patience=$((patience - 1))
    if [ "$patience" -eq 0 ]; then
      cat "$private/log/lpadmin" >&2
      exit 1
    fi
    sleep 0.05
  done
done

setpriv --pdeathsig TERM "$@" <&0 &
child=$!
pids="$child $pids"
status=0
wait "$child" || status=$?
if [ "$status" -ne 0 ] && [ "$status" -ne 77 ]; then
  tail -n 40 "$private/log/error" >&2 || true
fi
exit "$status"
