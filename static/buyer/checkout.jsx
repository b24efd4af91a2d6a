// Everything on one page: where it goes, what it costs, order. Safe to press twice; what sold out meanwhile is marked and the rest goes on.
import { useState } from 'preact/hooks';
import { me, send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { Field, Form, Mistake, Pick } from '../shared/form.jsx';
import { yuan } from '../shared/format.js';
import { go } from '../shared/place.js';
import { Empty, Money, Shown, Table, Trouble, Waiting } from '../shared/parts.jsx';
import { SignInForm } from '../shared/sign_in.jsx';
import { say } from '../shared/words.js';
import { AreaField } from '../shared/area.jsx';
import { takeOut, useCart } from './cart.js';
import { CartLine, isServed, served, useQuote } from './cart.jsx';
import { RegisterForm } from './register.jsx';

const NEW = 'new';

/** Signing in or registering in place: the basket and what was typed stay. */
function WhoAreYou() {
  const [isNew, setNew] = useState(false);
  return (
    <section class="card">
      <h2>{say(isNew ? 'register' : 'sign_in_to_pay')}</h2>
      <p class="soft">{say('sign_in_why')}</p>
      {isNew ? <RegisterForm done={() => me({ again: true })} /> : <SignInForm done={() => {}} />}
      <p>
        <button type="button" class="plain" onClick={() => setNew(!isNew)}>
          {say(isNew ? 'have_account' : 'no_account')}
        </button>
      </p>
    </section>
  );
}

function Totals({ quote }) {
  const shops = quote.shops.filter((shop) => shop.lines.some(isServed));
  return (
    <Table
      caption={say('what_it_costs')}
      isCaptionShown
      rows={shops}
      keyOf={(shop) => shop.shop_id}
      foot={{ isWhole: true, goods_fen: quote.goods_fen, freight_fen: quote.freight_fen }}
      columns={[
        { name: say('shop'), isHead: true, of: (shop) => (shop.isWhole ? say('total') : shop.shop_name) },
        { name: say('goods_sum'), isNumber: true, of: (shop) => <Money fen={shop.goods_fen} /> },
        {
          name: say('freight'),
          isNumber: true,
          of: (shop) => (
            <Money fen={shop.freight_fen} why={shop.freight_problem ? say('not_delivered') : say('freight_unknown')} />
          ),
        },
      ]}
    />
  );
}

const addressOf = (values) => ({
  recipient: (values.recipient ?? '').trim(),
  phone: (values.phone ?? '').trim(),
  area_code: values.area_code ?? '',
  street: (values.street ?? '').trim(),
});

/** The saved addresses to pick from, and the fields of a new one. */
function Where({ addresses, values }) {
  const isNew = addresses.length === 0 || values.address === NEW;
  return (
    <fieldset class="card">
      <legend class="unseen">{say('where_to')}</legend>
      <h2>{say('where_to')}</h2>
      {addresses.length > 0 && (
        <Pick
          name="address"
          label={say('saved_addresses')}
          pointer="/address_id"
          of={[
            ...addresses.map((one) => [one.address_id, `${one.recipient} ${one.phone} ${one.street}`]),
            [NEW, say('another_address')],
          ]}
        />
      )}
      {isNew && (
        <>
          <Field name="recipient" label={say('recipient')} pointer="/address/recipient" autocomplete="name" maxlength={40} />
          <Field name="phone" label={say('phone')} pointer="/address/phone" type="tel" autocomplete="tel" maxlength={20} />
          <AreaField name="area_code" label={say('destination')} pointer="/address/area_code" />
          <Field name="street" label={say('street')} pointer="/address/street" autocomplete="street-address" maxlength={120} />
        </>
      )}
    </fieldset>
  );
}

function OrderForm({ lines, addresses }) {
  const [destination, setDestination] = useState(addresses[0]?.area_code);
  const { quote, refusal, again } = useQuote(lines, destination);
  const order = async (values, key) => {
    if (!quote) throw new Mistake('', say('wait_for_price'));
    const body = {
      lines: served(quote).map((line) => ({ offer_id: line.offer_id, packs: line.packs, price_fen: line.price_fen })),
      ...(values.address && values.address !== NEW ? { address_id: values.address } : { address: addressOf(values) }),
    };
    try {
      return await send('POST', '/checkout', body, { key });
    } catch (problem) {
      if (problem.status === 409) again();
      throw problem;
    }
  };
  const follow = (values) => {
    const code =
      values.address && values.address !== NEW
        ? addresses.find((one) => one.address_id === values.address)?.area_code
        : values.area_code;
    if (code !== destination && (code?.length ?? 0) !== 1) setTimeout(() => setDestination(code || undefined));
  };
  return (
    <Form
      draft="checkout"
      initial={{ address: addresses[0]?.address_id ?? NEW }}
      send={order}
      submit={quote?.total_fen ? say('order_for', { sum: yuan(quote.total_fen) }) : say('order_submit')}
      done={(purchase) => {
        takeOut(quote ? served(quote).map((line) => line.offer_id) : []);
        go(`/pay/${purchase.purchase_id}`, { replace: true });
      }}
      beside={<a href="/cart">{say('back_to_cart')}</a>}
    >
      {({ values }) => {
        follow(values);
        return (
          <>
            <Where addresses={addresses} values={values} />
            <section class="card">
              <h2>{say('what_you_order')}</h2>
              <Trouble refusal={refusal} again={again} />
              {!quote ? (
                <Waiting />
              ) : (
                <>
                  {quote.shops.map((shop) => (
                    <div key={shop.shop_id}>
                      <h3>{shop.shop_name}</h3>
                      <ul class="rows">
                        {shop.lines.map((line) => (
                          <CartLine key={line.offer_id} line={line} />
                        ))}
                      </ul>
                    </div>
                  ))}
                  <Totals quote={quote} />
                  {quote.total_fen !== null && (
                    <p class="sum">
                      {say('to_pay')} <Money fen={quote.total_fen} strong />
                    </p>
                  )}
                  {quote.shops.some((shop) => shop.lines.some((line) => !isServed(line))) && (
                    <p class="note">{say('rest_goes_on')}</p>
                  )}
                </>
              )}
            </section>
          </>
        );
      }}
    </Form>
  );
}

export default function Checkout({ person }) {
  const lines = useCart(),
    addresses = useAsk(person ? '/me/addresses' : null);
  return (
    <>
      <h1 tabindex="-1">{say('checkout')}</h1>
      {lines.length === 0 ? (
        <Empty>
          <p>{say('cart_empty')}</p>
          <p>
            <a class="button main" href="/">
              {say('go_looking')}
            </a>
          </p>
        </Empty>
      ) : !person ? (
        <WhoAreYou />
      ) : (
        <Shown of={addresses}>{({ items }) => <OrderForm lines={lines} addresses={items} />}</Shown>
      )}
    </>
  );
}
