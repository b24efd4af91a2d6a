// One message: as it was signed and sent, and every attempt with its answer.
import { send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { count, moment } from '../shared/format.js';
import { Act, Crumbs, Empty, Facts, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { homeOf } from './owner.js';
import { DeliveryState, eventWords, outcomeWords } from './parts.jsx';

const Attempts = ({ made }) =>
  made.length === 0 ? (
    <Empty>
      <p>{say('attempts_none')}</p>
    </Empty>
  ) : (
    <Table
      caption={say('attempts')}
      rows={made}
      keyOf={(one) => one.attempt}
      columns={[
        { name: say('attempt'), isHead: true, of: (one) => count(one.attempt) },
        { name: say('time'), of: (one) => moment(one.at) },
        { name: say('answer'), of: outcomeWords },
        { name: say('took'), isNumber: true, of: (one) => say('took_ms', { ms: count(one.took_ms) }) },
      ]}
    />
  );

export default function Delivery({ shop_id, webhook_id, event_id }) {
  const home = homeOf(shop_id),
    where = `/webhooks/${webhook_id}/deliveries/${event_id}`,
    asked = useAsk(where);
  return (
    <>
      <Crumbs
        of={[
          { href: home, name: say('hooks') },
          { href: `${home}/${webhook_id}`, name: say('deliveries') },
          { name: asked.data ? eventWords(asked.data.type) : say('delivery') },
        ]}
      />
      <Shown of={asked}>
        {(one) => (
          <>
            <h1 tabindex="-1">{eventWords(one.type)}</h1>
            <Facts
              of={[
                [say('hook_is'), <DeliveryState key="state" of={one} />],
                [say('happened'), moment(one.happened_at)],
                [say('next_attempt'), one.due_at && moment(one.due_at)],
                [say('taken_at'), one.delivered_at && moment(one.delivered_at)],
                [say('webhook_id'), <code key="id">{one.event_id}</code>],
              ]}
            />
            <p class="buttons">
              <Act act={(_, key) => send('POST', `${where}/replay`, undefined, { key })} done={asked.again}>
                {say('replay')}
              </Act>
              <button type="button" onClick={asked.again}>
                {say('look_again')}
              </button>
            </p>
            <h2>{say('attempts')}</h2>
            <Attempts made={one.made} />
            <h2>{say('message')}</h2>
            <p class="wrapping">
              <code>{one.body}</code>
            </p>
          </>
        )}
      </Shown>
    </>
  );
}
