// A county's household file: tried first, then taken; every row that is not right says where and why, and can be mended in the form.
import { useState } from 'preact/hooks';
import { addressOf, send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { Choice, Form, Mistake, Tick } from '../shared/form.jsx';
import { count, moment } from '../shared/format.js';
import { go, goQuery } from '../shared/place.js';
import { Facts, Mark, Shown, Table } from '../shared/parts.jsx';
import { language, say } from '../shared/words.js';
import { scopeOf } from './area.jsx';
import { keepRows } from './import_rows.js';
import { bodyOf, isWorkedOn, SheetField, useAgainWhile } from './sheet.jsx';

const kinds = { waiting: 'wait', running: 'wait', done: 'good', refused: 'bad' };

function Upload({ counties }) {
  const [file, setFile] = useState(null);
  const take = async ({ county, taking, only_clean }, key) => {
    if (!file) throw new Mistake('/file', say('import_no_file'));
    const query = new URLSearchParams({
      county,
      dry_run: taking ? 'false' : 'true',
      only_clean: only_clean ? 'true' : 'false',
      file_name: file.name.slice(0, 100),
    });
    const made = await send('POST', `/imports?${query}`, bodyOf(file), { key, raw: true });
    await keepRows(made.import_id, file);
    return made;
  };
  return (
    <Form
      label={say('imports')}
      submit={say('import_send')}
      initial={{ county: counties[0]?.code }}
      send={take}
      done={(made) => goQuery({ import: made.import_id })}
    >
      {counties.length > 1 && (
        <Choice name="county" label={say('area_kind_county')} of={counties.map((one) => [one.code, one.name])} />
      )}
      <SheetField id="import-file" hint={say('import_file_hint')} choose={setFile} />
      <Tick name="taking" label={say('import_for_real')} hint={say('import_for_real_hint')} />
      <Tick name="only_clean" label={say('import_only_clean')} />
    </Form>
  );
}

/** What is wrong with the rows of a file; with `mend`, where each can be put right. */
export function Problems({ it, mend }) {
  const problems = it.report?.problems ?? [];
  if (problems.length === 0) return <p class="note good">{say('import_clean')}</p>;
  return (
    <Table
      caption={say('import_problems')}
      isCaptionShown
      rows={problems}
      keyOf={(one) => `${one.row} ${one.column} ${one.rule}`}
      columns={[
        { name: say('import_row'), isNumber: true, isHead: true, of: (one) => count(one.row) },
        { name: say('import_column'), of: (one) => one.column },
        { name: say('import_what'), of: (one) => one.reason[language === 'en' ? 'en' : 'zh'] },
        {
          name: say('import_kind'),
          of: (one) => <Mark kind={one.kind === 'error' ? 'bad' : 'wait'}>{say(`import_kind_${one.kind}`)}</Mark>,
        },
        mend && { name: say('import_mend'), of: (one) => <a href={mend(one)}>{say('import_mend_in_form')}</a> },
      ]}
    />
  );
}

function Import({ import_id }) {
  const found = useAsk(`/imports/${import_id}`),
    isWorking = isWorkedOn(found.data?.state);
  useAgainWhile(found, isWorking);
  return (
    <Shown of={found}>
      {(it) => (
        <section>
          <h2>{it.file_name}</h2>
          <p>
            <Mark kind={kinds[it.state]}>{say(`import_state_${it.state}`)}</Mark> {it.dry_run && <Mark>{say('import_dry')}</Mark>}
          </p>
          {isWorking ? (
            <p class="waiting" role="status">
              {say('import_working')}
            </p>
          ) : (
            <>
              <Facts
                of={[
                  [say('import_rows_read'), count(it.rows_read)],
                  [say('import_rows_taken'), it.dry_run ? say('import_dry_none') : count(it.rows_taken)],
                  [say('import_households'), it.report && count(it.report.households_read)],
                  [say('import_finished'), it.finished_at && moment(it.finished_at)],
                ]}
              />
              {it.has_refused && (
                <p>
                  <a class="button" href={addressOf(`/imports/${it.import_id}/refused`)} download>
                    {say('import_refused_file')}
                  </a>
                </p>
              )}
              <Problems
                it={it}
                mend={({ row }) => `/county/households/new?${new URLSearchParams({ import: it.import_id, row })}`}
              />
              <p class="buttons">
                <button type="button" onClick={() => go('/county/imports')}>
                  {say('import_another')}
                </button>
              </p>
            </>
          )}
        </section>
      )}
    </Shown>
  );
}

export default function Imports({ person, query }) {
  const codes = scopeOf(person).filter((code) => code.length === 6);
  const areas = useAsk(codes.length ? '/areas' : null, { parent: codes[0]?.slice(0, 4), limit: 100 });
  return (
    <>
      <h1 tabindex="-1">{say('imports')}</h1>
      {query.import ? (
        <Import import_id={query.import} />
      ) : codes.length === 0 ? (
        <p class="note">{say('pick_county')}</p>
      ) : (
        <Shown of={areas}>
          {({ items }) => (
            <div class="reading">
              <Upload counties={items.filter((one) => codes.includes(one.code))} />
            </div>
          )}
        </Shown>
      )}
    </>
  );
}
