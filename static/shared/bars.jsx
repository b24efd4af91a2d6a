// Bars that need no scale and no script but this: for pages that must stay light. Drawn as shared/chart.jsx draws.
/** One bar whose parts make the whole: [{ name, value, series }]. */
export function Whole({ label, of }) {
  const sum = of.reduce((all, { value }) => all + Math.max(0, value), 0) || 1;
  let at = 0;
  return (
    <figure class="chart">
      <svg viewBox="0 0 640 28" preserveAspectRatio="none" role="img" aria-label={label}>
        {of.map(({ name, value, series }) => {
          const from = at,
            width = (Math.max(0, value) / sum) * 640;
          at += width;
          return (
            <g key={name} class={`series-${series}`}>
              <rect class="bar" x={from} y="0" width={width} height="28">
                <title>{name}</title>
              </rect>
            </g>
          );
        })}
      </svg>
    </figure>
  );
}

/** Lying bars inside a table cell: a part of the largest. */
export const Bar = ({ value, of, series = 1 }) => (
  <span class="chart inline" aria-hidden="true">
    <svg aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none" width="100" height="10">
      <g class={`series-${series}`}>
        <rect class="bar" width={of > 0 ? Math.max(0, (100 * value) / of) : 0} height="10" />
      </g>
    </svg>
  </span>
);
