// A file of rows that someone hands in: chosen here, sent as it is, read by a job whose answer is looked for until it has come.
import { useEffect } from 'preact/hooks';
import { say } from '../shared/words.js';

const LOOK_AGAIN_MS = 1000;

export const bodyOf = (file) =>
  new Blob([file], {
    type: /\.xlsx$/i.test(file.name) ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : 'text/csv',
  });

export const SheetField = ({ id, hint, choose }) => (
  <div class="field">
    <label for={id}>{say('import_file')}</label>
    <p class="hint" id={`${id}-hint`}>
      {hint}
    </p>
    <input
      id={id}
      type="file"
      accept=".csv,.xlsx,text/csv"
      aria-describedby={`${id}-hint`}
      onChange={(event) => choose(event.currentTarget.files[0] ?? null)}
    />
  </div>
);

export const isWorkedOn = (state) => ['waiting', 'running'].includes(state);
/** Asks again while the file is being read. */
export function useAgainWhile(found, isWorking) {
  useEffect(() => {
    if (!isWorking) return undefined;
    const timer = setTimeout(found.again, LOOK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [found.data]);
}
