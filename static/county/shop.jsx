// One shop as the county sees it: its orders that wait first, then its money, then what may be decided about it.
import { may, send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { count, share, yuan } from '../shared/format.js';
import { Form, Mistake, Words } from '../shared/form.jsx';
import { Crumbs, Facts, Figures, inWords, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { findingOf, OpenOrders } from './open_orders.jsx';
import { State } from './states.jsx';

const LIMIT = 100;

function Suspend({ shop, again }) {
  const isSuspended = shop.state === 'suspended';
  const suspend = ({ reason = '' }, key) => {
    if (!reason.trim()) throw new Mistake('/reason', say('reason_needed'));
    return send('POST', `/shops/${shop.shop_id}/suspend`, { suspended: !isSuspended, reason: reason.trim() }, { key });
  };
  return (
    <details>
      <summary>{say(isSuspended ? 'shop_resume' : 'shop_suspend')}</summary>
      <p>{say(isSuspended ? 'shop_resume_what' : 'shop_suspend_what')}</p>
      <Form
        send={suspend}
        done={again}
        submit={say(isSuspended ? 'shop_resume' : 'shop_suspend')}
        kind={isSuspended ? 'main' : 'warn'}
      >
        <Words name="reason" label={say('reason')} maxlength={500} rows={2} />
      </Form>
    </details>
  );
}

/** The shop's month; the desk's own figures. */
function Month({ shop_id }) {
  const today = useAsk(`/shops/${shop_id}/today`);
  return (
    <Shown of={today}>
      {(it) => (
        <Figures
          of={[
            { name: say('orders_to_pack'), value: count(it.to_pack.count), href: '#orders' },
            {
              name: say('orders_late'),
              value: count(it.late.count),
              href: '#orders',
              note: say('orders_promise', { count: it.ship_within_hours }),
            },
            { name: say('shop_returns'), value: count(it.returns.count) },
            { name: say('shop_lots_waiting'), value: count(it.lots_waiting.count) },
            {
              name: say('net_sales'),
              value: yuan(it.statement.sales_fen - it.statement.refunds_fen),
              href: `/county/reports/lines?${new URLSearchParams({ shop_id })}`,
              note: say('shop_this_month'),
            },
            {
              name: say('shop_unpaid_dues'),
              value: yuan(it.statement.unpaid_dues_fen),
              href: `/county/payouts?${new URLSearchParams({ area: shop_id.slice(0, 6) })}`,
            },
          ]}
        />
      )}
    </Shown>
  );
}

export default function Shop({ shop_id }) {
  const shops = useAsk('/me/shops', { area: shop_id.slice(0, 6), limit: LIMIT });
  const shop = shops.data?.items.find((one) => one.shop_id === shop_id);
  const isSeen = may('county', 'finance', 'auditor');
  return (
    <>
      <Crumbs of={[{ href: '/county', name: say('nav_dashboard') }, { name: shop?.name ?? say('by_shop') }]} />
      <Shown of={shops}>
        {() => (
          <>
            <h1 tabindex="-1">
              {shop?.name ?? say('by_shop')} {shop && <State of="shop" code={shop.state} />}
            </h1>
            {isSeen && <Month shop_id={shop_id} />}
            {may('county', 'auditor') && (
              <p class="buttons">
                <a
                  class="button main"
                  href={findingOf('shops', shop_id, {
                    area: shop?.area_code ?? shop_id.slice(0, 6),
                    subject_words: shop?.name ?? '',
                  })}
                >
                  {say('finding_open')}
                </a>
              </p>
            )}
            {isSeen && (
              <div id="orders">
                <OpenOrders shop_id={shop_id} />
              </div>
            )}
            {shop && (
              <section>
                <h2>{say('shop_about')}</h2>
                <Facts
                  of={[
                    [say('village'), shop.area_name],
                    [say('kind'), inWords('shop_kind', shop.kind)],
                    [say('shop_fee'), share(shop.platform_fee_ppm)],
                    shop.state === 'open' && [say('shop_page'), <a href={`/shops/${shop_id}`}>{shop.name}</a>],
                  ]}
                />
                {may('county') && ['open', 'suspended'].includes(shop.state) && (
                  <Suspend key={shop.state} shop={shop} again={shops.again} />
                )}
              </section>
            )}
          </>
        )}
      </Shown>
    </>
  );
}
