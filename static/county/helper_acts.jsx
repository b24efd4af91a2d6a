// Naming helpers: of one household from a day on, or of all in a village that have none.
import { useState } from 'preact/hooks';
import { send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { Choice, Field, Form } from '../shared/form.jsx';
import { today } from '../shared/format.js';
import { Dialog, inWords, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';

const CANDIDATES_MAX = 100;
const wordsOf = (one) =>
  [one.display_name, inWords('role', one.role), say('helper_has', { count: one.households_count })].join(' · ');

/** A button that opens a form with whoever holds an office in the area. */
function Naming({ words, title, area, initial, first = [], done, order, children }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        {words}
      </button>
      {isOpen && (
        <Dialog title={title} close={() => setOpen(false)}>
          <Candidates area={area}>
            {(of) => (
              <Form
                initial={initial}
                submit={say('helper_name')}
                send={order}
                done={() => {
                  setOpen(false);
                  done();
                }}
                beside={
                  <button type="button" onClick={() => setOpen(false)}>
                    {say('leave_it')}
                  </button>
                }
              >
                <Choice
                  name="account_id"
                  label={say('helper')}
                  of={[...first, ...of.map((one) => [one.account_id, wordsOf(one)])]}
                />
                {children}
              </Form>
            )}
          </Candidates>
        </Dialog>
      )}
    </>
  );
}
function Candidates({ area, children }) {
  const found = useAsk('/helpers/candidates', { county: area.slice(0, 6), area, limit: CANDIDATES_MAX });
  return <Shown of={found}>{({ items }) => children(items)}</Shown>;
}

export const NameHelper = ({ household, again }) => (
  <Naming
    words={say('helper_name')}
    title={say('helper_name_of', { name: household.head_name_masked })}
    area={household.area_code}
    initial={{ account_id: '', valid_from: today() }}
    first={[['', say('helper_nobody')]]}
    done={again}
    order={({ account_id, valid_from, reason }, key) =>
      send(
        'POST',
        `/households/${household.household_id}/helper`,
        { account_id: account_id || undefined, valid_from, reason: reason?.trim() || undefined },
        { key },
      )
    }
  >
    <Field name="valid_from" type="date" label={say('hh_valid_from')} />
    <Field name="reason" label={say('hh_reason')} isOptional maxlength={200} />
  </Naming>
);

export const TakeOn = ({ village, again }) => (
  <Naming
    words={say('helper_take_on')}
    title={say('helper_take_on_of', { village: village.area_name, count: village.unhelped_count })}
    area={village.area_code}
    initial={{ account_id: '' }}
    first={[['', say('choose')]]}
    done={again}
    order={({ account_id }, key) =>
      send('POST', '/helpers/take-on', { area_code: village.area_code, account_id: account_id || undefined }, { key })
    }
  >
    <p class="soft">{say('helper_take_on_what')}</p>
  </Naming>
);
