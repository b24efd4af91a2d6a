// Campaigns of a county, Consumption Day among them, and a new one.
import { useState } from 'preact/hooks';
import { may, send } from '../shared/ask.js';
import { useList } from '../shared/asked.js';
import { dayPlus, today } from '../shared/format.js';
import { fen, Field, Form, Pick, Yuan } from '../shared/form.jsx';
import { go } from '../shared/place.js';
import { More, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';
import { daysWords } from './period.jsx';

const templates = ['consumption_day', 'other'];

function NewCampaign({ county, leave }) {
  const add = (values, key) => {
    const year = today().slice(0, 4),
      isDay = values.template === 'consumption_day';
    const starts_on = isDay ? `${year}-10-17` : (values.starts_on ?? '');
    const last = isDay ? starts_on : values.last_on || starts_on;
    return send(
      'POST',
      '/campaigns',
      {
        county,
        template: values.template,
        title: (values.title ?? '').trim() || say('campaign_consumption_day', { year }),
        starts_on,
        ends_on: last ? dayPlus(last, 1) : '',
        goal_fen: values.goal_fen?.trim() ? fen(values, 'goal_fen') : undefined,
      },
      { key },
    );
  };
  return (
    <Form
      send={add}
      done={({ campaign_id }) => go(`/county/campaigns/${campaign_id}`)}
      initial={{ template: templates[0] }}
      submit={say('campaign_add')}
      label={say('campaign_add')}
      beside={
        <button type="button" onClick={leave}>
          {say('leave_it')}
        </button>
      }
    >
      {({ values }) => (
        <>
          <Pick
            name="template"
            label={say('campaign_template')}
            of={templates.map((one) => [one, say(`campaign_template_${one}`)])}
          />
          {values.template === 'other' && (
            <>
              <Field name="title" label={say('campaign_title')} maxlength={80} />
              <Field name="starts_on" type="date" label={say('campaign_first_day')} />
              <Field name="last_on" type="date" label={say('campaign_last_day')} pointer="/ends_on" />
            </>
          )}
          <Yuan name="goal_fen" label={say('campaign_goal')} isOptional />
        </>
      )}
    </Form>
  );
}

export default function Campaigns({ person, query }) {
  const county = areaOf(person, query).slice(0, 6),
    found = useList('/campaigns', { county: county.length === 6 ? county : undefined });
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      <h1 tabindex="-1">{say('campaigns')}</h1>
      <p>
        {say('campaigns_about')} <a href="/county/accreditations">{say('accreditations')}</a>
      </p>
      <AreaPicker person={person} area={county} />
      {may('county') &&
        (isAdding ? (
          <section class="card">
            <h2>{say('campaign_add')}</h2>
            <NewCampaign county={county} leave={() => setAdding(false)} />
          </section>
        ) : (
          <p class="buttons">
            <button type="button" class="main" onClick={() => setAdding(true)}>
              {say('campaign_add')}
            </button>
          </p>
        ))}
      <Shown of={found} empty={<p>{say('campaigns_none')}</p>}>
        {(items) => (
          <ul class="rows">
            {items.map((one) => (
              <li key={one.campaign_id}>
                <div>
                  <p>
                    <a href={`/county/campaigns/${one.campaign_id}`}>{one.title}</a>
                  </p>
                  <p class="soft">
                    {daysWords(one.starts_on, one.ends_on)} · {one.county_name}
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
