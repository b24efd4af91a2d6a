// The heads of the ledger's seals: short numbers anyone may keep, which change when anything sealed is changed.
import { useState } from 'preact/hooks';
import { useAsk, useList } from '../shared/asked.js';
import { count, moment } from '../shared/format.js';
import { goQuery } from '../shared/place.js';
import { More, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';

function Head({ head, number }) {
  const [isCopied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(head).then(
      () => setCopied(true),
      () => {},
    );
  return (
    <div class="seal-head">
      <code>{head}</code>
      {navigator.clipboard && (
        <button type="button" onClick={copy}>
          {say(isCopied ? 'seal_copied' : 'seal_copy')}
          <span class="unseen"> {number}</span>
        </button>
      )}
    </div>
  );
}

function Seals({ county }) {
  const seals = useList('/ledger/seals', { county });
  const columns = [
    { name: say('seal_number'), isHead: true, of: (seal) => seal.number },
    { name: say('seal_at'), of: (seal) => moment(seal.sealed_at) },
    { name: say('seal_transfers'), isNumber: true, of: (seal) => count(seal.transfers_count) },
    { name: say('seal_head'), of: (seal) => <Head head={seal.head} number={seal.number} /> },
  ];
  return (
    <>
      <Shown of={seals} empty={<p>{say('seals_none')}</p>}>
        {(items) => <Table caption={say('seals')} columns={columns} rows={items} keyOf={(seal) => seal.number} />}
      </Shown>
      <More of={seals} />
    </>
  );
}

export default function SealsPage({ query }) {
  const counties = useAsk('/stats', { limit: 100 });
  return (
    <>
      <h1 tabindex="-1">{say('seals')}</h1>
      <p class="reading">{say('seals_what')}</p>
      <Shown of={counties}>
        {({ items }) => {
          const county = query.county ?? items[0]?.county;
          return (
            <>
              <div class="filters">
                <label>
                  {say('stats_county')}
                  <select value={county} onChange={(event) => goQuery({ county: event.currentTarget.value })}>
                    {items.map((one) => (
                      <option key={one.county} value={one.county} selected={one.county === county}>
                        {one.county_name}
                      </option>
                    ))}
                  </select>
                </label>
              </div>
              {county ? <Seals key={county} county={county} /> : <p>{say('seals_none')}</p>}
            </>
          );
        }}
      </Shown>
      <section class="reading">
        <h2>{say('seals_proves')}</h2>
        <p>{say('seals_proves_what')}</p>
        <h2>{say('seals_check')}</h2>
        <ol>
          <li>{say('seals_check_keep')}</li>
          <li>{say('seals_check_compare')}</li>
          <li>
            {say('seals_check_verify')} <code>shanhuo ledger verify</code>
          </li>
        </ol>
      </section>
    </>
  );
}
