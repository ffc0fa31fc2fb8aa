import type { LengthRule, Markup } from '../domain/limits.ts';
import { escapeMarkup } from '../text/markup.ts';

/** Slack advises 4,000 and silently cuts at 40,000: https://docs.slack.dev/reference/methods/chat.postMessage */
const MAX_TEXT = 4000;

/** Three characters are written as entities in any text, and count as they are sent: https://docs.slack.dev/messaging/formatting-message-text#escaping */
const mrkdwn: Markup = { marks: '[&<>]', escapes: { '&': '&amp;', '<': '&lt;', '>': '&gt;' }, spares: 'nothing' };
export const slackText: LengthRule = {
  unit: 'utf16',
  max: MAX_TEXT,
  linkCost: 'length',
  bareLinks: false,
  markup: mrkdwn,
};

/** A text as Slack must be given it: `<` begins a link or a mention there, whatever else is switched off. */
export function escaped(text: string): string {
  return escapeMarkup(text, mrkdwn);
}
