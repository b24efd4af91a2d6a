// A month of the shop: what was sold and who got which part, each sum opened to its rows, and whether the books agree.
import { addressOf } from '../shared/ask.js';
import { useAsk, useList } from '../shared/asked.js';
import { day, moment, month as monthName, today } from '../shared/format.js';
import { Facts, Figures, Goods, Level, Mark, Money, More, Print, Shown, Table } from '../shared/parts.jsx';
import { goQuery } from '../shared/place.js';
import { say } from '../shared/words.js';
import { at } from './here.jsx';

const MONTHS = 24;
/** This month and those before it, newest first. */
function monthsUpTo(last) {
  const [year, month] = last.split('-').map(Number);
  return Array.from({ length: MONTHS }, (_, i) => {
    const at_ = year * 12 + month - 1 - i;
    return `${Math.floor(at_ / 12)}-${String((at_ % 12) + 1).padStart(2, '0')}`;
  });
}
const money = (name, field) => ({ name: say(name), isNumber: true, of: (row) => <Money fen={row[field]} /> });
const sumOf = (rows, fields) =>
  Object.fromEntries(fields.map((field) => [field, rows.reduce((sum, row) => sum + row[field], 0)]));
const parts = ['net_fen', 'dues_fen', 'fees_fen', 'freight_borne_fen', 'margin_fen'];

function Products({ shop_id, of }) {
  const columns = [
    {
      name: say('product'),
      isHead: true,
      of: (row) => (row.product_id ? <a href={at(shop_id, 'products', row.product_id)}>{row.product_name}</a> : say('sum')),
    },
    {
      name: say('quantity'),
      isNumber: true,
      of: (row) => (row.product_id ? <Goods qty={row.quantity_qty} unit={row.base_unit} /> : ''),
    },
    money('st_net', 'net_fen'),
    money('part_due', 'dues_fen'),
    money('part_fee', 'fees_fen'),
    money('part_freight', 'freight_borne_fen'),
    money('part_margin', 'margin_fen'),
  ];
  return (
    <Table caption={say('st_by_product')} columns={columns} rows={of} foot={sumOf(of, parts)} keyOf={(row) => row.product_id} />
  );
}

function Suppliers({ of }) {
  const columns = [
    { name: say('supplier'), isHead: true, of: (row) => (row.id ? row.name : say('sum')) },
    money('part_due', 'due_fen'),
    money('st_waiting', 'waiting_fen'),
    money('st_payable', 'payable_fen'),
    money('st_paid', 'paid_fen'),
    of.some((row) => row.reversed_fen !== 0) && money('st_reversed', 'reversed_fen'),
  ];
  return (
    <Table
      caption={say('st_by_supplier')}
      columns={columns}
      rows={of}
      foot={sumOf(of, ['due_fen', 'waiting_fen', 'payable_fen', 'paid_fen', 'reversed_fen'])}
      keyOf={(row) => row.id}
    />
  );
}

/** The rows the sums are made of, asked for when opened. */
function Days({ shop_id, month }) {
  const days = useList(`/shops/${shop_id}/statements/days`, { month, limit: 50 });
  const columns = [
    { name: say('when'), isHead: true, of: (row) => day(row.day) },
    { name: say('product'), of: (row) => row.product_name },
    { name: say('orders'), isNumber: true, of: (row) => row.orders_count },
    { name: say('quantity'), isNumber: true, of: (row) => <Goods qty={row.quantity_qty} unit={row.base_unit} /> },
    money('st_sales', 'sales_fen'),
    money('money_refunded', 'refunds_fen'),
    money('part_due', 'dues_fen'),
    money('part_margin', 'margin_fen'),
  ];
  return (
    <>
      <Shown of={days} empty={say('st_none')}>
        {(items) => (
          <Table caption={say('st_by_day')} columns={columns} rows={items} keyOf={(row) => `${row.day}${row.product_id}`} />
        )}
      </Shown>
      <More of={days} />
    </>
  );
}

function Payouts({ of, netted }) {
  if (of.length === 0) return <p class="soft">{say('st_no_payout')}</p>;
  return (
    <>
      <ul class="rows">
        {of.map((one) => (
          <li key={one.item_id}>
            <div>
              {one.batch_title}
              <p class="soft">
                {day(one.result_on)} {one.evidence}
              </p>
            </div>
            <span>{say(`st_kind_${one.kind}`)}</span>
            <Money fen={one.amount_fen} strong />
          </li>
        ))}
      </ul>
      {(netted.bought_fen > 0 || netted.receivable_fen > 0) && (
        <Facts
          of={[
            netted.bought_fen > 0 && [say('st_netted_bought'), <Money fen={-netted.bought_fen} />],
            netted.receivable_fen > 0 && [say('st_netted_receivable'), <Money fen={-netted.receivable_fen} />],
          ]}
        />
      )}
    </>
  );
}

function Books({ of }) {
  return (
    <section>
      <h2>
        {say('st_books')} <Mark kind={of.reconciles ? 'good' : 'bad'}>{say(of.reconciles ? 'st_agree' : 'st_disagree')}</Mark>
      </h2>
      {!of.reconciles && <p class="note bad">{say('st_disagree_what')}</p>}
      <Facts
        of={[
          [say('st_by_sales'), <Money fen={of.reconciliation.attribution_fen} />],
          [say('st_by_parts'), <Money fen={of.reconciliation.parts_fen} />],
          [say('st_by_ledger'), <Money fen={of.reconciliation.ledger_fen} />],
          [say('st_as_of'), moment(of.as_of)],
        ]}
      />
    </section>
  );
}

function Month({ shop_id, of }) {
  const { sales } = of,
    figure = (name, fen, href) => ({ name: say(name), value: <Money fen={fen} />, href });
  return (
    <>
      <Figures
        of={[
          figure('st_net', sales.net_fen, '#products'),
          figure('part_due', sales.dues_fen, '#suppliers'),
          figure('part_fee', sales.fees_fen, '#products'),
          figure('part_freight', sales.freight_borne_fen, '#products'),
          figure('part_margin', sales.margin_fen, '#products'),
        ]}
      />
      <Level level="A" />
      <Facts
        of={[
          [say('figure_sales'), <Money fen={sales.sales_fen} />],
          [say('money_refunded'), <Money fen={-sales.refunds_fen} />],
          [say('st_orders'), sales.orders_count],
          [say('st_freight'), <Money fen={of.freight.net_fen} />],
        ]}
      />
      {of.products.length === 0 ? (
        <p class="empty">{say('st_none')}</p>
      ) : (
        <>
          <h2 id="products">{say('st_by_product')}</h2>
          <Products shop_id={shop_id} of={of.products} />
          <h2 id="suppliers">{say('st_by_supplier')}</h2>
          {of.suppliers.length > 0 ? <Suppliers of={of.suppliers} /> : <p class="soft">{say('st_no_dues')}</p>}
        </>
      )}
      <h2>
        {say('st_payouts')} <Money fen={of.paid_out_fen} />
      </h2>
      <Payouts of={of.payouts} netted={of.netted} />
      <Books of={of} />
    </>
  );
}

export default function Statements({ shop_id, query }) {
  const now = today().slice(0, 7),
    month = /^\d{4}-\d{2}$/.test(query.month ?? '') ? query.month : now,
    path = `/shops/${shop_id}/statements`;
  const asked = useAsk(path, { month }),
    isOpen = query.days === 'open';
  return (
    <>
      <h1 tabindex="-1">
        {say('statement')} {monthName(month)}
      </h1>
      <div class="filters unprinted">
        <label>
          {say('month')}
          <select value={month} onChange={(event) => goQuery({ month: event.currentTarget.value })}>
            {[...new Set([month, ...monthsUpTo(now)])]
              .sort()
              .reverse()
              .map((one) => (
                <option key={one} value={one} selected={one === month}>
                  {monthName(one)}
                </option>
              ))}
          </select>
        </label>
      </div>
      <p class="buttons">
        <Print />
        <a class="button" href={addressOf(`${path}/days`, { month, format: 'csv' })} download>
          CSV
        </a>
        <a class="button" href={addressOf(`${path}/days`, { month, format: 'xlsx' })} download>
          XLSX
        </a>
      </p>
      <Shown of={asked}>{(of) => <Month shop_id={shop_id} of={of} />}</Shown>
      <p class="unprinted">
        <button
          type="button"
          aria-expanded={isOpen ? 'true' : 'false'}
          onClick={() => goQuery({ days: isOpen ? '' : 'open' }, { replace: true })}
        >
          {say(isOpen ? 'st_days_close' : 'st_days_open')}
        </button>
      </p>
      {isOpen && <Days key={month} shop_id={shop_id} month={month} />}
    </>
  );
}
