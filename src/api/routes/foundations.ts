import { databaseFacts } from '../../store/database-facts.ts';
import { outsideFacts } from '../../store/outside-facts.ts';
import type { OutsideFacts } from '../../store/outside-facts.ts';
import { checkedOf, clockApartMs, runChecks } from '../checks.ts';
import { inTime } from '../in-time.ts';
import type { Api, ApiContext } from '../parts.ts';
import { foundationsView } from '../schemas/foundations.ts';
import type { FoundationsView } from '../schemas/foundations.ts';

/** Longest that one look may take; what has not answered by then is told as unknown. */
const LOOK_MS = 2_000;

/** What the product stands on, in figures; each is looked at by itself, so that one that is away hides no other. */
export function foundationRoutes(app: Api, context: ApiContext): void {
  const { database, backend, io } = context;
  app.get(
    '/v1/foundations',
    {
      schema: {
        operationId: 'getFoundations',
        summary: 'Database, queue, clocks, feeds and webhooks: whether they do their work, and how full they are',
        tags: ['operations'],
        response: { 200: foundationsView },
      },
    },
    async () => {
      const [checks, facts, redis, apart, outside] = await Promise.all([
        runChecks(checkedOf(context)),
        orNull(async () => {
          const before = io.monotonic();
          await database.run('SELECT 1');
          const answerMs = Math.round(io.monotonic() - before);
          return { answerMs, ...(await databaseFacts(database)) };
        }),
        orNull(() => backend.facts()),
        orNull(() => clockApartMs(database, io.now)),
        orNull(() => outsideFacts(database)),
      ]);
      return {
        checks,
        database: facts,
        queue: { kind: backend.kind, redis },
        clockApartMs: apart,
        feeds: outside === null ? null : feedsView(outside),
        webhooks: outside === null ? null : webhooksView(outside),
      };
    },
  );
}

async function orNull<Found>(look: () => Promise<Found>): Promise<Found | null> {
  return inTime(LOOK_MS, 'It took too long.', look).catch(() => null);
}

function feedsView({ feeds }: OutsideFacts): FoundationsView['feeds'] {
  const failing = feeds.failing.map((feed) => ({ ...feed, since: feed.since?.toISOString() ?? null }));
  return { ...feeds, failing };
}

function webhooksView({ webhooks }: OutsideFacts): FoundationsView['webhooks'] {
  return { ...webhooks, oldestWaitingAt: webhooks.oldestWaitingAt?.toISOString() ?? null };
}
