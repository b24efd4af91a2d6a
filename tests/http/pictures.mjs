// Pictures made of nothing but node: a PNG of any size, and what a camera adds to a JPEG.
import { deflateSync } from 'node:zlib';
import { crc32 } from './crc32.mjs';

const number = (value) => { const bytes = Buffer.alloc(4); bytes.writeUInt32BE(value); return bytes; };
const chunk = (kind, data) => {
  const body = Buffer.concat([Buffer.from(kind), data]);
  return Buffer.concat([number(data.length), body, number(crc32(body))]);
};
const headerOf = (width, height) => Buffer.concat([number(width), number(height), Buffer.from([8, 2, 0, 0, 0])]);
const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** A real PNG: `colour(x, y)` → [r, g, b]. */
export function aPng(width, height, colour = (x, y) => [x & 255, y & 255, 120]) {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows.set(colour(x, y), y * (1 + width * 3) + 1 + x * 3);
  return Buffer.concat([signature, chunk('IHDR', headerOf(width, height)), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

/** A few bytes that claim to be a picture of this size. */
export const aBomb = (width, height) =>
  Buffer.concat([signature, chunk('IHDR', headerOf(width, height)), chunk('IDAT', deflateSync(Buffer.alloc(1000))), chunk('IEND', Buffer.alloc(0))]);

/** The JPEG as a phone writes it: how it was held (1 … 8), and where. */
export function withExif(jpeg, orientation, place) {
  const words = Buffer.from(`${place}\0`);
  const tiff = Buffer.alloc(8 + 2 + 2 * 12 + 4);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(2, 8);
  tiff.writeUInt16BE(0x010E, 10); // description
  tiff.writeUInt16BE(2, 12);
  tiff.writeUInt32BE(words.length, 14);
  tiff.writeUInt32BE(tiff.length, 18);
  tiff.writeUInt16BE(0x0112, 22); // orientation
  tiff.writeUInt16BE(3, 24);
  tiff.writeUInt32BE(1, 26);
  tiff.writeUInt16BE(orientation, 30);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, words]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(body.length + 2);
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xFF, 0xE1]), length, body, jpeg.subarray(2)]);
}

/** Width and height of a WebP without alpha, from its frame. */
export function webpSize(bytes) {
  const at = bytes.indexOf(Buffer.from([0x9D, 0x01, 0x2A]));
  return { width: bytes.readUInt16LE(at + 3) & 0x3FFF, height: bytes.readUInt16LE(at + 5) & 0x3FFF };
}
