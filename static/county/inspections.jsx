// Lots that wait for an inspection, longest waiting first: for inspectors and the county.
import { useList } from '../shared/asked.js';
import { day, moment } from '../shared/format.js';
import { Empty, Goods, Mark, More, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';

export default function Inspections({ person, query }) {
  const area = areaOf(person, query),
    lots = useList(area ? '/lots' : null, { area });
  if (!area)
    return (
      <>
        <h1 tabindex="-1">{say('inspections')}</h1>
        <p>{say('no_area')}</p>
      </>
    );
  return (
    <>
      <h1 tabindex="-1">{say('inspections')}</h1>
      <AreaPicker person={person} area={area} />
      <Shown of={lots}>
        {(items) =>
          items.length === 0 ? (
            <Empty>
              <p>{say('inspections_none')}</p>
            </Empty>
          ) : (
            <ul class="rows">
              {items.map((one) => (
                <li key={one.lot_id}>
                  <div>
                    <a href={`/county/lots/${one.lot_id}`}>
                      {one.product_name} {one.grade}
                    </a>{' '}
                    <Goods qty={one.taken_in_qty} unit={one.base_unit} />
                    <p class="soft">
                      {one.shop_name} · {one.area_name} · {say('lot_harvested', { day: day(one.harvested_on) })}
                    </p>
                  </div>
                  <Mark kind="wait">{say('waiting_from', { at: moment(one.taken_in_at) })}</Mark>
                  {one.is_own_entry && <p class="soft">{say('own_entry_inspect')}</p>}
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
      <More of={lots} />
    </>
  );
}
