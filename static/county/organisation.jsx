// One organisation: its rules in sentences, a new rule, sharing out by one of them, and what it shared out so far.
import { may } from '../shared/ask.js';
import { useAsk, useList } from '../shared/asked.js';
import { day } from '../shared/format.js';
import { Crumbs, Empty, inWords, Mark, Shown } from '../shared/parts.jsx';
import { go } from '../shared/place.js';
import { say } from '../shared/words.js';
import { Distributions } from './organisations.jsx';
import { RuleSteps } from './rule.jsx';
import { NewRule } from './rule_new.jsx';
import { ShareOut } from './share_out.jsx';

const marks = { in_force: 'good', proposed: 'wait', approved: 'wait', refused: 'bad', superseded: 'calm' };
const Rule = ({ rule }) => (
  <li class="card">
    <h3>
      {inWords('purpose', rule.purpose)} <Mark kind={marks[rule.state]}>{say(`rule_state_${rule.state}`)}</Mark>
    </h3>
    <p>{rule.words}</p>
    <RuleSteps rule={rule} />
    <p class="soft">
      {say('rule_since', { day: day(rule.valid_from) })}
      {rule.reason && ` · ${rule.reason}`}
    </p>
  </li>
);

export default function Organisation({ supplier_id, query }) {
  const county = supplier_id.slice(0, 6),
    rules = useAsk(`/suppliers/${supplier_id}/rules`, { limit: 100 }),
    shares = useList('/distributions', { county, supplier_id, limit: 20 });
  const name = query.name ?? shares.items?.[0]?.supplier_name ?? say('organisation');
  return (
    <>
      <Crumbs of={[{ href: `/county/organisations?area=${county}`, name: say('organisations') }, { name }]} />
      <h1 tabindex="-1">{name}</h1>
      <Shown of={rules}>
        {({ items }) => {
          const current = items.filter((one) => ['in_force', 'proposed', 'approved'].includes(one.state)),
            old = items.filter((one) => !current.includes(one)),
            usable = current.filter((one) => one.state === 'in_force' && one.purpose !== 'sale');
          return (
            <>
              <section>
                <h2>{say('rules_of_organisation')}</h2>
                {current.length === 0 && (
                  <Empty>
                    <p>{say('rules_none')}</p>
                  </Empty>
                )}
                <ul class="plain stack">
                  {current.map((rule) => (
                    <Rule key={rule.rule_version} rule={rule} />
                  ))}
                </ul>
                {old.length > 0 && (
                  <details>
                    <summary>{say('rules_old', { count: old.length })}</summary>
                    <ul class="plain stack">
                      {old.map((rule) => (
                        <Rule key={rule.rule_version} rule={rule} />
                      ))}
                    </ul>
                  </details>
                )}
                {may('county') && (
                  <details>
                    <summary>{say('rule_new')}</summary>
                    <div class="narrow">
                      <NewRule supplier_id={supplier_id} done={rules.again} />
                    </div>
                  </details>
                )}
              </section>
              {may('county', 'finance') && usable.length > 0 && (
                <section>
                  <h2>{say('share_new')}</h2>
                  <ShareOut
                    supplier_id={supplier_id}
                    rules={usable}
                    done={(one) => go(`/county/distributions/${one.distribution_id}`)}
                  />
                </section>
              )}
            </>
          );
        }}
      </Shown>
      <section>
        <h2>{say('shares')}</h2>
        <Distributions of={shares} />
      </section>
    </>
  );
}
