// The addresses that hear of what happens, and how each is doing.
import { useList } from '../shared/asked.js';
import { count } from '../shared/format.js';
import { Empty, More, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { countiesOf, homeOf } from './owner.js';
import { HookState } from './parts.jsx';

const hostOf = (address) => new URL(address).host;

export default function Hooks({ shop_id, person }) {
  const home = homeOf(shop_id),
    hooks = useList('/webhooks', { shop_id });
  const mayAdd = shop_id || countiesOf(person).length > 0;
  return (
    <>
      <h1 tabindex="-1">{say('hooks')}</h1>
      <p class="reading">{say('hooks_what')}</p>
      {mayAdd && (
        <p>
          <a class="button main" href={`${home}/new`}>
            {say('hook_new')}
          </a>
        </p>
      )}
      <Shown of={hooks}>
        {(items) =>
          items.length === 0 ? (
            <Empty>
              <p>{say('hooks_none')}</p>
            </Empty>
          ) : (
            <Table
              caption={say('hooks')}
              rows={items}
              keyOf={(one) => one.webhook_id}
              columns={[
                { name: say('name'), isHead: true, of: (one) => <a href={`${home}/${one.webhook_id}`}>{one.name}</a> },
                { name: say('hook_address'), of: (one) => hostOf(one.address) },
                { name: say('hook_is'), of: (one) => <HookState of={one} /> },
                { name: say('events'), isNumber: true, of: (one) => count(one.events.split(' ').length) },
                { name: say('delivery_waiting'), isNumber: true, of: (one) => count(one.waiting_count) },
                { name: say('delivery_failed'), isNumber: true, of: (one) => count(one.failed_count) },
              ]}
            />
          )
        }
      </Shown>
      <More of={hooks} />
    </>
  );
}
