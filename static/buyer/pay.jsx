// Paying: how much, until when, one button; then it waits for the provider's word and says it.
import { useEffect, useState } from 'preact/hooks';
import { send } from '../shared/ask.js';
import { useAct, useAsk } from '../shared/asked.js';
import { moment } from '../shared/format.js';
import { Act, Facts, Mark, Money, Shown, Trouble } from '../shared/parts.jsx';
import { SignInForm } from '../shared/sign_in.jsx';
import { say } from '../shared/words.js';

const LOOK_AGAIN_MS = 1500,
  LOOKS_MAX = 60;
const kinds = { awaiting_payment: 'wait', paid: 'good', cancelled: 'calm', expired: 'bad' };

/** Asks the provider to take the money: here the simulator, which plays a bank that agrees or refuses. */
const payAt = (path) => async (_, key) => {
  const asked = await send('POST', path, {}, { key, asGuest: true });
  return send('POST', `/simulator/payments/${asked.reference}`, { outcome: 'succeed' }, { asGuest: true });
};

function Pay({ it, path, again, children }) {
  const [isAsked, setAsked] = useState(false),
    pay = useAct(payAt(path));
  useEffect(() => {
    if (!isAsked) return undefined;
    let looks = 0;
    const timer = setInterval(() => {
      looks += 1;
      if (looks > LOOKS_MAX) setAsked(false); // the provider is late: one may look or ask again, which is harmless
      again();
    }, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isAsked]);
  return (
    <>
      <p>{say('pay_until', { at: moment(it.deadline_at) })}</p>
      <p class="buttons">
        <button
          type="button"
          class="main"
          disabled={pay.isBusy || isAsked}
          aria-busy={pay.isBusy || isAsked}
          onClick={() => pay.run('pay').then((answer) => answer && setAsked(true))}
        >
          {isAsked ? say('pay_waiting') : say('pay_now')}
        </button>
        {children}
      </p>
      <Trouble refusal={pay.refusal} />
      <p class="soft">{say('pay_simulated')}</p>
    </>
  );
}

/** One's own purchase, signed in. */
function Own({ purchase_id }) {
  const path = `/purchases/${purchase_id}`,
    purchase = useAsk(path);
  return (
    <Shown of={purchase}>
      {(it) => (
        <>
          <p>
            <Mark kind={kinds[it.state]}>{say(`purchase_${it.state}`)}</Mark>
          </p>
          <Facts
            of={[
              [say('to_pay'), <Money key="total" fen={it.total_fen} strong />],
              ...it.orders.map((one) => [one.shop_name, <Money key={one.order_id} fen={one.goods_fen + one.freight_fen} />]),
            ]}
          />
          {it.state === 'awaiting_payment' && (
            <Pay it={it} path={`${path}/pay`} again={purchase.again}>
              <Act
                act={(_, key) => send('POST', `${path}/cancel`, {}, { key })}
                done={purchase.again}
                ask={<p>{say('cancel_sure')}</p>}
              >
                {say('cancel_purchase')}
              </Act>
            </Pay>
          )}
          {it.state === 'paid' && (
            <>
              <p class="note good" role="status">
                {say('paid_thanks')}
              </p>
              <ul class="rows">
                {it.orders.map((one) => (
                  <li key={one.order_id}>
                    <a href={`/orders/${one.order_id}`}>{say('see_order', { shop: one.shop_name })}</a>
                  </li>
                ))}
              </ul>
            </>
          )}
          {it.state === 'expired' && (
            <p class="note bad">
              {say('pay_expired')} <a href="/">{say('go_looking')}</a>
            </p>
          )}
        </>
      )}
    </Shown>
  );
}

/** What a shop ordered for one over the phone: the link is all it takes. */
function ByLink({ code }) {
  const path = `/pay/${code}`,
    purchase = useAsk(path);
  return (
    <Shown of={purchase}>
      {(it) => (
        <>
          <p>
            <Mark kind={kinds[it.state]}>{say(`purchase_${it.state}`)}</Mark>
          </p>
          <p>{say('ordered_for_you', { shop: it.shop_name })}</p>
          <Facts
            of={[
              [say('to_pay'), <Money key="total" fen={it.total_fen} strong />],
              ...it.lines.map((one) => [one.name, <Money key={one.name} fen={one.line_gross_fen} />]),
              [say('freight'), <Money key="freight" fen={it.freight_fen} />],
            ]}
          />
          {it.state === 'awaiting_payment' && <Pay it={it} path={path} again={purchase.again} />}
          {it.state === 'paid' && (
            <p class="note good" role="status">
              {say('paid_thanks')}
            </p>
          )}
          {it.state === 'expired' && <p class="note bad">{say('pay_expired')}</p>}
        </>
      )}
    </Shown>
  );
}

const isPurchase = (text) => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text);

export default function PayPage({ purchase_id, person }) {
  return (
    <section class="narrow">
      <h1 tabindex="-1">{say('pay')}</h1>
      {!isPurchase(purchase_id) ? (
        <ByLink code={purchase_id} />
      ) : person ? (
        <Own purchase_id={purchase_id} />
      ) : (
        <SignInForm done={() => {}} />
      )}
    </section>
  );
}
