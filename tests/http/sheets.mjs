// XLSX for tests: the smallest writer that makes what a spreadsheet makes, and the smallest reader of what the program makes.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { crc32 } from './crc32.mjs';

/** A ZIP of {name: bytes}; `lies` may change what its headers say of a part: {name: {size}}. */
export function zipOf(parts, { lies = {} } = {}) {
  const locals = [], central = [];
  let at = 0;
  for (const [name, content] of Object.entries(parts)) {
    const raw = Buffer.from(content), packed = deflateRawSync(raw), title = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(raw), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(lies[name]?.size ?? raw.length, 18);
    fields.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, title, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), fields, tail, title]));
    locals.push(local);
    at += local.length;
  }
  const list = Buffer.concat(central), end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(central.length, 8);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, list, end]);
}

export function unzip(bytes) {
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const parts = {};
  let at = bytes.readUInt32LE(end + 16);
  for (let i = bytes.readUInt16LE(end + 10); i > 0; i--) {
    const [method, packed, title, extra, note, local] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)];
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(from, from + packed);
    parts[bytes.toString('utf8', at + 46, at + 46 + title)] = (method === 8 ? inflateRawSync(data) : data).toString();
    at += 46 + title + extra + note;
  }
  return parts;
}

const escaped = (words) => String(words).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const letters = (column) => (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));
const relations = (rows) => `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${rows.map(([id, type, target]) =>
  `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`).join('')}</Relationships>`;
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

/** The parts of a book whose first sheet is hidden and whose second holds the rows: text as shared strings, numbers as numbers, {date: serial} as dates, {raw: xml} as it is. */
export function bookParts(rows, { head = '' } = {}) {
  const strings = [];
  const cell = (value, row, column) => {
    const place = `r="${letters(column)}${row}"`;
    if (value === '' || value === null || value === undefined) return '';
    if (typeof value === 'number' || typeof value === 'bigint') return `<c ${place}><v>${value}</v></c>`;
    if (value.date !== undefined) return `<c ${place} s="1"><v>${value.date}</v></c>`;
    if (value.raw !== undefined) return value.raw.replace('<c', `<c ${place}`);
    strings.push(value);
    return `<c ${place} t="s"><v>${strings.length - 1}</v></c>`;
  };
  const body = rows.map((row, i) => (row ? `<row r="${i + 1}">${row.map((value, j) => cell(value, i + 1, j)).join('')}</row>` : '')).join('');
  return {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'xl/workbook.xml': `${head}<workbook ${main}><sheets><sheet name="隐藏" sheetId="1" state="hidden" r:id="rId1"/><sheet name="商品" sheetId="2" r:id="rId2"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([['rId1', 'worksheet', 'worksheets/sheet1.xml'], ['rId2', 'worksheet', 'worksheets/sheet2.xml'], ['rId3', 'sharedStrings', '/xl/sharedStrings.xml'], ['rId4', 'styles', 'styles.xml']]),
    'xl/worksheets/sheet1.xml': `<worksheet ${main}><sheetData/></worksheet>`,
    'xl/worksheets/sheet2.xml': `<worksheet ${main}><sheetData>${body}</sheetData></worksheet>`,
    'xl/sharedStrings.xml': `<sst ${main}>${strings.map((words) => `<si><r><t xml:space="preserve">${escaped(words)}</t></r><rPh sb="0" eb="1"><t>注音</t></rPh></si>`).join('')}</sst>`,
    'xl/styles.xml': `<styleSheet ${main}><numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="176"/></cellXfs></styleSheet>`,
  };
}
export const anXlsx = (rows, options) => zipOf(bookParts(rows, options));

const plain = (xml) => xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');
const columnOf = (place) => [...place.match(/^[A-Z]+/)[0]].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** The rows of the first sheet the program wrote: text as strings, numbers as numbers. */
export function sheetRows(bytes) {
  const parts = unzip(bytes);
  const strings = [...(parts['xl/sharedStrings.xml'] ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map(([, si]) => [...si.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, t]) => plain(t)).join(''));
  return [...parts['xl/worksheets/sheet1.xml'].matchAll(/<row [^>]*?(?:\/>|>(.*?)<\/row>)/gs)].map(([, cells]) => {
    const row = [];
    for (const [, place, attributes, inside] of (cells ?? '').matchAll(/<c r="([A-Z]+\d+)"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
      const value = inside?.match(/<v>(.*?)<\/v>/s)?.[1], kind = attributes.match(/ t="(\w+)"/)?.[1];
      row[columnOf(place)] = kind === 'inlineStr' ? plain(inside.match(/<t[^>]*>(.*?)<\/t>/s)?.[1] ?? '') : kind === 's' ? strings[value] : value === undefined ? '' : kind === 'str' ? plain(value) : Number(value);
    }
    return Array.from(row, (value) => value ?? '');
  });
}
