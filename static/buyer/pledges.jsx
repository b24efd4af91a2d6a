// Pledges, for everyone: what was promised beside what became of it, each figure by itself.
import { useList } from '../shared/asked.js';
import { Mark, More, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { FiveFacts, pledgeWords } from './demand.jsx';

export default function Pledges() {
  const found = useList('/pledges');
  return (
    <>
      <h1 tabindex="-1">{say('pledges')}</h1>
      <p>{say('pledges_about')}</p>
      <Shown of={found} empty={<p>{say('pledges_none')}</p>}>
        {(items) =>
          items.map((one) => (
            <section class="card" key={one.pledge_id}>
              <h2>
                <a href={`/pledges/${one.pledge_id}`}>{one.unit_name}</a>
              </h2>
              <p class="soft">
                {pledgeWords(one)} {one.withdrawn && <Mark kind="calm">{say('pledge_withdrawn')}</Mark>}
              </p>
              <FiveFacts of={one} />
            </section>
          ))
        }
      </Shown>
      <More of={found} />
    </>
  );
}
