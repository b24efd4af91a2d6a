// Public notices of an area: those that hang now, and those that did.
import { useList } from '../shared/asked.js';
import { count, day, moment } from '../shared/format.js';
import { Empty, inWords, Mark, More, Shown, Views } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';

export default function Notices({ person, query }) {
  const area = areaOf(person, query),
    isOpen = query.open !== 'false';
  // A notice hangs for a whole county: a village looks at its county's.
  const notices = useList(area ? '/announcements' : null, { area: area?.slice(0, 6), open: String(isOpen) });
  if (!area)
    return (
      <>
        <h1 tabindex="-1">{say('notices')}</h1>
        <p>{say('no_area')}</p>
      </>
    );
  const view = (open) => ({
    href: `/county/notices?${new URLSearchParams({ area, open })}`,
    name: say(open ? 'notices_open' : 'notices_closed'),
    isHere: open === isOpen,
  });
  return (
    <>
      <h1 tabindex="-1">{say('notices')}</h1>
      <AreaPicker person={person} area={area} />
      <Views name={say('notices')} of={[view(true), view(false)]} />
      <p class="buttons">
        <a class="button" href={`/county/board?${new URLSearchParams({ area })}`}>
          {say('board')}
        </a>
      </p>
      <Shown of={notices}>
        {(items) =>
          items.length === 0 ? (
            <Empty>
              <p>{say(isOpen ? 'notices_none_open' : 'notices_none')}</p>
            </Empty>
          ) : (
            <ul class="rows">
              {items.map((one) => (
                <li key={one.publicity_id}>
                  <div>
                    <a
                      href={`/county/notices/${one.publicity_id}${area.length > 6 ? `?${new URLSearchParams({ village: area })}` : ''}`}
                    >
                      {one.title}
                    </a>
                    <p class="soft">
                      {[
                        one.area,
                        inWords('notice_kind', one.kind),
                        say('notice_lines_n', { count: count(one.lines_count) }),
                        say(one.open ? 'notice_until' : 'notice_was', { from: day(one.starts_at), to: moment(one.ends_at) }),
                      ].join(' · ')}
                    </p>
                  </div>
                  <Mark kind={one.open ? 'wait' : 'calm'}>{say(one.open ? 'notice_open' : 'notice_over')}</Mark>
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
      <More of={notices} />
    </>
  );
}
