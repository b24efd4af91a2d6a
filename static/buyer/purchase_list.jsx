// One purchase list: the approver's signature first, then each place with its goods and what became of them.
import { send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { day } from '../shared/format.js';
import { Act, Crumbs, Facts, inWords, Money, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { ListState } from './demand.jsx';
import { OrderState } from './states.jsx';

/** States of an order that came, or is about to. */
const taken = ['shipped', 'received', 'closed'];

function Part({ part, list, again }) {
  return (
    <section class="card">
      <h2>{part.place}</h2>
      <p class="soft">
        {part.recipient} · {part.street}
      </p>
      <Table
        caption={say('list_goods_of', { place: part.place })}
        rows={part.lines}
        columns={[
          { name: say('list_goods'), of: (one) => one.name, isHead: true },
          { name: say('list_packs'), of: (one) => one.packs, isNumber: true },
          { name: say('price'), of: (one) => <Money fen={one.price_fen} />, isNumber: true },
          { name: say('amount'), of: (one) => <Money fen={one.price_fen * one.packs} />, isNumber: true },
        ]}
      />
      <p>
        {say('list_goods_sum')} <Money fen={part.goods_fen} strong />
      </p>
      {part.orders.length > 0 && (
        <ul class="rows">
          {part.orders.map((one) => (
            <li key={one.order_id}>
              {list.is_buyer ? <a href={`/orders/${one.order_id}`}>{one.shop_name}</a> : <span>{one.shop_name}</span>}
              <Money fen={one.ordered_fen} />
              <OrderState code={one.state} />
              {taken.includes(one.state) && <a href={`/units/${list.unit_id}/acceptance/${one.order_id}`}>{say('acceptance')}</a>}
            </li>
          ))}
        </ul>
      )}
      {part.purchase_state === 'awaiting_payment' && !list.is_buyer && <p>{say('list_requester_pays')}</p>}
      {part.purchase_state === 'awaiting_payment' && list.is_buyer && (
        <p class="buttons">
          <a class="button main" href={`/pay/${part.purchase_id}`}>
            {say('orders_pay')}
          </a>
        </p>
      )}
      {part.orderable && (
        <p class="buttons">
          <Act
            kind="main"
            act={(_, key) => send('POST', `/purchase-lists/${list.list_id}/parts/${part.part}/order`, undefined, { key })}
            done={again}
          >
            {say('list_order', { place: part.place })}
          </Act>
        </p>
      )}
    </section>
  );
}

export default function PurchaseList({ list_id }) {
  const path = `/purchase-lists/${list_id}`,
    found = useAsk(path);
  const decide = (approve) => (_, key) => send('POST', `${path}/decide`, { approve }, { key });
  return (
    <Shown of={found}>
      {(list) => (
        <>
          <Crumbs
            of={[
              { href: '/units', name: say('units') },
              { href: `/units/${list.unit_id}`, name: list.unit_name },
              { name: list.title },
            ]}
          />
          <h1 tabindex="-1">{list.title}</h1>
          <p>
            <ListState code={list.state} /> <Money fen={list.goods_fen} strong />
          </p>
          <Facts
            of={[
              [say('list_proposed_by'), say('list_who_when', { who: list.proposed_by, at: day(list.proposed_at) })],
              list.decided_by && [
                inWords('list', list.state === 'refused' ? 'refused' : 'approved'),
                say('list_who_when', { who: list.decided_by, at: day(list.decided_at) }),
              ],
              [say('list_answer'), list.words],
              [say('budget_of_year'), list.year],
              list.pledge_id && [say('pledge'), <a href={`/pledges/${list.pledge_id}`}>{say('pledge_counts_to')}</a>],
            ]}
          />
          {list.state === 'proposed' && !list.may.includes('decide') && <p>{say('list_waits_for_approver')}</p>}
          {list.may.includes('decide') && (
            <p class="buttons">
              <Act kind="main" act={decide(true)} done={found.again} ask={<p>{say('list_sign_what')}</p>}>
                {say('list_sign')}
              </Act>
              <Act act={decide(false)} done={found.again} ask={<p>{say('list_refuse_what')}</p>}>
                {say('list_refuse')}
              </Act>
            </p>
          )}
          {list.parts.map((part) => (
            <Part key={part.part} part={part} list={list} again={found.again} />
          ))}
          {list.may.includes('close') && list.parts.some((part) => part.orderable) && (
            <p class="buttons">
              <Act
                act={(_, key) => send('POST', `${path}/close`, undefined, { key })}
                done={found.again}
                ask={<p>{say('list_close_what')}</p>}
              >
                {say('list_close')}
              </Act>
            </p>
          )}
        </>
      )}
    </Shown>
  );
}
