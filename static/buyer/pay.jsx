// Paying: how much, until when, one button; then it waits for the provider's word and says it.
import { useEffect, useState } from 'preact/hooks';
import { send } from '../shared/ask.js';
import { useAct, useAsk } from '../shared/asked.js';
import { moment } from '../shared/format.js';
import { Act, Facts, Mark, Money, Shown, Trouble } from '../shared/parts.jsx';
import { say } from '../shared/words.js';

const LOOK_AGAIN_MS = 1500, LOOKS_MAX = 60;
const kinds = { awaiting_payment: 'wait', paid: 'good', cancelled: 'calm', expired: 'bad' };

/** Asks the provider to take the money: here the simulator, which plays a bank that agrees or refuses. */
const payBy = (purchase_id, outcome) => async (_, key) => {
  const asked = await send('POST', `/purchases/${purchase_id}/pay`, {}, { key });
  return send('POST', `/simulator/payments/${asked.reference}`, { outcome });
};

function Pay({ it, again }) {
  const [isAsked, setAsked] = useState(false), pay = useAct(payBy(it.purchase_id, 'succeed'));
  useEffect(() => {
    if (!isAsked) return undefined;
    let looks = 0;
    const timer = setInterval(() => { looks += 1; if (looks > LOOKS_MAX) clearInterval(timer); again(); }, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isAsked]);
  return (
    <>
      <p>{say('pay_until', { at: moment(it.deadline_at) })}</p>
      <p class="buttons">
        <button type="button" class="main" disabled={pay.isBusy || isAsked} aria-busy={pay.isBusy || isAsked} onClick={() => pay.run('pay').then((answer) => answer && setAsked(true))}>{isAsked ? say('pay_waiting') : say('pay_now')}</button>
        <Act act={(_, key) => send('POST', `/purchases/${it.purchase_id}/cancel`, {}, { key })} done={again} ask={<p>{say('cancel_sure')}</p>}>{say('cancel_purchase')}</Act>
      </p>
      <Trouble refusal={pay.refusal} />
      <p class="soft">{say('pay_simulated')}</p>
    </>
  );
}

export default function PayPage({ purchase_id }) {
  const purchase = useAsk(`/purchases/${purchase_id}`);
  return (
    <section class="narrow">
      <h1 tabindex="-1">{say('pay')}</h1>
      <Shown of={purchase}>{(it) => (
        <>
          <p><Mark kind={kinds[it.state]}>{say(`purchase_${it.state}`)}</Mark></p>
          <Facts of={[[say('to_pay'), <Money key="total" fen={it.total_fen} strong />], ...it.orders.map((one) => [one.shop_name, <Money key={one.order_id} fen={one.goods_fen + one.freight_fen} />])]} />
          {it.state === 'awaiting_payment' && <Pay it={it} again={purchase.again} />}
          {it.state === 'paid' && <><p class="note good" role="status">{say('paid_thanks')}</p><ul class="rows">{it.orders.map((one) => <li key={one.order_id}><a href={`/orders/${one.order_id}`}>{say('see_order', { shop: one.shop_name })}</a></li>)}</ul></>}
          {it.state === 'expired' && <p class="note bad">{say('pay_expired')} <a href="/">{say('go_looking')}</a></p>}
        </>
      )}</Shown>
    </section>
  );
}
