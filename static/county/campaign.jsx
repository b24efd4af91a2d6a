// A campaign's result: the whole and its accredited part, what would have been sold anyway, and the weeks after it.
import { may, send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { share, yuan } from '../shared/format.js';
import { go } from '../shared/place.js';
import { Act, Crumbs, Facts, Figures, Level, Mark, Money, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { daysWords } from './period.jsx';

export default function Campaign({ campaign_id }) {
  const found = useAsk(`/campaigns/${campaign_id}/result`);
  return (
    <Shown of={found}>
      {(one) => (
        <>
          <Crumbs of={[{ href: '/county/campaigns', name: say('campaigns') }, { name: one.title }]} />
          <h1 tabindex="-1">{one.title}</h1>
          <p>
            {one.county_name} · {daysWords(one.starts_on, one.ends_on)}{' '}
            {!one.is_over && <Mark kind="wait">{say('campaign_not_over')}</Mark>}
          </p>
          <Figures
            of={[
              {
                name: say('campaign_sales'),
                value: <Money fen={one.sales_fen} />,
                note: one.goal_fen && say('campaign_of_goal', { goal: yuan(one.goal_fen) }),
              },
              {
                name: say('campaign_accredited'),
                value: <Money fen={one.accredited_fen} />,
                note: one.sales_fen > 0 && share(Math.round((one.accredited_fen * 1_000_000) / one.sales_fen)),
              },
              { name: say('campaign_increment'), value: <Money fen={one.increment_fen} why={say('campaign_increment_why')} /> },
            ]}
          />
          <Level level="A" />
          <Facts
            of={[
              [say('campaign_not_accredited'), <Money key="not" fen={one.not_accredited_fen} />],
              [say('campaign_expected'), <Money key="expected" fen={one.expected_fen} />],
              [say('campaign_year_before'), <Money key="year" fen={one.year_before_fen} />],
              [say('campaign_before'), <Money key="before" fen={one.before_fen} />],
              [say('campaign_after'), <Money key="after" fen={one.after_fen} why={say('campaign_after_why')} />],
              [say('campaign_after_dip'), <Money key="dip" fen={one.after_dip_fen} why={say('campaign_after_why')} />],
            ]}
          />
          <p class="soft">{say('campaign_note')}</p>
          {may('county') && one.may.includes('withdraw') && (
            <p class="buttons">
              <Act
                act={(_, key) => send('POST', `/campaigns/${campaign_id}/withdraw`, undefined, { key })}
                done={() => go('/county/campaigns')}
                ask={<p>{say('campaign_withdraw_what')}</p>}
              >
                {say('campaign_withdraw')}
              </Act>
            </p>
          )}
        </>
      )}
    </Shown>
  );
}
