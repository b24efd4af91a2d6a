// Who may work here: accounts, their roles with place and period, and printed one-time codes. Nobody changes his own.
import { useState } from 'preact/hooks';
import { may, send } from '../shared/ask.js';
import { useAsk, useList } from '../shared/asked.js';
import { day, moment } from '../shared/format.js';
import { Choice, Field, Form, useField } from '../shared/form.jsx';
import { Act, Empty, Facts, inWords, Mark, More, Print, Shown } from '../shared/parts.jsx';
import { goQuery } from '../shared/place.js';
import { say } from '../shared/words.js';
import { scopeOf } from './area.jsx';

const LIMIT = 100;
const byCounty = ['operator', 'inspector', 'cadre', 'team', 'township', 'finance'];
const byAdministrator = ['county', 'auditor', 'viewer', 'administrator'];
/** Where a role is bound: to a shop, to nothing, or to an area of one of these levels. */
const areaLevels = {
  inspector: 'county',
  cadre: 'village',
  team: 'village',
  township: 'township',
  county: 'county',
  finance: 'county',
  auditor: 'county',
  viewer: 'county',
};
const levels = ['province', 'prefecture', 'county', 'township', 'village'],
  digits = { province: 2, prefecture: 4, county: 6, township: 9, village: 12 };
const above = (level) => levels[levels.indexOf(level) - 1];

function AreaLevel({ level, parent, code, choose }) {
  const areas = useAsk('/areas', { parent: parent || undefined, limit: LIMIT }),
    chosen = code.length >= digits[level] ? code.slice(0, digits[level]) : '';
  return (
    <label>
      {say(`area_level_${level}`)}
      <select value={chosen} onChange={(event) => choose(event.currentTarget.value || parent)}>
        <option value="">{say('choose')}</option>
        {(areas.data?.items ?? []).map((one) => (
          <option key={one.code} value={one.code} selected={one.code === chosen}>
            {one.name}
          </option>
        ))}
      </select>
    </label>
  );
}
/** From the widest area the person may give away, down to the level of the role. */
function PlaceField({ role, scope }) {
  const field = useField('area_code'),
    root = scope.length === 1 ? scope[0] : scope.length ? scope[0].slice(0, 4) : '',
    code = field.value || root;
  const wanted = areaLevels[role],
    shown = levels.filter((one) => digits[one] > root.length && digits[one] <= digits[wanted]);
  const open = shown.filter((one, i) => i === 0 || code.length >= digits[above(one)]);
  return (
    <fieldset class="field">
      <legend>{say('role_area')}</legend>
      <div class="filters">
        {open.map((one) => (
          <AreaLevel
            key={one}
            level={one}
            parent={code.slice(0, digits[above(one)] ?? 0) || root}
            code={code}
            choose={field.set}
          />
        ))}
      </div>
      {shown.length === 0 && <p>{root}</p>}
      {field.error && <p class="error">{field.error}</p>}
    </fieldset>
  );
}
function ShopField() {
  const shops = useAsk(may('county') ? '/me/shops' : '/shops', { limit: LIMIT });
  return (
    <Choice
      name="organisation_id"
      label={say('by_shop')}
      of={[['', say('choose')], ...(shops.data?.items ?? []).map((one) => [one.shop_id, one.name])]}
    />
  );
}

const granted = () => [...(may('county', 'administrator') ? byCounty : []), ...(may('administrator') ? byAdministrator : [])];
function RoleFields({ values, person }) {
  const role = values.role,
    scope = may('administrator') ? [] : scopeOf({ roles: person.roles.filter((one) => one.role === 'county') });
  return (
    <>
      <Choice name="role" label={say('role')} of={granted().map((one) => [one, say(`role_${one}`)])} />
      {role === 'operator' ? <ShopField /> : areaLevels[role] && <PlaceField key={role} role={role} scope={scope} />}
      <div class="filters">
        <Field name="valid_from" type="date" label={say('role_from')} isOptional />
        <Field name="valid_to" type="date" label={say('role_to')} isOptional />
      </div>
    </>
  );
}
/** What the API wants of the fields: a place of one kind only. */
function orderOf({ role, area_code, organisation_id, valid_from, valid_to }, person) {
  const only = person.roles.filter((one) => one.role === 'county'),
    isCounty = areaLevels[role] === 'county' && only.length === 1 && !may('administrator');
  return {
    role,
    valid_from: valid_from || undefined,
    valid_to: valid_to || undefined,
    ...(role === 'operator'
      ? { organisation_id: organisation_id || undefined }
      : areaLevels[role]
        ? { area_code: area_code || (isCounty ? only[0].area_code : undefined) }
        : {}),
  };
}

/** Shown once, to print and hand over: the server keeps only its hash. */
function Code({ made, close }) {
  return (
    <section class="card slip" role="status">
      <h2>{say('code_slip')}</h2>
      <Facts
        of={[
          [say('login'), <strong>{made.login}</strong>],
          [
            say('code'),
            <strong class="large">
              <code>{made.code}</code>
            </strong>,
          ],
          [say('code_until'), moment(made.code_expires_at)],
        ]}
      />
      <p>{say('code_how', { at: location.origin })}</p>
      <p class="buttons">
        <Print />
        <button type="button" onClick={close}>
          {say('code_done')}
        </button>
      </p>
    </section>
  );
}

function Create({ person, done }) {
  const create = (values, key) =>
    send(
      'POST',
      '/accounts',
      { login: values.login?.trim() ?? '', display_name: values.display_name?.trim() ?? '', ...orderOf(values, person) },
      { key },
    );
  return (
    <details class="card">
      <summary>{say('account_create')}</summary>
      <Form send={create} done={done} submit={say('account_create_now')} initial={{ role: granted()[0] }}>
        {({ values }) => (
          <>
            <div class="filters">
              <Field name="display_name" label={say('account_name')} maxlength={40} autocomplete="off" />
              <Field
                name="login"
                label={say('login')}
                maxlength={64}
                autocomplete="off"
                autocapitalize="off"
                spellcheck={false}
              />
            </div>
            <RoleFields {...{ values, person }} />
          </>
        )}
      </Form>
    </details>
  );
}

const placeOf = (one) => one.organisation_name ?? one.area_name ?? (one.organisation_id ? '' : say('role_everywhere'));
function Account({ one, person, again, show }) {
  const [isGranting, setGranting] = useState(false);
  const isOwn = one.account_id === person.account_id;
  const revoke = (role) => (wish, key) => send('DELETE', `/accounts/${one.account_id}/roles/${role.role_id}`, undefined, { key });
  const grant = (values, key) => send('POST', `/accounts/${one.account_id}/roles`, orderOf(values, person), { key });
  const reset = (wish, key) => send('POST', `/accounts/${one.account_id}/reset-code`, undefined, { key });
  return (
    <li class="card">
      <h3>
        {one.display_name} <span class="soft">{one.login}</span>{' '}
        {one.state !== 'active' && <Mark kind="bad">{inWords('account_state', one.state)}</Mark>}{' '}
        {one.must_change_password && <Mark kind="wait">{say('account_new')}</Mark>}
      </h3>
      <ul class="rows">
        {one.roles.map((role) => (
          <li key={role.role_id}>
            <div>
              {inWords('role', role.role)} · {placeOf(role)}{' '}
              <span class="soft">
                {say(role.valid_to ? 'role_period' : 'role_since', {
                  from: day(role.valid_from),
                  to: role.valid_to && day(role.valid_to),
                })}
              </span>
            </div>
            {!isOwn && granted().includes(role.role) && (
              <Act
                act={revoke(role)}
                done={again}
                ask={
                  <p>
                    {say('role_revoke_ask', { name: one.display_name, role: inWords('role', role.role), place: placeOf(role) })}
                  </p>
                }
              >
                {say('role_revoke')}
              </Act>
            )}
          </li>
        ))}
      </ul>
      {one.roles.length === 0 && <p class="soft">{say('roles_none')}</p>}
      {isOwn ? (
        <p class="soft">{say('account_own')}</p>
      ) : (
        <>
          <details onToggle={(event) => setGranting(event.currentTarget.open)}>
            <summary>{say('role_grant')}</summary>
            {isGranting && (
              <Form key={one.roles.length} send={grant} done={again} submit={say('role_grant')} initial={{ role: granted()[0] }}>
                {({ values }) => <RoleFields {...{ values, person }} />}
              </Form>
            )}
          </details>
          <p class="buttons">
            <Act act={reset} done={show} ask={<p>{say('code_reset_ask', { name: one.display_name })}</p>}>
              {say('code_reset')}
            </Act>
          </p>
        </>
      )}
    </li>
  );
}

export default function Accounts({ person, query }) {
  const isAllowed = may('county', 'administrator'),
    accounts = useList(isAllowed ? '/accounts' : null, { q: query.q });
  const [made, setMade] = useState(null);
  const find = (event) => {
    event.preventDefault();
    goQuery({ q: new FormData(event.currentTarget).get('q').trim() });
  };
  if (!isAllowed)
    return (
      <>
        <h1 tabindex="-1">{say('not_yours')}</h1>
        <p>{say('not_yours_why')}</p>
      </>
    );
  if (made)
    return (
      <>
        <h1 tabindex="-1" class="unprinted">
          {say('accounts')}
        </h1>
        <Code
          made={made}
          close={() => {
            setMade(null);
            accounts.again();
          }}
        />
      </>
    );
  return (
    <>
      <h1 tabindex="-1">{say('accounts')}</h1>
      <Create person={person} done={setMade} />
      <form role="search" class="together field" onSubmit={find}>
        <input
          type="search"
          name="q"
          aria-label={say('account_find')}
          placeholder={say('account_find')}
          defaultValue={query.q ?? ''}
          key={query.q}
        />
        <button type="submit">{say('find')}</button>
      </form>
      <Shown of={accounts}>
        {(items) =>
          items.length === 0 ? (
            <Empty>
              <p>{say('accounts_none')}</p>
            </Empty>
          ) : (
            <ul class="plain stack">
              {items.map((one) => (
                <Account key={one.account_id} {...{ one, person }} again={accounts.again} show={setMade} />
              ))}
            </ul>
          )
        }
      </Shown>
      <More of={accounts} />
    </>
  );
}
