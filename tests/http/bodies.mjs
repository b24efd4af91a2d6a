// Good bodies out of the route table (`shanhuo routes --json`): every field there, the smallest value that is allowed, ids of nothing.
import { randomUUID } from 'node:crypto';

/** An id nobody has: a public id of the county, or a plain one. */
export const anId = (county) => (county ? `${county}-${randomUUID()}` : randomUUID());

export const good = {
  count: ({ min }) => min, fen: ({ min }) => min, qty: ({ min }) => min, bool: () => true,
  text: ({ min }) => '核'.repeat(Math.max(min, 1)), code: ({ min }) => '6'.repeat(min), choice: ({ choices }) => choices[0],
  uuid: () => anId(), uuids: ({ min }) => Array.from({ length: min }, () => anId()), county_id: (_, county) => anId(county), date: () => '2026-01-02', instant: () => '2026-01-02T03:04:05Z',
  object: ({ fields }, county) => bodyOf(fields, county),
  list: ({ fields, min }, county) => Array.from({ length: Math.max(min, 1) }, () => bodyOf(fields, county)),
};
export const bodyOf = (fields, county) => Object.fromEntries(fields.map((field) => [field.name, good[field.kind](field, county)]));
