// The units one proposes or approves for.
import { useList } from '../shared/asked.js';
import { inWords, More, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';

export default function Units() {
  const found = useList('/units');
  return (
    <>
      <h1 tabindex="-1">{say('units')}</h1>
      <Shown of={found} empty={<p>{say('units_none')}</p>}>
        {(items) => (
          <ul class="rows">
            {items.map((one) => (
              <li key={one.unit_id}>
                <div>
                  <p>
                    <a href={`/units/${one.unit_id}`}>{one.name}</a>
                  </p>
                  <p class="soft">
                    {inWords('unit_kind', one.kind)} · {one.area_name}
                  </p>
                </div>
                {one.duty && <span>{inWords('duty', one.duty)}</span>}
              </li>
            ))}
          </ul>
        )}
      </Shown>
      <More of={found} />
    </>
  );
}
