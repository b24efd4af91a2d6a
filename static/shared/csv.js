// CSV as spreadsheets save it: UTF-8 or GB 18030, commas or tabs.
export async function textOf(file) {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Rows of cells; a cell in quotes may hold commas, quotes and line ends. */
export function rowsOf(text) {
  const separator = text.split(/\r?\n/, 1)[0].includes('\t') ? '\t' : ',',
    rows = [[]];
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n]*))(${separator}|\\r?\\n|$)`, 'gy');
  const whole = text.replace(/^\uFEFF/, '');
  while (cell.lastIndex < whole.length) {
    const found = cell.exec(whole);
    if (!found) break;
    rows.at(-1).push((found[1]?.replaceAll('""', '"') ?? found[2]).trim());
    if (found[3].endsWith('\n')) rows.push([]);
  }
  return rows.filter((row) => row.some(Boolean));
}
