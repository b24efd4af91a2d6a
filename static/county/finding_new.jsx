// Opening a finding on something of the county: from its own page, so that nobody types an id.
import { send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { Choice, Form, Mistake, Tick, Words } from '../shared/form.jsx';
import { go } from '../shared/place.js';
import { Crumbs, inWords } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf } from './area.jsx';

const classes = ['audit', 'complaint', 'contradiction', 'abnormal_value', 'missing_key_field'];
const kinds = ['shops', 'households', 'lots', 'orders', 'areas'];

export default function FindingNew({ person, query }) {
  const area = areaOf(person, query),
    here = useAsk(area ? `/areas/${area}` : null);
  const open = ({ class: kind, rule, words, blocks }, key) => {
    if (!query.subject_id) throw new Mistake('', say('finding_needs_subject'));
    return send(
      'POST',
      '/findings',
      {
        class: kind,
        rule: rule || 'by_hand',
        area_code: query.area ?? area,
        subject_kind: query.subject_kind,
        subject_id: query.subject_id,
        words: words ?? '',
        ...(blocks && { blocks_counting: true }),
      },
      { key },
    );
  };
  return (
    <section class="narrow">
      <Crumbs of={[{ href: '/county/findings', name: say('findings') }, { name: say('finding_open') }]} />
      <h1 tabindex="-1">{say('finding_open')}</h1>
      {query.subject_id && kinds.includes(query.subject_kind) ? (
        <p>
          {inWords('subject', query.subject_kind)} {query.subject_words} · {here.data?.name}
        </p>
      ) : (
        <p class="note">
          {say('finding_needs_subject')} <a href="/county/find">{say('find')}</a>
        </p>
      )}
      <Form
        draft="finding"
        submit={say('finding_open')}
        initial={{ class: 'audit' }}
        send={open}
        done={(made) => go(`/county/findings/${made.finding_id}`)}
      >
        <Choice name="class" label={say('finding_class')} of={classes.map((one) => [one, say(`finding_class_${one}`)])} />
        <Words name="words" label={say('finding_words')} hint={say('finding_words_hint')} maxlength={500} />
        <Tick name="blocks" label={say('finding_blocks_tick')} pointer="/blocks_counting" />
      </Form>
    </section>
  );
}
