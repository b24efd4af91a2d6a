// Photos inside a form: sent from the phone one by one while the rest is filled in.
import { useId, useRef, useState } from 'preact/hooks';
import { Refusal } from '../shared/ask.js';
import { useField } from '../shared/form.jsx';
import { Trouble } from '../shared/parts.jsx';
import { photoTypes, uploadPhoto } from '../shared/upload.js';
import { say } from '../shared/words.js';

const PHOTOS_MAX = 6;

/** `use`: review or return. Its value is the list of photo_ids; `busy(true)` while some are under way. */
export function PhotoField({ name, label, hint, use, busy }) {
  const field = useField(name),
    id = useId();
  const ids = useRef(field.value || []),
    [left, setLeft] = useState(0),
    [refusal, setRefusal] = useState(null);
  const keep = (now) => {
    ids.current = now;
    field.set(now);
  };
  const add = async (event) => {
    const files = [...event.currentTarget.files].slice(0, PHOTOS_MAX - ids.current.length);
    event.currentTarget.value = '';
    setRefusal(null);
    setLeft(files.length);
    busy?.(true);
    for (const file of files) {
      try {
        const photo_id = await uploadPhoto(file, use);
        keep([...ids.current, photo_id]);
      } catch (failure) {
        if (!(failure instanceof Refusal)) throw failure;
        setRefusal(failure);
      }
      setLeft((now) => now - 1);
    }
    busy?.(false);
  };
  return (
    <div class="field" role="group" aria-labelledby={`${id}-label`}>
      <p id={`${id}-label`}>
        {label} <span class="soft">{say('optional')}</span>
      </p>
      {hint && <p class="hint">{hint}</p>}
      {ids.current.length > 0 && (
        <ul class="plain photos">
          {ids.current.map((one, i) => (
            <li key={one}>
              <img
                src={`/api/v1/photos/${one}/file?size=320`}
                alt={say('photo_number', { number: i + 1 })}
                width="120"
                height="90"
              />
              <button type="button" onClick={() => keep(ids.current.filter((other) => other !== one))}>
                {say('photo_remove')}
                <span class="unseen"> {i + 1}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {ids.current.length < PHOTOS_MAX && (
        <p class="choose-file">
          <label class="button" for={id}>
            {left > 0 ? say('photos_sending', { count: left }) : say('photo_add')}
          </label>
          <input id={id} class="unseen" type="file" accept={photoTypes} multiple disabled={left > 0} onChange={add} />
        </p>
      )}
      <Trouble refusal={refusal} />
    </div>
  );
}
