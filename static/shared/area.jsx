// Where goods go: province, city, county and township one below the other, each asked when the one above is chosen.
import { useEffect, useId, useState } from 'preact/hooks';
import { useAsk } from './asked.js';
import { useField } from './form.jsx';
import { Trouble } from './parts.jsx';
import { say } from './words.js';

const levels = [
  { kind: 'province', digits: 2 },
  { kind: 'prefecture', digits: 4 },
  { kind: 'county', digits: 6 },
  { kind: 'township', digits: 9 },
];
/** A parcel needs the county; the township helps whoever carries it. */
const COUNTY_DIGITS = 6,
  TOWNSHIP_DIGITS = 9,
  ALL_MAX = 100;
const place = 'area';

/** Where this person sent goods last, on this device. */
export function lastArea() {
  try {
    return localStorage.getItem(place) ?? '';
  } catch {
    return '';
  }
}
function keepArea(code) {
  try {
    localStorage.setItem(place, code);
  } catch {
    /* a private window: asked again next time */
  }
}

function Level({ kind, digits, isNeeded, parent, code, choose, error }) {
  const areas = useAsk('/areas', { parent, limit: ALL_MAX }),
    id = useId();
  const items = areas.data?.items ?? [],
    chosen = code.length >= digits ? code.slice(0, digits) : '';
  // A choice among one is none: it costs no step.
  useEffect(() => {
    if (items.length === 1 && !chosen && isNeeded) choose(items[0].code);
  }, [areas.data]);
  if (areas.refusal) return <Trouble refusal={areas.refusal} again={areas.again} />;
  if (areas.data && items.length === 0) return null;
  return (
    <label for={id}>
      {say(`area_${kind}`)}
      <select
        id={id}
        value={chosen}
        aria-required={isNeeded ? 'true' : undefined}
        aria-invalid={error && !chosen ? 'true' : undefined}
        aria-describedby={error && !chosen ? error : undefined}
        aria-busy={areas.isWaiting ? 'true' : undefined}
        onChange={(event) => choose(event.currentTarget.value || parent || '')}
      >
        <option value="">{areas.data ? say('area_choose') : say('waiting')}</option>
        {items.map((one) => (
          <option key={one.code} value={one.code} selected={one.code === chosen}>
            {one.name}
          </option>
        ))}
      </select>
    </label>
  );
}

/**
 * <AreaField name="destination_code" label={…} /> inside a Form; its value is the finest code chosen, nothing above a county.
 * `least` and `most` are the digits of the widest and the finest area meant, where it is no place goods go to.
 */
export function AreaField({ name, label, hint, pointer, least = COUNTY_DIGITS, most = TOWNSHIP_DIGITS }) {
  const field = useField(name, pointer),
    isWhereGoodsGo = least === COUNTY_DIGITS;
  const [code, setCode] = useState(() => field.value || (isWhereGoodsGo ? lastArea() : ''));
  const choose = (chosen) => {
    setCode(chosen);
    if (isWhereGoodsGo && chosen.length >= COUNTY_DIGITS) keepArea(chosen);
    field.set(chosen.length >= least ? chosen : '');
  };
  useEffect(() => {
    if (!field.value && code.length >= least) field.set(code);
  }, []);
  const shown = levels.filter((one, i) => one.digits <= most && (i === 0 || code.length >= levels[i - 1].digits));
  return (
    <fieldset class="field">
      <legend>{label}</legend>
      {hint && <p class="hint">{hint}</p>}
      <div class="filters">
        {shown.map(({ kind, digits }, i) => {
          const parent = i === 0 ? undefined : code.slice(0, levels[i - 1].digits);
          return (
            <Level
              key={`${kind} ${parent}`}
              kind={kind}
              digits={digits}
              isNeeded={digits <= least}
              parent={parent}
              code={code}
              choose={choose}
              error={field.error && `${field.id}-error`}
            />
          );
        })}
      </div>
      {field.error && (
        <p class="error" id={`${field.id}-error`}>
          {field.error}
        </p>
      )}
    </fieldset>
  );
}
