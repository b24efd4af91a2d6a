// Forms: errors stand beside their field, nothing typed is lost, pressing twice sends once, a slow line shows.
import { createContext } from 'preact';
import { useContext, useEffect, useId, useRef, useState } from 'preact/hooks';
import { newKey, Refusal } from './ask.js';
import { draftOf, dropDraft, keepDraft } from './draft.js';
import { fenOf, quantityOf, units } from './format.js';
import { Trouble } from './parts.jsx';
import { say } from './words.js';

const FormPlace = createContext(null);

/** Thrown by a form's `send` for what the page itself can tell: new Mistake('/price_fen', say('not_an_amount')). */
export class Mistake extends Refusal {
  constructor(pointer, message) {
    super(422, { errors: [{ pointer, message }] });
  }
}

/** What <Form> and its fields share. Values are the texts typed; `send(values, key)` makes the body of them. */
function useForm({ initial, draft, send, done }) {
  const [values, setValues] = useState(() => ({ ...initial, ...(draft && draftOf(draft)) }));
  const [state, setState] = useState({ isBusy: false, refusal: null, isTouched: false });
  const attempt = useRef({}),
    busy = useRef(false);
  const set = (name, value) => {
    setValues((old) => {
      const now = { ...old, [name]: value };
      if (draft) keepDraft(draft, now);
      return now;
    });
    setState((old) => ({ ...old, isTouched: true }));
  };
  const submit = async () => {
    if (busy.current) return;
    busy.current = true;
    const said = JSON.stringify(values);
    if (attempt.current.said !== said) attempt.current = { said, key: newKey() };
    setState((old) => ({ ...old, isBusy: true, refusal: null }));
    try {
      const answer = await send(values, attempt.current.key);
      attempt.current = {};
      if (draft) dropDraft(draft);
      setState({ isBusy: false, refusal: null, isTouched: false });
      done?.(answer, { setValues });
    } catch (refusal) {
      setState((old) => ({ ...old, isBusy: false, refusal: refusal instanceof Refusal ? refusal : null }));
      if (!(refusal instanceof Refusal)) throw refusal;
    } finally {
      busy.current = false;
    }
  };
  return { values, set, submit, ...state };
}

/** <Form send={(values, key) => send('POST', …, { key })} done={(answer) => …} draft="intake" submit={say('keep')}> fields </Form> */
export function Form({ send, done, initial = {}, draft, submit, children, kind = 'main', beside, label }) {
  const form = useForm({ initial, draft, send, done });
  const place = useRef(null),
    known = useRef(new Set());
  const errors = form.refusal?.errors ?? [];
  const errorAt = (pointer) => errors.find((one) => one.pointer === pointer)?.message;
  const elsewhere = errors.filter((one) => !known.current.has(one.pointer));
  const isAllBesideFields = errors.length > 0 && elsewhere.length === 0;
  useEffect(() => {
    if (form.refusal)
      (place.current.querySelector('[aria-invalid="true"]') ?? place.current.querySelector('[role="alert"]'))?.focus?.();
  }, [form.refusal]);
  const shared = {
    values: form.values,
    set: form.set,
    errorAt,
    learn: (pointer) => {
      known.current.add(pointer);
      return () => known.current.delete(pointer);
    },
  };
  return (
    <form
      ref={place}
      noValidate
      aria-label={label}
      aria-busy={form.isBusy}
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      <FormPlace.Provider value={shared}>
        {typeof children === 'function' ? children(form) : children}
        <Trouble refusal={form.refusal} words={isAllBesideFields ? say('mend_marked') : undefined} errors={elsewhere}>
          {form.refusal?.status === 0 && <p>{say('typed_is_kept')}</p>}
        </Trouble>
        <p class="buttons">
          <button type="submit" class={kind} aria-disabled={form.isBusy}>
            {form.isBusy ? say('working') : (submit ?? say('keep'))}
          </button>
          {beside}
        </p>
      </FormPlace.Provider>
    </form>
  );
}

/** Name, hint, input, error of one field. `pointer` is where the API speaks of it, `/name` unless told. */
export function useField(name, pointer = `/${name}`) {
  const form = useContext(FormPlace),
    id = useId();
  useEffect(() => form.learn(pointer), [pointer]);
  return { id, error: form.errorAt(pointer), value: form.values[name] ?? '', set: (value) => form.set(name, value) };
}
function Around({ field, label, hint, children, isOptional }) {
  return (
    <div class="field">
      <label for={field.id}>
        {label}
        {isOptional && <span class="soft"> {say('optional')}</span>}
      </label>
      {hint && (
        <p class="hint" id={`${field.id}-hint`}>
          {hint}
        </p>
      )}
      {children}
      {field.error && (
        <p class="error" id={`${field.id}-error`}>
          {field.error}
        </p>
      )}
    </div>
  );
}
const aria = (field, hint, isOptional) => ({
  id: field.id,
  'aria-invalid': field.error ? 'true' : undefined,
  'aria-required': isOptional ? undefined : 'true',
  'aria-describedby': [field.error && `${field.id}-error`, hint && `${field.id}-hint`].filter(Boolean).join(' ') || undefined,
});

/** A line of text; `type`, `inputmode`, `autocomplete`, `maxlength` go to the input, `list` offers [text, …]. */
export function Field({ name, label, hint, pointer, isOptional, list, ...input }) {
  const field = useField(name, pointer),
    offered = `${field.id}-list`;
  return (
    <Around {...{ field, label, hint, isOptional }}>
      <input
        type="text"
        {...input}
        name={name}
        value={field.value}
        list={list && offered}
        {...aria(field, hint, isOptional)}
        onInput={(event) => field.set(event.currentTarget.value)}
      />
      {list && (
        <datalist id={offered}>
          {list.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </Around>
  );
}
export function Words({ name, label, hint, pointer, isOptional, rows = 3, ...input }) {
  const field = useField(name, pointer);
  return (
    <Around {...{ field, label, hint, isOptional }}>
      <textarea
        {...input}
        name={name}
        rows={rows}
        value={field.value}
        {...aria(field, hint, isOptional)}
        onInput={(event) => field.set(event.currentTarget.value)}
      />
    </Around>
  );
}
/** of: [[value, words], …]. */
export function Choice({ name, label, hint, pointer, isOptional, of }) {
  const field = useField(name, pointer);
  return (
    <Around {...{ field, label, hint, isOptional }}>
      <select
        name={name}
        value={field.value}
        {...aria(field, hint, isOptional)}
        onChange={(event) => field.set(event.currentTarget.value)}
      >
        {of.map(([value, words]) => (
          <option key={value} value={value} selected={value === field.value}>
            {words}
          </option>
        ))}
      </select>
    </Around>
  );
}
/** Few choices side by side, big enough for a thumb. */
export function Pick({ name, label, hint, pointer, of }) {
  const field = useField(name, pointer);
  return (
    <fieldset
      class="field pick"
      aria-invalid={field.error ? 'true' : undefined}
      aria-describedby={field.error ? `${field.id}-error` : undefined}
    >
      <legend>{label}</legend>
      {hint && <p class="hint">{hint}</p>}
      <div>
        {of.map(([value, words]) => (
          <label key={value}>
            <input
              type="radio"
              name={`${field.id}-${name}`}
              value={value}
              checked={value === field.value}
              onChange={() => field.set(value)}
            />
            <span>{words}</span>
          </label>
        ))}
      </div>
      {field.error && (
        <p class="error" id={`${field.id}-error`}>
          {field.error}
        </p>
      )}
    </fieldset>
  );
}
export function Tick({ name, label, hint, pointer }) {
  const field = useField(name, pointer);
  return (
    <div class="field tick">
      <label>
        <input
          type="checkbox"
          name={name}
          checked={Boolean(field.value)}
          {...aria(field, hint, true)}
          onChange={(event) => field.set(event.currentTarget.checked)}
        />
        <span>{label}</span>
      </label>
      {hint && (
        <p class="hint" id={`${field.id}-hint`}>
          {hint}
        </p>
      )}
      {field.error && (
        <p class="error" id={`${field.id}-error`}>
          {field.error}
        </p>
      )}
    </div>
  );
}
/** Yuan as people type them; read with fen(values, name, pointer). */
export const Yuan = ({ unit, ...field }) => (
  <Field inputmode="decimal" autocomplete="off" {...field} label={`${field.label} (${unit ?? say('yuan')})`} />
);
export function fen(values, name, pointer = `/${name}`) {
  const found = fenOf(values[name] ?? '');
  if (found === null) throw new Mistake(pointer, say('not_an_amount'));
  return found;
}
/** A quantity with its unit; read with base(values, name, base_unit, pointer). The unit stands in values[`${name}_unit`]. */
export function Quantity({ name, label, hint, pointer, base_unit }) {
  const field = useField(name, pointer),
    form = useContext(FormPlace),
    offered = units[base_unit] ?? units.piece;
  const chosen = form.values[`${name}_unit`] ?? offered[0].unit;
  return (
    <Around {...{ field, label, hint }}>
      <div class="together">
        <input
          name={name}
          inputmode="decimal"
          autocomplete="off"
          value={field.value}
          {...aria(field, hint)}
          onInput={(event) => field.set(event.currentTarget.value)}
        />
        <select
          aria-label={say('unit_of', { label })}
          value={chosen}
          onChange={(event) => form.set(`${name}_unit`, event.currentTarget.value)}
        >
          {offered.map(({ unit }) => (
            <option key={unit} value={unit} selected={unit === chosen}>
              {say(`unit_${unit}`)}
            </option>
          ))}
        </select>
      </div>
    </Around>
  );
}
export function base(values, name, base_unit, pointer = `/${name}`) {
  const offered = units[base_unit] ?? units.piece;
  const { size } = offered.find(({ unit }) => unit === values[`${name}_unit`]) ?? offered[0];
  const found = quantityOf(values[name] ?? '', size);
  if (found === null) throw new Mistake(pointer, say('not_a_quantity'));
  return found;
}
