import { LATE_MS } from '../../domain/outward-events.ts';
import { firstConnected } from '../../store/account-list.ts';
import { countOutcomes } from '../../store/stretches.ts';
import type { StretchRow } from '../../store/stretches.ts';
import type { Api, ApiContext } from '../parts.ts';
import { figuresQuery, figuresView } from '../schemas/figures.ts';

const HOUR_MS = 3_600_000;
const NONE = {
  published: 0,
  retried: 0,
  failed: 0,
  held: 0,
  measured: 0,
  onTime: 0,
  medianMs: null,
  p95Ms: null,
  worstMs: null,
};

/** What became of posts over time, counted by the database: a month of any number of posts is one small answer. */
export function figureRoutes(app: Api, { database, io }: ApiContext): void {
  app.get(
    '/v1/figures',
    {
      schema: {
        operationId: 'getFigures',
        summary: 'How many posts went out, how late, and how many did not, over time and by network',
        tags: ['operations'],
        querystring: figuresQuery,
        response: { 200: figuresView },
      },
    },
    async (request) => {
      const { hours, stretches } = request.query;
      const to = io.now().getTime();
      const stretchMs = (hours * HOUR_MS) / stretches;
      const starts = Array.from({ length: stretches + 1 }, (_, n) => new Date(to - (stretches - n) * stretchMs));
      const rows = await countOutcomes(database, starts, LATE_MS);
      const names = [null, ...new Set(rows.flatMap(({ network }) => (network === null ? [] : [network])))];
      return {
        from: (starts[0] as Date).toISOString(),
        to: new Date(to).toISOString(),
        collectingSince: (await firstConnected(database))?.toISOString() ?? null,
        stretchMs,
        networks: names.map((network) => {
          const own = rows.filter((row) => row.network === network);
          const whole = own.find(({ place }) => place === null);
          return {
            network,
            whole: whole === undefined ? NONE : outcomeOf(whole),
            stretches: own.flatMap((row) =>
              row.place === null ? [] : [{ from: (starts[row.place - 1] as Date).toISOString(), ...outcomeOf(row) }],
            ),
          };
        }),
      };
    },
  );
}

function outcomeOf({
  network: _network,
  place: _place,
  ...outcome
}: StretchRow): typeof NONE | Omit<StretchRow, 'network' | 'place'> {
  return outcome;
}
