#!/usr/bin/env python3
"""Reads an email from stdin with Python's own parser and writes what it found as JSON."""
import base64
import email
import email.header
import email.policy
import email.utils
import json
import sys

raw = sys.stdin.buffer.read()
message = email.message_from_bytes(raw, policy=email.policy.default)


def parts(part):
    if part.is_multipart():
        return {'type': part.get_content_type(), 'root': part.get_param('type') or '',
                'parts': [parts(child) for child in part.iter_parts()]}
    found = {'type': part.get_content_type(), 'name': part.get_filename() or '',
             'disposition': part.get_content_disposition() or '', 'cid': str(part['Content-ID'] or '')}
    if part.get_content_maintype() == 'text' and found['disposition'] != 'attachment':
        found['text'] = part.get_content().replace('\r\n', '\n')
        found['charset'] = part.get_content_charset()
    else:
        found['base64'] = base64.b64encode(part.get_payload(decode=True)).decode()
    return found


def address(name):
    # The newer parser keeps the space between two encoded words of a name; RFC 2047 drops it.
    [(words, found)] = email.utils.getaddresses(email.message_from_bytes(raw).get_all(name))
    return {'name': str(email.header.make_header(email.header.decode_header(words))), 'email': found}


json.dump({
    'headers': [[name, str(value)] for name, value in message.items()],
    'from': address('From'),
    'to': address('To'),
    'reply_to': address('Reply-To') if message['Reply-To'] else None,
    'references': (message['References'] or '').split(),
    'date': message['Date'].datetime.isoformat(),
    'body': parts(message),
    'defects': [str(defect) for part in message.walk() for defect in part.defects],
    'longest_line': max(len(line) for line in raw.split(b'\r\n')),
    'bare_breaks': raw.replace(b'\r\n', b'').count(b'\n') + raw.replace(b'\r\n', b'').count(b'\r'),
    'not_ascii': sum(byte > 126 for byte in raw),
}, sys.stdout)
