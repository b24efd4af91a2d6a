// Who is paired with the counties of an area, and what each bought there in a year.
import { useState } from 'preact/hooks';
import { AreaField } from '../shared/area.jsx';
import { may, send } from '../shared/ask.js';
import { useList } from '../shared/asked.js';
import { count, day, dayPlus, today } from '../shared/format.js';
import { Choice, Field, Form, Pick } from '../shared/form.jsx';
import { goQuery } from '../shared/place.js';
import { Act, Crumbs, inWords, Money, More, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';
import { Downloads } from './downloads.jsx';
import { daysWords } from './period.jsx';

const kinds = ['region', 'fixed_point'];
const PREFECTURE_DIGITS = 4,
  COUNTY_DIGITS = 6;

function NewPairing({ county, leave, again }) {
  const units = useList('/units', { limit: 100 });
  const add = ({ kind, helper_area_code, unit_id, valid_from, source }, key) =>
    send(
      'POST',
      '/pairings',
      {
        county,
        kind,
        helper_area_code: kind === 'region' ? helper_area_code || undefined : undefined,
        unit_id: kind === 'fixed_point' ? unit_id || undefined : undefined,
        valid_from: valid_from ?? '',
        source: (source ?? '').trim(),
      },
      { key },
    );
  return (
    <Form
      send={add}
      done={() => {
        leave();
        again();
      }}
      initial={{ kind: kinds[0] }}
      submit={say('pairing_add')}
      label={say('pairing_add')}
      beside={
        <button type="button" onClick={leave}>
          {say('leave_it')}
        </button>
      }
    >
      {({ values }) => (
        <>
          <Pick name="kind" label={say('pairing_kind')} of={kinds.map((one) => [one, say(`pairing_${one}`)])} />
          {values.kind === 'region' ? (
            <AreaField
              name="helper_area_code"
              label={say('pairing_region_which')}
              least={PREFECTURE_DIGITS}
              most={COUNTY_DIGITS}
            />
          ) : (
            <Choice
              name="unit_id"
              label={say('pairing_unit')}
              of={[['', say('choose')], ...(units.items ?? []).map((one) => [one.unit_id, one.name])]}
            />
          )}
          <Field name="valid_from" type="date" label={say('pairing_since')} />
          <Field name="source" label={say('pairing_source')} hint={say('pairing_source_hint')} maxlength={200} />
        </>
      )}
    </Form>
  );
}

function Days({ one, again }) {
  const end = (_, key) => send('POST', `/pairings/${one.pairing_id}/end`, { valid_to: dayPlus(today(), 1) }, { key });
  return (
    <>
      {one.valid_to ? daysWords(one.valid_from, one.valid_to) : say('pairing_from', { from: day(one.valid_from) })}
      {may('county') && !one.is_ended && (
        <Act act={end} done={again} ask={<p>{say('pairing_end_what', { name: one.helper_name })}</p>}>
          {say('pairing_end')}
        </Act>
      )}
    </>
  );
}

export default function Pairings({ person, query }) {
  const area = areaOf(person, query).slice(0, 6),
    year = query.year ?? today().slice(0, 4);
  const found = useList('/pairings', { area, year });
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      <Crumbs of={[{ href: '/county/units', name: say('units') }, { name: say('pairings') }]} />
      <h1 tabindex="-1">{say('pairings')}</h1>
      <AreaPicker person={person} area={area} />
      {isAdding && (
        <section class="card">
          <h2>{say('pairing_add')}</h2>
          <NewPairing county={area} leave={() => setAdding(false)} again={found.again} />
        </section>
      )}
      {!isAdding && may('county') && area.length === COUNTY_DIGITS && (
        <p class="buttons">
          <button type="button" class="main" onClick={() => setAdding(true)}>
            {say('pairing_add')}
          </button>
        </p>
      )}
      <div class="filters">
        <label>
          <span>{say('pairing_year')}</span>
          <input
            type="number"
            min="2015"
            max={today().slice(0, 4)}
            value={year}
            onChange={(event) => goQuery({ year: event.currentTarget.value })}
          />
        </label>
      </div>
      <Shown of={found} empty={<p>{say('pairings_none')}</p>}>
        {(items) => (
          <Table
            caption={say('pairings')}
            rows={items}
            keyOf={(one) => one.pairing_id}
            columns={[
              { name: say('pairing_helper'), of: (one) => one.helper_name, isHead: true },
              { name: say('pairing_kind'), of: (one) => inWords('pairing', one.kind) },
              { name: say('area_kind_county'), of: (one) => one.county_name },
              { name: say('pairing_days'), of: (one) => <Days one={one} again={found.again} /> },
              { name: say('pairing_source'), of: (one) => one.source },
              { name: say('orders'), of: (one) => count(one.orders_count), isNumber: true },
              ...['paid', 'delivered', 'refunded'].map((name) => ({
                name: say(`pledge_${name}`),
                of: (one) => <Money fen={one[`${name}_fen`]} />,
                isNumber: true,
              })),
            ]}
          />
        )}
      </Shown>
      <More of={found} />
      <p class="soft">{say('pairing_note')}</p>
      <Downloads path="/pairings" query={{ area, year }} />
    </>
  );
}
