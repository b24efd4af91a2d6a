// Puts openapi.json together: the document with what all share, then each subject's paths and schemas. A name that comes twice is a mistake.
//   node static/api/merge.mjs static/api/openapi/*.json > openapi.json
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const files = process.argv.slice(2);
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const isDocument = (file) => basename(file) === '_document.json';
const whole = read(files.find(isDocument));
whole.paths = {};

function take(into, from, file, what) {
  for (const [name, value] of Object.entries(from ?? {})) {
    if (Object.hasOwn(into, name)) throw new Error(`${file}: ${what} ${name} is described twice`);
    into[name] = value;
  }
}
for (const file of files.filter((one) => !isDocument(one)).sort()) {
  const { paths, schemas } = read(file);
  for (const [path, methods] of Object.entries(paths)) take((whole.paths[path] ??= {}), methods, file, `${path}`);
  take(whole.components.schemas, schemas, file, 'schema');
}

/** post /orders/{order_id}/ship → postOrdersOfOrderShip: for routes whose part gives no name. */
function nameOf(method, path) {
  const words = path
    .split(/[/_-]/)
    .filter((word) => word && word !== 'id}')
    .map((word) => word.replace(/^\{/, 'of_').replace(/\}$/, ''));
  return (
    method +
    words
      .flatMap((word) => word.split('_'))
      .map((word) => word[0].toUpperCase() + word.slice(1))
      .join('')
  );
}
for (const [path, methods] of Object.entries(whole.paths))
  for (const [method, one] of Object.entries(methods)) one.operationId ??= nameOf(method, path);
process.stdout.write(`${JSON.stringify(whole)}\n`);
