// What waits for a decision: what it is, who entered it, since when; approved or refused with a reason, never by who entered it.
import { may, send } from '../shared/ask.js';
import { useAsk, useList } from '../shared/asked.js';
import { count, day, moment, share, unitPrice, yuan } from '../shared/format.js';
import { Form, Mistake, Words } from '../shared/form.jsx';
import { Act, Empty, Facts, inWords, More, Picture, Shown, Views } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';
import { RuleSteps } from './rule.jsx';

const LIMIT = 100;
/** Decided here: what the county says yes or no to. */
const decided = {
  station: 'stations',
  shop: 'shops',
  supplier: 'suppliers',
  agreement: 'link-agreements',
  payee_change: 'payee-changes',
  product: 'products',
};
const itsPage =
  (page) =>
  ({ id }) =>
    `${page}/${id}`;
/** Decided on a page of its own. */
const elsewhere = {
  lot: itsPage('lots'),
  distribution: itsPage('distributions'),
  distribution_funding: itsPage('distributions'),
  batch: itsPage('payouts'),
  batch_result: itsPage('payouts'),
  objection: itsPage('notices'),
  finding: itsPage('findings'),
  finding_rectified: itsPage('findings'),
  return: itsPage('orders'),
  shop_stopped: itsPage('shops'),
  accreditation: ({ id }) => `accreditations?${new URLSearchParams({ area: id.slice(0, 6), state: 'proposed' })}`,
};
const kinds = ['station', 'shop', 'supplier', 'rule', 'agreement', 'payee_change', 'product'];

/** The one of a list with this id, as facts. */
function Listed({ path, query, name, id, of }) {
  const list = useAsk(path, { ...query, limit: LIMIT }),
    found = list.data?.items.find((one) => one[name] === id);
  return <Shown of={list}>{() => (found ? <Facts of={of(found)} /> : <p class="soft">{say('approval_gone')}</p>)}</Shown>;
}

/** A proposed product as its shop wrote it. Which shop of the village it is, its list tells. */
function ProductIn({ shop, id }) {
  const found = useAsk(`/shops/${shop.shop_id}/products`, { product_id: id }),
    it = found.data?.items.find((one) => one.product_id === id);
  if (!it) return null;
  return (
    <>
      <Facts
        of={[
          [say('by_shop'), <a href={`/county/shops/${shop.shop_id}`}>{shop.name}</a>],
          [say('approval_description'), it.description],
        ]}
      />
      <ul class="plain photos">
        {it.photos.map((one) => {
          const photo_id = one.photo_id ?? one;
          return (
            <li key={photo_id}>
              <img src={`/api/v1/products/${id}/photos/${photo_id}`} alt={it.name} width="160" height="120" />
            </li>
          );
        })}
        {it.photos.length === 0 && (
          <li class="thumb">
            <Picture category_code={it.category_code} alt="" />
          </li>
        )}
      </ul>
    </>
  );
}
function Product({ one }) {
  const shops = useAsk('/me/shops', { area: one.area_code, limit: LIMIT });
  return <Shown of={shops}>{({ items }) => items.map((shop) => <ProductIn key={shop.shop_id} shop={shop} id={one.id} />)}</Shown>;
}

/** Newest first, so the last that waits is the one that waited longest. */
function Rule({ one, done }) {
  const rules = useAsk(`/suppliers/${one.id}/rules`, { limit: LIMIT });
  return (
    <Shown of={rules}>
      {({ items }) => {
        const rule = items.findLast((it) => it.state === 'proposed');
        if (!rule) return <p class="soft">{say('approval_gone')}</p>;
        return (
          <>
            <Facts
              of={[
                [say('approval_rule_purpose'), inWords('purpose', rule.purpose)],
                [say('approval_rule_words'), rule.words],
                [say('approval_rule_steps'), <RuleSteps rule={rule} />],
                [say('approval_rule_from'), day(rule.valid_from)],
              ]}
            />
            <Decide
              one={{ ...one, is_own_entry: rule.is_own_entry }}
              at={`/suppliers/${one.id}/rules/${rule.rule_version}`}
              done={done}
            />
          </>
        );
      }}
    </Shown>
  );
}

const rateOf = (it) => say('rate_of_unit', { amount: yuan(it.rate_fen), unit: inWords('rate_unit', it.rate_unit) });
const floorOf = (it) => (it.floor_price_fen > 0 ? unitPrice(it.floor_price_fen, it.price_qty, 'g') : say('approval_no_floor'));
const details = {
  agreement: (one) => (
    <Listed
      path="/link-agreements"
      query={{ county: one.id.slice(0, 6), state: 'proposed' }}
      name="agreement_id"
      id={one.id}
      of={(it) => [
        [say('household'), <a href={`/county/households/${it.household_id}`}>{it.head_name_masked}</a>],
        [say('approval_mode'), inWords('agreement_mode', it.mode)],
        [say('approval_price_rule'), inWords('price_rule', it.price_rule)],
        [say('approval_with'), it.counterparty_name],
        it.rate_fen ? [say('approval_rate'), rateOf(it)] : [say('approval_floor'), floorOf(it)],
        it.units_hundredths && [
          say('approval_units'),
          `${count(it.units_hundredths / 100)} ${inWords('rate_unit', it.rate_unit)}`,
        ],
        it.share_ppm > 0 && [say('approval_share'), share(it.share_ppm)],
        [say('approval_from'), day(it.valid_from)],
        it.valid_to && [say('approval_to'), day(it.valid_to)],
      ]}
    />
  ),
  payee_change: (one) => (
    <Listed
      path="/payee-changes"
      query={{ county: one.id.slice(0, 6) }}
      name="payee_change_id"
      id={one.id}
      of={(it) => [
        [say('household'), <a href={`/county/households/${it.household_id}`}>{it.head_name_masked}</a>],
        [say('approval_bank'), it.payee_bank],
        [say('payout_account'), it.payee_account_masked],
        [say('reason'), it.reason],
      ]}
    />
  ),
  station: (one) => (
    <Listed
      path="/stations"
      query={{ area: one.area_code, state: 'proposed' }}
      name="station_id"
      id={one.id}
      of={(it) => [
        [say('village'), it.area_name],
        [say('approval_services'), it.services.join('、')],
      ]}
    />
  ),
  shop: (one) => (
    <Listed
      path="/me/shops"
      query={{ area: one.area_code, state: 'proposed' }}
      name="shop_id"
      id={one.id}
      of={(it) => [
        [say('village'), it.area_name],
        [say('kind'), inWords('shop_kind', it.kind)],
        [say('shop_fee'), share(it.platform_fee_ppm)],
      ]}
    />
  ),
  product: (one) => <Product one={one} />,
};

function Refuse({ one, at, done }) {
  const refuse = ({ reason = '' }, key) => {
    if (!reason.trim()) throw new Mistake('/reason', say('reason_needed'));
    return send('POST', `${at}/decide`, { accepted: false, reason: reason.trim() }, { key });
  };
  return (
    <details>
      <summary>{say('approval_refuse')}</summary>
      <Form
        send={refuse}
        done={done}
        submit={say('approval_refuse')}
        kind="warn"
        label={say('approval_refuse_of', { what: one.words })}
      >
        <Words name="reason" label={say('approval_refuse_why')} maxlength={500} rows={2} />
      </Form>
    </details>
  );
}

/** `at`: what is decided, where it is not simply the one of its list. */
function Decide({ one, at = `/${decided[one.kind]}/${one.id}`, done }) {
  if (one.is_own_entry) return <p class="note">{say('own_entry_decide')}</p>;
  if (!may('county')) return <p class="soft">{say('approval_by_county')}</p>;
  const approve = (wish, key) => send('POST', `${at}/decide`, { accepted: true }, { key });
  return (
    <>
      <p class="buttons">
        <Act act={approve} done={done} kind="main">
          {say('approval_approve')}
        </Act>
      </p>
      <Refuse {...{ one, at, done }} />
    </>
  );
}

function Waiting({ one, done }) {
  const since = [
    one.area_name,
    one.entered_by && say('approval_entered_by', { name: one.entered_by }),
    say('waiting_from', { at: moment(one.since) }),
  ]
    .filter(Boolean)
    .join(' · ');
  const words = ['finding', 'finding_rectified'].includes(one.kind) ? inWords('rule', one.words) : one.words;
  if (elsewhere[one.kind])
    return (
      <li class="card">
        <small>{say(`approval_kind_${one.kind}`)}</small>
        <h3>
          <a href={`/county/${elsewhere[one.kind](one)}`}>{words}</a>
        </h3>
        <p class="soft">{since}</p>
      </li>
    );
  return (
    <li class="card">
      <small>{say(`approval_kind_${one.kind}`)}</small>
      <h3>{one.words}</h3>
      <p class="soft">{since}</p>
      {one.kind === 'rule' ? (
        <Rule {...{ one, done }} />
      ) : (
        <>
          {details[one.kind]?.(one)}
          <Decide {...{ one, done }} />
        </>
      )}
    </li>
  );
}

export default function Approvals({ person, query }) {
  const area = areaOf(person, query),
    sums = useAsk(area ? '/reports/dashboard' : null, { area });
  const counts = new Map((sums.data?.decisions ?? []).map((one) => [one.kind, one.count])),
    all = [...kinds, ...Object.keys(elsewhere)];
  const isKnown = all.includes(query.kind),
    kind = isKnown ? query.kind : all.find((one) => counts.has(one));
  const waiting = useList(area && (isKnown || sums.data || sums.refusal) ? '/decisions' : null, { area, kind });
  if (!area)
    return (
      <>
        <h1 tabindex="-1">{say('approvals')}</h1>
        <p>{say('no_area')}</p>
      </>
    );
  const done = () => {
    waiting.again();
    sums.again();
  };
  const view = (one) => ({
    href: `/county/approvals?${new URLSearchParams({ area, kind: one })}`,
    name: `${say(`approval_kind_${one}`)}${counts.get(one) ? ` ${count(counts.get(one))}` : ''}`,
    isHere: one === kind,
  });
  return (
    <>
      <h1 tabindex="-1">{say('approvals')}</h1>
      <AreaPicker person={person} area={area} />
      <Views name={say('approvals')} of={all.filter((one) => counts.get(one) || one === kind).map(view)} />
      <Shown of={waiting}>
        {(items) =>
          items.length === 0 ? (
            <Empty>
              <p>{say('approvals_none')}</p>
            </Empty>
          ) : (
            <ul class="plain stack">
              {items.map((one) => (
                <Waiting key={`${one.kind} ${one.id}`} one={one} done={done} />
              ))}
            </ul>
          )
        }
      </Shown>
      <More of={waiting} />
    </>
  );
}
