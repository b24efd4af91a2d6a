// One address: what it hears of, what may be done with it, and every message it got or missed.
import { useState } from 'preact/hooks';
import { send } from '../shared/ask.js';
import { useAsk, useList } from '../shared/asked.js';
import { count, moment } from '../shared/format.js';
import { Field, Form, Mistake } from '../shared/form.jsx';
import { Act, Crumbs, Empty, Facts, More, Shown, Table, Views } from '../shared/parts.jsx';
import { go } from '../shared/place.js';
import { say } from '../shared/words.js';
import { eventsOf, homeOf } from './owner.js';
import { DeliveryState, Events, eventWords, HookState, outcomeWords, Secret } from './parts.jsx';

const states = ['waiting', 'delivered', 'failed'];

function Deliveries({ hook, home, state }) {
  const list = useList(`/webhooks/${hook.webhook_id}/deliveries`, { state });
  const where = `${home}/${hook.webhook_id}`;
  return (
    <section>
      <h2>{say('deliveries')}</h2>
      <Views
        name={say('deliveries')}
        of={[undefined, ...states].map((one) => ({
          href: one ? `${where}?state=${one}` : where,
          name: one ? say(`delivery_${one}`) : say('delivery_all'),
          isHere: one === state,
        }))}
      />
      <Shown of={list}>
        {(items) =>
          items.length === 0 ? (
            <Empty>
              <p>{say('deliveries_none')}</p>
            </Empty>
          ) : (
            <Table
              caption={say('deliveries')}
              rows={items}
              keyOf={(one) => one.event_id}
              columns={[
                {
                  name: say('happened'),
                  isHead: true,
                  of: (one) => <a href={`${where}/${one.event_id}`}>{moment(one.happened_at)}</a>,
                },
                { name: say('event'), of: (one) => eventWords(one.type) },
                { name: say('hook_is'), of: (one) => <DeliveryState of={one} /> },
                { name: say('answer'), of: (one) => outcomeWords(one) ?? '—' },
                { name: say('attempts'), isNumber: true, of: (one) => count(one.attempts) },
                { name: say('next_attempt'), of: (one) => moment(one.due_at) },
              ]}
            />
          )
        }
      </Shown>
      <More of={list} />
    </section>
  );
}

function Change({ hook, offered, done }) {
  const keep = (values) => send('PUT', `/webhooks/${hook.webhook_id}`, values, { version: hook.version });
  return (
    <details>
      <summary>{say('hook_change')}</summary>
      <Form send={keep} done={done} initial={{ name: hook.name, address: hook.address, events: hook.events }}>
        <Field name="name" label={say('name')} maxlength={60} />
        <Field name="address" type="url" label={say('hook_address')} hint={say('hook_address_hint')} maxlength={300} />
        <Events offered={offered} />
      </Form>
    </details>
  );
}

function Replay({ hook, done }) {
  const [sent, setSent] = useState(null);
  const replay = ({ since }, key) => {
    if (!since) throw new Mistake('/since', say('since_which'));
    return send('POST', `/webhooks/${hook.webhook_id}/replay`, { since: new Date(since).toISOString() }, { key });
  };
  return (
    <details>
      <summary>{say('replay_since')}</summary>
      <p>{say('replay_what')}</p>
      <Form
        send={replay}
        submit={say('replay')}
        done={(answer) => {
          setSent(answer.events_count);
          done();
        }}
      >
        <Field name="since" type="datetime-local" label={say('since')} />
      </Form>
      {sent !== null && (
        <p class="note" role="status">
          {say('replayed', { count: sent })}
        </p>
      )}
    </details>
  );
}

function Acts({ hook, home, done, setSecret }) {
  const where = `/webhooks/${hook.webhook_id}`,
    other = hook.state === 'active' ? 'paused' : 'active';
  return (
    <p class="buttons">
      <Act act={(_, key) => send('POST', `${where}/test`, undefined, { key })} done={done}>
        {say('hook_try')}
      </Act>
      <Act
        kind={hook.state === 'stopped' ? 'main' : undefined}
        act={(_, key) => send('POST', `${where}/state`, { state: other }, { key })}
        done={done}
      >
        {say(`hook_to_${other}`)}
      </Act>
      <Act
        ask={say('secret_new_ask')}
        act={(_, key) => send('POST', `${where}/secret`, undefined, { key })}
        done={(answer) => {
          setSecret(answer);
          done();
        }}
      >
        {say('secret_new')}
      </Act>
      <Act ask={say('hook_remove_ask')} act={() => send('DELETE', where)} done={() => go(home)}>
        {say('hook_remove')}
      </Act>
    </p>
  );
}

export default function Hook({ shop_id, webhook_id, query }) {
  const home = homeOf(shop_id),
    asked = useAsk(`/webhooks/${webhook_id}`);
  const [secret, setSecret] = useState(null),
    [turn, setTurn] = useState(0);
  const state = states.includes(query.state) ? query.state : undefined;
  const again = () => {
    asked.again();
    setTurn((one) => one + 1);
  };
  return (
    <>
      <Crumbs of={[{ href: home, name: say('hooks') }, { name: asked.data?.name ?? say('hook') }]} />
      <Shown of={asked}>
        {(hook) => (
          <>
            <h1 tabindex="-1">{hook.name}</h1>
            {hook.state === 'stopped' && (
              <p class="note bad">
                {say('hook_stopped_since', { time: moment(hook.stopped_at), why: outcomeWords({ outcome: hook.stopped_why }) })}
              </p>
            )}
            <Facts
              of={[
                [say('hook_is'), <HookState key="state" of={hook} />],
                [say('hook_address'), hook.address],
                [say('events'), hook.events.split(' ').map(eventWords).join(say('and'))],
                [say('delivery_waiting'), count(hook.waiting_count)],
                [say('delivery_failed'), count(hook.failed_count)],
                [say('made'), `${hook.made_by} · ${moment(hook.made_at)}`],
                [
                  say('secret_before'),
                  hook.old_secret_until && say('secret_signs_until', { time: moment(hook.old_secret_until) }),
                ],
              ]}
            />
            {secret && <Secret secret={secret.secret} until={secret.old_secret_until} />}
            <Acts {...{ hook, home, setSecret, done: again }} />
            <Change key={hook.version} hook={hook} offered={eventsOf(shop_id)} done={again} />
            <Replay hook={hook} done={again} />
            <Deliveries key={`${state} ${turn}`} {...{ hook, home, state }} />
          </>
        )}
      </Shown>
    </>
  );
}
