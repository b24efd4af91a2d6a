// Packs the pages for embedding: `node static/pack.mjs FOLDER OUT.S` writes a .br beside each file where it pays, and an assembler file with
// a row {name, at, end} of the section `assets` for each of both, as the Makefile's EMBED does for single files.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const [folder, out] = process.argv.slice(2);
const packable = /\.(css|js|json|svg|webmanifest)$/;
const least = 256;

const entries = await readdir(folder, { recursive: true, withFileTypes: true });
const files = entries
  .filter((one) => one.isFile())
  .map((one) => path.relative(folder, path.join(one.parentPath ?? one.path, one.name)))
  .sort();
const names = [];
for (const name of files) {
  names.push(name);
  const plain = await readFile(path.join(folder, name));
  if (!packable.test(name) || plain.length < least) continue;
  const packed = brotliCompressSync(plain, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
    },
  });
  if (packed.length >= plain.length) continue;
  await writeFile(path.join(folder, `${name}.br`), packed);
  names.push(`${name}.br`);
}
const row = (name) => [
  '.section .rodata',
  `1: .asciz "${name}"`,
  `2: .incbin "${path.join(folder, name)}"`,
  '3: .byte 0',
  '.section assets,"aw"',
  '.balign 8',
  '.quad 1b, 2b, 3b',
];
await writeFile(out, [...names.flatMap(row), '.section .note.GNU-stack,"",@progbits', ''].join('\n'));
