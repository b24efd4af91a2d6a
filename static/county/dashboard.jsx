// The month in one look.
import { say } from '../shared/words.js';

export default function Dashboard({ person }) {
  return <><h1 tabindex="-1">{say('dashboard')}</h1><ul class="rows">{person.roles.map((one) => <li key={one.role_id}><span>{one.role}</span></li>)}</ul></>;
}
