// What hangs on a village's board: names masked, large, one A4 sheet or more a notice.
import { moment } from '../shared/format.js';
import { Money, Table } from '../shared/parts.jsx';
import { Qr } from '../shared/qr.jsx';
import { say } from '../shared/words.js';

export const addressOf = (publicity_id) => `${location.origin}/announcements/${publicity_id}`;
export const sumOf = (lines) => lines.reduce((sum, one) => sum + (one.amount_fen ?? 0), 0);
/** A notice of the register tells of households or a village; one of payouts tells sums. */
export const isOfCase = (lines) => lines.some((one) => one.case_kind);

const paid = [
  { name: say('village'), of: (one) => one.area },
  { name: say('payout_payee'), isHead: true, of: (one) => one.payee },
  { name: say('sum'), isNumber: true, of: (one) => <Money fen={one.amount_fen} /> },
];
const changed = (lines) => [
  { name: say('village'), of: (one) => one.area },
  { name: say('household'), isHead: true, of: (one) => one.household ?? one.into_area ?? one.area },
  { name: say('case_kind'), of: (one) => say(`case_kind_${one.case_kind}`) },
  lines.some((one) => one.members_count || one.persons) && {
    name: say('persons'),
    isNumber: true,
    of: (one) => one.members_count ?? (one.persons ? say('case_persons_of', { poor: one.poor_persons, all: one.persons }) : '—'),
  },
];

export const Board = ({ notice, lines, place }) => (
  <article class="board card">
    <h2>{say('notice_heading')}</h2>
    <p class="board-title">
      {notice.title}
      {place && ` · ${place}`}
    </p>
    <p>{say('notice_period', { from: moment(notice.starts_at), to: moment(notice.ends_at) })}</p>
    {isOfCase(lines) ? (
      <Table caption={say('notice_lines')} rows={lines} columns={changed(lines)} />
    ) : (
      <Table
        caption={say('notice_lines')}
        rows={lines}
        columns={paid}
        foot={{ area: say('whole'), payee: say('notice_lines_n', { count: lines.length }), amount_fen: sumOf(lines) }}
      />
    )}
    <div class="slip-code">
      <Qr text={addressOf(notice.publicity_id)} label={say('notice_qr')} />
      <div>
        <p>
          <strong>{say('notice_object')}</strong>
        </p>
        <p>{say('notice_object_how', { until: moment(notice.ends_at) })}</p>
        <p>
          <code>{addressOf(notice.publicity_id)}</code>
        </p>
      </div>
    </div>
  </article>
);
