// Shares as people say them, "60" for 60 %, and as the API counts them, in parts per million.
import { Mistake } from '../shared/form.jsx';
import { say } from '../shared/words.js';

const PPM = 10_000;

export function shareOf(text, pointer) {
  const found = /^(\d{1,3})(?:\.(\d))?$/.exec((text ?? '').normalize('NFKC').replace(/[%\s]/g, ''));
  const ppm = found ? Number(found[1]) * PPM + Number(found[2] ?? 0) * (PPM / 10) : 0;
  if (ppm < 1 || ppm > 1_000_000) throw new Mistake(pointer, say('not_a_share'));
  return ppm;
}
export const shareField = (ppm) => (ppm ? String(ppm / PPM) : '');
