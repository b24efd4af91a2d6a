// An order taken by phone: what, for whom, where to. The caller pays by a link; no money passes through the shop.
import { useEffect, useState } from 'preact/hooks';
import { AreaField } from '../shared/area.jsx';
import { send } from '../shared/ask.js';
import { useAct, useList } from '../shared/asked.js';
import { moment } from '../shared/format.js';
import { Field, Form, Mistake } from '../shared/form.jsx';
import { Crumbs, Empty, Facts, Money, Shown } from '../shared/parts.jsx';
import { Qr } from '../shared/qr.jsx';
import { say } from '../shared/words.js';
import { at } from './here.jsx';

const PAUSE_MS = 400,
  PACKS_MAX = 999;
const packsOf = (values, offer) => Number(values[`packs_${offer.offer_id}`] || 0);
const linesOf = (values, offers) =>
  offers
    .filter((offer) => packsOf(values, offer) > 0)
    .map((offer) => ({ offer_id: offer.offer_id, packs: packsOf(values, offer) }));

/** How many of one pack: two big buttons, and the number between them. */
function Packs({ offer, values, set }) {
  const packs = packsOf(values, offer),
    name = `${offer.product_name} ${offer.name}`,
    left = Math.floor(offer.free_qty / offer.pack_qty);
  const change = (by) => () => set(`packs_${offer.offer_id}`, String(Math.min(PACKS_MAX, Math.max(0, packs + by))));
  return (
    <li>
      <div>
        <strong>{name}</strong> <Money fen={offer.price_fen} />
        <p class="soft">{say('packs_left', { count: left })}</p>
      </div>
      <span class="stepper">
        <button type="button" aria-label={say('one_less', { name })} disabled={packs === 0} onClick={change(-1)}>
          −
        </button>
        <input
          inputmode="numeric"
          aria-label={say('packs_of', { name })}
          value={packs}
          onInput={(event) => set(`packs_${offer.offer_id}`, event.currentTarget.value.replace(/\D/g, ''))}
        />
        <button
          type="button"
          aria-label={say('one_more', { name })}
          disabled={packs >= Math.min(left, offer.packs_per_buyer_max)}
          onClick={change(1)}
        >
          +
        </button>
      </span>
    </li>
  );
}

/** What to tell the caller before placing the order. */
function Sum({ lines, destination_code }) {
  const quote = useAct((wish, key) => send('POST', '/quotes', wish, { key })),
    [known, setKnown] = useState(null);
  const wish = JSON.stringify({ lines, destination_code: destination_code || undefined });
  useEffect(() => {
    if (lines.length === 0) return setKnown(null);
    const timer = setTimeout(async () => {
      const answer = await quote.run(JSON.parse(wish));
      if (answer) setKnown(answer.shops[0] ?? null);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [wish]);
  if (!known || lines.length === 0)
    return (
      <p class="soft" role="status">
        {say('phone_choose')}
      </p>
    );
  return (
    <div role="status">
      <Facts
        of={[
          [say('money_goods'), <Money fen={known.goods_fen} />],
          [
            say('money_freight'),
            known.freight_problem ? (
              say('not_delivered_there')
            ) : (
              <Money fen={known.freight_fen} why={say('freight_when_place')} />
            ),
          ],
          known.freight_fen !== null && [say('sum'), <Money fen={known.goods_fen + known.freight_fen} strong />],
        ]}
      />
    </div>
  );
}

function Placed({ shop_id, answer, again }) {
  const address = `${location.origin}/pay/${answer.pay_code}`,
    [isCopied, setCopied] = useState(false);
  const words = say('pay_words', { sum: (answer.total_fen / 100).toFixed(2), until: moment(answer.deadline_at), address });
  const copy = () =>
    navigator.clipboard?.writeText(words).then(
      () => setCopied(true),
      () => {},
    );
  const share = () => navigator.share({ text: words }).catch(() => {});
  return (
    <section class="card">
      <p class="note good" role="status">
        {say('phone_placed', { until: moment(answer.deadline_at) })}
      </p>
      <p class="large">
        {say('pay_sum')} <Money fen={answer.total_fen} strong />
      </p>
      <div class="slip-code">
        <Qr text={address} label={say('pay_qr')} />
        <p>{say('pay_how')}</p>
      </div>
      <p>
        <a href={address}>{address}</a>
      </p>
      <p class="buttons unprinted">
        <button type="button" class="main" onClick={copy}>
          {say(isCopied ? 'copied' : 'pay_copy')}
        </button>
        {navigator.share && (
          <button type="button" onClick={share}>
            {say('pay_share')}
          </button>
        )}
        <a class="button" href={`sms:?&body=${encodeURIComponent(words)}`}>
          {say('pay_sms')}
        </a>
        <a class="button" href={at(shop_id, 'orders', answer.orders[0].order_id)}>
          {say('order_open')}
        </a>
        <button type="button" onClick={again}>
          {say('phone_next')}
        </button>
      </p>
    </section>
  );
}

export default function OrderNew({ shop_id }) {
  const offers = useList(`/shops/${shop_id}/offers`, { limit: 100 }),
    [placed, setPlaced] = useState(null),
    [turn, setTurn] = useState(0);
  const place = (items) => (values, key) => {
    const lines = linesOf(values, items);
    if (lines.length === 0) throw new Mistake('/lines', say('phone_choose'));
    return send(
      'POST',
      `/shops/${shop_id}/phone-orders`,
      {
        lines,
        address: {
          recipient: values.recipient ?? '',
          phone: (values.phone ?? '').replace(/\s/g, ''),
          area_code: values.area_code ?? '',
          street: values.street ?? '',
        },
      },
      { key },
    );
  };
  return (
    <section class="narrow">
      <Crumbs of={[{ href: at(shop_id, 'orders'), name: say('orders') }, { name: say('phone_order') }]} />
      <h1 tabindex="-1">{say('phone_order')}</h1>
      {placed ? (
        <Placed
          shop_id={shop_id}
          answer={placed}
          again={() => {
            setPlaced(null);
            setTurn(turn + 1);
            offers.again();
          }}
        />
      ) : (
        <Shown of={offers}>
          {(all) => {
            const items = all.filter(({ listed, free_qty, pack_qty }) => listed && free_qty >= pack_qty);
            if (items.length === 0) return <Empty>{say('offers_none')}</Empty>;
            return (
              <Form key={turn} send={place(items)} done={setPlaced} draft={`phone:${shop_id}`} submit={say('phone_place')}>
                {({ values, set }) => (
                  <>
                    <h2>{say('phone_what')}</h2>
                    <ul class="rows">
                      {items.map((offer) => (
                        <Packs key={offer.offer_id} offer={offer} values={values} set={set} />
                      ))}
                    </ul>
                    <h2>{say('goes_to')}</h2>
                    <Field
                      name="recipient"
                      pointer="/address/recipient"
                      label={say('recipient')}
                      autocomplete="off"
                      maxlength={40}
                    />
                    <Field
                      name="phone"
                      pointer="/address/phone"
                      label={say('phone')}
                      type="tel"
                      inputmode="tel"
                      autocomplete="off"
                    />
                    <AreaField name="area_code" pointer="/address/area_code" label={say('area')} />
                    <Field name="street" pointer="/address/street" label={say('street')} autocomplete="off" maxlength={200} />
                    <Sum lines={linesOf(values, items)} destination_code={values.area_code} />
                  </>
                )}
              </Form>
            );
          }}
        </Shown>
      )}
    </section>
  );
}
