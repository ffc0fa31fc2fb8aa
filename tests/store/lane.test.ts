import { expect, it } from 'vitest';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { openLaneOf } from '../../src/store/lane.ts';
import { installAnywhere } from '../line/install-anywhere.ts';

it('the lane of a post is the server it goes to, while the post waits to be sent and no longer', async () => {
  await using at = await installAnywhere({ withWorkers: false });
  const { context, sandbox } = at;
  const { database } = context;
  const make = async (schedule: 'now' | 'draft'): Promise<string> => {
    const parts = [{ text: `The lock opens (${schedule}).`, media: [], card: null }];
    return (await createPosts(context, { parts, accountIds: [sandbox.id], schedule }, 'test'))[0]?.id ?? '';
  };
  const [waiting, draft] = [await make('now'), await make('draft')];
  const laneOf = openLaneOf(database);
  const lanes = (): Promise<(string | null)[]> => Promise.all([waiting, draft, 'post_absent'].map(laneOf));
  expect(await lanes()).toEqual([sandbox.id, null, null]);
  await database.run(`UPDATE standfirst.account SET url = 'https://press.example/@desk' WHERE id = $1`, [sandbox.id]);
  expect(await lanes()).toEqual(['press.example', null, null]);
  await database.run(`UPDATE standfirst.post SET state = 'publishing' WHERE id = $1`, [waiting]);
  expect(await lanes()).toEqual([null, null, null]);
});
