// The slip of a lot that is in the books, to show or print again.
import { useAsk } from '../shared/asked.js';
import { Crumbs, Shown } from '../shared/parts.jsx';
import { useSeen } from '../shared/seen.js';
import { say } from '../shared/words.js';
import { at } from './here.jsx';
import { Slip } from './slip.jsx';

const rowOf = (one) => ({ ...one, name: one.supplier_name });

export default function LotSlip({ shop_id, lot_id }) {
  const asked = useAsk(`/lots/${lot_id}`), shops = useSeen('/me/shops');
  const shop_name = shops.data?.items.find((one) => one.shop_id === shop_id)?.name ?? '';
  return (
    <section class="narrow">
      <Crumbs of={[{ href: at(shop_id, 'lots'), name: say('lots') }, { href: at(shop_id, 'lots', lot_id), name: asked.data?.product_name ?? say('lot') }, { name: say('slip') }]} />
      <h1 tabindex="-1" class="unprinted">{say('slip')}</h1>
      <Shown of={asked}>{(lot) => <Slip state="booked" slip={{ ...lot, shop_name, made_at: lot.taken_in_at, rows: lot.contributions.map(rowOf) }} />}</Shown>
    </section>
  );
}
