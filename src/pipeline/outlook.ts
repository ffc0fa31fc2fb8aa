import type { Forecast } from '../domain/forecast.ts';
import { forecastOf } from '../domain/forecast.ts';
import type { AccountRow } from '../store/account.ts';
import { listAccounts } from '../store/account.ts';
import type { Sql } from '../store/database.ts';
import { loadOfAccounts } from '../store/outlook.ts';
import { rulesFor } from './free-slot.ts';

const HOUR_MS = 3_600_000;
const HOURS = 24;

/** What is coming on one account, beside how fast it may post. */
export interface Outlook extends Forecast {
  readonly accountId: string;
  readonly hourlyCap: number | null;
  readonly minGapMs: number;
  readonly sentLastHour: number;
  /** Posts of each of the next 24 hours, the first from now; what is overdue is in the first. */
  readonly hours: number[];
}

/** What is coming on each account in the next 24 hours, and whether its pace lets it out on time. */
export async function outlookOf(sql: Sql, now: Date, timeZone: string): Promise<Outlook[]> {
  const accounts = (await listAccounts(sql)).filter((account) => account.state !== 'removed');
  const until = new Date(now.getTime() + HOURS * HOUR_MS);
  const loads = new Map((await loadOfAccounts(sql, now, until)).map((load) => [load.accountId, load]));
  return Promise.all(accounts.map((account) => outlookFor(account)));

  async function outlookFor(account: AccountRow): Promise<Outlook> {
    const { ahead = [], sent = [] } = loads.get(account.id) ?? {};
    const { hourlyCap, minGapMs } = await rulesFor(sql, account, timeZone);
    const due = ahead.filter((at) => at < until.getTime());
    const hours = Array.from({ length: HOURS }, () => 0);
    for (const at of due) {
      const hour = Math.max(0, Math.floor((at - now.getTime()) / HOUR_MS));
      hours[hour] = (hours[hour] ?? 0) + 1;
    }
    const forecast = forecastOf(due, sent, { hourlyCap, minGapMs }, now.getTime());
    return { accountId: account.id, hourlyCap, minGapMs, sentLastHour: sent.length, hours, ...forecast };
  }
}
