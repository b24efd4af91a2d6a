// What hangs on the village board: who is to get which money, while anyone may still object.
import { useList } from '../shared/asked.js';
import { day } from '../shared/format.js';
import { inWords, Mark, More, Shown, Views } from '../shared/parts.jsx';
import { say } from '../shared/words.js';

const views = [
  ['true', 'notices_open'],
  ['false', 'notices_over'],
  ['all', 'notices_all'],
];

export default function Announcements({ query }) {
  const open = query.open ?? 'true',
    notices = useList('/announcements', { open: open === 'all' ? '' : open });
  return (
    <>
      <h1 tabindex="-1">{say('notices')}</h1>
      <p class="reading">{say('notices_what')}</p>
      <Views
        name={say('notices')}
        of={views.map(([code, name]) => ({ href: `/announcements?open=${code}`, name: say(name), isHere: open === code }))}
      />
      <Shown of={notices} empty={<p>{say(open === 'true' ? 'notices_none_open' : 'notices_none')}</p>}>
        {(items) => (
          <ul class="rows">
            {items.map((one) => (
              <li key={one.publicity_id}>
                <div>
                  <p>
                    <a href={`/announcements/${one.publicity_id}`}>{one.title}</a>
                  </p>
                  <p class="soft">
                    {inWords('notice_kind', one.kind)} · {one.area} · {say('notice_lines', { count: one.lines_count })}
                  </p>
                </div>
                <span class="soft">
                  {day(one.starts_at)}–{day(one.ends_at)}
                </span>
                <Mark kind={one.open ? 'wait' : 'calm'}>{say(one.open ? 'notice_open' : 'notice_over')}</Mark>
              </li>
            ))}
          </ul>
        )}
      </Shown>
      <More of={notices} />
    </>
  );
}
