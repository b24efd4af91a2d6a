// What stands behind the code on a pack: the sack's way from the village to the shop, and who can check it.
import { useAsk } from '../shared/asked.js';
import { day } from '../shared/format.js';
import { Field, Form, Mistake } from '../shared/form.jsx';
import { go } from '../shared/place.js';
import { Crumbs, Facts, Goods, inWords, Mark, Table, Trouble, Waiting } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { ComplainLink } from './complain_link.jsx';

const CODE_MAX = 40;
/** As typed from a label or pasted with its address. */
const codeOf = (text) =>
  text.normalize('NFKC').trim().split(/[/?#]/).filter(Boolean).pop()?.replace(/[\s-]/g, '').toUpperCase() ?? '';

function Enter({ typed }) {
  const open = async ({ code = '' }) => {
    const found = codeOf(code);
    if (!/^[0-9A-Z]{6,40}$/.test(found)) throw new Mistake('/code', say('trace_no_code'));
    return found;
  };
  return (
    <Form
      send={open}
      done={(code) => go(`/trace/${code}`)}
      submit={say('trace_look')}
      initial={{ code: typed ?? '' }}
      label={say('trace_enter')}
    >
      <Field
        name="code"
        label={say('trace_code')}
        hint={say('trace_code_hint')}
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        maxlength={CODE_MAX + 60}
      />
    </Form>
  );
}

const inspectionKinds = { passed: 'good', rejected: 'bad', waiting: 'wait' };
const householdsIn = (text) =>
  !text || text === '0' ? say('households_none') : text === '<5' ? say('households_few') : say('households_n', { count: text });
const countyOf = (id) => id?.slice(0, 6);

function Story({ sack }) {
  const steps = [
    [
      sack.harvested_on,
      say('trace_harvested', {
        village:
          sack.villages?.length === 1
            ? sack.villages[0].area_name
            : say('trace_villages_n', { count: sack.villages?.length ?? 0 }),
      }),
    ],
    [sack.taken_in_at, say('trace_taken_in', { station: sack.station_name ?? sack.shop_name })],
    [
      sack.inspected_at,
      <>
        {say('trace_inspected')} <Mark kind={inspectionKinds[sack.inspection]}>{inWords('inspection', sack.inspection)}</Mark>
      </>,
    ],
  ].filter(([at]) => at);
  return (
    <ol class="steps">
      {steps.map(([at, words]) => (
        <li key={at}>
          <span>{words}</span>{' '}
          <time class="soft" datetime={at}>
            {day(at)}
          </time>
        </li>
      ))}
      <li>
        <a href={`/shops/${sack.shop_id}`}>{sack.shop_name}</a> {say('trace_sells')}
      </li>
    </ol>
  );
}

function Sack({ sack }) {
  const columns = [
    { name: say('trace_village'), isHead: true, of: (one) => one.area_name },
    { name: say('trace_quantity'), isNumber: true, of: (one) => <Goods qty={one.quantity_qty} unit={sack.base_unit} /> },
  ];
  return (
    <>
      <h1 tabindex="-1">{say('trace_of', { name: sack.product_name })}</h1>
      <p>
        <a href={`/products/${sack.product_id}`}>{sack.product_name}</a> · <a href={`/shops/${sack.shop_id}`}>{sack.shop_name}</a>
      </p>
      <div class="columns">
        <div>
          <h2>{say('trace_way')}</h2>
          <Story sack={sack} />
          <h2>{say('trace_parts')}</h2>
          <Table
            caption={say('trace_parts')}
            columns={columns}
            rows={sack.villages ?? []}
            foot={sack.villages?.length > 1 ? { area_name: say('sum'), quantity_qty: sack.taken_in_qty } : undefined}
          />
          <p>
            {householdsIn(sack.households)} <span class="soft">{say('trace_households_why')}</span>
          </p>
        </div>
        <div>
          <h2>{say('trace_facts')}</h2>
          <Facts
            of={[
              [say('trace_code'), <code>{sack.trace_code}</code>],
              [say('trace_from'), [sack.county_name, sack.area_name].filter(Boolean).join(' ')],
              sack.station_name && [say('trace_station'), sack.station_name],
              sack.grade && [say('trace_grade'), sack.grade],
              [say('trace_certificate'), sack.certificate ?? <span class="soft">{say('trace_certificate_none')}</span>],
              sack.expires_on && [say('trace_before'), day(sack.expires_on)],
            ]}
          />
          <p class="note">
            {say('trace_seal')} <a href={`/seals?county=${countyOf(sack.product_id)}`}>{say('trace_seal_open')}</a>
          </p>
          <ComplainLink about={{ trace_code: sack.trace_code, name: sack.product_name }} />
        </div>
      </div>
    </>
  );
}

export default function Trace({ code }) {
  const asked = useAsk(code ? `/trace/${encodeURIComponent(codeOf(code))}` : null);
  if (!code)
    return (
      <section class="narrow">
        <h1 tabindex="-1">{say('trace')}</h1>
        <p>{say('trace_what')}</p>
        <Enter />
      </section>
    );
  if (asked.refusal?.status === 404 || asked.refusal?.status === 422)
    return (
      <section class="narrow">
        <h1 tabindex="-1">{say('trace_not_found')}</h1>
        <p>{say('trace_not_found_do', { code })}</p>
        <Enter typed={code} />
      </section>
    );
  return (
    <>
      <Crumbs of={[{ href: '/trace', name: say('trace') }, { name: codeOf(code) }]} />
      {asked.refusal ? (
        <Trouble refusal={asked.refusal} again={asked.again} />
      ) : asked.data ? (
        <Sack sack={asked.data} />
      ) : (
        <Waiting />
      )}
    </>
  );
}
