// One page: the slip opens it, and then it shows what this household delivered, is owed and was paid.
import { Book } from './book.jsx';
import { Opening } from './opening.jsx';

export default function Passbook({ person, query }) {
  const role = person?.roles.find((one) => one.role === 'household');
  return <div class="large">{role ? <Book household_id={role.organisation_id} /> : <Opening slip={query} />}</div>;
}
