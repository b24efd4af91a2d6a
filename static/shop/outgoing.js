// What this device still keeps for the line, as the pages of the shop show it.
import { useEffect, useState } from 'preact/hooks';
import { slips } from '../shared/outbox.js';

/** Every kept slip, oldest first, following what is sent and added. */
export function useKept() {
  const [kept, setKept] = useState([]);
  useEffect(() => {
    const read = () => slips().then(setKept, () => {});
    read();
    addEventListener('outbox', read);
    return () => removeEventListener('outbox', read);
  }, []);
  return kept;
}
