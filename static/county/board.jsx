// The board of a village: every notice that hangs there now, to print and pin up.
import { useAsk, useList } from '../shared/asked.js';
import { Crumbs, Empty, More, Print, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';
import { Board } from './notice_board.jsx';

const Hanging = ({ publicity_id }) => {
  const notice = useAsk(`/announcements/${publicity_id}`);
  return <Shown of={notice}>{(it) => <Board notice={it} lines={Array.isArray(it.lines) ? it.lines : []} />}</Shown>;
};

export default function VillageBoard({ person, query }) {
  const area = areaOf(person, query),
    isVillage = area?.length >= 12;
  const here = useAsk(isVillage ? `/areas/${area}` : null);
  const notices = useList(isVillage ? '/announcements' : null, { area, open: 'true', limit: 20 });
  return (
    <>
      <Crumbs of={[{ href: '/county/notices', name: say('notices') }, { name: say('board') }]} />
      <h1 tabindex="-1" class="unprinted">
        {here.data ? say('board_of', { village: here.data.name }) : say('board')}
      </h1>
      {area && (
        <div class="unprinted">
          <AreaPicker person={person} area={area} />
        </div>
      )}
      {!isVillage ? (
        <p class="note">{say('hh_pick_village')}</p>
      ) : (
        <Shown of={notices}>
          {(items) =>
            items.length === 0 ? (
              <Empty>
                <p>{say('board_empty')}</p>
              </Empty>
            ) : (
              <>
                <p class="buttons">
                  <Print>{say('board_print')}</Print>
                </p>
                {items.map((one) => (
                  <Hanging key={one.publicity_id} publicity_id={one.publicity_id} />
                ))}
              </>
            )
          }
        </Shown>
      )}
      <More of={notices} />
    </>
  );
}
