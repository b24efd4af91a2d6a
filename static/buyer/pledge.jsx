// One pledge: five figures, and for its unit and its county the orders they are made of.
import { send } from '../shared/ask.js';
import { useAsk, useList } from '../shared/asked.js';
import { day } from '../shared/format.js';
import { Act, Crumbs, Mark, Money, More, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { FiveFigures, pledgeWords } from './demand.jsx';
import { OrderState } from './states.jsx';

function Orders({ pledge_id }) {
  const found = useList(`/pledges/${pledge_id}/orders`);
  const fen = (name) => ({ name: say(`pledge_${name}`), of: (one) => <Money fen={one[`${name}_fen`]} />, isNumber: true });
  return (
    <section>
      <h2>{say('pledge_orders')}</h2>
      <Shown of={found} empty={<p>{say('pledge_orders_none')}</p>}>
        {(items) => (
          <Table
            caption={say('pledge_orders')}
            rows={items}
            keyOf={(one) => one.order_id}
            columns={[
              {
                name: say('shop'),
                of: (one) => (one.is_buyer ? <a href={`/orders/${one.order_id}`}>{one.shop_name}</a> : one.shop_name),
                isHead: true,
              },
              { name: say('day'), of: (one) => day(one.created_at) },
              { name: say('state'), of: (one) => <OrderState code={one.state} /> },
              ...['ordered', 'paid', 'delivered', 'refunded'].map(fen),
            ]}
          />
        )}
      </Shown>
      <More of={found} />
    </section>
  );
}

export default function Pledge({ pledge_id, person }) {
  const path = `/pledges/${pledge_id}`,
    found = useAsk(path);
  return (
    <Shown of={found}>
      {(one) => (
        <>
          <Crumbs of={[{ href: '/pledges', name: say('pledges') }, { name: one.unit_name }]} />
          <h1 tabindex="-1">{say('pledge_of', { name: one.unit_name })}</h1>
          <p>
            {pledgeWords(one)} {one.withdrawn && <Mark kind="calm">{say('pledge_withdrawn')}</Mark>}
          </p>
          {one.words && <p>{one.words}</p>}
          <FiveFigures of={one} />
          <p class="soft">{say('pledge_note')}</p>
          {one.may.includes('withdraw') && (
            <p class="buttons">
              <Act
                act={(_, key) => send('POST', `${path}/withdraw`, undefined, { key })}
                done={found.again}
                ask={<p>{say('pledge_withdraw_what')}</p>}
              >
                {say('pledge_withdraw')}
              </Act>
            </p>
          )}
          {person && <Orders pledge_id={pledge_id} />}
        </>
      )}
    </Shown>
  );
}
