#!/usr/bin/env python3
"""gnome-keyring as the Secret Service of a desktop without display, on a session bus of its own where nothing else
can be started. Its files lie in FOLDER: nobody's own keyring is touched.

Says {"address"}: what DBUS_SESSION_BUS_ADDRESS has to be. Commands on stdin: "list" gives {"items": [{"label",
"attributes", "locked"}]} of Rubis, "lock" and "unlock" the keyring, "stop" ends it as on a desktop that has none,
"start" starts it again, unlocked. The protocol is in serving.py.
"""
import os
import subprocess
import time

import gi

import serving

gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib  # noqa: E402  pylint: disable=wrong-import-position

PROGRAM = '/usr/bin/gnome-keyring-daemon'
BUS = '/usr/bin/dbus-daemon'
NAME = 'org.freedesktop.secrets'
PATH = '/org/freedesktop/secrets'
SERVICE = 'org.freedesktop.Secret.Service'
COLLECTION = PATH + '/collection/login'

CONFIG = '''<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
'''


class Keyring:
    def __init__(self, options):
        self.options = options
        self.daemon = None
        self.address = f'unix:path={options.folder}/bus'
        config = os.path.join(options.folder, 'bus.conf')
        with open(config, 'w', encoding='utf-8') as file:
            file.write(CONFIG.format(folder=options.folder))
        for name in ('home', 'run'):
            os.makedirs(os.path.join(options.folder, name), mode=0o700, exist_ok=True)
        self.bus = serving.start([BUS, '--nofork', '--nopidfile', '--nosyslog', '--config-file=' + config],
                                 stderr=subprocess.DEVNULL)
        self.connection = self.connect()

    def connect(self):
        end = time.monotonic() + 30
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        while True:
            try:
                return Gio.DBusConnection.new_for_address_sync(self.address, flags, None, None)
            except GLib.Error:
                if time.monotonic() > end or self.bus.poll() is not None:
                    raise
                time.sleep(0.02)

    def call(self, path, interface, method, arguments):
        return self.connection.call_sync(NAME, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE,
                                         10000, None).unpack()

    def property(self, path, interface, name):
        return self.call(path, 'org.freedesktop.DBus.Properties', 'Get', GLib.Variant('(ss)', (interface, name)))[0]

    def start(self):
        environment = {'PATH': os.environ['PATH'], 'HOME': os.path.join(self.options.folder, 'home'),
                       'XDG_RUNTIME_DIR': os.path.join(self.options.folder, 'run'),
                       'DBUS_SESSION_BUS_ADDRESS': self.address, 'LC_ALL': 'C.UTF-8'}
        self.daemon = subprocess.Popen([PROGRAM, '--foreground', '--unlock', '--components=secrets'],
                                       stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                       env=environment)
        # Before another process holds the pipe open too: the password ends where it is closed.
        self.daemon.stdin.write(self.options.password.encode())
        self.daemon.stdin.close()
        serving.children.insert(0, self.daemon)
        serving.watch(os.pidfd_open(self.daemon.pid))
        self.wait()

    def wait(self):
        """Until the keyring is there and open."""
        end = time.monotonic() + 30
        while True:
            try:
                if not self.property(COLLECTION, 'org.freedesktop.Secret.Collection', 'Locked'):
                    return
            except GLib.Error:
                if time.monotonic() > end or self.daemon.poll() is not None:
                    raise
            time.sleep(0.02)

    def stop(self):
        serving.children.remove(self.daemon)
        self.daemon.terminate()
        self.daemon.wait()
        end = time.monotonic() + 30
        while self.has_owner():
            if time.monotonic() > end:
                raise RuntimeError('the keyring does not leave the bus')
            time.sleep(0.02)

    def has_owner(self):
        return self.connection.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                                         'NameHasOwner', GLib.Variant('(s)', (NAME,)), None,
                                         Gio.DBusCallFlags.NONE, 10000, None).unpack()[0]

    def list(self):
        found = self.call(PATH, SERVICE, 'SearchItems', GLib.Variant('(a{ss})', ({'application': 'rubis'},)))
        item = 'org.freedesktop.Secret.Item'
        return [{'label': self.property(path, item, 'Label'), 'attributes': self.property(path, item, 'Attributes'),
                 'locked': path in found[1]} for path in found[0] + found[1]]

    def answer(self, words):
        if words == ['list']:
            return {'items': self.list()}
        if words == ['lock']:
            self.call(PATH, SERVICE, 'Lock', GLib.Variant('(ao)', ([COLLECTION],)))
        elif words == ['unlock']:
            self.stop()
            self.start()
        elif words == ['stop']:
            self.stop()
        elif words == ['start']:
            self.start()
        else:
            return {'error': 'no such command'}
        return {'done': words[0]}


def main():
    options = serving.parse(__doc__)
    for program in (PROGRAM, BUS):
        serving.need_program(options, program)
    keyring = Keyring(options)
    keyring.start()
    serving.serve(options, {'address': keyring.address}, keyring.answer)


if __name__ == '__main__':
    serving.run(main)
