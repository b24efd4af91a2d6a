// Many products at once from a file: first a trial that changes nothing, with what is wrong beside each row; then for real.
import { useEffect, useState } from 'preact/hooks';
import { addressOf, newKey, send } from '../shared/ask.js';
import { useAct, useAsk, useList } from '../shared/asked.js';
import { moment } from '../shared/format.js';
import { Act, Figures, inWords, Mark, Shown, Table, Trouble, Waiting } from '../shared/parts.jsx';
import { goQuery } from '../shared/place.js';
import { say } from '../shared/words.js';
import { at } from './here.jsx';
import { GoodsTabs } from './tabs.jsx';

const ASK_AGAIN_MS = 1000,
  SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const isOpen = (one) => ['waiting', 'running'].includes(one.state);

/** The file as the server wants it named: spreadsheets by their ending, since browsers of old phones name none. */
const asSheet = (file) => new Blob([file], { type: /\.xlsx$/i.test(file.name) ? SHEET : 'text/csv' });
const handIn = (shop_id, file, query, key = newKey()) =>
  send(
    'POST',
    `/shops/${shop_id}/product-imports?${new URLSearchParams({ file_name: file.name.slice(-100), ...query })}`,
    asSheet(file),
    { key, raw: true },
  );

function useImport(import_id) {
  const asked = useAsk(import_id ? `/product-imports/${import_id}` : null);
  useEffect(() => {
    if (!asked.data || !isOpen(asked.data)) return undefined;
    const timer = setTimeout(asked.again, ASK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [asked.data]);
  return asked;
}

function Problems({ of }) {
  if (of.length === 0) return null;
  const columns = [
    { name: say('row'), isHead: true, of: (one) => (one.row ? say('row_number', { row: one.row }) : say('row_whole')) },
    { name: say('column'), of: (one) => one.column },
    {
      name: say('what_is_wrong'),
      of: (one) => (
        <span>
          <Mark kind={one.kind === 'error' ? 'bad' : 'wait'}>{say(`import_${one.kind}`)}</Mark> {one.message}
        </span>
      ),
    },
  ];
  return <Table caption={say('import_problems')} columns={columns} rows={of} isCaptionShown />;
}

/** What came out of a file, and what to do with it. */
function Result({ shop_id, one, file }) {
  if (isOpen(one)) return <Waiting words={say('import_reading')} />;
  const isRead = !one.failure,
    isClean = isRead && one.errors_count === 0,
    forReal = (skip_bad) => (wish, key) => handIn(shop_id, file, { dry_run: 'false', skip_bad }, key);
  const taken = ({ import_id }) => goQuery({ import_id });
  return (
    <section class="card">
      <h2>
        {one.file_name}{' '}
        <Mark kind={isClean ? 'good' : 'bad'}>
          {say(
            !isRead
              ? 'import_refused'
              : !isClean && one.state === 'refused'
                ? 'import_wrong'
                : one.dry_run
                  ? 'import_tried'
                  : 'import_done',
          )}
        </Mark>
      </h2>
      {one.failure && <p class="note bad">{one.failure}</p>}
      <Figures
        of={[
          { name: say('rows_read'), value: one.rows_read ?? '—' },
          {
            name: say('products_made'),
            value: one.products_made ?? '—',
            note: say('and_changed', { count: one.products_changed ?? 0 }),
          },
          {
            name: say('offers_made'),
            value: one.offers_made ?? '—',
            note: say('and_changed', { count: one.offers_changed ?? 0 }),
          },
          { name: say('import_errors'), value: one.errors_count ?? '—' },
        ]}
      />
      <Problems of={one.problems ?? []} />
      {one.dry_run &&
        isRead &&
        (file ? (
          <p class="buttons">
            {one.errors_count === 0 && (
              <Act kind="main" act={forReal('false')} done={taken}>
                {say('import_for_real')}
              </Act>
            )}
            {one.errors_count > 0 && one.rows_read > one.errors_count && (
              <Act act={forReal('true')} ask={say('import_skip_what', { count: one.errors_count })} done={taken}>
                {say('import_skip')}
              </Act>
            )}
          </p>
        ) : (
          <p class="soft">{say('import_file_again')}</p>
        ))}
      {one.errors_count > 0 && one.dry_run && <p>{say('import_mend')}</p>}
      {!one.dry_run && one.state === 'done' && (
        <p>
          <a href={at(shop_id, 'products')}>{say('import_see')}</a>
        </p>
      )}
    </section>
  );
}

export default function ImportProducts({ shop_id, query }) {
  const [file, setFile] = useState(null);
  const asked = useImport(query.import_id),
    earlier = useList(`/shops/${shop_id}/product-imports`, { limit: 10 });
  const tried = useAct((wish, key) => handIn(shop_id, wish.file, { dry_run: 'true' }, key));
  const choose = async (event) => {
    const chosen = event.currentTarget.files[0];
    if (!chosen) return;
    setFile(chosen);
    event.currentTarget.value = '';
    const answer = await tried.run({ file: chosen, at: Date.now() });
    if (answer) goQuery({ import_id: answer.import_id });
  };
  return (
    <>
      <h1 tabindex="-1">{say('import_products')}</h1>
      <GoodsTabs shop_id={shop_id} here="import" />
      <ol class="reading">
        <li>
          {say('import_step_1')}{' '}
          <a href={addressOf('/product-imports/template.csv')} download>
            {say('import_template')}
          </a>
        </li>
        <li>{say('import_step_2')}</li>
        <li>{say('import_step_3')}</li>
      </ol>
      <div class="choose-file">
        <label class="button main" for="import-file">
          {say(tried.isBusy ? 'working' : 'import_choose')}
        </label>
        <input id="import-file" class="unseen" type="file" accept=".csv,.xlsx,text/csv" onChange={choose} />
      </div>
      <Trouble refusal={tried.refusal} />
      {query.import_id && (
        <Shown of={asked}>{(one) => <Result key={one.import_id} shop_id={shop_id} one={one} file={file} />}</Shown>
      )}
      {earlier.items?.length > 0 && (
        <section>
          <h2>{say('import_earlier')}</h2>
          <ul class="rows">
            {earlier.items.map((one) => (
              <li key={one.import_id}>
                <a href={`${at(shop_id, 'import')}?import_id=${one.import_id}`}>{one.file_name ?? say('import_products')}</a>
                <span class="soft">{moment(one.requested_at)}</span>
                <Mark kind={one.errors_count ? 'bad' : 'calm'}>
                  {inWords(
                    'import_state',
                    one.errors_count ? 'wrong' : one.dry_run && one.state === 'done' ? 'tried' : one.state,
                  )}
                </Mark>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
