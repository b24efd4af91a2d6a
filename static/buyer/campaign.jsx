// A county's campaign, for everyone: its days, its goods, and once it is over what it brought beside what would have been sold anyway.
import { useAsk } from '../shared/asked.js';
import { Figures, Money, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { daysWords } from './demand.jsx';

const Result = ({ of }) => (
  <section>
    <h2>{say('campaign_result')}</h2>
    {of.is_shown ? (
      <>
        <Figures
          of={[
            { name: say('campaign_sales'), value: <Money fen={of.sales_fen} /> },
            { name: say('campaign_accredited'), value: <Money fen={of.accredited_fen} /> },
            { name: say('campaign_usual'), value: <Money fen={of.expected_fen} /> },
          ]}
        />
        <p class="soft">{say('campaign_note')}</p>
      </>
    ) : (
      <p>{of.is_over ? say('campaign_too_few') : say('campaign_later')}</p>
    )}
  </section>
);

export default function Campaign({ campaign_id }) {
  const found = useAsk(`/campaigns/${campaign_id}`);
  return (
    <Shown of={found}>
      {(one) => (
        <>
          <h1 tabindex="-1">{one.title}</h1>
          <p>
            {one.county_name} · {daysWords(one.starts_on, one.ends_on)}
          </p>
          <p class="buttons">
            <a class="button main" href={`/search?area=${one.county}`}>
              {say('campaign_goods', { county: one.county_name })}
            </a>
          </p>
          <Result of={one} />
        </>
      )}
    </Shown>
  );
}
