// The way from a page to saying that something is wrong with what it shows: what it is about comes along.
import { say } from '../shared/words.js';

/** about: { kind, id, name } of oversight's subjects, or { trace_code }. */
export const ComplainLink = ({ about }) => (
  <p class="unprinted soft">
    <a href={`/complain?${new URLSearchParams(about)}`}>{say('complain_here')}</a>
  </p>
);
