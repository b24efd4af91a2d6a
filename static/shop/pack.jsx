// Marking an order as packed: also without a line, and a mark made twice counts once.
import { newKey, send } from '../shared/ask.js';
import { sendOrKeep } from '../shared/outbox.js';
import { Act, Mark } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { useKept } from './outgoing.js';

const wordsOf = (order) => say('kept_pack', { goods: order.lines.map(({ name, packs }) => `${name} ×${packs}`).join('；') });

/** The mark of `order` that still waits on this device. */
export const keptMark = (kept, order_id) =>
  kept.find(({ what, body }) => what.kind === 'pack' && body && what.order_id === order_id);

export function PackButton({ order, done, kind = 'main' }) {
  const mark = keptMark(useKept(), order.order_id);
  if (mark)
    return (
      <Mark kind={mark.state === 'refused' ? 'bad' : 'wait'}>{say(mark.state === 'refused' ? 'pack_refused' : 'pack_kept')}</Mark>
    );
  const pack = async () => {
    const mark_id = newKey();
    return sendOrKeep(
      `/orders/${order.order_id}/pack`,
      { mark_id, packed: true, packed_at: new Date().toISOString() },
      { kind: 'pack', order_id: order.order_id, words: wordsOf(order) },
      { key: mark_id },
    );
  };
  return (
    <Act act={pack} kind={kind} done={(result) => !result.kept && done?.()}>
      {say('pack')}
    </Act>
  );
}
/** Packed by mistake: taken back until it is shipped. */
export const UnpackButton = ({ order, done }) => (
  <Act act={(wish, key) => send('POST', `/orders/${order.order_id}/pack`, { mark_id: key, packed: false }, { key })} done={done}>
    {say('unpack')}
  </Act>
);
