// What was paid for goods that came back: finance proposes on the finding, a phone opens it for someone else who decides, and the household's
// passbook says what was taken and why.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, aSite, fits, settled, shoot } from './support.mjs';

const site = await aSite();
const { server } = site;
const REASON = '退货一件，货款已发放';

/** Gives back all of an order that was paid out long ago, by a household that is owed more by now; answers its finding and what it may lose. */
async function aPaidReturn() {
  const county = await site.api('county1');
  const [sale] =
    await server.sql(`SELECT o.county, o.id, l.id AS line_id, l.packs, d.payee_id, d.amount_fen, o.buyer_id FROM orders AS o
    JOIN order_lines AS l ON l.county = o.county AND l.order_id = o.id
    JOIN attributions AS a ON a.county = l.county AND a.order_line_id = l.id AND a.kind = 'sale'
    JOIN dues AS d ON d.attribution_id = a.id AND d.county = o.county AND d.order_id = o.id AND d.payee_kind = 'household' AND d.source_kind = 'sale' AND d.state IN ('paid', 'confirmed')
    WHERE o.county = '621221' AND o.state = 'closed' AND o.refunded_fen = 0
      AND (SELECT sum(p.amount_fen) FROM dues AS p WHERE p.county = d.county AND p.payee_kind = 'household' AND p.payee_id = d.payee_id AND p.state = 'payable') > 1000
    ORDER BY o.id LIMIT 1`);
  assert.ok(sale, 'the demo has a household that was paid and is owed more');
  const return_id = crypto.randomUUID();
  await server.sql(`INSERT INTO returns (county, id, order_id, order_line_id, packs, refund_fen, cause, words, state, requested_by, requested_at)
    VALUES ('${sale.county}', '${return_id}', '${sale.id}', '${sale.line_id}', ${sale.packs}, 0, 'quality', '发霉', 'open', '${sale.buyer_id}', now())`);
  await county.post(`/returns/${sale.county}-${return_id}/decide`, { accepted: true, goods_back: false });
  const [finding] = await server.sql(
    `SELECT id FROM findings WHERE county = '${sale.county}' AND subject_id = '${sale.id}' AND class = 'paid_then_refunded'`,
  );
  return { finding_id: `${sale.county}-${finding.id}`, household_id: `${sale.county}-${sale.payee_id}` };
}

test('finance proposes, another person decides, the household reads why', async () => {
  const { finding_id, household_id } = await aPaidReturn();
  const finance = await site.as('finance'),
    officer = await site.as('county1', { phone: true });
  await finance.goto(`/county/findings/${finding_id}`);
  await settled(finance);
  await accessible(finance);
  await shoot(finance, 'county-claw-back-to-propose');
  const form = finance.locator('form[aria-label="提出扣回"]');
  await form.locator(`input[value="${household_id}"]`).check({ force: true });
  await form.getByLabel('扣回金额').fill('999999');
  await form.getByLabel('原因').fill(REASON);
  await form.getByRole('button', { name: '提出扣回' }).click();
  await form.locator('.error').first().waitFor();
  await form.getByLabel('扣回金额').fill('3.21');
  await form.getByRole('button', { name: '提出扣回' }).click();
  await finance.getByText('由另一人决定，提出人不能自己决定。').waitFor();
  assert.equal(await finance.getByRole('button', { name: '同意扣回' }).count(), 0);
  await shoot(finance, 'county-claw-back-proposed');

  await officer.goto(`/county/findings/${finding_id}`);
  await settled(officer);
  await fits(officer);
  await accessible(officer);
  await shoot(officer, 'county-claw-back-to-decide');
  await officer.getByRole('button', { name: '同意扣回' }).click();
  await officer.getByText('已扣回').first().waitFor();
  await shoot(officer, 'county-claw-back-taken');
  await officer.goto(`/county/households/${household_id}`);
  await settled(officer);
  const { dues } = await (await site.api('county1')).get(`/households/${household_id}/passbook`);
  assert.deepEqual(
    dues.filter((one) => one.source_kind === 'claw_back').map((one) => [one.amount_fen, one.reason]),
    [[-321, REASON]],
  );
  const english = await site.as('county2', { language: 'en' });
  await english.goto(`/county/findings/${finding_id}`);
  await settled(english);
  await shoot(english, 'county-claw-back-english');
});
