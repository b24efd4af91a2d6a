// Units that buy with the county: who they are, and a new one.
import { useState } from 'preact/hooks';
import { AreaField } from '../shared/area.jsx';
import { may, send } from '../shared/ask.js';
import { useList } from '../shared/asked.js';
import { Choice, Field, Form } from '../shared/form.jsx';
import { go } from '../shared/place.js';
import { inWords, More, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';

const kinds = ['government', 'school', 'hospital', 'enterprise', 'other'];

function NewUnit({ county, leave }) {
  const add = ({ kind, name, area_code, credit_code, invoice_title }, key) =>
    send(
      'POST',
      '/units',
      {
        county,
        kind,
        name: (name ?? '').trim(),
        area_code: area_code ?? '',
        credit_code: (credit_code ?? '').replace(/\s/g, '').toUpperCase(),
        invoice_title: invoice_title?.trim() || undefined,
      },
      { key },
    );
  return (
    <Form
      draft="unit"
      send={add}
      done={({ unit_id }) => go(`/county/units/${unit_id}`)}
      initial={{ kind: kinds[0] }}
      submit={say('unit_add')}
      label={say('unit_add')}
      beside={
        <button type="button" onClick={leave}>
          {say('leave_it')}
        </button>
      }
    >
      <Choice name="kind" label={say('unit_kind')} of={kinds.map((one) => [one, say(`unit_kind_${one}`)])} />
      <Field name="name" label={say('unit_name')} autocomplete="organization" maxlength={80} />
      <AreaField name="area_code" label={say('unit_seat')} />
      <Field name="credit_code" label={say('unit_credit_code')} autocomplete="off" maxlength={18} />
      <Field
        name="invoice_title"
        label={say('unit_invoice_title')}
        hint={say('unit_invoice_title_hint')}
        maxlength={80}
        isOptional
      />
    </Form>
  );
}

export default function Units({ person, query }) {
  const area = areaOf(person, query),
    found = useList('/units');
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      <h1 tabindex="-1">{say('units')}</h1>
      <p>
        {say('units_about')} <a href="/county/pairings">{say('pairings')}</a>
      </p>
      {may('county') && !isAdding && (
        <p class="buttons">
          <button type="button" class="main" onClick={() => setAdding(true)}>
            {say('unit_add')}
          </button>
        </p>
      )}
      {isAdding && (
        <section class="card">
          <h2>{say('unit_add')}</h2>
          <p>{say('unit_county')}</p>
          <AreaPicker person={person} area={area.slice(0, 6)} />
          <NewUnit county={area.slice(0, 6)} leave={() => setAdding(false)} />
        </section>
      )}
      <Shown of={found} empty={<p>{say('units_none')}</p>}>
        {(items) => (
          <ul class="rows">
            {items.map((one) => (
              <li key={one.unit_id}>
                <div>
                  <p>
                    <a href={`/county/units/${one.unit_id}`}>{one.name}</a>
                  </p>
                  <p class="soft">
                    {inWords('unit_kind', one.kind)} · {one.area_name}
                  </p>
                </div>
              </li>
            ))}
          </ul>
        )}
      </Shown>
      <More of={found} />
    </>
  );
}
