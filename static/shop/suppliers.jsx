// Who brings goods to this shop; who is new is registered by the village or the county.
import { useList } from '../shared/asked.js';
import { More, Shown } from '../shared/parts.jsx';
import { goQuery } from '../shared/place.js';
import { say } from '../shared/words.js';
import { at } from './here.jsx';
import { supplierLine, suppliersPath } from './supplier.jsx';
import { PeopleTabs } from './tabs.jsx';

export default function Suppliers({ shop_id, query }) {
  const suppliers = useList(suppliersPath(shop_id), { q: query.q });
  const find = (event) => {
    event.preventDefault();
    goQuery({ q: new FormData(event.currentTarget).get('q').trim() });
  };
  return (
    <>
      <h1 tabindex="-1">{say('suppliers')}</h1>
      <PeopleTabs shop_id={shop_id} here="suppliers" />
      <p class="soft">{say('suppliers_what')}</p>
      <form role="search" class="together narrow-left" onSubmit={find}>
        <input
          type="search"
          name="q"
          aria-label={say('supplier_find')}
          placeholder={say('supplier_find_hint')}
          defaultValue={query.q ?? ''}
          key={query.q}
        />
        <button type="submit">{say('find')}</button>
      </form>
      <Shown of={suppliers} empty={say(query.q ? 'supplier_unknown' : 'supplier_none_yet')}>
        {(items) => (
          <ul class="rows">
            {items.map((one) => (
              <li key={one.supplier_id}>
                <div>
                  <strong>{one.name}</strong> <span class="soft">{supplierLine(one)}</span>
                </div>
                {one.kind === 'household' && (
                  <a
                    class="button"
                    href={`${at(shop_id, 'agreements')}?${new URLSearchParams({ supplier_id: one.supplier_id })}`}
                  >
                    {say('agreement_propose')}
                  </a>
                )}
              </li>
            ))}
          </ul>
        )}
      </Shown>
      <More of={suppliers} />
    </>
  );
}
