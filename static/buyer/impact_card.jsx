// A card to show others what one's purchases brought: drawn and turned into a picture on this device, sums and counts only.
import { useRef, useState } from 'preact/hooks';
import { day, today, yuan } from '../shared/format.js';
import { say } from '../shared/words.js';

const WIDTH = 720,
  HEIGHT = 900,
  SCALE = 2;
const paper = '#f8f3e9',
  ink = '#2b251f',
  soft = '#65594d',
  leaf = '#35602f',
  clay = '#96431d',
  hill = '#cfdcc0',
  farHill = '#e6eedd';
const serif = 'Songti SC, Noto Serif CJK SC, Source Han Serif SC, Georgia, serif',
  sans = 'system-ui, PingFang SC, Noto Sans CJK SC, Microsoft YaHei, sans-serif';
const SUM_CHARACTERS = 9,
  SUM_SIZE = 96;

const householdsWords = (text) => (text === '<5' ? say('impact_households_few') : say('impact_households_n', { count: text }));

/** Colours stand in the picture itself: it leaves the page's styles behind. */
function Card({ of, hasSum, place }) {
  const sum = yuan(of.to_households_fen),
    size = Math.min(SUM_SIZE, (SUM_SIZE * SUM_CHARACTERS) / sum.length);
  const counties = [...new Set(of.villages.map(({ county_name }) => county_name))].slice(0, 4).join(say('list_comma'));
  return (
    <svg
      ref={place}
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={say('impact_card')}
      class="impact-card"
    >
      <rect width={WIDTH} height={HEIGHT} fill={paper} />
      <path d={`M0 760 Q120 640 230 730 T430 690 T720 720 V${HEIGHT} H0Z`} fill={farHill} />
      <path d={`M0 830 Q150 720 300 800 T560 780 T720 800 V${HEIGHT} H0Z`} fill={hill} />
      <rect x="60" y="60" width="64" height="64" rx="12" fill={clay} />
      <text x="92" y="107" font-family={serif} font-size="42" font-weight="600" fill={paper} text-anchor="middle">
        山
      </text>
      <text x="144" y="105" font-family={serif} font-size="38" font-weight="600" fill={ink}>
        {say('brand')}
      </text>
      <text x="60" y="240" font-family={sans} font-size="34" fill={soft}>
        {say(hasSum ? 'impact_card_sum' : 'impact_card_people')}
      </text>
      <text x="60" y="360" font-family={serif} font-size={hasSum ? size : SUM_SIZE} font-weight="600" fill={leaf}>
        {hasSum ? sum : householdsWords(of.households)}
      </text>
      {hasSum && (
        <text x="60" y="450" font-family={serif} font-size="52" font-weight="600" fill={ink}>
          {householdsWords(of.households)}
        </text>
      )}
      <text x="60" y="530" font-family={sans} font-size="34" fill={soft}>
        {say('impact_card_villages', { count: of.villages.length })}
      </text>
      <text x="60" y="590" font-family={sans} font-size="30" fill={soft}>
        {counties}
      </text>
      <text x="60" y="860" font-family={sans} font-size="26" fill={soft}>
        {say('impact_card_until', { day: day(today()) })}
      </text>
    </svg>
  );
}

async function pngOf(svg) {
  const picture = new Image(),
    canvas = document.createElement('canvas');
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
  await picture.decode();
  canvas.width = WIDTH * SCALE;
  canvas.height = HEIGHT * SCALE;
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((settle) => canvas.toBlob(settle, 'image/png'));
}

export function ImpactCard({ of }) {
  const [hasSum, setHasSum] = useState(true),
    place = useRef(null),
    name = `${say('impact_card_file')}.png`;
  const keep = async () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await pngOf(place.current));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };
  const share = async () => {
    const file = new File([await pngOf(place.current)], name, { type: 'image/png' });
    const words = { title: say('impact_card'), text: say('impact_card_text'), url: location.origin };
    // Whoever closes the phone's share sheet has only changed their mind.
    await navigator.share(navigator.canShare?.({ files: [file] }) ? { ...words, files: [file] } : words).catch(() => {});
  };
  return (
    <section>
      <h2>{say('impact_card')}</h2>
      <p class="soft">{say('impact_card_what')}</p>
      <Card of={of} hasSum={hasSum} place={place} />
      <div class="field tick">
        <label>
          <input type="checkbox" checked={hasSum} onChange={(event) => setHasSum(event.currentTarget.checked)} />
          <span>{say('impact_card_with_sum')}</span>
        </label>
      </div>
      <p class="buttons">
        <button type="button" class="main" onClick={keep}>
          {say('impact_card_keep')}
        </button>
        {navigator.share && (
          <button type="button" onClick={share}>
            {say('impact_card_share')}
          </button>
        )}
      </p>
    </section>
  );
}
