import { z } from 'zod';
import type { StoryCampaign } from '../domain/campaign.ts';
import { found } from './database.ts';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';

const value = z.string().trim().min(1, 'is empty: null leaves it out').max(200).nullable().optional();

export const storyCampaign = z.strictObject({
  source: value,
  medium: value,
  campaign: value,
  term: value,
  content: value,
}) satisfies z.ZodType<StoryCampaign>;

const row = z.object({ utm: storyCampaign.nullable() });

/** What a story has decided. Until this transaction has ended it decides nothing else. */
export async function campaignOfStory(sql: Sql, storyId: string | null): Promise<StoryCampaign | null> {
  if (storyId === null) return null;
  const story = await sql.one(row, `SELECT utm FROM standfirst.story WHERE id = $1 FOR SHARE`, [storyId]);
  return story?.utm ?? null;
}

/** @returns what held before. @throws Refusal not-found */
export async function putCampaign(
  sql: Sql,
  storyId: string,
  campaign: StoryCampaign | null,
  actor: string,
): Promise<StoryCampaign | null> {
  const story = await sql.one(row, `SELECT utm FROM standfirst.story WHERE id = $1 FOR NO KEY UPDATE`, [storyId]);
  const before = found(story, 'story', storyId).utm;
  await sql.run(`UPDATE standfirst.story SET utm = $2, updated_at = standfirst.clock() WHERE id = $1`, [
    storyId,
    campaign === null ? null : JSON.stringify(campaign),
  ]);
  const [was, data] = [{ utm: before }, { utm: campaign }];
  await recordEvent(sql, { type: 'story.changed', subject: storyId, actor, data, before: was, after: data });
  return before;
}
