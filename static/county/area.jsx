// Which area a page speaks of: always one within the person's scope, always in the address as `area`.
import { useAsk } from '../shared/asked.js';
import { goQuery } from '../shared/place.js';
import { say } from '../shared/words.js';

/** Area codes of the person's roles, the widest first: "62", "6212", "621202". */
export const scopeOf = (person) =>
  [...new Set(person.roles.map((one) => one.area_code).filter(Boolean))].sort(
    (a, b) => a.length - b.length || a.localeCompare(b),
  );
/** What the address asks for when it lies within the scope, else the widest of it. */
export function areaOf(person, query) {
  const scope = scopeOf(person);
  return scope.some((code) => query.area?.startsWith(code)) ? query.area : scope[0];
}
const isWithin = (scope) => (code) => scope.some((one) => code.startsWith(one));

/** From the widest area one may see, down to the village: each level a choice of what lies in it. */
export function AreaPicker({ person, area }) {
  const scope = scopeOf(person);
  const here = useAsk(`/areas/${area}`);
  const below = useAsk(area.length < 12 ? '/areas' : null, { parent: area, limit: 100 });
  const roots = useAsk(scope.length > 1 ? '/areas' : null, { parent: scope[0]?.slice(0, 4), limit: 100 });
  if (!here.data) return <p class="soft">{area}</p>;
  const above = [...here.data.above, here.data].filter((one) => isWithin(scope)(one.code));
  const siblings = (roots.data?.items ?? []).filter((one) => isWithin(scope)(one.code));
  const to = (event) => goQuery({ area: event.currentTarget.value });
  return (
    <div class="area">
      {above.map((one, i) =>
        i === 0 && siblings.length > 1 && one.kind === 'county' ? (
          <label key={one.code}>
            <span>{say('area_kind_county')}</span>
            <select value={one.code} onChange={to}>
              {siblings.map((sibling) => (
                <option key={sibling.code} value={sibling.code} selected={sibling.code === one.code}>
                  {sibling.name}
                </option>
              ))}
            </select>
          </label>
        ) : (
          <button
            key={one.code}
            type="button"
            class="plain"
            aria-current={one.code === area ? 'true' : undefined}
            onClick={() => goQuery({ area: one.code })}
          >
            {one.name}
          </button>
        ),
      )}
      {below.data?.items.length > 0 && (
        <label>
          <span>{say('area_below')}</span>
          <select value="" onChange={to}>
            <option value="">{say('area_whole', { name: here.data.name })}</option>
            {below.data.items.map((one) => (
              <option key={one.code} value={one.code}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}
