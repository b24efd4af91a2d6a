// One lot: whose goods it holds, what became of them, its slip, and what may still be done with it.
import { send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { day, moment } from '../shared/format.js';
import { base, Field, Form, Pick, Quantity } from '../shared/form.jsx';
import { sumsOf, termsOf } from '../shared/lot.jsx';
import { Crumbs, Facts, Goods, inWords, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { at } from './here.jsx';
import { State } from './states.jsx';

function Contributions({ lot }) {
  const columns = [
    { name: say('supplier'), isHead: true, of: (one) => one.supplier_name },
    { name: say('quantity'), isNumber: true, of: (one) => <Goods qty={one.quantity_qty} unit={lot.base_unit} /> },
    { name: say('left'), isNumber: true, of: (one) => <Goods qty={one.left_qty} unit={lot.base_unit} /> },
    { name: say('terms'), of: (one) => `${inWords('mode', one.mode)}，${termsOf(one, lot.base_unit)}` },
    { name: say('evidence'), of: (one) => one.evidence ?? '' },
  ];
  return <Table caption={say('contributions')} columns={columns} rows={lot.contributions} keyOf={(one) => one.contribution_id} />;
}

function Moves({ lot }) {
  if (!lot.moves?.length) return null;
  const columns = [
    { name: say('when'), isHead: true, of: (one) => moment(one.made_at) },
    { name: say('what'), of: (one) => inWords('move', one.kind) },
    { name: say('quantity'), isNumber: true, of: (one) => <Goods qty={Math.abs(one.quantity_qty)} unit={lot.base_unit} /> },
    { name: say('reason'), of: (one) => one.reason },
  ];
  return (
    <section>
      <h2>{say('moves')}</h2>
      <Table caption={say('moves')} columns={columns} rows={lot.moves} />
    </section>
  );
}

/** Loss and withdrawal say how much went, a stocktake how much is there. */
function Move({ lot, done }) {
  const move = (values, key) =>
    send(
      'POST',
      `/lots/${lot.lot_id}/moves`,
      { kind: values.kind, quantity_qty: base(values, 'quantity_qty', lot.base_unit), reason: values.reason ?? '' },
      { key },
    );
  return (
    <details>
      <summary>{say('move_lot')}</summary>
      <Form
        send={move}
        done={(answer, { setValues }) => {
          setValues({ kind: 'loss' });
          done();
        }}
        submit={say('move_book')}
        initial={{ kind: 'loss' }}
      >
        {({ values }) => (
          <>
            <Pick
              name="kind"
              label={say('what')}
              of={[
                ['loss', say('move_loss')],
                ['stocktake', say('move_stocktake')],
                ['withdrawal', say('move_withdrawal')],
              ]}
            />
            <p class="hint">{say(`move_what_${values.kind}`)}</p>
            <Quantity
              name="quantity_qty"
              label={say(values.kind === 'stocktake' ? 'quantity_there' : 'quantity_gone')}
              base_unit={lot.base_unit}
            />
            <Field
              name="reason"
              label={say('reason')}
              maxlength={200}
              list={['move_reason_damp', 'move_reason_spoiled', 'move_reason_broken', 'move_reason_weighed'].map((one) =>
                say(one),
              )}
            />
          </>
        )}
      </Form>
    </details>
  );
}

function Inspection({ lot }) {
  const note = { waiting: 'inspection_note_waiting', rejected: 'inspection_note_rejected' }[lot.inspection];
  return note ? (
    <p class={lot.inspection === 'rejected' ? 'note bad' : 'note'}>
      {say(note)}
      {lot.inspection_note && ` ${lot.inspection_note}`}
    </p>
  ) : null;
}

export default function Lot({ shop_id, lot_id }) {
  const asked = useAsk(`/lots/${lot_id}`);
  return (
    <>
      <Crumbs of={[{ href: at(shop_id, 'lots'), name: say('lots') }, { name: asked.data?.product_name ?? say('lot') }]} />
      <h1 tabindex="-1">
        {asked.data ? (
          <>
            {asked.data.product_name} {asked.data.grade} <State of="inspection" code={asked.data.inspection} />
          </>
        ) : (
          say('lot')
        )}
      </h1>
      <Shown of={asked}>
        {(lot) => (
          <>
            <Inspection lot={lot} />
            <p class="buttons">
              <a class="button" href={at(shop_id, 'lots', lot_id, 'slip')}>
                {say('slip_open')}
              </a>
              {lot.inspection === 'passed' && lot.on_hand_qty > 0 && (
                <a
                  class="button main"
                  href={`${at(shop_id, 'offers', 'new')}?${new URLSearchParams({ product_id: lot.product_id, grade: lot.grade })}`}
                >
                  {say('offer_list')}
                </a>
              )}
            </p>
            <div class="columns">
              <div>
                <h2>{say('contributions')}</h2>
                <Contributions lot={lot} />
                <Moves lot={lot} />
                {lot.on_hand_qty > 0 && <Move lot={lot} done={asked.again} />}
              </div>
              <div>
                <h2>{say('lot_sum')}</h2>
                <Facts of={[...sumsOf(lot)]} />
                <Facts
                  of={[
                    [say('harvested_on'), day(lot.harvested_on)],
                    lot.expires_on && [say('expires_on'), day(lot.expires_on)],
                    [say('taken_in_at'), moment(lot.taken_in_at)],
                    lot.inspected_at && [say('inspected_at'), moment(lot.inspected_at)],
                    lot.certificate && [say('certificate'), lot.certificate],
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
