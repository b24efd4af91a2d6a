// Photos from the phone: each is uploaded as it is and shown once the server has turned and scaled it.
import { ask, newKey, Refusal, send } from './ask.js';
import { say } from './words.js';

const LOOK_MS = 700,
  LOOKS_MAX = 60;
const wait = (ms) => new Promise((settle) => setTimeout(settle, ms));

/** Uploads one file for `use`: product, review, return or evidence; answers its photo_id when it may be used. */
export async function uploadPhoto(file, use, { key = newKey() } = {}) {
  const { photo_id } = await send('POST', `/photos?use=${use}`, file, { key, raw: true });
  for (let looks = 0; looks < LOOKS_MAX; looks++) {
    const { state } = await ask(`/photos/${photo_id}`);
    if (state === 'ready') return photo_id;
    if (state === 'refused') throw new Refusal(422, { title: say('photo_refused') });
    await wait(LOOK_MS);
  }
  throw new Refusal(503, { title: say('photo_slow') });
}
/** What the server can read; a phone's camera offers itself. */
export const photoTypes = 'image/jpeg,image/png,image/webp,image/heic,image/heif';
