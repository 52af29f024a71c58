#!/usr/bin/env python3
"""Reads an email from stdin with Python's own parser and writes what it found as JSON."""
import base64
import email
import email.header
import email.policy
import email.utils
import html.parser
import json
import re
import sys
import urllib.parse

raw = sys.stdin.buffer.read()
message = email.message_from_bytes(raw, policy=email.policy.default)


class Page(html.parser.HTMLParser):
    """What a page links to and what it fetches."""

    def __init__(self):
        super().__init__()
        self.links, self.pictures, self.tags, self.fetched = [], [], set(), []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        for name, value in attributes:
            if tag == 'a' and name == 'href':
                self.links.append(value)
            elif tag == 'img' and name == 'src':
                self.pictures.append(value)
            elif name in ('src', 'href', 'background', 'srcset', 'action', 'data', 'poster'):
                self.fetched.append(value)
            elif name == 'style' or name.startswith('on'):
                self.fetched += re.findall(r'url\(.*', value) + ([value] if name != 'style' else [])

    def handle_data(self, data):
        self.fetched += re.findall(r'@import.*|url\(.*', data)


def mailto(url):
    found = urllib.parse.urlsplit(url)
    fields = urllib.parse.parse_qs(found.query, keep_blank_values=True, strict_parsing=True)
    return {'to': urllib.parse.unquote(found.path), **{name: values[0] for name, values in fields.items()}}


def read_page(text):
    page = Page()
    page.feed(text)
    return {'links': [mailto(url) for url in page.links if url.startswith('mailto:')],
            'addresses': [url for url in page.links if not url.startswith('mailto:')],
            'pictures': page.pictures, 'tags': sorted(page.tags), 'fetched': page.fetched}


def parts(part):
    if part.is_multipart():
        return {'type': part.get_content_type(), 'root': part.get_param('type') or '',
                'parts': [parts(child) for child in part.iter_parts()]}
    found = {'type': part.get_content_type(), 'name': part.get_filename() or '',
             'disposition': part.get_content_disposition() or '', 'cid': str(part['Content-ID'] or '')}
    if part.get_content_maintype() == 'text' and found['disposition'] != 'attachment':
        found['text'] = part.get_content().replace('\r\n', '\n')
        found['charset'] = part.get_content_charset()
        if found['type'] == 'text/html':
            found['page'] = read_page(found['text'])
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
