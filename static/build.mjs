// Bundles the pages: `node static/build.mjs OUT` fills OUT with what the server embeds. Names under OUT/assets change with their bytes.
//   shells   buyer.html shop.html county.html passbook.html api.html, from shared/shell.html with the hashed names filled in
//   assets/  scripts, styles, words: one chunk a page, so that a first view loads what it shows and no more
//   sw.js, *.webmanifest, icons, placeholders: under their own names
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const here = path.dirname(fileURLToPath(import.meta.url));
export const workplaces = ['buyer', 'shop', 'county', 'passbook'];
export const languages = ['zh-CN', 'en'];

// A 5-year-old phone's browser, and no older.
const target = 'es2021';

/** `import('words:shop/en')`: what is said in one workplace, in one language, with what all share. */
const words = {
  name: 'words',
  setup(builder) {
    builder.onResolve({ filter: /^words:/ }, ({ path: asked }) => ({ path: asked.slice('words:'.length), namespace: 'words' }));
    builder.onLoad({ filter: /./, namespace: 'words' }, async ({ path: asked }) => {
      const [workplace, language] = asked.split('/');
      const file = path.join(here, 'words', `${language}.json`);
      const all = JSON.parse(await readFile(file, 'utf8'));
      return { contents: JSON.stringify({ ...all.shared, ...all[workplace] }), loader: 'json', watchFiles: [file] };
    });
  },
};

const options = (out) => ({
  entryPoints: {
    ...Object.fromEntries(workplaces.map((one) => [one, path.join(here, one, 'main.jsx')])),
    api: path.join(here, 'api/docs.js'),
    look: path.join(here, 'shared/look.css'),
  },
  outdir: path.join(out, 'assets'),
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  metafile: true,
  jsx: 'automatic',
  jsxImportSource: 'preact',
  target,
  plugins: [words],
  logLevel: 'warning',
});

/** Names of what one entry loads at once: itself and its static imports. */
function loadedWith(outputs, name) {
  const found = new Set(),
    open = [name];
  while (open.length) {
    const one = open.pop();
    if (found.has(one)) continue;
    found.add(one);
    open.push(...outputs[one].imports.filter(({ kind }) => kind === 'import-statement').map(({ path: to }) => to));
  }
  return [...found];
}

async function shell(out, workplace, outputs) {
  const entry = (end) => Object.keys(outputs).find((name) => outputs[name].entryPoint?.endsWith(end));
  const address = (name) => `/assets/${path.basename(name)}`;
  const script = entry(workplace === 'api' ? 'api/docs.js' : `${workplace}/main.jsx`);
  const words = languages.map((language) => [language, entry(`words:${workplace}/${language}`)]).filter(([, name]) => name);
  const early = [
    ...loadedWith(outputs, script)
      .slice(1)
      .map((name) => `<link rel="modulepreload" href="${address(name)}">`),
    // The server leaves out those of the other language.
    ...words.map(([language, name]) => `<link rel="modulepreload" hreflang="${language}" href="${address(name)}">`),
  ];
  const file = workplace === 'api' ? 'api/index.html' : 'shared/shell.html';
  const html = (await readFile(path.join(here, file), 'utf8'))
    .replace('{workplace}', workplace)
    .replace(
      '<!--assets-->',
      [
        `<link rel="stylesheet" href="${address(entry('shared/look.css'))}">`,
        ...early,
        `<script type="module" src="${address(script)}"></script>`,
      ].join('\n'),
    );
  await writeFile(path.join(out, `${workplace}.html`), html);
  return [address(script), address(entry('shared/look.css')), ...early.map((link) => link.match(/href="([^"]+)"/)[1])];
}

/** The service worker knows what each shell needs, and changes whenever any of it does. */
async function serviceWorker(out, needed) {
  const version = createHash('sha256').update(JSON.stringify(needed)).digest('hex').slice(0, 12);
  await build({
    entryPoints: [path.join(here, 'shared/sw.js')],
    outfile: path.join(out, 'sw.js'),
    bundle: true,
    minify: true,
    charset: 'utf8',
    target,
    define: { VERSION: JSON.stringify(version), NEEDED: JSON.stringify(needed) },
    logLevel: 'warning',
  });
}

export async function buildSite(out) {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const { metafile } = await build(options(out));
  const outputs = Object.fromEntries(Object.entries(metafile.outputs).map(([name, one]) => [name, one]));
  const needed = {};
  for (const workplace of workplaces) needed[workplace] = await shell(out, workplace, outputs);
  await shell(out, 'api', outputs);
  await serviceWorker(out, needed);
  await cp(path.join(here, 'plain'), out, { recursive: true });
  await cp(path.join(here, 'placeholders'), path.join(out, 'placeholders'), { recursive: true });
  return metafile;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const out = process.argv[2];
  if (!out) throw new Error('usage: node static/build.mjs OUT');
  const metafile = await buildSite(out);
  await writeFile(path.join(out, '..', 'site-meta.json'), JSON.stringify(metafile));
}
