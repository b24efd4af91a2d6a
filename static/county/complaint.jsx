// One complaint: what was said, about what, its way step by step, and what may be done next by whoever looks at it.
import { may } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { ComplaintState, numberInParts, outcomeWords } from '../shared/complaint.jsx';
import { day, moment } from '../shared/format.js';
import { Crumbs, Facts, inWords, Mark, Money, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { Answer, Assign, Contact, Note, Party, Refer, Reopen, Sort } from './complaint_acts.jsx';
import { subjectLink } from './subjects.jsx';

const Said = ({ it }) => (
  <section>
    <h2>{say('complaints_words')}</h2>
    <p class="quote">{it.words || say('complaint_no_words')}</p>
    <Facts
      of={[
        [say('complaints_category'), inWords('complaint_category', it.category)],
        [say('complaints_level'), it.about_level && inWords('complaint_level', it.about_level)],
        [say('complaint_subject'), it.subject_kind && subjectLink(it.subject_kind, it.subject_id)],
        [say('area'), it.area_name],
        [say('complaints_channel'), inWords('complaint_channel', it.channel)],
        [
          say('complaint_who'),
          it.is_anonymous
            ? say('complaint_anonymous')
            : [it.name_masked, it.contact_masked].filter(Boolean).join(' ') || say('complaint_household'),
        ],
        [say('complaint_taken_by'), it.taken_by_name],
        [say('complaint_received_at'), moment(it.received_at)],
        [say('complaint_came_from'), it.came_from && numberInParts(it.came_from)],
        [say('complaint_parties'), it.parties.length > 0 && it.parties.join('、')],
      ]}
    />
  </section>
);
const Outcome = ({ it }) => (
  <section class="card">
    <h2>{say('complaint_answer')}</h2>
    <p>{it.answer}</p>
    <Facts
      of={[
        [say('complaint_outcome'), outcomeWords(it) || inWords('complaint_state', it.state)],
        [say('complaint_punished'), it.punished_count > 0 && it.punished_count],
        [say('complaint_recovered'), it.recovered_fen > 0 && <Money fen={it.recovered_fen} />],
        [say('complaint_referred_to'), it.referred_to],
        [say('complaint_referred_number'), it.referred_number && numberInParts(it.referred_number)],
        [say('complaint_answered_at'), moment(it.answered_at)],
        [say('finding'), it.finding_id && <a href={`/county/findings/${it.finding_id}`}>{say('complaint_finding')}</a>],
      ]}
    />
  </section>
);
const Way = ({ steps }) => (
  <section>
    <h2>{say('complaint_way')}</h2>
    <ol class="steps">
      {steps.map((one) => (
        <li key={`${one.at} ${one.kind}`}>
          <span>{inWords('complaint_step', one.kind)}</span>{' '}
          <span class="soft">{[one.actor_name, moment(one.at)].filter(Boolean).join(' · ')}</span>{' '}
          {one.words && one.shown && <Mark>{say('complaint_is_shown')}</Mark>}
          {one.words && <p>{one.words}</p>}
        </li>
      ))}
    </ol>
  </section>
);
const Card = ({ title, children }) => (
  <section class="card">
    <h2>{title}</h2>
    {children}
  </section>
);
const Folded = ({ title, children }) => (
  <details class="card">
    <summary>{title}</summary>
    {children}
  </details>
);

function Acts({ it, person, again }) {
  const isOpen = it.state === 'received' || it.state === 'handling',
    all = { it, person, again };
  return (
    <>
      {it.state === 'received' && may('county') && (
        <Card title={say('complaint_sort')}>
          <Sort {...all} />
        </Card>
      )}
      {it.state === 'handling' && it.is_mine && (
        <Card title={say('complaint_answer')}>
          <Answer {...all} />
        </Card>
      )}
      {it.state === 'handling' && may('county') && (
        <Card title={say(it.assigned_to ? 'complaint_assign_other' : 'complaint_assign')}>
          <Assign key={it.version} {...all} />
        </Card>
      )}
      {it.state === 'handling' && it.is_mine && (it.name_masked || it.contact_masked) && (
        <Folded title={say('complaint_contact')}>
          <Contact {...all} />
        </Folded>
      )}
      {isOpen && may('county') && (
        <Folded title={say('complaint_refer')}>
          <Refer {...all} />
        </Folded>
      )}
      {isOpen && may('county') && (
        <Folded title={say('complaint_party')}>
          <Party key={it.version} {...all} />
        </Folded>
      )}
      {isOpen && may('cadre', 'township', 'county') && (
        <Folded title={say('complaint_note')}>
          <Note key={it.version} {...all} />
        </Folded>
      )}
      {!isOpen && may('county', 'auditor') && !it.is_own_answer && (
        <Folded title={say('complaint_reopen')}>
          <Reopen {...all} />
        </Folded>
      )}
    </>
  );
}

export default function Complaint({ complaint_id, person }) {
  const asked = useAsk(`/complaints/${complaint_id}`);
  return (
    <>
      <Crumbs of={[{ href: '/county/complaints', name: say('complaints') }, { name: say('complaint_one') }]} />
      <Shown of={asked}>
        {(it) => (
          <>
            <h1 tabindex="-1">{say('complaint_of', { number: numberInParts(it.number) })}</h1>
            <p>
              <ComplaintState of={it} />{' '}
              <span class="soft">
                {it.state === 'received' && say('complaints_sort_by', { at: moment(it.sort_due_at) })}
                {it.state === 'handling' &&
                  [
                    it.assigned_to_name ?? say('complaints_nobody'),
                    say('complaints_answer_by', { at: day(it.answer_due_at) }),
                  ].join(' · ')}
              </span>
            </p>
            <div class="columns">
              <div>
                {it.answer && <Outcome it={it} />}
                <Said it={it} />
                <Way steps={it.steps} />
              </div>
              <div>
                <Acts it={it} person={person} again={asked.again} />
              </div>
            </div>
          </>
        )}
      </Shown>
    </>
  );
}
