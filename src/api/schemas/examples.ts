import { idPrefixes } from '../../domain/id.ts';

/**
 * What the examples of the document share, with the one rule by which they are true for whoever tries them, and by which a
 * test sends each of them to a server: `EXAMPLES` says it in the document itself.
 */
export const EXAMPLES =
  'In the examples an id stands for that of something you have, the year 2030 for next year, and a host ending in `.example` for one of yours.';

export const TIME_TO_COME = '2030-01-15T06:30:00Z';
export const WALL_TIME_TO_COME = '2030-01-15T08:30';

export const ARTICLE_TEXT =
  'The council of Westmouth approved the budget on Monday evening. Mayor Ilse Brandt said that the ferry gets 4 million euros for two new boats. Fares stay as they are until spring, and the pier is closed for repairs in February.';

/** An id of the right form that belongs to nothing. */
export function exampleId(kind: keyof typeof idPrefixes): string {
  return `${idPrefixes[kind]}_0192f0c1-0000-7000-8000-000000000000`;
}
