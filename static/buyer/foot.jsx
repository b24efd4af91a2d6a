// Below every page of the buyer: what is public, and the doors to the other workplaces.
import { say } from '../shared/words.js';

export const Foot = () => (
  <>
    <nav aria-label={say('foot_public')}>
      <a href="/trace">{say('trace')}</a>
      <a href="/announcements">{say('notices')}</a>
      <a href="/statistics">{say('stats')}</a>
      <a href="/pledges">{say('pledges')}</a>
      <a href="/seals">{say('seals')}</a>
      <a href="/complain">{say('complain')}</a>
    </nav>
    <nav aria-label={say('foot_nav')}>
      <a href="/account">{say('account')}</a>
      <a href="/shop">{say('door_shop')}</a>
      <a href="/county">{say('door_county')}</a>
      <a href="/passbook">{say('door_passbook')}</a>
      <a href="/api/docs">{say('door_api')}</a>
    </nav>
    <p>{say('synthetic')}</p>
  </>
);
