// Labels for the parcels that wait: on A4, two side by side, or on a roll of 80 mm. Names and phones stand masked; the carrier's own
// waybill carries them in full.
import { useState } from 'preact/hooks';
import { send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { Act, Print, Shown } from '../shared/parts.jsx';
import { goQuery } from '../shared/place.js';
import { Qr } from '../shared/qr.jsx';
import { say } from '../shared/words.js';
import { provinceOf } from './states.jsx';
import { OrderTabs } from './tabs.jsx';

const traceOf = (code) => `${location.origin}/trace/${code}`;

function Label({ one }) {
  const codes = [...new Set(one.lots.map(({ trace_code }) => trace_code))];
  return (
    <li class="label">
      <p class="large">
        <strong>{one.recipient}</strong> {one.phone}
      </p>
      <p class="large">{one.destination_name ?? provinceOf(one.destination_code)}</p>
      <p>{one.lines.map(({ name, packs }) => `${name} ×${packs}`).join('；')}</p>
      {one.waybill && (
        <p>
          {one.carrier} <code>{one.waybill}</code>
        </p>
      )}
      <div class="slip-code">
        {codes[0] && <Qr text={traceOf(codes[0])} label={say('trace_qr')} />}
        <div>
          <small>{say('label_trace')}</small>
          {codes.map((code) => (
            <div key={code}>
              <code>{code}</code>
            </div>
          ))}
        </div>
      </div>
      <p class="soft">
        <small>
          {one.shop_name} · {say('order_one', { number: one.order_id.slice(-6) })}
        </small>
      </p>
    </li>
  );
}

/** What the carrier needs, in full; asked for on purpose, since each look is on record. */
function Waybill({ one }) {
  return (
    <li class="label">
      <p class="large">
        <strong>{one.recipient}</strong> {one.phone}
      </p>
      <p class="large">
        {one.destination_names.join('')} {one.street}
      </p>
      <p>{one.lines.map(({ name, packs }) => `${name} ×${packs}`).join('；')}</p>
      <p class="soft">
        <small>
          {say('sender')} {one.sender_name} · {one.sender_village} {one.sender_station}
          <br />
          {say('order_one', { number: one.order_id.slice(-6) })}
        </small>
      </p>
    </li>
  );
}

export default function Labels({ shop_id, query }) {
  const asked = useAsk(`/shops/${shop_id}/labels`, { orders: query.orders }),
    isRoll = query.paper === 'roll';
  const [waybills, setWaybills] = useState(null);
  const ask = (wish, key) =>
    send('POST', `/shops/${shop_id}/waybills`, { orders: asked.data.items.map(({ order_id }) => ({ order_id })) }, { key });
  return (
    <div class={isRoll ? 'roll' : undefined}>
      <div class="unprinted">
        <h1 tabindex="-1">{say('labels')}</h1>
        <OrderTabs shop_id={shop_id} here="labels" />
        <p class="soft">{say('labels_what')}</p>
        <p class="buttons">
          <Print />
          <label class="button">
            <input type="radio" name="paper" checked={!isRoll} onChange={() => goQuery({ paper: '' }, { replace: true })} />{' '}
            {say('paper_a4')}
          </label>
          <label class="button">
            <input type="radio" name="paper" checked={isRoll} onChange={() => goQuery({ paper: 'roll' }, { replace: true })} />{' '}
            {say('paper_roll')}
          </label>
        </p>
        {asked.data?.items.length > 0 && (
          <p class="buttons">
            {waybills ? (
              <button type="button" onClick={() => setWaybills(null)}>
                {say('labels_only')}
              </button>
            ) : (
              <Act act={ask} ask={say('waybills_what')} done={({ items }) => setWaybills(items)}>
                {say('waybills')}
              </Act>
            )}
          </p>
        )}
      </div>
      <Shown of={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <p class="empty">{say('pick_none')}</p>
          ) : (
            <ul class="plain sheet">
              {waybills
                ? waybills.map((one) => <Waybill key={one.order_id} one={one} />)
                : items.map((one) => <Label key={one.order_id} one={one} />)}
            </ul>
          )
        }
      </Shown>
    </div>
  );
}
