// How each page of the page tables (static/*/main.jsx) is reached in the demo: who opens it, and what its parameters stand for.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../http/support.mjs';

/** Who opens the pages of a workplace, unless told below. */
const visitors = { buyer: 'buyer1', shop: 'shop1', county: 'county1', passbook: null };
/** Pages that someone else, or nobody, opens: by path. */
const others = {
  '/county/audit': 'auditor',
  '/county/visits': 'evaluator',
  '/': null,
  '/sign-in': null,
  '/register': null,
  '/trace': null,
  '/trace/:code': null,
  '/announcements': null,
  '/announcements/:publicity_id': null,
  '/statistics': null,
  '/statistics/:county': null,
  '/seals': null,
  '/complain': null,
  '/campaigns/:campaign_id': null,
  '/pledges': null,
  '/pledges/:pledge_id': null,
  '/complain/follow': null,
  '/search': null,
  '/cart': null,
  '/products/:product_id': null,
  '/shops': null,
  '/shops/:shop_id': null,
};
/** Pages whose parameter is a word of ours, not something to find. */
const examples = {
  '/county/indicators/:indicator': '/county/indicators/K05?area=621221',
  '/county/reports/:report?': '/county/reports/sales',
  '/county/statements/live': '/county/statements/live?county=621221&month=2026-10',
};
/** What a parameter stands for: an API list, in which parameters found before stand, and the field of its first row; `lookUp`
    looks that row up for a field lists don't have. Per path or per workplace where a name means different things. */
const finders = {
  code: { list: '/products', field: 'product_id', lookUp: '/products/:value', lookUpField: 'trace_code' },
  product_id: { list: '/products', field: 'product_id' },
  purchase_id: { list: '/purchases', field: 'purchase_id' },
  shop_id: { list: '/shops', field: 'shop_id' },
  'buyer order_id': { list: '/orders', field: 'order_id' },
  'county lot_id': { list: '/lots?area=621221', field: 'lot_id' },
  'county shop_id': { list: '/me/shops', field: 'shop_id' },
  '/county/orders/:order_id order_id': { list: '/reports/lines?area=621221&from=2026-01-01&to=2026-12-31', field: 'order_id' },
  campaign_id: { list: '/campaigns?county=621221', field: 'campaign_id' },
  county: { list: '/stats', field: 'county' },
  pledge_id: { list: '/pledges', field: 'pledge_id' },
  unit_id: { list: '/units', field: 'unit_id' },
  '/units/:unit_id/acceptance/:order_id order_id': { list: '/units/:unit_id/orders', field: 'order_id' },
  list_id: { list: '/units/:unit_id/lists', field: 'list_id' },
  bill_id: { list: '/bills?area=621221', field: 'bill_id' },
  batch_id: { list: '/payout-batches', field: 'batch_id' },
  publicity_id: { list: '/announcements', field: 'publicity_id' },
  household_id: { list: '/households?county=621221', field: 'household_id' },
  case_id: { list: '/cases?county=621221', field: 'case_id' },
  sample_id: { list: '/samples?county=621221', field: 'sample_id' },
  look_back_id: { list: '/look-backs?county=621221', field: 'look_back_id' },
  'county supplier_id': { list: '/suppliers?county=621221&kind=cooperative', field: 'supplier_id' },
  distribution_id: { list: '/distributions?county=621221', field: 'distribution_id' },
  complaint_id: { list: '/complaints?county=621221', field: 'complaint_id' },
  statement_id: { list: '/county-statements?area=621221&state=submitted', field: 'statement_id' },
  finding_id: { list: '/findings?county=621221', field: 'finding_id' },
  'county webhook_id': { list: '/webhooks?county=621221', field: 'webhook_id' },
  'shop webhook_id': { list: '/webhooks?shop_id=:shop_id', field: 'webhook_id' },
  event_id: { list: '/webhooks/:webhook_id/deliveries', field: 'event_id' },
  'shop shop_id': { list: '/me/shops', field: 'shop_id' },
  'shop product_id': { list: '/shops/:shop_id/products', field: 'product_id' },
  'shop lot_id': { list: '/shops/:shop_id/lots', field: 'lot_id' },
  'shop order_id': { list: '/shops/:shop_id/orders', field: 'order_id' },
};

/** Every row of the page tables: { workplace, path }. */
export const pages = ['buyer', 'shop', 'county', 'passbook'].flatMap((workplace) =>
  [...readFileSync(path.join(root, 'static', workplace, 'main.jsx'), 'utf8').matchAll(/\bpath: '([^']+)'/g)].map(([, at]) => ({
    workplace,
    path: at,
  })),
);

export const visitorOf = ({ workplace, path: at }) => (at in others ? others[at] : visitors[workplace]);

/** The address of a page with its parameters filled in; throws when nobody told how to find one. */
export async function addressOf(page, context) {
  let address = page.path;
  if (address in examples) return examples[address];
  const found = {};
  for (const [whole, name] of page.path.matchAll(/:(\w+)\??/g)) {
    const finder = finders[`${page.path} ${name}`] ?? finders[`${page.workplace} ${name}`] ?? finders[name];
    if (!finder) throw new Error(`tests/browser/pages.mjs does not say how to find ${name} of ${page.path}`);
    const list = finder.list.replace(/:(\w+)/g, (_, known) => found[known]),
      answer = await context.request.get(`/api/v1${list}`);
    if (!answer.ok()) throw new Error(`${list}: ${answer.status()} ${await answer.text()}`);
    let value = (await answer.json()).items[0]?.[finder.field];
    if (finder.lookUp)
      value = (await (await context.request.get(`/api/v1${finder.lookUp.replace(':value', value)}`)).json())[finder.lookUpField];
    if (!value) throw new Error(`the demo has nothing in ${list}`);
    found[name] = value;
    address = address.replace(whole, value);
  }
  return address;
}
