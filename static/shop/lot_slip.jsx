// The slip of a lot that is in the books, to show or print again.
import { useAsk } from '../shared/asked.js';
import { Crumbs, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { at } from './here.jsx';
import { Slip } from './slip.jsx';

export default function LotSlip({ shop_id, lot_id }) {
  const lot = useAsk(`/lots/${lot_id}`),
    slip = useAsk(lot.data ? `/shops/${shop_id}/slips/${lot.data.slip_id}` : null);
  const asked = lot.refusal ? lot : slip;
  return (
    <section class="narrow">
      <Crumbs
        of={[
          { href: at(shop_id, 'lots'), name: say('lots') },
          { href: at(shop_id, 'lots', lot_id), name: lot.data?.product_name ?? say('lot') },
          { name: say('slip') },
        ]}
      />
      <h1 tabindex="-1" class="unprinted">
        {say('slip')}
      </h1>
      <Shown of={asked}>
        {(one) => <Slip state="booked" slip={{ ...one, made_at: one.taken_in_at, rows: one.contributions }} />}
      </Shown>
    </section>
  );
}
