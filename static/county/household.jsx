// The card of a household: who lives there, what it was and since when, what it earned before, what it delivered, was owed and was paid.
import { may } from '../shared/ask.js';
import { useAsk, useList } from '../shared/asked.js';
import { count, day, quantity, yuan } from '../shared/format.js';
import { Crumbs, Empty, Facts, Figures, inWords, Mark, Money, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { CaseState } from './cases.jsx';
import {
  AddBaseline,
  AddCost,
  AddMember,
  EndMember,
  Move,
  PassbookSlip,
  ProposePayee,
  RecordStatus,
  Reveal,
  SetCapacity,
  StartCase,
} from './household_acts.jsx';
import { NameHelper } from './helper_acts.jsx';
import { KnownOnNote } from './register.jsx';

/** Who may propose a change; whose turn it is then, the case tells. */
const proposers = ['cadre', 'team', 'township', 'county'];
const period = (from, to) => (to ? say('hh_from_to', { from: day(from), to: day(to) }) : say('hh_since', { day: day(from) }));
const dueKinds = {
  expected: 'calm',
  payable: 'wait',
  in_batch: 'wait',
  paid: 'good',
  confirmed: 'good',
  disputed: 'bad',
  reversed: 'calm',
};

function Who({ it }) {
  return (
    <Facts
      of={[
        [say('hh_card'), it.card_number],
        [say('by_village'), it.area_name],
        [say('hh_phone'), it.phone_masked],
        [say('hh_bank'), it.payee_bank && `${it.payee_bank} ${it.payee_account_masked}`],
        [say('hh_cause'), it.cause && inWords('cause', it.cause)],
        [say('hh_land'), it.land_mu_hundredths !== null && say('hh_mu', { mu: it.land_mu_hundredths / 100 })],
        [say('hh_consent'), it.consent_on ? day(it.consent_on) : say('hh_no_consent')],
      ]}
    />
  );
}
function Members({ it, at }) {
  return (
    <section>
      <h2>{say('hh_members')}</h2>
      <Table
        caption={say('hh_members')}
        rows={it.members}
        keyOf={(one) => one.member_id}
        columns={[
          { name: say('hh_name'), isHead: true, of: (one) => one.name_masked },
          { name: say('hh_relation'), of: (one) => inWords('relation', one.relation) },
          { name: say('hh_id_number'), of: (one) => one.id_number_masked },
          {
            name: say('hh_lives'),
            of: (one) =>
              one.valid_to ? period(one.valid_from, one.valid_to) : one.resident ? say('hh_resident') : say('hh_away'),
          },
          may(...proposers, 'auditor') && {
            name: say('hh_acts'),
            of: (one) => (
              <span class="buttons">
                {may('county', 'auditor') && <Reveal at={at} member={one} />}
                {may(...proposers) && !one.valid_to && one.relation !== 'head' && <EndMember at={at} member={one} />}
              </span>
            ),
          },
        ]}
      />
      <p class="buttons">
        {may(...proposers) && <AddMember at={at} />}
        {may('county', 'auditor') && (
          <a href={`/county/views?${new URLSearchParams({ area: it.area_code, household_id: it.household_id })}`}>
            {say('views_of_household')}
          </a>
        )}
      </p>
    </section>
  );
}
const People = ({ of }) => (
  <ul class="rows">
    {of.map((one) => (
      <li key={`${one.account_id} ${one.valid_from}`}>
        <div>
          {one.name} <span class="soft">{period(one.valid_from, one.valid_to)}</span>
        </div>
      </li>
    ))}
  </ul>
);
const Helpers = ({ it, again }) => (
  <section>
    <h2>{say('helpers')}</h2>
    {it.helpers.some((one) => !one.valid_to) || <Mark kind="wait">{say('helper_nobody')}</Mark>}
    <People of={it.helpers} />
    {it.team.length > 0 && (
      <>
        <h3>{say('helper_team')}</h3>
        <People of={it.team} />
      </>
    )}
    {may('county', 'township') && (
      <p class="buttons">
        <NameHelper household={it} again={again} />
      </p>
    )}
  </section>
);
/** What may be proposed from where the household stands today. */
const starts = {
  never_registered: ['entry', 'recognition'],
  removed: ['entry', 'recognition'],
  exited_supported: ['return'],
};
const statusOf = (it) => it.statuses.find((one) => !one.known_to && !one.valid_to)?.status ?? 'never_registered';
const ofStatus = ['entry', 'recognition', 'exit', 'return', 'correction'];
/** One change of status at a time: while one is open no other begins. */
function Starts({ it, at, open }) {
  const status = statusOf(it),
    isFree = !open.some(({ kind }) => ofStatus.includes(kind));
  return (
    <p class="buttons">
      {isFree && (starts[status] ?? []).map((kind) => <StartCase key={kind} at={at} kind={kind} />)}
      {isFree && !starts[status] && may('cadre', 'township', 'county') && (
        <a class="button" href={`/county/households/${it.household_id}/exit`}>
          {say('exit_propose')}
        </a>
      )}
      {!open.some(({ kind }) => kind === 'move') && <Move at={at} household={it} />}
      {isFree && may('county') && <RecordStatus at={at} />}
    </p>
  );
}
/** What is on its way about this household, with who comes next, and what may be proposed. */
function CasesOf({ it, at }) {
  const cases = useList('/cases', {
    county: it.household_id.slice(0, 6),
    household_id: it.household_id,
    state: 'open',
    limit: 20,
  });
  return (
    <Shown of={cases}>
      {(open) => (
        <>
          {open.length > 0 && (
            <>
              <h3>{say('cases_of_household')}</h3>
              <ul class="rows">
                {open.map((one) => (
                  <li key={one.case_id}>
                    <a href={`/county/cases/${one.case_id}`}>{say(`case_kind_${one.kind}`)}</a>
                    <CaseState one={one} />
                  </li>
                ))}
              </ul>
            </>
          )}
          {may(...proposers) && <Starts {...{ it, at, open }} />}
        </>
      )}
    </Shown>
  );
}
const Statuses = ({ it, at }) => (
  <section>
    <h2>{say('hh_statuses')}</h2>
    <ol class="rows">
      {it.statuses.map((one) => (
        <li key={`${one.status} ${one.known_from}`}>
          <div>
            <strong>{say(`status_${one.status}`)}</strong> {period(one.valid_from, one.valid_to)}
            <p class="soft">
              {[one.reason, one.source, one.known_to && say('hh_corrected', { day: day(one.known_to) })]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </div>
        </li>
      ))}
    </ol>
    <CasesOf it={it} at={at} />
  </section>
);
const Baselines = ({ it, at, again }) => (
  <section>
    <h2>{say('hh_baselines')}</h2>
    {it.baselines.length === 0 ? (
      <Empty>
        <p>{say('hh_no_baseline')}</p>
      </Empty>
    ) : (
      <Table
        caption={say('hh_baselines')}
        rows={it.baselines}
        keyOf={(one) => `${one.year} ${one.kind} ${one.category_code}`}
        columns={[
          { name: say('set_year'), isHead: true, of: (one) => one.year },
          { name: say('hh_income_kind'), of: (one) => inWords('income', one.kind) },
          { name: say('amount'), isNumber: true, of: (one) => <Money fen={one.amount_fen} /> },
          { name: say('hh_method'), of: (one) => inWords('hh_method', one.method) },
          { name: say('set_source'), of: (one) => one.source },
        ]}
      />
    )}
    <p class="buttons">
      {may('county') && <AddBaseline at={at} again={again} />}
      {may('cadre', 'county') && (
        <>
          <AddCost at={at} again={again} />
          <SetCapacity at={at} again={again} />
        </>
      )}
    </p>
  </section>
);
const Agreements = ({ it }) => (
  <section>
    <h2>{say('hh_agreements')}</h2>
    {it.agreements.length === 0 ? (
      <Empty>
        <p>{say('hh_no_agreement')}</p>
      </Empty>
    ) : (
      <ul class="rows">
        {it.agreements.map((one) => (
          <li key={one.agreement_id}>
            <div>
              {inWords('mode', one.mode)}{' '}
              <Mark kind={one.state === 'in_force' ? 'good' : 'calm'}>{inWords('agreement', one.state)}</Mark>
              <p class="soft">{period(one.valid_from, one.valid_to)}</p>
            </div>
          </li>
        ))}
      </ul>
    )}
    {it.findings.length > 0 && (
      <>
        <h3>{say('findings')}</h3>
        <ul class="rows">
          {it.findings.map((one) => (
            <li key={one.finding_id}>
              <a href={`/county/findings/${one.finding_id}`}>{inWords('rule', one.rule)}</a>
              <Mark kind={one.state === 'closed' ? 'good' : 'wait'}>{inWords('finding_state', one.state)}</Mark>
            </li>
          ))}
        </ul>
      </>
    )}
  </section>
);

function Passbook({ at }) {
  const book = useAsk(`${at}/passbook`);
  return (
    <section>
      <h2>{say('hh_passbook')}</h2>
      <Shown of={book}>
        {(it) => (
          <>
            <Figures
              of={[
                { name: say('paid'), value: yuan(it.totals.paid_fen) },
                { name: say('hh_payable'), value: yuan(it.totals.payable_fen) },
                { name: say('hh_expected'), value: yuan(it.totals.expected_fen) },
              ]}
            />
            <details open={it.dues.length > 0 && it.dues.length < 10}>
              <summary>{say('hh_dues', { count: count(it.dues.length) })}</summary>
              <Table
                caption={say('due')}
                rows={it.dues}
                keyOf={(one) => one.due_id}
                columns={[
                  { name: say('day'), isHead: true, of: (one) => day(one.expected_on) },
                  {
                    name: say('by_product'),
                    of: (one) =>
                      one.reason
                        ? `${inWords('due_source', one.source_kind)}: ${one.reason}`
                        : (one.product ?? one.distribution ?? inWords('due_source', one.source_kind)),
                  },
                  { name: say('hh_income_kind'), of: (one) => inWords('income', one.income_kind) },
                  { name: say('due'), isNumber: true, of: (one) => <Money fen={one.amount_fen} /> },
                  {
                    name: say('finding_state'),
                    of: (one) => <Mark kind={dueKinds[one.state]}>{inWords('due_state', one.state)}</Mark>,
                  },
                ]}
              />
            </details>
            <details>
              <summary>{say('hh_deliveries', { count: count(it.deliveries.length) })}</summary>
              <Table
                caption={say('hh_delivered')}
                rows={it.deliveries}
                keyOf={(one) => one.contribution_id}
                columns={[
                  { name: say('day'), isHead: true, of: (one) => day(one.delivered_on) },
                  { name: say('by_product'), of: (one) => one.product },
                  { name: say('hh_quantity'), isNumber: true, of: (one) => quantity(one.quantity_qty, one.base_unit) },
                  { name: say('by_shop'), of: (one) => one.shop },
                  {
                    name: say('hh_left'),
                    isNumber: true,
                    of: (one) => (one.left_qty ? quantity(one.left_qty, one.base_unit) : '—'),
                  },
                ]}
              />
            </details>
          </>
        )}
      </Shown>
    </section>
  );
}

export default function Household({ household_id, query }) {
  const at = `/households/${household_id}`,
    household = useAsk(at, { known_on: query.known_on }),
    again = household.again;
  return (
    <>
      <Crumbs of={[{ href: '/county/households', name: say('households_title') }, { name: say('household') }]} />
      <Shown of={household}>
        {(it) => (
          <>
            <h1 tabindex="-1">{say('hh_of', { name: it.head_name_masked })}</h1>
            <KnownOnNote known_on={query.known_on} />
            <div class="columns even">
              <div>
                <Who it={it} />
                <p class="buttons">
                  {may('cadre', 'county') && (
                    <>
                      <ProposePayee at={at} again={again} />
                      <PassbookSlip at={at} household={it} />
                    </>
                  )}
                  {may('county', 'auditor') && (
                    <a
                      class="button"
                      href={`/county/findings/new?${new URLSearchParams({ area: it.area_code, subject_kind: 'households', subject_id: it.household_id, subject_words: it.head_name_masked })}`}
                    >
                      {say('finding_open')}
                    </a>
                  )}
                </p>
              </div>
              <Statuses it={it} at={at} />
            </div>
            <Members it={it} at={at} />
            <Helpers it={it} again={again} />
            <div class="columns even">
              <Baselines it={it} at={at} again={again} />
              <Agreements it={it} />
            </div>
            <Passbook at={at} />
          </>
        )}
      </Shown>
    </>
  );
}
