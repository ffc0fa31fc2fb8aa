import { common } from './texts/common.ts';
import { connect } from './texts/connect.ts';
import { desk } from './texts/desk.ts';
import { failures } from './texts/failures.ts';
import { compare, editor, meter, post, preview, verbs } from './texts/post.ts';
import { holds, keys, live, missing, nav, palette, people, session, strip, time, undo } from './texts/shell.ts';
import { story } from './texts/story.ts';
import { why } from './texts/why.ts';

/**
 * Every word the dashboard says, screen by screen: another language is another folder of this shape. What is long and seldom
 * needed is loaded with its screen: `texts/calendar.ts`, `texts/clock.ts`, `texts/create.ts`, `texts/data.ts`,
 * `texts/developer.ts`, `texts/health.ts`, `texts/intake.ts`, `texts/outbox.ts`, `texts/rules.ts`, `texts/rundown.ts`,
 * `texts/samples.ts`, `texts/settings.ts`, `texts/setup.ts`, `texts/sources.ts`, `texts/team.ts`, `texts/typed.ts`. What
 * fields are called wherever a refusal names them is in `texts/fields.ts`.
 */
export const texts = {
  ...common,
  nav,
  strip,
  live,
  session,
  undo,
  time,
  missing,
  keys,
  palette,
  people,
  holds,
  meter,
  preview,
  editor,
  compare,
  post,
  verbs,
  why,
  story,
  desk,
  failures,
  connect,
} as const;
