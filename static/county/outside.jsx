// Figures that others reckoned: written down one by one or read from a file, each with its source; none is ever changed, a later one counts.
import { useState } from 'preact/hooks';
import { may, send } from '../shared/ask.js';
import { useList } from '../shared/asked.js';
import { rowsOf, textOf } from '../shared/csv.js';
import { count, day, moment } from '../shared/format.js';
import { Choice, Field, Form, Mistake } from '../shared/form.jsx';
import { Act, Crumbs, Mark, More, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';
import { figureWords } from './indicator_parts.jsx';
import { periodOf } from './period.jsx';

const columns = ['area_code', 'indicator', 'part', 'from_on', 'to_on', 'value', 'source'];
const record = (items, key) => send('POST', '/outside-figures', { items }, { key });
/** People write yuan and per cent; the books keep fen and parts of a million. */
const factors = { fen: 100, ppm: 10_000, count: 1, days: 1 };
const unitOf = (wanted, { indicator, part = '' }) =>
  wanted.find((one) => one.indicator === indicator && one.part === part)?.unit ?? 'count';
const itemOf = (wanted, { part, value, ...rest }) => ({
  ...rest,
  value: Math.round(Number(String(value).replaceAll(',', '').replace('%', '')) * factors[unitOf(wanted, { ...rest, part })]),
  ...(part && { part }),
});
/** Rows of a file by its head line; nothing when a column is missing. */
function itemsOf(wanted, text) {
  const [head = [], ...rows] = rowsOf(text);
  const places = columns.map((one) => head.findIndex((cell) => cell === one || cell === say(`outside_column_${one}`)));
  if (places.some((place, i) => place < 0 && columns[i] !== 'part')) return null;
  return rows.map((row) => itemOf(wanted, Object.fromEntries(columns.map((one, i) => [one, row[places[i]] ?? '']))));
}

function ByFile({ wanted, again }) {
  const [read, setRead] = useState(null);
  const choose = async (event) => {
    const [file] = event.currentTarget.files;
    event.currentTarget.value = '';
    if (file) setRead({ name: file.name, items: itemsOf(wanted, await textOf(file)) });
  };
  return (
    <section class="card">
      <h2>{say('outside_by_file')}</h2>
      <p class="soft">
        {say('outside_by_file_what', { columns: columns.map((one) => say(`outside_column_${one}`)).join('、') })}
      </p>
      <p class="choose-file">
        <label class="button">
          <input type="file" class="unseen" accept=".csv,.txt,text/csv" onChange={choose} />
          <span>{say('outside_file_choose')}</span>
        </label>
      </p>
      {read && !read.items?.length && (
        <p class="note bad" role="alert">
          {say('outside_file_wrong', { name: read.name })}
        </p>
      )}
      {read?.items?.length > 0 && (
        <p class="buttons">
          <Act
            kind="main"
            act={(_, key) => record(read.items, key)}
            done={() => {
              setRead(null);
              again();
            }}
          >
            {say('outside_record_n', { count: count(read.items.length) })}
          </Act>
        </p>
      )}
    </section>
  );
}

function One({ area, period, wanted, again }) {
  const number = (text) => {
    if (!/^-?[\d,]+(\.\d+)?%?$/.test(text ?? '')) throw new Mistake('/items/0/value', say('outside_value_hint'));
    return text;
  };
  return (
    <section class="card">
      <h2>{say('outside_record')}</h2>
      <Form
        submit={say('outside_record')}
        initial={{ from_on: period.from, to_on: period.to }}
        send={({ of, value, ...rest }, key) => {
          const [indicator, part] = of.split(' ');
          return record([itemOf(wanted, { ...rest, area_code: area, indicator, part, value: number(value) })], key);
        }}
        done={again}
      >
        <Choice
          name="of"
          label={say('indicator')}
          pointer="/items/0/indicator"
          of={wanted.map((one) => [
            `${one.indicator} ${one.part}`,
            `${one.indicator} ${one.label} (${say(`outside_unit_${one.unit}`)})`,
          ])}
        />
        <Field name="from_on" type="date" label={say('period_from')} pointer="/items/0/from_on" />
        <Field name="to_on" type="date" label={say('period_to')} pointer="/items/0/to_on" />
        <Field
          name="value"
          inputmode="decimal"
          label={say('indicator_value')}
          hint={say('outside_value_hint')}
          pointer="/items/0/value"
        />
        <Field name="source" label={say('outside_column_source')} hint={say('outside_source_hint')} pointer="/items/0/source" />
      </Form>
    </section>
  );
}

export default function Outside({ person, query }) {
  const area = areaOf(person, query),
    period = periodOf(query);
  const found = useList('/outside-figures', { area, limit: 50 });
  const first = useList('/reports/indicators', { area, ...period, limit: 100 });
  const wanted = first.items?.filter((one) => one.kind === 'outside' || one.kind === 'input') ?? [];
  return (
    <>
      <Crumbs
        of={[
          { href: `/county/indicators?${new URLSearchParams({ area })}`, name: say('indicators') },
          { name: say('outside_figures') },
        ]}
      />
      <h1 tabindex="-1">{say('outside_figures')}</h1>
      <p class="soft">{say('outside_what')}</p>
      <AreaPicker person={person} area={area} />
      <div class="columns">
        <div>
          <Shown of={found} empty={<p>{say('outside_none')}</p>}>
            {(items) => (
              <Table
                caption={say('outside_figures')}
                rows={items}
                keyOf={(one) => one.figure_id}
                columns={[
                  {
                    name: say('indicator'),
                    isHead: true,
                    of: (one) => <a href={`/county/indicators/${one.indicator}?${new URLSearchParams({ area })}`}>{one.label}</a>,
                  },
                  { name: say('period'), of: (one) => `${day(one.from_on)}–${day(one.to_on)}` },
                  { name: say('indicator_value'), isNumber: true, of: (one) => figureWords(one.unit)(one.value) },
                  { name: say('outside_column_source'), of: (one) => one.source },
                  { name: say('outside_recorded'), of: (one) => [one.recorded_by, moment(one.recorded_at)].join(' · ') },
                  {
                    name: say('state'),
                    of: (one) => (
                      <Mark kind={one.holds ? 'good' : 'calm'}>{say(one.holds ? 'outside_holds' : 'outside_replaced')}</Mark>
                    ),
                  },
                ]}
              />
            )}
          </Shown>
          <More of={found} />
        </div>
        {may('county') && (
          <div>
            {wanted.length > 0 && <One area={area} period={period} wanted={wanted} again={found.again} />}
            {wanted.length > 0 && <ByFile wanted={wanted} again={found.again} />}
          </div>
        )}
      </div>
    </>
  );
}
