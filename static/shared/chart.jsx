// Charts people can read: drawn as SVG from d3's scales and shapes, so that they follow the theme, print sharply and need no inline style.
// Each stands above its table; the picture itself is one labelled image for a screen reader.
import { scaleBand, scaleLinear, scalePoint } from 'd3-scale';
import { line } from 'd3-shape';

const WIDTH = 640,
  HEIGHT = 240,
  LEFT = 64,
  BOTTOM = 26,
  TOP = 10,
  RIGHT = 12;

export const Legend = ({ of }) => (
  <ul class="legend">
    {of.map(({ name, isDashed }, i) => (
      <li key={name}>
        <svg viewBox="0 0 26 12" aria-hidden="true" class={`swatch-${i + 1}`}>
          {isDashed ? <path d="M0 6H26" stroke-width="3" stroke-dasharray="5 4" /> : <rect width="26" height="12" rx="2" />}
        </svg>
        {name}
      </li>
    ))}
  </ul>
);

/** Ticks that a label fits under: the first, the last and some between. */
const someOf = (all, max) => {
  const step = Math.ceil(all.length / max);
  return all.filter((_, i) => (all.length - 1 - i) % step === 0);
};

/** Lines over time. keys: ["2026-01", …]; series: [{ name, values: [n | null, …], isDashed }]; a null leaves a gap. */
export function Trend({ label, keys, series, keyWords, valueWords }) {
  const x = scalePoint(keys, [LEFT, WIDTH - RIGHT]).padding(0.3);
  const known = series.flatMap(({ values }) => values).filter((value) => value !== null && value !== undefined);
  const y = scaleLinear([Math.min(0, ...known), Math.max(1, ...known)], [HEIGHT - BOTTOM, TOP]).nice(4);
  const path = line()
    .defined(([, value]) => value !== null && value !== undefined)
    .x(([key]) => x(key))
    .y(([, value]) => y(value));
  return (
    <figure class="chart">
      <Legend of={series} />
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        {y.ticks(4).map((tick) => (
          <g key={tick}>
            <line class={tick === 0 ? 'base' : 'axis'} x1={LEFT} x2={WIDTH - RIGHT} y1={y(tick)} y2={y(tick)} />
            <text x={LEFT - 8} y={y(tick) + 4} text-anchor="end">
              {valueWords(tick)}
            </text>
          </g>
        ))}
        {someOf(keys, 7).map((key) => (
          <text key={key} x={x(key)} y={HEIGHT - 6} text-anchor="middle">
            {keyWords(key)}
          </text>
        ))}
        {series.map(({ name, values, isDashed }, i) => {
          const points = keys.map((key, at) => [key, values[at]]);
          return (
            <g key={name} class={`series-${i + 1}`}>
              <path class={isDashed ? 'line dashed' : 'line'} d={path(points)} />
              {!isDashed &&
                points
                  .filter(([, value]) => value !== null && value !== undefined)
                  .map(([key, value]) => (
                    <circle key={key} class="dot" cx={x(key)} cy={y(value)} r="3.5">
                      <title>{`${keyWords(key)}: ${valueWords(value)}`}</title>
                    </circle>
                  ))}
            </g>
          );
        })}
      </svg>
    </figure>
  );
}

/** Upright bars: a distribution in bands. of: [{ name, value, series }] with series 1 to 4. */
export function Columns({ label, of, valueWords }) {
  const x = scaleBand(
    of.map(({ name }) => name),
    [LEFT, WIDTH - RIGHT],
  ).padding(0.25);
  const y = scaleLinear([0, Math.max(1, ...of.map(({ value }) => value))], [HEIGHT - BOTTOM, TOP]).nice(4);
  const shown = new Set(
    someOf(
      of.map(({ name }) => name),
      8,
    ),
  );
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        {y.ticks(4).map((tick) => (
          <g key={tick}>
            <line class={tick === 0 ? 'base' : 'axis'} x1={LEFT} x2={WIDTH - RIGHT} y1={y(tick)} y2={y(tick)} />
            <text x={LEFT - 8} y={y(tick) + 4} text-anchor="end">
              {valueWords(tick)}
            </text>
          </g>
        ))}
        {of.map(({ name, value, series = 1 }) => (
          <g key={name} class={`series-${series}`}>
            <rect class="bar" x={x(name)} width={x.bandwidth()} y={y(value)} height={HEIGHT - BOTTOM - y(value)} rx="2">
              <title>{`${name}: ${valueWords(value)}`}</title>
            </rect>
            {shown.has(name) && (
              <text x={x(name) + x.bandwidth() / 2} y={HEIGHT - 6} text-anchor="middle">
                {name}
              </text>
            )}
          </g>
        ))}
      </svg>
    </figure>
  );
}
