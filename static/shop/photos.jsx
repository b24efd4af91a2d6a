// Photos of a product: from the phone, in the order buyers see them; the first is the cover.
import { useState } from 'preact/hooks';
import { Refusal, send } from '../shared/ask.js';
import { useAct } from '../shared/asked.js';
import { Trouble } from '../shared/parts.jsx';
import { photoTypes, uploadPhoto } from '../shared/upload.js';
import { say } from '../shared/words.js';

const PHOTOS_MAX = 8;
const moved = (ids, from, to) => {
  const rest = ids.filter((_, i) => i !== from);
  return [...rest.slice(0, to), ids[from], ...rest.slice(to)];
};
const source = (product, id, isNew) =>
  `/api/v1${isNew ? `/photos/${id}/file` : `/products/${product.product_id}/photos/${id}`}?size=320`;

export function Photos({ product, done }) {
  const old = (product.photos ?? []).map(({ photo_id }) => photo_id);
  const [ids, setIds] = useState(old),
    [left, setLeft] = useState(0),
    [refusal, setRefusal] = useState(null);
  const keep = useAct((photo_ids, key) =>
    send('PUT', `/products/${product.product_id}/photos`, { photo_ids }, { key, version: product.version }),
  );
  const isChanged = ids.join() !== old.join();
  const add = async (event) => {
    const files = [...event.currentTarget.files].slice(0, PHOTOS_MAX - ids.length);
    event.currentTarget.value = '';
    setRefusal(null);
    setLeft(files.length);
    for (const file of files) {
      try {
        const id = await uploadPhoto(file, 'product');
        setIds((now) => [...now, id]);
      } catch (failure) {
        if (!(failure instanceof Refusal)) throw failure;
        setRefusal(failure);
      }
      setLeft((now) => now - 1);
    }
  };
  const store = async () => {
    if (await keep.run(ids)) done();
  };
  return (
    <div>
      {ids.length === 0 && <p class="soft">{say('photos_none')}</p>}
      <ol class="plain photos">
        {ids.map((id, i) => (
          <li key={id}>
            <img
              src={source(product, id, !old.includes(id))}
              alt={say('photo_number', { number: i + 1 })}
              width="160"
              height="120"
            />
            {i === 0 && <small>{say('photo_cover')}</small>}
            <span class="buttons">
              {i > 0 && (
                <button type="button" onClick={() => setIds(moved(ids, i, 0))}>
                  {say('photo_make_cover')}
                </button>
              )}
              {i > 0 && (
                <button
                  type="button"
                  aria-label={say('photo_earlier', { number: i + 1 })}
                  onClick={() => setIds(moved(ids, i, i - 1))}
                >
                  ←
                </button>
              )}
              {i < ids.length - 1 && (
                <button
                  type="button"
                  aria-label={say('photo_later', { number: i + 1 })}
                  onClick={() => setIds(moved(ids, i, i + 1))}
                >
                  →
                </button>
              )}
              <button
                type="button"
                aria-label={say('photo_remove', { number: i + 1 })}
                onClick={() => setIds(ids.filter((one) => one !== id))}
              >
                {say('remove')}
              </button>
            </span>
          </li>
        ))}
      </ol>
      {ids.length < PHOTOS_MAX && (
        <p class="choose-file">
          <label class="button" for="photo-file">
            {left > 0 ? say('photos_uploading', { count: left }) : say('photo_add')}
          </label>
          <input id="photo-file" class="unseen" type="file" accept={photoTypes} multiple disabled={left > 0} onChange={add} />
        </p>
      )}
      <Trouble refusal={refusal ?? keep.refusal} />
      {isChanged && (
        <p class="buttons">
          <button type="button" class="main" disabled={keep.isBusy || left > 0} onClick={store}>
            {say(keep.isBusy ? 'working' : 'photos_keep')}
          </button>
        </p>
      )}
    </div>
  );
}
