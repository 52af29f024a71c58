#!/usr/bin/env python3
"""Certificates of servers that tests start: of an authority of their own, good and in each way bad.

certificates.py FOLDER writes ca.pem and, as NAME.pem (certificate), NAME.key and NAME-both.pem:
good (localhost, 127.0.0.1, ::1), expired, other-host, self-signed.
"""
import os
import subprocess
import sys

HERE = 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1'


def openssl(folder, *arguments):
    subprocess.run(['openssl', *arguments], cwd=folder, check=True, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def new_key(folder, name):
    openssl(folder, 'ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', f'{name}.key')


def sign(folder, name, alternative, days):
    """A certificate of the authority; one of -1 days has ended."""
    new_key(folder, name)
    openssl(folder, 'req', '-new', '-key', f'{name}.key', '-subj', f'/CN={name}.example.test', '-out', f'{name}.csr')
    with open(os.path.join(folder, f'{name}.ext'), 'w', encoding='ascii') as extensions:
        extensions.write(f'{alternative}\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n')
    openssl(folder, 'x509', '-req', '-in', f'{name}.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial',
            '-days', str(days), '-extfile', f'{name}.ext', '-out', f'{name}.pem')


def join(folder, name):
    with open(os.path.join(folder, f'{name}-both.pem'), 'w', encoding='ascii') as both:
        for part in ('pem', 'key'):
            with open(os.path.join(folder, f'{name}.{part}'), encoding='ascii') as file:
                both.write(file.read())


def make(folder):
    """Writes them all; returns the path of the authority."""
    new_key(folder, 'ca')
    openssl(folder, 'req', '-x509', '-new', '-key', 'ca.key', '-days', '30', '-subj', '/CN=Authority of the tests',
            '-addext', 'keyUsage=critical,keyCertSign,cRLSign', '-out', 'ca.pem')
    sign(folder, 'good', HERE, 30)
    sign(folder, 'expired', HERE, -1)
    sign(folder, 'other-host', 'subjectAltName=DNS:elsewhere.example.test', 30)
    new_key(folder, 'self-signed')
    openssl(folder, 'req', '-x509', '-new', '-key', 'self-signed.key', '-days', '30', '-subj', '/CN=localhost',
            '-addext', HERE, '-out', 'self-signed.pem')
    for name in ('good', 'expired', 'other-host', 'self-signed'):
        join(folder, name)
    return os.path.join(folder, 'ca.pem')


if __name__ == '__main__':
    make(sys.argv[1])
