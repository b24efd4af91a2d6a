// What the public, the county and a household share of complaints: number and code, kinds and states in words.
import { moment } from './format.js';
import { inWords, Mark, Print } from './parts.jsx';
import { say } from './words.js';

export const categories = [
  'not_paid',
  'registration',
  'funds',
  'false_sales',
  'goods',
  'shop',
  'conduct',
  'policy',
  'privacy',
  'other',
];
export const levels = ['village', 'township', 'county'];
export const categoryChoices = () => categories.map((one) => [one, say(`complaint_category_${one}`)]);
export const levelChoices = () => [
  ['', say('complaint_level_none')],
  ...levels.map((one) => [one, say(`complaint_level_${one}`)]),
];

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Made on the device of whoever complains, and never sent back: the server keeps a hash. Nobody misreads its letters. */
export const newCode = () => [...crypto.getRandomValues(new Uint8Array(10))].map((one) => letters[one & 31]).join('');
export const codeInParts = (code) => `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`;
/** "621221-483027-15" */
export const numberInParts = (digits) => `${digits.slice(0, 6)}-${digits.slice(6, 12)}-${digits.slice(12)}`;

const kinds = { received: 'wait', handling: 'wait', answered: 'good', referred: 'calm', out_of_scope: 'calm' };
export const ComplaintState = ({ of }) =>
  of.is_late ? (
    <Mark kind="bad">{say('complaint_late')}</Mark>
  ) : (
    <Mark kind={kinds[of.state]}>{inWords('complaint_state', of.state)}</Mark>
  );
/** What became of it, in one line. */
export const outcomeWords = (it) =>
  [
    it.judgement && inWords('complaint_judgement', it.judgement),
    it.judgement && say(it.solved ? 'complaint_solved' : 'complaint_unsolved'),
  ]
    .filter(Boolean)
    .join(' · ');

/** Number and code, to write down or print: shown once. */
export const ComplaintSlip = ({ number, code, answer_due_at, children }) => (
  <section class="card slip" role="status">
    <h2>{say('complaint_taken')}</h2>
    <dl class="facts">
      <div>
        <dt>{say('complaint_number')}</dt>
        <dd class="large">
          <strong>{numberInParts(number)}</strong>
        </dd>
      </div>
      <div>
        <dt>{say('complaint_code')}</dt>
        <dd class="large">
          <strong>
            <code>{codeInParts(code)}</code>
          </strong>
        </dd>
      </div>
      <div>
        <dt>{say('complaint_answer_until')}</dt>
        <dd>{moment(answer_due_at)}</dd>
      </div>
    </dl>
    <p>{say('complaint_keep')}</p>
    <p class="buttons">
      <Print />
      {children}
    </p>
  </section>
);
