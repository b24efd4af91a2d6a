// The picker of places is shared with the shop.
export { AreaField, lastArea } from '../shared/area.jsx';
