#!/usr/bin/env python3
"""Checks that the letters are PDF/A-3b: the clauses of ISO 19005-3 that concern files of our making, from
what qpdf reads in them. No validator is among Debian's packages.

    pdfa-check.py LETTER-SAMPLE    draws the samples and checks them, then checks that faults are found
    pdfa-check.py FILE.pdf …       checks files

A file is named with each clause that it breaks.
"""
import base64
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

SPACES = {'rdf': 'http://www.w3.org/1999/02/22-rdf-syntax-ns#', 'dc': 'http://purl.org/dc/elements/1.1/',
          'xmp': 'http://ns.adobe.com/xap/1.0/', 'pdf': 'http://ns.adobe.com/pdf/1.3/',
          'pdfaid': 'http://www.aiim.org/pdfa/ns/id/', 'x': 'adobe:ns:meta/'}
FILTERS = {'/FlateDecode', '/DCTDecode', '/ASCIIHexDecode', '/ASCII85Decode', '/RunLengthDecode'}
BLEND_MODES = {'/Normal', '/Compatible', '/Multiply', '/Screen', '/Overlay', '/Darken', '/Lighten', '/ColorDodge',
               '/ColorBurn', '/HardLight', '/SoftLight', '/Difference', '/Exclusion', '/Hue', '/Saturation',
               '/Color', '/Luminosity'}
TOKEN = re.compile(rb'\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)|<[0-9A-Fa-f\s]*>|<<|>>|[\[\]]|/[^\s()<>\[\]{}/%]*'
                   rb'|[^\s()<>\[\]{}/%]+', re.S)
ESCAPES = {b'n': b'\n', b'r': b'\r', b't': b'\t', b'b': b'\b', b'f': b'\f'}


class Fault(Exception):
    pass


def need(condition, clause, text):
    if not condition:
        raise Fault(f'{clause}: {text}')


class Font:
    """A TrueType program: its widths, in thousandths, and its characters."""

    def __init__(self, data):
        self.data = data
        count = struct.unpack('>H', data[4:6])[0]
        self.tables = {}
        for i in range(count):
            tag, _, offset, length = struct.unpack('>4sIII', data[12 + 16 * i:28 + 16 * i])
            self.tables[tag] = data[offset:offset + length]
        self.em = struct.unpack('>H', self.tables[b'head'][18:20])[0]
        self.metrics = struct.unpack('>H', self.tables[b'hhea'][34:36])[0]
        self.glyphs = struct.unpack('>H', self.tables[b'maxp'][4:6])[0]

    def width(self, glyph):
        index = min(glyph, self.metrics - 1)
        return struct.unpack('>H', self.tables[b'hmtx'][4 * index:4 * index + 2])[0] * 1000 / self.em

    def find(self, character):
        """The glyph in the table of Unicode (3, 1), format 4; 0 when there is none."""
        table = self.tables.get(b'cmap', b'\0\0\0\0')
        for i in range(struct.unpack('>H', table[2:4])[0]):
            platform, encoding, offset = struct.unpack('>HHI', table[4 + 8 * i:12 + 8 * i])
            if (platform, encoding) != (3, 1):
                continue
            map4 = table[offset:]
            n = struct.unpack('>H', map4[6:8])[0] // 2
            ends = struct.unpack(f'>{n}H', map4[14:14 + 2 * n])
            starts = struct.unpack(f'>{n}H', map4[16 + 2 * n:16 + 4 * n])
            deltas = struct.unpack(f'>{n}H', map4[16 + 4 * n:16 + 6 * n])
            ranges = struct.unpack(f'>{n}H', map4[16 + 6 * n:16 + 8 * n])
            for k in range(n):
                if starts[k] <= character <= ends[k]:
                    if ranges[k] == 0:
                        return (character + deltas[k]) & 0xffff
                    at = 16 + 6 * n + 2 * k + ranges[k] + 2 * (character - starts[k])
                    glyph = struct.unpack('>H', map4[at:at + 2])[0]
                    return (glyph + deltas[k]) & 0xffff if glyph else 0
        return 0


class File:
    def __init__(self, path):
        self.path = path
        with open(path, 'rb') as file:
            self.raw = file.read()
        output = subprocess.run(['qpdf', '--json=2', '--json-stream-data=inline', '--decode-level=generalized', path],
                                check=True, stdout=subprocess.PIPE).stdout
        self.objects = json.loads(output)['qpdf'][1]
        self.trailer = self.objects['trailer']['value']
        self.catalogue = self.get(self.trailer['/Root'])
        self.fonts = {}

    def get(self, value):
        """What a reference stands for; the dictionary of a stream."""
        while isinstance(value, str) and re.fullmatch(r'\d+ \d+ R', value):
            found = self.objects.get('obj:' + value, {'value': None})
            value = found['stream']['dict'] if 'stream' in found else found['value']
        return value

    def data(self, reference):
        return base64.b64decode(self.objects['obj:' + reference]['stream']['data'])

    def each_dictionary(self):
        """Every dictionary of the file, the inner ones too."""
        stack = [found['stream']['dict'] if 'stream' in found else found.get('value')
                 for found in self.objects.values()]
        while stack:
            value = stack.pop()
            if isinstance(value, dict):
                yield value
                stack.extend(value.values())
            elif isinstance(value, list):
                stack.extend(value)


def text_of(value):
    """A string of qpdf's JSON."""
    if value is None:
        return None
    if value.startswith('u:'):
        return value[2:]
    return bytes.fromhex(value[2:]).decode('latin-1')


def check_frame(file):
    lines = file.raw.split(b'\n', 2)
    need(re.fullmatch(rb'%PDF-1\.[0-7]', lines[0]), '6.1.2', 'the header is not one of PDF 1')
    need(lines[1][:1] == b'%' and len(lines[1]) >= 5 and all(byte > 127 for byte in lines[1][1:5]), '6.1.2',
         'no comment of four high bytes follows the header')
    need(file.raw.rstrip(b'\r\n').endswith(b'%%EOF'), '6.1.3', 'something follows the end of the file')
    need('/Encrypt' not in file.trailer, '6.1.3', 'the file is encrypted')
    identifier = file.trailer.get('/ID')
    need(isinstance(identifier, list) and len(identifier) == 2 and all(len(text) > 4 for text in identifier), '6.1.3',
         'the trailer has no identifier')
    need(re.search(rb'\nxref\n0 \d+\n\d{10} 65535 f[ \r]\n', file.raw), '6.1.4', 'the table of objects is not plain')


def date_of(text):
    found = re.fullmatch(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z(?:00'00'?)?", text or '')
    return '{}-{}-{}T{}:{}:{}Z'.format(*found.groups()) if found else None


def read_metadata(file):
    reference = file.catalogue.get('/Metadata')
    need(reference is not None, '6.6.2.1', 'the catalogue has no metadata')
    stream = file.get(reference)
    need('/Filter' not in stream and stream.get('/Type') == '/Metadata' and stream.get('/Subtype') == '/XML', '6.6.2.1',
         'the metadata is no plain XML stream')
    text = file.data(reference)
    need(text.startswith(b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>') and
         text.rstrip().endswith((b'<?xpacket end="w"?>', b'<?xpacket end="r"?>')), '6.6.2.1', 'no packet')
    return ElementTree.fromstring(text.decode('utf-8'))


def check_metadata(file):
    xmp = read_metadata(file)

    def find(path):
        element = xmp.find('.//' + path, SPACES)
        return element.text if element is not None else None

    need(find('pdfaid:part') == '3' and find('pdfaid:conformance') == 'B', '6.6.4', 'no claim to part 3, level B')
    info = file.get(file.trailer.get('/Info')) or {}
    pairs = {'/Title': find('dc:title/rdf:Alt/rdf:li'), '/Author': find('dc:creator/rdf:Seq/rdf:li'),
             '/Subject': find('dc:description/rdf:Alt/rdf:li'), '/Creator': find('xmp:CreatorTool'),
             '/Producer': find('pdf:Producer')}
    for key, told in pairs.items():
        need(text_of(info.get(key)) == told, '6.6.3', f'{key} is "{text_of(info.get(key))}" and "{told}"')
    for key, path in (('/CreationDate', 'xmp:CreateDate'), ('/ModDate', 'xmp:ModifyDate')):
        need(date_of(text_of(info.get(key))) == find(path) is not None, '6.6.3', f'{key} is not {find(path)}')


def check_colours(file):
    intents = [file.get(intent) for intent in file.get(file.catalogue.get('/OutputIntents')) or []]
    need(len(intents) == 1 and intents[0].get('/S') == '/GTS_PDFA1', '6.2.3', 'no output intent')
    reference = intents[0].get('/DestOutputProfile')
    profile = file.data(reference)
    need(file.get(reference).get('/N') == 3 and profile[36:40] == b'acsp' and profile[16:20] == b'RGB ' and
         profile[12:16] in (b'mntr', b'prtr') and profile[8] <= 4 and struct.unpack('>I', profile[:4])[0] == len(profile),
         '6.2.3', 'the profile is not one of RGB')
    for i in range(struct.unpack('>I', profile[128:132])[0]):
        offset, length = struct.unpack('>II', profile[136 + 12 * i:144 + 12 * i])
        need(offset % 4 == 0 and offset + length <= len(profile), '6.2.3', 'a table of the profile lies outside it')
    for dictionary in file.each_dictionary():
        for value in dictionary.values():
            need(value != '/DeviceCMYK', '6.2.4.3', 'a colour of print beside a profile of RGB')


def check_dictionaries(file):
    need(not any(key in file.catalogue for key in ('/AA', '/OpenAction', '/OCProperties', '/Requirements', '/NeedsRendering')),
         '6.1–6.5', 'the catalogue asks for something to be done')
    for dictionary in file.each_dictionary():
        need(dictionary.get('/Interpolate') is not True, '6.2.8', 'an image is to be interpolated')
        need('/Alternates' not in dictionary and '/OPI' not in dictionary, '6.2.8', 'an image has other images')
        need(dictionary.get('/Subtype') != '/PS', '6.2.9', 'PostScript')
        need('/TR' not in dictionary and dictionary.get('/TR2', '/Default') == '/Default', '6.2.5', 'a transfer curve')
        need(dictionary.get('/BM', '/Normal') in BLEND_MODES, '6.2.10', 'an unknown way to blend')
        need(dictionary.get('/Type') not in ('/Filespec', '/EmbeddedFile'), '6.8', 'an enclosed file')
        need(dictionary.get('/S') not in ('/JavaScript', '/Launch', '/SubmitForm', '/ImportData', '/Movie', '/Sound'),
             '6.5.1', 'an action')
        need('/Annots' not in dictionary or not file.get(dictionary['/Annots']), '6.3', 'an annotation')
        need('/FFilter' not in dictionary and '/FDecodeParms' not in dictionary, '6.1.7', 'a stream in another file')
    for found in file.objects.values():
        if 'stream' in found:
            filters = found['stream']['dict'].get('/Filter', [])
            for name in filters if isinstance(filters, list) else [filters]:
                need(name in FILTERS, '6.1.7.2', f'the filter {name}')


def check_simple_font(file, font):
    need(font.get('/Encoding') in ('/WinAnsiEncoding', '/MacRomanEncoding'), '6.2.11.6', 'no plain encoding')
    descriptor = file.get(font['/FontDescriptor'])
    need(descriptor.get('/Flags', 0) & 36 == 32, '6.2.11.6', 'the font is not marked as one of letters')
    program = Font(file.data(descriptor['/FontFile2']))
    widths = {font['/FirstChar'] + i: width for i, width in enumerate(file.get(font['/Widths']))}
    codes = {}
    for code, width in widths.items():
        character = bytes([code]).decode('cp1252' if font['/Encoding'] == '/WinAnsiEncoding' else 'mac-roman', 'replace')
        glyph = program.find(ord(character))
        if width and glyph:
            need(abs(program.width(glyph) - width) <= 1, '6.2.11.5', f'the width of {character!r} is {width}')
        codes[code] = glyph
    return 1, codes


def check_cid_font(file, font):
    need(font.get('/Encoding') in ('/Identity-H', '/Identity-V'), '6.2.11.3.3', 'an encoding of its own')
    inner = file.get(file.get(font['/DescendantFonts'])[0])
    descriptor = file.get(inner['/FontDescriptor'])
    if inner['/Subtype'] == '/CIDFontType0':
        need('/FontFile3' in descriptor, '6.2.11.4.1', 'a font is not embedded')
        return 2, None
    need('/FontFile2' in descriptor, '6.2.11.4.1', 'a font is not embedded')
    need(inner.get('/CIDToGIDMap') == '/Identity', '6.2.11.3.2', f'{inner["/BaseFont"]} does not say how its glyphs are numbered')
    program = Font(file.data(descriptor['/FontFile2']))
    first, widths = file.get(inner['/W'])
    for i, width in enumerate(file.get(widths)):
        need(abs(program.width(first + i) - width) <= 1, '6.2.11.5', f'the width of glyph {first + i} is {width}')
    return 2, {glyph: glyph for glyph in range(program.glyphs)}


def check_font(file, reference):
    """The bytes of a code and the glyph of each code; None for a font that draws its glyphs itself."""
    font = file.get(reference)
    if font['/Subtype'] == '/Type3':
        return 1, None
    if font['/Subtype'] == '/Type0':
        return check_cid_font(file, font)
    descriptor = file.get(font.get('/FontDescriptor')) or {}
    need(any(key in descriptor for key in ('/FontFile', '/FontFile2', '/FontFile3')), '6.2.11.4.1',
         f'{font.get("/BaseFont")} is not embedded')
    if font['/Subtype'] == '/TrueType':
        return check_simple_font(file, font)
    return 1, None


def unescape(token):
    return re.sub(rb'\\(\r\n|[0-7]{1,3}|.)', lambda found: ESCAPES.get(
        found.group(1), bytes([int(found.group(1), 8) & 255]) if found.group(1).isdigit()
        else b'' if found.group(1) in (b'\n', b'\r', b'\r\n') else found.group(1)), token[1:-1], flags=re.S)


def check_content(file, content, resources):
    """Glyphs that are shown exist and are not the one for unknown characters; states are put back."""
    fonts = file.get((resources or {}).get('/Font')) or {}
    depth, current, operands = 0, None, []
    for token in TOKEN.findall(content):
        if token[:1] in b'(</[' and token[:2] not in (b'<<', b'>>') or token[:1] in b'0123456789+-.]':
            operands.append(token)
            continue
        if token == b'q':
            depth += 1
            need(depth <= 28, '6.1.13', 'more than 28 states are nested')
        elif token == b'Q':
            depth -= 1
            need(depth >= 0, '6.1.13', 'a state is put back that was not kept')
        elif token == b'Tf':
            reference = fonts.get(operands[-2].decode())
            need(reference is not None, '6.2.2', f'the font {operands[-2]} is not a resource')
            if reference not in file.fonts:
                file.fonts[reference] = check_font(file, reference)
            current = file.fonts[reference]
        elif token in (b'Tj', b'TJ', b"'", b'"') and current is not None and current[1] is not None:
            for operand in operands:
                if operand[:1] == b'(':
                    shown = unescape(operand)
                elif operand[:1] == b'<':
                    shown = bytes.fromhex(re.sub(rb'\s', b'', operand[1:-1]).decode())
                else:
                    continue
                for at in range(0, len(shown), current[0]):
                    code = int.from_bytes(shown[at:at + current[0]], 'big')
                    need(current[1].get(code, 0) != 0, '6.2.11.8', f'the character {code} has no glyph')
        operands = []
    need(depth == 0, '6.1.13', 'a state is not put back')


def check_pages(file):
    pages = [found['value'] for found in file.objects.values()
             if isinstance(found.get('value'), dict) and found['value'].get('/Type') == '/Page']
    need(pages, '6.1', 'no page')
    for page in pages:
        need('/AA' not in page, '6.5.2', 'a page asks for something to be done')
        contents = page.get('/Contents', [])
        data = b'\n'.join(file.data(part) for part in (contents if isinstance(contents, list) else [contents]))
        check_content(file, data, file.get(page.get('/Resources')))


CHECKS = (check_frame, check_metadata, check_colours, check_dictionaries, check_pages)


def find_faults(path):
    faults = []
    file = File(path)
    for check in CHECKS:
        try:
            check(file)
        except Fault as fault:
            faults.append(str(fault))
    return faults


# Bytes of a sound file, as many that they become, and the clause that is then broken.
DEFECTS = [
    (b'/CIDToGIDMap /Identity', b'/CIDToGIDMaq /Identity', '6.2.11.3.2'),
    (b'/Interpolate false', b'/Interpolate true ', '6.2.8'),
    (b'<pdfaid:part>3<', b'<pdfaid:part>1<', '6.6.4'),
    (b'x-default">D', b'x-default">E', '6.6.3'),
    (b'/ID [ <', b'/IE [ <', '6.1.3'),
    (b'/GTS_PDFA1', b'/GTS_PDFX1', '6.2.3'),
    (b'%\xb5\xed\xae\xfb', b'%abcd', '6.1.2'),
    (b'/FontFile2 ', b'/FontFile9 ', '6.2.11.4.1'),
    (b'/Widths [ 277', b'/Widths [ 377', '6.2.11.5'),
    (b'/CreationDate (D:2026', b'/CreationDate (D:2025', '6.6.3'),
    (b'/ColorSpace /DeviceRGB', b'/ColorSpac /DeviceCMYK', '6.2.4.3'),
]


def check_defects(path, folder):
    """Faults put into a sound file are found."""
    with open(path, 'rb') as file:
        sound = file.read()
    for number, (old, new, clause) in enumerate(DEFECTS):
        broken = os.path.join(folder, f'broken-{number}.pdf')
        assert old in sound and len(old) == len(new), old
        with open(broken, 'wb') as file:
            file.write(sound.replace(old, new))
        faults = find_faults(broken)
        if not any(fault.startswith(clause) for fault in faults):
            print(f'{old!r} as {new!r}: {clause} is not found, but {faults}')
            return False
    return True


def check_samples(program):
    folder = tempfile.mkdtemp(prefix='rubis-pdfa-')
    sound = True
    try:
        subprocess.run([program, folder], check=True, stdout=subprocess.DEVNULL)
        names = sorted(name for name in os.listdir(folder) if name.endswith('.pdf'))
        assert len(names) > 5
        for name in names:
            faults = find_faults(os.path.join(folder, name))
            if 'copies' in name:
                # Pages of other files are among them: such a file must not claim anything.
                claims = b'pdfaid:part' in open(os.path.join(folder, name), 'rb').read()
                faults = ['it claims to be PDF/A'] if claims else []
            for fault in faults:
                sound = False
                print(f'{name}: {fault}')
        sound = check_defects(os.path.join(folder, 'relance-deux-pages.pdf'), folder) and sound
        print(f'{len(names)} files')
    finally:
        shutil.rmtree(folder)
    return sound


def main():
    if shutil.which('qpdf') is None:
        print('qpdf is not installed')
        return 77
    if len(sys.argv) == 2 and not sys.argv[1].endswith('.pdf'):
        return 0 if check_samples(sys.argv[1]) else 1
    sound = True
    for path in sys.argv[1:]:
        for fault in find_faults(path):
            sound = False
            print(f'{path}: {fault}')
    return 0 if sound else 1


if __name__ == '__main__':
    sys.exit(main())
