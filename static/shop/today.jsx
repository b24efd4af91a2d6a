// Today first: what needs a person now, most urgent on top, one action beside each line. Figures come second.
import { useEffect } from 'preact/hooks';
import { day, moment, month, today } from '../shared/format.js';
import { Figures, Goods, inWords, Mark, Money, Shown } from '../shared/parts.jsx';
import { askOrSeen, useSeen } from '../shared/seen.js';
import { say } from '../shared/words.js';
import { at } from './here.jsx';
import { keptMark, PackButton } from './pack.jsx';
import { useKept } from './outgoing.js';
import { PRODUCTS, SUPPLIERS, suppliersPath } from './supplier.jsx';

const goodsOf = (order) =>
  order.lines
    .filter(({ packs }) => packs > 0)
    .map(({ name, packs }) => `${name} ×${packs}`)
    .join('；');

/** One kind of work: its lines, and the way to the rest when there are more than fit. */
function Work({ title, of, all, line }) {
  if (of.count === 0) return null;
  return (
    <section>
      <h2>
        {title} <span class="soft">{of.count}</span>
      </h2>
      <ul class="rows">{of.items.map(line)}</ul>
      {of.count > of.items.length && (
        <p>
          <a href={all}>{say('work_all', { count: of.count })}</a>
        </p>
      )}
    </section>
  );
}
function Parcel({ shop_id, order, children }) {
  return (
    <li>
      <div>
        <a href={at(shop_id, 'orders', order.order_id)}>{goodsOf(order)}</a>
        <p class="soft">
          {order.recipient} · {say('promised', { at: moment(order.promised_at) })} {order.channel === 'phone' && say('by_phone')}
        </p>
      </div>
      {order.late && <Mark kind="bad">{say('late')}</Mark>}
      {children}
    </li>
  );
}
/** Where a finding about this shop is looked at. */
const findingHref = (shop_id, { subject_kind, subject_id }) =>
  ({ orders: at(shop_id, 'orders', subject_id), lots: at(shop_id, 'lots', subject_id) })[subject_kind] ?? at(shop_id, 'settings');

function Parcels({ shop_id, now, again }) {
  const kept = useKept();
  return (
    <>
      <Work
        title={say('to_pack')}
        of={now.to_pack}
        all={`${at(shop_id, 'orders')}?step=pack`}
        line={(order) => (
          <Parcel key={order.order_id} shop_id={shop_id} order={order}>
            <PackButton order={order} done={again} />
          </Parcel>
        )}
      />
      {now.to_pack.count > 0 && (
        <p class="buttons">
          <a class="button" href={at(shop_id, 'pick')}>
            {say('pick_list')}
          </a>
          <a class="button" href={at(shop_id, 'labels')}>
            {say('labels')}
          </a>
        </p>
      )}
      <Work
        title={say('to_ship')}
        of={now.to_ship}
        all={`${at(shop_id, 'orders')}?step=packed`}
        line={(order) => (
          <Parcel key={order.order_id} shop_id={shop_id} order={order}>
            {!keptMark(kept, order.order_id) && (
              <a class="button main" href={at(shop_id, 'orders', order.order_id)}>
                {say('ship')}
              </a>
            )}
          </Parcel>
        )}
      />
    </>
  );
}

function Shelf({ shop_id, now }) {
  return (
    <>
      <Work
        title={say('low_stock')}
        of={now.low_stock}
        all={at(shop_id, 'offers')}
        line={(one) => (
          <li key={one.offer_id}>
            <div>
              <a href={at(shop_id, 'products', one.product_id)}>{one.product_name}</a> {one.name}
            </div>
            <Mark kind={one.left_packs > 0 ? 'wait' : 'bad'}>
              {one.left_packs > 0 ? say('packs_left', { count: one.left_packs }) : say('sold_out')}
            </Mark>
            <a class="button" href={`${at(shop_id, 'intake')}?product_id=${one.product_id}`}>
              {say('take_in')}
            </a>
          </li>
        )}
      />
      <Work
        title={say('expiring')}
        of={now.lots_expiring}
        all={at(shop_id, 'lots')}
        line={(one) => (
          <li key={one.lot_id}>
            <div>
              <a href={at(shop_id, 'lots', one.lot_id)}>{one.product_name}</a> <span class="soft">{one.grade}</span>{' '}
              <Goods qty={one.on_hand_qty} unit={one.base_unit} />
            </div>
            <Mark kind={one.days_left <= 3 ? 'bad' : 'wait'}>{say('lot_until', { day: day(one.expires_on) })}</Mark>
            <a class="button" href={at(shop_id, 'lots', one.lot_id)}>
              {say('lot_open')}
            </a>
          </li>
        )}
      />
      <Work
        title={say('inspection_waiting')}
        of={now.lots_waiting}
        all={`${at(shop_id, 'lots')}?inspection=waiting`}
        line={(one) => (
          <li key={one.lot_id}>
            <div>
              <a href={at(shop_id, 'lots', one.lot_id)}>{one.product_name}</a> <span class="soft">{one.grade}</span>{' '}
              <Goods qty={one.taken_in_qty} unit={one.base_unit} />
            </div>
            <span class="soft">{moment(one.taken_in_at)}</span>
            <a class="button" href={at(shop_id, 'lots', one.lot_id, 'slip')}>
              {say('slip_open')}
            </a>
          </li>
        )}
      />
    </>
  );
}

function Figure({ shop_id, statement }) {
  const of = (name, fen) => ({
    name: say(name),
    value: <Money fen={fen} />,
    href: `${at(shop_id, 'statements')}?month=${statement.month}`,
  });
  return (
    <section>
      <h2>{month(statement.month)}</h2>
      <Figures
        of={[
          of('figure_sales', statement.sales_fen),
          of('figure_dues', statement.dues_fen),
          of('figure_unpaid', statement.unpaid_dues_fen),
          of('figure_margin', statement.margin_fen),
        ]}
      />
    </section>
  );
}

const isQuiet = (now) =>
  ['to_pack', 'to_ship', 'returns', 'low_stock', 'lots_expiring', 'lots_waiting', 'findings'].every(
    (kind) => now[kind].count === 0,
  );

/** What taking in goods needs is fetched while there is a line, so that it works when there is none. */
const seeAhead = (shop_id) =>
  Promise.allSettled([
    askOrSeen(suppliersPath(shop_id), SUPPLIERS),
    askOrSeen(`/shops/${shop_id}/products`, PRODUCTS),
    askOrSeen('/categories', PRODUCTS),
    askOrSeen('/me/shops'),
    askOrSeen(`/shops/${shop_id}/pick-list`),
  ]);

export default function Today({ shop_id }) {
  const asked = useSeen(`/shops/${shop_id}/today`);
  useEffect(() => {
    seeAhead(shop_id);
  }, [shop_id]);
  return (
    <>
      <h1 tabindex="-1">
        {say('today')} <span class="soft">{day(today())}</span>
      </h1>
      <p class="buttons">
        <a class="button main" href={at(shop_id, 'intake')}>
          {say('take_in')}
        </a>
        <a class="button" href={at(shop_id, 'orders', 'new')}>
          {say('phone_order')}
        </a>
      </p>
      {asked.keptAt && <p class="note">{say('kept_from', { at: moment(asked.keptAt) })}</p>}
      <Shown of={asked}>
        {(now) => (
          <>
            {now.shop_state !== 'open' && (
              <p class="note bad">{say('shop_not_open', { state: inWords('shop_state', now.shop_state) })}</p>
            )}
            {isQuiet(now) && <p class="note good">{say('nothing_to_do')}</p>}
            <Work
              title={say('findings')}
              of={now.findings}
              all={at(shop_id)}
              line={(one) => (
                <li key={one.finding_id}>
                  <div>
                    {inWords('finding', one.class)}
                    <p class="soft">
                      {say('finding_opened', { at: moment(one.opened_at) })}
                      {one.due_on && ` · ${say('finding_due', { day: day(one.due_on) })}`}
                    </p>
                  </div>
                  <a class="button" href={findingHref(shop_id, one)}>
                    {say('finding_look')}
                  </a>
                </li>
              )}
            />
            <Parcels shop_id={shop_id} now={now} again={asked.again} />
            <Work
              title={say('returns')}
              of={now.returns}
              all={at(shop_id, 'returns')}
              line={(one) => (
                <li key={one.return_id}>
                  <div>
                    {one.name}
                    <p class="soft">
                      {inWords('cause', one.cause)} · <Money fen={one.asked_fen} /> ·{' '}
                      {say('return_until', { at: moment(one.deadline_at) })}
                    </p>
                  </div>
                  {one.overdue && <Mark kind="bad">{say('late')}</Mark>}
                  <a class="button main" href={`${at(shop_id, 'returns')}#${one.return_id}`}>
                    {say('return_decide')}
                  </a>
                </li>
              )}
            />
            <Shelf shop_id={shop_id} now={now} />
            <Figure shop_id={shop_id} statement={now.statement} />
          </>
        )}
      </Shown>
    </>
  );
}
