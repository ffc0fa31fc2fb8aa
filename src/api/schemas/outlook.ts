import { z } from 'zod';
import { instant } from './common.ts';

export const outlookView = z
  .object({
    at: instant.describe('When it was asked; the first of the 24 hours begins here.'),
    backlog: z.object({
      due: z.int().describe('Posts whose time has come and that have not gone.'),
      oldestDueAt: instant.nullable().describe('When the oldest of them was due.'),
      delayed: z.int().describe('Posts that wait for a time to come.'),
      active: z.int().describe('Posts that a worker is sending right now.'),
    }),
    accounts: z.array(
      z.object({
        accountId: z.string(),
        hourlyCap: z.int().nullable().describe('Most posts in any 60 minutes; null: any number.'),
        minGapMs: z.int().describe('Least time between two posts, its own or the house’s.'),
        sentLastHour: z.int(),
        planned: z.int().describe('Posts of the next 24 hours.'),
        lastAt: instant.nullable().describe('When the last of them goes out at that pace; null: there is none.'),
        worstMs: z.int().describe('The most that one of them is late because of the pace.'),
        hours: z.array(z.int()).describe('Posts of each of the 24 hours; what is overdue is in the first.'),
      }),
    ),
  })
  .meta({ id: 'Outlook' });
