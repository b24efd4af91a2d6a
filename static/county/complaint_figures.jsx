// Complaints in figures (K48): how many came, how many were ours, how many were found true, solved, in time; median days.
import { addressOf } from '../shared/ask.js';
import { useList } from '../shared/asked.js';
import { count, yuan } from '../shared/format.js';
import { goQuery } from '../shared/place.js';
import { Figures, inWords, Money, Shown, Table, Unknown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';
import { ComplaintViews } from './complaints.jsx';
import { PeriodPicker, periodOf } from './period.jsx';

const breakdowns = ['category', 'channel', 'area'];
const sum = (items, field) => items.reduce((all, one) => all + one[field], 0);
const part = (some, whole) => (whole > 0 ? `${count(some)} (${Math.round((some * 100) / whole)} %)` : count(some));
const nameOf = (by, row) => (by === 'area' ? (row.area_name ?? row.name) : inWords(`complaint_${by}`, row.name));

export default function ComplaintFigures({ person, query }) {
  const area = areaOf(person, query),
    by = breakdowns.includes(query.by) ? query.by : 'category',
    period = periodOf(query);
  const asked = { area, ...period, by },
    found = useList('/complaints/statistics', { ...asked, limit: 100 });
  return (
    <>
      <h1 tabindex="-1">{say('complaints_figures')}</h1>
      <ComplaintViews here="figures" area={area} />
      <AreaPicker person={person} area={area} />
      <div class="filters">
        <PeriodPicker {...period} />
        <label>
          <span>{say('report_by')}</span>
          <select value={by} onChange={(event) => goQuery({ by: event.currentTarget.value })}>
            {breakdowns.map((one) => (
              <option key={one} value={one} selected={one === by}>
                {say(`complaints_${one}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Shown of={found} empty={<p>{say('complaints_figures_none')}</p>}>
        {(items) => {
          const inScope = sum(items, 'in_scope_count');
          return (
            <>
              <Figures
                of={[
                  { name: say('complaints_received'), value: count(sum(items, 'received_count')) },
                  { name: say('complaints_in_scope'), value: count(inScope) },
                  { name: say('complaint_judgement_substantiated'), value: part(sum(items, 'substantiated_count'), inScope) },
                  { name: say('complaint_solved'), value: part(sum(items, 'solved_count'), inScope) },
                  {
                    name: say('complaints_in_time'),
                    value: part(sum(items, 'in_time_count'), sum(items, 'answered_count')),
                    note: say('complaints_late_n', { count: sum(items, 'late_count') }),
                  },
                  { name: say('complaint_recovered'), value: yuan(sum(items, 'recovered_fen')) },
                ]}
              />
              <Table
                caption={say('complaints_figures')}
                rows={items}
                keyOf={(one) => one.name}
                columns={[
                  { name: say(`complaints_${by}`), isHead: true, of: (row) => nameOf(by, row) },
                  { name: say('complaints_received'), isNumber: true, of: (row) => count(row.received_count) },
                  { name: say('complaints_in_scope'), isNumber: true, of: (row) => count(row.in_scope_count) },
                  { name: say('complaint_state_referred'), isNumber: true, of: (row) => count(row.referred_count) },
                  { name: say('complaint_state_out_of_scope'), isNumber: true, of: (row) => count(row.out_of_scope_count) },
                  { name: say('complaints_open'), isNumber: true, of: (row) => count(row.open_count) },
                  {
                    name: say('complaint_judgement_substantiated'),
                    isNumber: true,
                    of: (row) => part(row.substantiated_count, row.in_scope_count),
                  },
                  { name: say('complaint_solved'), isNumber: true, of: (row) => part(row.solved_count, row.in_scope_count) },
                  { name: say('complaints_in_time'), isNumber: true, of: (row) => part(row.in_time_count, row.answered_count) },
                  { name: say('complaint_punished'), isNumber: true, of: (row) => count(row.punished_count) },
                  { name: say('complaint_recovered'), isNumber: true, of: (row) => <Money fen={row.recovered_fen} /> },
                  {
                    name: say('complaints_median'),
                    isNumber: true,
                    of: (row) =>
                      row.median_days === null ? <Unknown why={say('complaints_median_none')} /> : count(row.median_days),
                  },
                ]}
              />
              <p class="soft">{say('complaints_figures_how')}</p>
              <p class="buttons unprinted">
                {['csv', 'xlsx', 'pdf'].map((format) => (
                  <a key={format} class="button" download href={addressOf('/complaints/statistics', { ...asked, format })}>
                    {say(`download_${format}`)}
                  </a>
                ))}
              </p>
            </>
          );
        }}
      </Shown>
    </>
  );
}
