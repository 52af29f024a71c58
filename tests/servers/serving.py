"""What the servers of the tests share: ports, children, certificates and one way to start and end.

A test starts a server as a child: /usr/bin/python3 tests/servers/NAME.py [OPTION…]. When it is ready it writes one
line of JSON to stdout: ports, paths, accounts. It ends, its own children first and its folder last, when its stdin is
closed or when it gets SIGTERM; its children end even if it is killed. When a server cannot run here
(package missing, no root) the line is {"skip": "why"} and the program ends with 77. Whatever it says after the first
line answers a command written to its stdin.
"""
import argparse
import json
import os
import pwd
import random
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

import certificates

USER = 'alice'
PASSWORD = 'Motdepasse-7f3a'
CERTIFICATES = ('good', 'other-host', 'expired', 'self-signed')
SKIP = 77

children = []
locks = []
temporary = []


def parse(description, add=None):
    """The options that every server has, and those that @add adds."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument('--folder', help='where its files go; kept at the end (default: a temporary one, removed)')
    parser.add_argument('--certificates', help='folder that holds certificates or gets them (default: FOLDER/tls)')
    parser.add_argument('--certificate', choices=CERTIFICATES, default='good')
    parser.add_argument('--user', default=USER)
    parser.add_argument('--password', default=PASSWORD)
    if add is not None:
        add(parser)
    options = parser.parse_args()
    options.keep = options.folder is not None
    if options.keep:
        options.folder = os.path.abspath(options.folder)
        os.makedirs(options.folder, exist_ok=True)
    else:
        options.folder = tempfile.mkdtemp(prefix='rubis-server-')
        temporary.append(options.folder)
    # Servers that drop their rights have to reach what lies in it.
    os.chmod(options.folder, 0o755)
    signal.signal(signal.SIGTERM, lambda *_: finish(options, 0))
    signal.signal(signal.SIGINT, lambda *_: finish(options, 0))
    return options


def skip(options, why):
    print(json.dumps({'skip': why}), flush=True)
    finish(options, SKIP)


def need_program(options, path):
    if not os.path.exists(path):
        skip(options, f'{path} is not installed')


def make_certificates(options):
    """The paths of the authority and of the certificate asked for; a folder that has them is used as it is."""
    folder = os.path.abspath(options.certificates or os.path.join(options.folder, 'tls'))
    ca = os.path.join(folder, 'ca.pem')
    key = os.path.join(folder, options.certificate + '.key')
    if not os.path.exists(ca):
        os.makedirs(folder, exist_ok=True)
        certificates.make(folder)
    # Servers that become another user read it too.
    os.chmod(key, 0o644)
    return {'ca': ca, 'certificate': os.path.join(folder, options.certificate + '.pem'), 'key': key}


def take_port():
    """A port that no other server of a test on this machine takes as long as this program runs.

    Below the ports that the system gives to clients; the lock is a name without a file.
    """
    while True:
        port = random.randrange(20000, 32000)
        lock = socket.socket(socket.AF_UNIX)
        probe = socket.socket()
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            lock.bind(f'\0rubis-test-port-{port}')
            probe.bind(('127.0.0.1', port))
        except OSError:
            lock.close()
            continue
        finally:
            probe.close()
        locks.append(lock)
        return port


def user_id(name):
    """(uid, gid) of a user of the system."""
    found = pwd.getpwnam(name)
    return found.pw_uid, found.pw_gid


def give(folder, name):
    """Hands a tree to a user of the system; only root can and has to."""
    if os.getuid() != 0:
        return
    ids = user_id(name)
    os.chown(folder, *ids)
    for root, folders, files in os.walk(folder):
        for entry in folders + files:
            os.lchown(os.path.join(root, entry), *ids)


def start(arguments, **more):
    """Starts a child that ends with this program, even if this is killed."""
    child = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, start_new_session=True, **more)
    children.append(child)
    watch(os.pidfd_open(child.pid))
    return child


def watch(child):
    """Leaves a process behind that ends @child (a pidfd) as soon as this program is gone.

    The system's own signal for that is lost when a child changes its user.
    """
    alive, held = os.pipe()
    if os.fork() != 0:
        os.close(alive)
        os.close(child)
        return
    os.setsid()
    os.close(held)
    null = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(null, number)
    for handled in (signal.SIGTERM, signal.SIGINT):
        signal.signal(handled, signal.SIG_IGN)
    select.select([alive, child], [], [])
    if not select.select([child], [], [], 0)[0]:
        signal.pidfd_send_signal(child, signal.SIGTERM)
        if not select.select([child], [], [], 10)[0]:
            signal.pidfd_send_signal(child, signal.SIGKILL)
    os._exit(0)


def wait_for_port(port, child, log=None, timeout=30):
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        if child.poll() is not None:
            break
        try:
            socket.create_connection(('127.0.0.1', port), 1).close()
            return
        except OSError:
            time.sleep(0.02)
    words = ''
    if log is not None and os.path.exists(log):
        with open(log, encoding='utf-8', errors='replace') as file:
            words = file.read()
    raise RuntimeError(f'the server did not start on port {port}: {words}')


def signal_group(child, number):
    """Whether any process of the session that @child began is left, and got the signal."""
    try:
        os.killpg(child.pid, number)
    except ProcessLookupError:
        return False
    return True


def stop_children():
    """Ends the servers, and the processes that they started for single messages: those write files too."""
    for child in children:
        signal_group(child, signal.SIGTERM)
    for child in children:
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        end = time.monotonic() + 5
        while signal_group(child, 0 if time.monotonic() < end else signal.SIGKILL):
            time.sleep(0.01)


def finish(options, status):
    stop_children()
    if not options.keep:
        shutil.rmtree(options.folder, ignore_errors=True)
    sys.stdout.flush()
    os._exit(status)


def say(**values):
    print(json.dumps(values), flush=True)


def serve(options, ready, answer=None):
    """Says that all is ready and waits for the end. @answer: gives the JSON object that answers a line of stdin."""
    say(**ready)
    buffer = b''
    while True:
        select.select([0], [], [])
        block = os.read(0, 4096)
        if not block:
            finish(options, 0)
        buffer += block
        *lines, buffer = buffer.split(b'\n')
        for line in lines:
            if answer is not None:
                say(**answer(line.decode().split()))


def run(main):
    """Runs @main; whatever goes wrong, the children end and a temporary folder goes."""
    try:
        main()
    except Exception as problem:  # pylint: disable=broad-except
        print(problem, file=sys.stderr, flush=True)
        stop_children()
        for folder in temporary:
            shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)
