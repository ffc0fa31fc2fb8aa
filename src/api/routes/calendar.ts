import { dayStarts, hourStarts } from '../../domain/calendar-days.ts';
import type { Fault } from '../../domain/errors.ts';
import { isTimeZone } from '../../domain/wall-time.ts';
import { zoneOfNewsroom } from '../../store/newsroom.ts';
import { countPosts } from '../../store/post-calendar.ts';
import { getListedPosts } from '../../store/post-list.ts';
import { callerOf } from '../authenticate.ts';
import type { Api, ApiContext } from '../parts.ts';
import { calendarQuery, calendarView } from '../schemas/calendar.ts';
import { invalid } from '../validate.ts';
import { postFilterOf, postViewOf } from '../views/post.ts';

/** Most posts that one answer holds: about 4 MB. */
const MOST_POSTS = 2_000;

/** What is planned over days and weeks, counted by the database: a month of 10,000 posts is one answer. */
export function calendarRoutes(app: Api, { database, timeZone: usualZone }: ApiContext): void {
  app.get(
    '/v1/calendar',
    {
      schema: {
        operationId: 'getCalendar',
        summary: 'How many posts are due on each day or hour, and the first of each',
        tags: ['posts'],
        querystring: calendarQuery,
        response: { 200: calendarView },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { from, days, by, most, timeZone: given, ...filter } = request.query;
      const timeZone = given ?? (await zoneOfNewsroom(database, usualZone));
      refuseUnless(isTimeZone(timeZone), {
        pointer: '?timeZone',
        code: 'unknown-time-zone',
        message: `There is no time zone “${timeZone}”. Give an IANA name such as Europe/Bucharest.`,
      });
      const midnights = dayStarts(from, days, timeZone);
      const starts = (by === 'day' ? midnights : hoursOf(midnights, timeZone)).map((at) => new Date(at));
      const stretches = starts.length - 1;
      refuseUnless(stretches * most <= MOST_POSTS, {
        pointer: '?most',
        code: 'too-many',
        message: `${stretches} stretches of ${most} posts are more than ${MOST_POSTS.toLocaleString('en')}: ask for fewer days, or for at most ${Math.floor(MOST_POSTS / stretches)} posts of each.`,
      });
      const buckets = await countPosts(database, postFilterOf(filter), starts, most);
      const posts = await getListedPosts(
        database,
        buckets.flatMap((bucket) => bucket.ids),
      );
      const byId = new Map(posts.map((post) => [post.id, postViewOf(post, caller)]));
      return {
        timeZone,
        stretches: buckets.map(({ place, count, states, ids }) => ({
          from: (starts[place - 1] as Date).toISOString(),
          to: (starts[place] as Date).toISOString(),
          count,
          states,
          posts: ids.flatMap((id) => byId.get(id) ?? []),
        })),
      };
    },
  );
}

function hoursOf(midnights: readonly number[], timeZone: string): number[] {
  const hours = midnights
    .slice(0, -1)
    .flatMap((start, index) => hourStarts(start, midnights[index + 1] as number, timeZone).slice(0, -1));
  return [...hours, midnights.at(-1) as number];
}

function refuseUnless(isRight: boolean, fault: Fault): void {
  if (!isRight) throw invalid([fault]);
}
