// Proposing a product: the county approves it before it can be sold.
import { send } from '../shared/ask.js';
import { Choice, Field, Form, Mistake, Words } from '../shared/form.jsx';
import { Crumbs, Shown } from '../shared/parts.jsx';
import { go } from '../shared/place.js';
import { useSeen } from '../shared/seen.js';
import { language, say } from '../shared/words.js';
import { at } from './here.jsx';

export const categoryName = (one) => (language === 'en' ? one.name_en : one.name_zh);

/** "1.15" times its weight to parts per million; "" stays unsaid. */
export function packedWeight(text) {
  if (!text?.trim()) return undefined;
  const found = /^(\d)(?:\.(\d{1,3}))?$/.exec(text.normalize('NFKC').trim());
  const ppm = found ? Number(found[1]) * 1_000_000 + Number((found[2] ?? '').padEnd(3, '0')) * 1000 : 0;
  if (ppm < 1_000_000) throw new Mistake('/gross_weight_ppm', say('gross_weight_wrong'));
  return ppm;
}
export const GrossWeight = () => (
  <Field name="gross_weight_ppm" label={say('gross_weight')} hint={say('gross_weight_hint')} inputmode="decimal" isOptional />
);

export default function ProductNew({ shop_id }) {
  const categories = useSeen('/categories', {});
  const propose = (values, key) =>
    send(
      'POST',
      `/shops/${shop_id}/products`,
      {
        name: values.name ?? '',
        category_code: values.category_code,
        description: values.description || undefined,
        gross_weight_ppm: packedWeight(values.gross_weight_ppm),
      },
      { key },
    );
  return (
    <section class="narrow">
      <Crumbs of={[{ href: at(shop_id, 'products'), name: say('products') }, { name: say('product_propose') }]} />
      <h1 tabindex="-1">{say('product_propose')}</h1>
      <p class="soft">{say('product_propose_what')}</p>
      <Shown of={categories}>
        {({ items }) => (
          <Form
            send={propose}
            done={({ product_id }) => go(at(shop_id, 'products', product_id))}
            draft={`product:${shop_id}`}
            initial={{ category_code: items[0].category_code }}
            submit={say('product_propose_now')}
          >
            <Field name="name" label={say('product_name')} hint={say('product_name_hint')} maxlength={60} />
            <Choice
              name="category_code"
              label={say('category')}
              of={items.map((one) => [one.category_code, categoryName(one)])}
            />
            <Words name="description" label={say('description')} hint={say('description_hint')} isOptional maxlength={2000} />
            <GrossWeight />
          </Form>
        )}
      </Shown>
    </section>
  );
}
