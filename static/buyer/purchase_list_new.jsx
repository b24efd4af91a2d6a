// A new purchase list: the basket's goods for each place that eats from them. Nothing is ordered before another has signed.
import { send } from '../shared/ask.js';
import { AreaField } from '../shared/area.jsx';
import { useAsk, useList } from '../shared/asked.js';
import { today } from '../shared/format.js';
import { Choice, Field, Form } from '../shared/form.jsx';
import { go } from '../shared/place.js';
import { Crumbs, Empty, Money, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { pledgeWords } from './demand.jsx';

const PLACES_MAX = 3;
const year = () => Number(today().slice(0, 4));
const placesOf = (values) => Array.from({ length: PLACES_MAX }, (_, i) => (values[`place_${i}`] ?? '').trim()).filter(Boolean);

const bodyOf = (values, lines) => ({
  title: (values.title ?? '').trim(),
  year: year(),
  pledge_id: values.pledge_id || undefined,
  parts: (placesOf(values).length > 0 ? placesOf(values) : ['']).map((place) => ({
    place,
    recipient: (values.recipient ?? '').trim(),
    phone: (values.phone ?? '').replace(/\s/g, ''),
    area_code: values.area_code ?? '',
    street: (values.street ?? '').trim(),
    lines: lines.map(({ offer_id, packs }) => ({ offer_id, packs })),
  })),
});

function NewList({ unit_id, lines }) {
  const pledges = useList('/pledges', { unit_id });
  const open = (pledges.items ?? []).filter((one) => !one.withdrawn);
  return (
    <Form
      send={(values, key) => send('POST', `/units/${unit_id}/lists`, bodyOf(values, lines), { key })}
      done={({ list_id }) => go(`/units/${unit_id}/lists/${list_id}`)}
      draft="purchase_list"
      submit={say('list_propose')}
      label={say('list_new')}
    >
      <Field name="title" label={say('list_title')} hint={say('list_title_hint')} maxlength={80} />
      {open.length > 0 && (
        <Choice
          name="pledge_id"
          label={say('list_pledge')}
          isOptional
          of={[['', say('list_pledge_none')], ...open.map((one) => [one.pledge_id, pledgeWords(one)])]}
        />
      )}
      {Array.from({ length: PLACES_MAX }, (_, i) => (
        <Field
          key={i}
          name={`place_${i}`}
          pointer={i === 0 ? '/parts/0/place' : `/parts/${i}/place`}
          label={say('list_place_n', { number: i + 1 })}
          isOptional={i > 0}
          maxlength={40}
        />
      ))}
      <Field name="recipient" pointer="/parts/0/recipient" label={say('recipient')} autocomplete="name" maxlength={40} />
      <Field name="phone" pointer="/parts/0/phone" type="tel" label={say('phone')} autocomplete="tel" maxlength={20} />
      <AreaField name="area_code" pointer="/parts/0/area_code" label={say('address_area')} />
      <Field
        name="street"
        pointer="/parts/0/street"
        label={say('address_street')}
        autocomplete="street-address"
        maxlength={200}
      />
    </Form>
  );
}

export default function PurchaseListNew({ unit_id }) {
  const unit = useAsk(`/units/${unit_id}`),
    cart = useAsk('/cart');
  return (
    <Shown of={unit}>
      {({ name }) => (
        <>
          <Crumbs of={[{ href: '/units', name: say('units') }, { href: `/units/${unit_id}`, name }, { name: say('list_new') }]} />
          <h1 tabindex="-1">{say('list_new')}</h1>
          <Shown of={cart}>
            {({ lines }) =>
              lines.length === 0 ? (
                <Empty>
                  <p>{say('list_basket_empty')}</p>
                  <p>
                    <a class="button main" href="/search">
                      {say('all_goods')}
                    </a>
                  </p>
                </Empty>
              ) : (
                <>
                  <p>{say('list_from_basket')}</p>
                  <Table
                    caption={say('list_each_place')}
                    isCaptionShown
                    rows={lines}
                    keyOf={(one) => one.offer_id}
                    columns={[
                      { name: say('list_goods'), of: (one) => one.name, isHead: true },
                      { name: say('list_packs'), of: (one) => one.packs, isNumber: true },
                      { name: say('price'), of: (one) => <Money fen={one.price_fen} />, isNumber: true },
                      { name: say('amount'), of: (one) => <Money fen={one.line_gross_fen} />, isNumber: true },
                    ]}
                  />
                  <NewList unit_id={unit_id} lines={lines} />
                </>
              )
            }
          </Shown>
        </>
      )}
    </Shown>
  );
}
