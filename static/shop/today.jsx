// Today first: what needs a person now.
import { useAsk } from '../shared/asked.js';
import { Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';

export default function Today() {
  const shops = useAsk('/me/shops');
  return <><h1 tabindex="-1">{say('today')}</h1><Shown of={shops}>{({ items }) => <ul class="rows">{items.map((shop) => <li key={shop.shop_id}><span>{shop.name}</span></li>)}</ul>}</Shown></>;
}
