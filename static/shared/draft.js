// What is typed survives closing the page: one draft a form, on this device only, for a few days.
const DAYS_MAX = 7;
const place = (name) => `draft:${name}`;

export function draftOf(name) {
  try {
    const { at, values } = JSON.parse(localStorage.getItem(place(name)));
    return Date.now() - at < DAYS_MAX * 86_400_000 ? values : null;
  } catch {
    return null;
  }
}
export function keepDraft(name, values) {
  try {
    localStorage.setItem(place(name), JSON.stringify({ at: Date.now(), values }));
  } catch {
    /* full or forbidden: the form works all the same */
  }
}
export function dropDraft(name) {
  try {
    localStorage.removeItem(place(name));
  } catch {
    /* nothing was kept */
  }
}
/** Someone else may use this device next. */
export function dropDrafts() {
  try {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(place('')))) localStorage.removeItem(key);
  } catch {
    /* nothing was kept */
  }
}
