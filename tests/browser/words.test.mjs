// Every word the pages say stands in both files, and no word stands there unsaid.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { root } from '../http/support.mjs';

const folder = path.join(root, 'static');
const words = Object.fromEntries(
  ['zh-CN', 'en'].map((language) => [language, JSON.parse(readFileSync(path.join(folder, 'words', `${language}.json`), 'utf8'))]),
);
const sections = Object.keys(words['zh-CN']);
const sources = (section) =>
  readdirSync(path.join(folder, section), { recursive: true })
    .filter((file) => /\.jsx?$/.test(file))
    .map((file) => readFileSync(path.join(folder, section, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, ''))
    .join('\n');

// say('key'), say(`state_${code}`), inWords('state', code), and names in tables: any quoted word that is a key counts as said.
const quoted = (text) => new Set([...text.matchAll(/['"`]([a-z][A-Za-z0-9_]*)['"`]/g)].map(([, word]) => word));
const prefixes = (text) =>
  [...text.matchAll(/`([a-z][a-z0-9_]*_)\$\{/g), ...text.matchAll(/(?:inWords|canSay)\(\s*'([a-z0-9_]+)'/g)].map(([, word]) =>
    word.endsWith('_') ? word : `${word}_`,
  );
const said = (text) => [...text.matchAll(/\bsay\(\s*'([A-Za-z0-9_]+)'/g)].map(([, key]) => key);

test('both languages have the same sections and keys, in order', () => {
  assert.deepEqual(Object.keys(words.en).sort(), sections.slice().sort());
  for (const section of sections) {
    assert.deepEqual(Object.keys(words.en[section]), Object.keys(words['zh-CN'][section]), section);
    assert.deepEqual(Object.keys(words.en[section]), Object.keys(words.en[section]).slice().sort(), `${section} is sorted`);
  }
});

test('both languages fill the same gaps, and nothing is left empty', () => {
  const gaps = (text) =>
    [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].filter((name) => name !== 'count').sort();
  for (const section of sections)
    for (const [key, text] of Object.entries(words['zh-CN'][section])) {
      assert.ok(text.trim() && words.en[section][key].trim(), `${section}.${key}`);
      assert.deepEqual(gaps(words.en[section][key]), gaps(text), `${section}.${key}`);
    }
});

test('what a page says is there', () => {
  for (const section of sections) {
    const known = { ...words.en.shared, ...words.en[section] };
    assert.deepEqual(
      said(sources(section)).filter((key) => !(key in known)),
      [],
      section,
    );
  }
});

test('no word stands unsaid', () => {
  const all = Object.fromEntries(sections.map((section) => [section, sources(section)]));
  const everything = Object.values(all).join('\n');
  for (const section of sections) {
    const text = section === 'shared' ? everything : `${all[section]}\n${all.shared}`;
    const literal = quoted(text),
      starts = prefixes(text);
    const unsaid = Object.keys(words.en[section]).filter(
      (key) => !literal.has(key) && !starts.some((start) => key.startsWith(start)),
    );
    assert.deepEqual(unsaid, [], section);
  }
});

test('pages that stand in several workplaces bring no word that means something else there', () => {
  for (const language of Object.keys(words))
    for (const section of ['shared', 'shop', 'county'])
      for (const [key, text] of Object.entries(words[language].webhooks))
        assert.equal(words[language][section][key] ?? text, text, `${section}.${key}`);
});

test('no word hides in a page', () => {
  for (const section of sections) {
    const found = [...sources(section).matchAll(/[\u4e00-\u9fff]+/g)]
      .map(([text]) => text)
      .filter((text) => !['山', '中文', '斤', '元'].includes(text));
    assert.deepEqual(found, [], section);
  }
});
