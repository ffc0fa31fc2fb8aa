import { common } from './texts/common.ts';
import { connect } from './texts/connect.ts';
import { data } from './texts/data.ts';
import { desk } from './texts/desk.ts';
import { developer } from './texts/developer.ts';
import { failures } from './texts/failures.ts';
import { health } from './texts/health.ts';
import { create, firstRun, intake, sources } from './texts/intake.ts';
import { corrections, outbox } from './texts/outbox.ts';
import { compare, editor, meter, post, preview, verbs } from './texts/post.ts';
import { rules } from './texts/rules.ts';
import { rundown } from './texts/rundown.ts';
import { setup } from './texts/setup.ts';
import { holds, keys, live, missing, nav, palette, people, session, strip, time, undo } from './texts/shell.ts';
import { story, storyList } from './texts/story.ts';
import { team } from './texts/team.ts';
import { why } from './texts/why.ts';

/**
 * Every word the dashboard says, screen by screen: another language is another folder of this shape. What is long and seldom
 * needed is loaded with its screen: `texts/calendar.ts`, `texts/samples.ts`.
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
  storyList,
  rundown,
  desk,
  failures,
  outbox,
  corrections,
  create,
  intake,
  firstRun,
  sources,
  health,
  setup,
  connect,
  rules,
  team,
  developer,
  data,
} as const;
