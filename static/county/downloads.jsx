// As CSV, XLSX and PDF: the same numbers in each.
import { addressOf } from '../shared/ask.js';
import { say } from '../shared/words.js';

export const Downloads = ({ path, query }) => (
  <p class="buttons unprinted">
    {['csv', 'xlsx', 'pdf'].map((format) => (
      <a key={format} class="button" download href={addressOf(path, { ...query, format })}>
        {say(`download_${format}`)}
      </a>
    ))}
  </p>
);
