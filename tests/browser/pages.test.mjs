// Every page of every workplace, phone and desktop, Chinese and English: heading, no axe finding, nothing sticks out at 320 px.
// Pictures of all of them go to build/screens with a contact sheet: look at them.
import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, test } from 'node:test';
import { addressOf, pages, visitorOf } from './pages.mjs';
import { accessible, aSite, fits, languages, screens, settled, shoot, sizes } from './support.mjs';

await rm(screens, { recursive: true, force: true });
await mkdir(screens, { recursive: true });
const site = await aSite();
const taken = [];
const nameOf = ({ workplace, path: at }) =>
  `${workplace}-${at.replace(/^\/((shop|county|passbook)(?=\/|$)\/?)?\/?/, '').replace(/[^\w]+/g, '-') || 'home'}`.replace(
    /-+$/,
    '',
  );

after(async () => {
  const cells = taken
    .map(
      (name) =>
        `<figure><a href="${name}.png"><img src="${name}.png" loading="lazy" alt=""></a><figcaption>${name}</figcaption></figure>`,
    )
    .join('\n');
  await writeFile(
    path.join(screens, 'index.html'),
    `<!doctype html><meta charset="utf-8"><title>Screens</title>
<style>body{display:flex;flex-wrap:wrap;gap:1rem;font:14px sans-serif}img{width:240px;border:1px solid #999}figure{margin:0;width:242px}</style>\n${cells}\n`,
  );
});

/** One visitor's device in one language, kept for all pages of that visitor. */
const devices = new Map();
async function device(visitor, language) {
  const name = `${visitor} ${language}`;
  if (!devices.has(name)) devices.set(name, await (visitor ? site.as(visitor, { language }) : site.guest({ language })));
  return devices.get(name);
}

for (const row of pages)
  for (const language of Object.keys(languages))
    test(`${row.path} in ${language}`, async () => {
      const page = await device(visitorOf(row), language);
      const answer = await page.goto(await addressOf(row, page.context()));
      assert.equal(answer.status(), 200);
      for (const size of ['phone', 'desktop']) {
        await page.setViewportSize(sizes[size]);
        await settled(page);
        assert.ok((await page.locator('main h1').innerText()).trim());
        await accessible(page);
        const name = `${nameOf(row)}.${languages[language]}.${size}`;
        await shoot(page, name);
        taken.push(name);
      }
      await page.setViewportSize(sizes.narrow);
      await fits(page);
    });
