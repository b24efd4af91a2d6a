// What the pages of monthly county statements share: figures with their meaning, what an edition changed, how punctual it was.
import { count, yuan } from '../shared/format.js';
import { inWords, Level, Mark, Money, Table, Unknown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';

/** Both are made of figures by name: an amount in fen or a count. */
export const figureWords = (name, value) => (name.endsWith('_fen') ? yuan(value) : count(value));

const kinds = { submitted: 'good', late: 'wait', due: 'calm', missing: 'bad' };
export const DutyState = ({ state }) => <Mark kind={kinds[state]}>{inWords('statement_duty', state)}</Mark>;

export const Reconciled = ({ state }) => (
  <Mark kind={{ equal: 'good', different: 'bad' }[state] ?? 'wait'}>{inWords('statement_reconciled', state)}</Mark>
);

export const StatementFigures = ({ figures, caption }) => (
  <Table
    caption={caption}
    isNarrow
    rows={figures}
    keyOf={(one) => one.name}
    columns={[
      {
        name: say('statement_figure'),
        isHead: true,
        of: (one) => (
          <>
            {one.label} <Level level={one.level} />
            <p class="soft">{one.meaning}</p>
          </>
        ),
      },
      {
        name: say('statement_value'),
        isNumber: true,
        of: (one) => (one.name.endsWith('_fen') ? <Money fen={one.value} /> : count(one.value)),
      },
    ]}
  />
);

/** What is no longer as the edition before had it; `figures` know the labels. */
export const StatementChanges = ({ changes, figures }) => (
  <Table
    caption={say('statement_changes')}
    isCaptionShown
    isNarrow
    rows={changes}
    keyOf={(one) => one.name}
    columns={[
      {
        name: say('statement_figure'),
        isHead: true,
        of: (one) => figures.find(({ name }) => name === one.name)?.label ?? one.name,
      },
      {
        name: say('statement_before'),
        isNumber: true,
        of: (one) => (one.before === null ? <Unknown /> : figureWords(one.name, one.before)),
      },
      { name: say('statement_after'), isNumber: true, of: (one) => figureWords(one.name, one.after) },
    ]}
  />
);
