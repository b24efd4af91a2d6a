// Products accredited as poverty-alleviation products, each for its days: one officer proposes from a document, another decides.
import { useState } from 'preact/hooks';
import { may, send } from '../shared/ask.js';
import { useList } from '../shared/asked.js';
import { day, dayPlus } from '../shared/format.js';
import { Choice, Field, Form } from '../shared/form.jsx';
import { goQuery } from '../shared/place.js';
import { Act, Crumbs, inWords, Mark, More, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';
import { daysWords } from './period.jsx';

const ALL_MAX = 100;
const kinds = { proposed: 'wait', in_force: 'good', refused: 'bad' };
const chosen = (items, idOf, nameOf) => [['', say('choose')], ...items.map((one) => [idOf(one), nameOf(one)])];

/** The shop first, then one of its products. */
function ProductFields({ county, shop_id }) {
  const shops = useList('/shops', { area: county, limit: ALL_MAX }),
    products = useList(shop_id ? `/shops/${shop_id}/products` : null, { limit: ALL_MAX });
  return (
    <>
      <Choice
        name="shop_id"
        label={say('accreditation_shop')}
        of={chosen(
          shops.items ?? [],
          (one) => one.shop_id,
          (one) => one.name,
        )}
      />
      {shop_id && (
        <Choice
          name="product_id"
          label={say('accreditation_product')}
          of={chosen(
            products.items ?? [],
            (one) => one.product_id,
            (one) => one.name,
          )}
        />
      )}
    </>
  );
}

function NewAccreditation({ county, leave, again }) {
  const propose = ({ product_id, valid_from, last_on, source }, key) =>
    send(
      'POST',
      '/accreditations',
      {
        product_id: product_id ?? '',
        valid_from: valid_from ?? '',
        valid_to: last_on ? dayPlus(last_on, 1) : '',
        source: (source ?? '').trim(),
      },
      { key },
    );
  return (
    <Form
      send={propose}
      done={() => {
        leave();
        again();
      }}
      submit={say('accreditation_propose')}
      label={say('accreditation_propose')}
      beside={
        <button type="button" onClick={leave}>
          {say('leave_it')}
        </button>
      }
    >
      {({ values }) => (
        <>
          <ProductFields county={county} shop_id={values.shop_id} />
          <Field name="valid_from" type="date" label={say('accreditation_first_day')} />
          <Field name="last_on" type="date" label={say('accreditation_last_day')} pointer="/valid_to" />
          <Field name="source" label={say('accreditation_source')} hint={say('accreditation_source_hint')} maxlength={200} />
        </>
      )}
    </Form>
  );
}

function One({ one, again }) {
  const decide = (approve) => (_, key) => send('POST', `/accreditations/${one.accreditation_id}/decide`, { approve }, { key });
  return (
    <li>
      <div>
        <p>{one.product_name}</p>
        <p class="soft">
          {one.shop_name} · {daysWords(one.valid_from, one.valid_to)} · {one.source}
        </p>
        <p class="soft">
          {one.decided_by
            ? say('accreditation_decided_by', { name: one.decided_by, at: day(one.decided_at) })
            : say('accreditation_proposed_by', { name: one.proposed_by })}
        </p>
      </div>
      <Mark kind={kinds[one.state]}>{inWords('accreditation', one.state)}</Mark>
      {one.state === 'proposed' && may('county') && one.is_own && <p class="soft">{say('accreditation_own')}</p>}
      {one.state === 'proposed' && may('county') && !one.is_own && (
        <p class="buttons">
          <Act kind="main" act={decide(true)} done={again}>
            {say('accreditation_approve')}
          </Act>
          <Act act={decide(false)} done={again} ask={<p>{say('accreditation_refuse_what')}</p>}>
            {say('accreditation_refuse')}
          </Act>
        </p>
      )}
    </li>
  );
}

export default function Accreditations({ person, query }) {
  const area = areaOf(person, query).slice(0, 6),
    county = area.length === 6 ? area : null,
    found = useList(county ? '/accreditations' : null, { county, state: query.state });
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      <Crumbs of={[{ href: '/county/campaigns', name: say('campaigns') }, { name: say('accreditations') }]} />
      <h1 tabindex="-1">{say('accreditations')}</h1>
      <AreaPicker person={person} area={area} />
      {!county && <p>{say('choose_county')}</p>}
      {county && isAdding && (
        <section class="card">
          <h2>{say('accreditation_propose')}</h2>
          <NewAccreditation county={county} leave={() => setAdding(false)} again={found.again} />
        </section>
      )}
      {county && !isAdding && may('county') && (
        <p class="buttons">
          <button type="button" class="main" onClick={() => setAdding(true)}>
            {say('accreditation_propose')}
          </button>
        </p>
      )}
      {county && (
        <>
          <div class="filters">
            <label>
              <span>{say('state')}</span>
              <select value={query.state ?? ''} onChange={(event) => goQuery({ state: event.currentTarget.value || undefined })}>
                <option value="">{say('accreditation_any')}</option>
                {Object.keys(kinds).map((one) => (
                  <option key={one} value={one} selected={one === query.state}>
                    {say(`accreditation_${one}`)}
                  </option>
                ))}
              </select>
            </label>
          </div>
          <Shown of={found} empty={<p>{say('accreditations_none')}</p>}>
            {(items) => (
              <ul class="rows">
                {items.map((one) => (
                  <One key={one.accreditation_id} one={one} again={found.again} />
                ))}
              </ul>
            )}
          </Shown>
          <More of={found} />
        </>
      )}
    </>
  );
}
