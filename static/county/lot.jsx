// One lot as the county sees it: whose sacks it is made of, its inspection, what became of it.
import { may, send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { day, moment } from '../shared/format.js';
import { Form, Mistake, Pick, Words } from '../shared/form.jsx';
import { sumsOf, termsOf } from '../shared/lot.jsx';
import { Crumbs, Facts, Goods, inWords, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { State } from './states.jsx';

function Inspect({ lot, done }) {
  const inspect = ({ result, note = '' }, key) => {
    if (!result) throw new Mistake('/result', say('inspect_choose'));
    if (result === 'rejected' && !note.trim()) throw new Mistake('/note', say('inspect_why'));
    return send('POST', `/lots/${lot.lot_id}/inspection`, { result, note: note.trim() || undefined }, { key });
  };
  return (
    <section class="card">
      <h2>{say('inspect')}</h2>
      <p>{say('inspect_what')}</p>
      <Form send={inspect} done={done} submit={say('inspect_now')} draft={`inspection ${lot.lot_id}`}>
        <Pick
          name="result"
          label={say('inspect_result')}
          of={[
            ['passed', say('inspection_passed')],
            ['rejected', say('inspection_rejected')],
          ]}
        />
        <Words name="note" label={say('inspect_note')} hint={say('inspect_note_what')} maxlength={500} rows={2} isOptional />
      </Form>
    </section>
  );
}

function Sacks({ lot }) {
  return (
    <Table
      caption={say('lot_sacks')}
      rows={lot.contributions}
      keyOf={(one) => one.contribution_id}
      columns={[
        { name: say('lot_supplier'), isHead: true, of: (one) => one.supplier_name },
        { name: say('lot_quantity'), isNumber: true, of: (one) => <Goods qty={one.quantity_qty} unit={lot.base_unit} /> },
        { name: say('lot_left'), isNumber: true, of: (one) => <Goods qty={one.left_qty} unit={lot.base_unit} /> },
        { name: say('lot_terms'), of: (one) => `${inWords('mode', one.mode)} · ${termsOf(one, lot.base_unit)}` },
        { name: say('evidence'), of: (one) => one.evidence ?? '' },
      ]}
    />
  );
}

function Moves({ lot }) {
  if (!lot.moves?.length) return null;
  return (
    <section>
      <h2>{say('lot_moves')}</h2>
      <Table
        caption={say('lot_moves')}
        rows={lot.moves}
        columns={[
          { name: say('day'), isHead: true, of: (one) => moment(one.made_at) },
          { name: say('kind'), of: (one) => inWords('move', one.kind) },
          {
            name: say('lot_quantity'),
            isNumber: true,
            of: (one) => <Goods qty={Math.abs(one.quantity_qty)} unit={lot.base_unit} />,
          },
          { name: say('reason'), of: (one) => one.reason ?? '' },
        ]}
      />
    </section>
  );
}

export default function Lot({ lot_id }) {
  const asked = useAsk(`/lots/${lot_id}`);
  return (
    <>
      <Crumbs
        of={[
          may('inspector', 'county') && { href: '/county/inspections', name: say('inspections') },
          { name: asked.data?.product_name ?? say('lot') },
        ]}
      />
      <Shown of={asked}>
        {(lot) => (
          <>
            <h1 tabindex="-1">
              {lot.product_name} {lot.grade} <State of="inspection" code={lot.inspection} />
            </h1>
            {lot.inspection === 'waiting' && may('inspector', 'county') && <Inspect lot={lot} done={asked.again} />}
            {lot.inspection !== 'waiting' && (
              <p class={lot.inspection === 'rejected' ? 'note bad' : 'note good'}>
                {say('inspected', { at: moment(lot.inspected_at) })} {lot.inspection_note}
              </p>
            )}
            <div class="columns">
              <div>
                <h2>{say('lot_sacks')}</h2>
                <Sacks lot={lot} />
                <Moves lot={lot} />
              </div>
              <div>
                <h2>{say('lot_sum')}</h2>
                <Facts
                  of={[
                    ...sumsOf(lot),
                    [say('lot_harvested_on'), day(lot.harvested_on)],
                    lot.expires_on && [say('lot_expires_on'), day(lot.expires_on)],
                    [say('lot_taken_in_at'), moment(lot.taken_in_at)],
                    [say('by_shop'), <a href={`/county/shops/${lot.shop_id}`}>{say('shop_open')}</a>],
                    [
                      say('trace_code'),
                      <a href={`/trace/${lot.trace_code}`}>
                        <code>{lot.trace_code}</code>
                      </a>,
                    ],
                  ]}
                />
              </div>
            </div>
          </>
        )}
      </Shown>
    </>
  );
}
