// The shop itself: what buyers read about it, and what it charges for freight where.
import { useState } from 'preact/hooks';
import { send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { fenOf, share, yuanField } from '../shared/format.js';
import { Field, Form, Mistake, Words } from '../shared/form.jsx';
import { Facts, inWords, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { at, countyOf } from './here.jsx';
import { provinceOf } from './states.jsx';

const provinces = [
  '11',
  '12',
  '13',
  '14',
  '15',
  '21',
  '22',
  '23',
  '31',
  '32',
  '33',
  '34',
  '35',
  '36',
  '37',
  '41',
  '42',
  '43',
  '44',
  '45',
  '46',
  '50',
  '51',
  '52',
  '53',
  '54',
  '61',
  '62',
  '63',
  '64',
  '65',
  '71',
  '81',
  '82',
];
const G_MAX = 1000;

function hours(text) {
  const found = Number((text ?? '').normalize('NFKC').trim());
  if (!Number.isInteger(found) || found < 1) throw new Mistake('/ship_within_hours', say('not_hours'));
  return found;
}

function About({ shop }) {
  const [version, setVersion] = useState(shop.version);
  const [isKept, setKept] = useState(false);
  const keep = (values, key) =>
    send(
      'PATCH',
      `/shops/${shop.shop_id}`,
      { name: values.name, story: values.story?.trim() || undefined, ship_within_hours: hours(values.ship_within_hours) },
      { key, version },
    );
  return (
    <Form
      send={keep}
      initial={{ name: shop.name, story: shop.story ?? '', ship_within_hours: String(shop.ship_within_hours) }}
      done={(answer) => {
        setVersion(answer.version);
        setKept(true);
      }}
    >
      <Field name="name" label={say('shop_name')} maxlength={60} />
      <Words name="story" label={say('shop_story')} hint={say('shop_story_hint')} rows={5} isOptional maxlength={2000} />
      <Field name="ship_within_hours" label={say('ship_within')} hint={say('ship_within_hint')} inputmode="numeric" />
      {isKept && (
        <p class="note good" role="status">
          {say('kept_done')}
        </p>
      )}
    </Form>
  );
}

/** One row of the freight table: a destination with its first and further kilogram, or no delivery there. */
const rowOf = (rule) => ({
  destination: rule.destination,
  first: yuanField(rule.first_fen),
  further: yuanField(rule.further_fen),
  isDelivered: rule.delivered,
});

function FreightRow({ row, change, remove, offered, errors, at }) {
  const set = (name) => (event) => change({ ...row, [name]: event.currentTarget.value });
  const place = row.destination ? provinceOf(row.destination) : say('everywhere_else');
  const error = errors.find(({ pointer }) => pointer.startsWith(`/rules/${at}/`))?.message;
  return (
    <tr>
      <th scope="row" data-name={say('destination')}>
        {row.isNew ? (
          <select aria-label={say('destination')} value={row.destination} onChange={set('destination')}>
            {offered.map((code) => (
              <option key={code} value={code} selected={code === row.destination}>
                {provinceOf(code)}
              </option>
            ))}
          </select>
        ) : (
          place
        )}
      </th>
      <td data-name={say('first_kg')}>
        <input
          inputmode="decimal"
          aria-label={`${place} ${say('first_kg')}`}
          aria-invalid={error ? 'true' : undefined}
          value={row.first}
          disabled={!row.isDelivered}
          onInput={set('first')}
        />
      </td>
      <td data-name={say('further_kg')}>
        <input
          inputmode="decimal"
          aria-label={`${place} ${say('further_kg')}`}
          aria-invalid={error ? 'true' : undefined}
          value={row.further}
          disabled={!row.isDelivered}
          onInput={set('further')}
        />
      </td>
      <td data-name={say('delivered')}>
        <label class="tick">
          <input
            type="checkbox"
            aria-label={`${place} ${say('delivered')}`}
            checked={row.isDelivered}
            onChange={(event) => change({ ...row, isDelivered: event.currentTarget.checked })}
          />
        </label>
      </td>
      <td>
        {row.destination && (
          <button type="button" onClick={remove}>
            {say('remove')}
            <span class="unseen"> {place}</span>
          </button>
        )}
        {error && <p class="error">{error}</p>}
      </td>
    </tr>
  );
}

function Freight({ shop }) {
  const [rows, setRows] = useState(() => {
    const given = shop.freight.map(rowOf);
    return given.some(({ destination }) => !destination)
      ? given
      : [{ destination: '', first: '', further: '', isDelivered: true }, ...given];
  });
  const [isKept, setKept] = useState(false);
  const offered = provinces.filter((code) => !rows.some(({ destination }) => destination === code));
  const money = (text, row, i, field) => {
    const found = row.isDelivered ? fenOf(text) : 0;
    if (found === null) throw new Mistake(`/rules/${i}/${field}`, say('not_an_amount'));
    return found;
  };
  const keep = (values, key) =>
    send(
      'POST',
      `/shops/${shop.shop_id}/freight`,
      {
        rules: rows.map((row, i) => ({
          destination: row.destination || undefined,
          first_g: G_MAX,
          first_fen: money(row.first, row, i, 'first_fen'),
          further_g: G_MAX,
          further_fen: money(row.further, row, i, 'further_fen'),
          delivered: row.isDelivered,
        })),
      },
      { key },
    );
  const change = (i) => (row) => {
    setKept(false);
    setRows((old) => old.map((one, at) => (at === i ? row : one)));
  };
  return (
    <Form
      send={keep}
      done={() => setKept(true)}
      submit={say('freight_keep')}
      beside={
        offered.length > 0 && (
          <button
            type="button"
            onClick={() =>
              setRows((old) => [...old, { destination: offered[0], first: '', further: '', isDelivered: true, isNew: true }])
            }
          >
            {say('freight_add')}
          </button>
        )
      }
    >
      {({ refusal }) => (
        <>
          <table class="freight">
            <caption class="unseen">{say('freight')}</caption>
            <thead>
              <tr>
                <th scope="col">{say('destination')}</th>
                <th scope="col">{say('first_kg')}</th>
                <th scope="col">{say('further_kg')}</th>
                <th scope="col">{say('delivered')}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {rows.map((row, i) => (
                <FreightRow
                  key={row.destination || 'else'}
                  row={row}
                  at={i}
                  change={change(i)}
                  remove={() => setRows((old) => old.filter((one, where) => where !== i))}
                  offered={[row.destination, ...offered].filter(Boolean)}
                  errors={refusal?.errors ?? []}
                />
              ))}
            </tbody>
          </table>
          {isKept && (
            <p class="note good" role="status">
              {say('kept_done')}
            </p>
          )}
        </>
      )}
    </Form>
  );
}

export default function Settings({ shop_id }) {
  const page = useAsk(`/shops/${shop_id}`),
    mine = useAsk('/me/shops', { area: countyOf(shop_id) });
  const known = mine.data?.items.find((one) => one.shop_id === shop_id);
  return (
    <>
      <h1 tabindex="-1">{say('shop_settings')}</h1>
      <Shown of={page}>
        {(shop) => (
          <div class="columns even">
            <section>
              <h2>{say('shop_about')}</h2>
              <About key={shop.version} shop={shop} />
              {known && (
                <Facts
                  of={[
                    [say('shop_state'), inWords('shop_state', known.state)],
                    [say('station'), shop.station_name],
                    [say('village'), shop.area_name],
                    [say('platform_fee'), share(known.platform_fee_ppm)],
                  ]}
                />
              )}
              <p class="hint">{say('shop_county_decides')}</p>
              <p>
                <a href={at(shop_id, 'webhooks')}>{say('hooks_link')}</a>
              </p>
            </section>
            <section>
              <h2>{say('freight')}</h2>
              <p class="hint">{say('freight_hint')}</p>
              <Freight shop={shop} />
            </section>
          </div>
        )}
      </Shown>
    </>
  );
}
