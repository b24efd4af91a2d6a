// Pages of this folder stand in several workplaces: they bring their own words.
import { loadWords } from '../shared/words.js';

const words = { 'zh-CN': () => import('words:webhooks/zh-CN'), en: () => import('words:webhooks/en') };
export const withWords = (page) => async () => (await Promise.all([page(), loadWords(words)]))[0];
