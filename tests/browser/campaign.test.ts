import { expect, test } from 'vitest';
import { at, postsOf, share, WAIT } from './shared.ts';
import { writePosts } from './seed.ts';

const house = share();

interface Linked {
  readonly id: string;
  readonly link: string;
  readonly state: string;
  readonly network: string;
}

test('an editor gives a story a campaign of its own, sees what each link gets and what goes back to review, and takes it back', async () => {
  const { newsroom } = house;
  const utm = { '*': { source: '{network}', medium: 'social' } };
  await newsroom.api('PUT', '/v1/house-rules', { utm }, 0);
  const address = 'https://herald.example/hedge';
  const id = await writePosts(newsroom, {
    title: 'Lowmere plants a hedge',
    url: address,
    text: 'Lowmere plants a hedge, the council said on Friday.\nThe work costs 41,000 crowns and begins on Monday. Volunteers may help.',
  });
  const read = async (): Promise<Linked[]> => (await postsOf(newsroom, id)) as unknown as Linked[];
  const hook = (await read()).find(({ network }) => network === 'webhook');
  const dueAt = new Date(Date.now() + 6 * 3_600_000).toISOString();
  await newsroom.api('POST', `/v1/posts/${hook?.id}/approve`, { schedule: { at: dueAt } });

  await using editor = await at(house, `/stories/${id}`);
  const { page } = editor;
  await page.getByRole('button', { name: 'Campaign: source, medium…' }).click();
  const form = page.getByRole('form', { name: 'Campaign of this story' });
  await form.getByText('utm_source=webhook&utm_medium=social').waitFor(WAIT);
  expect(await form.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  await form.getByRole('radiogroup', { name: 'utm_medium: from where' }).getByText('Left out').click();
  await form.getByRole('radiogroup', { name: 'utm_campaign: from where' }).getByText('Its own').click();
  await form.getByRole('textbox', { name: 'utm_campaign: its own value' }).fill('hedge');
  await form.getByText('utm_source=webhook&utm_campaign=hedge').waitFor(WAIT);
  await form.getByText('1 post approved before goes back to review').waitFor(WAIT);
  await form.getByRole('button', { name: 'Save' }).click();
  await form.waitFor({ state: 'detached', ...WAIT });
  await page.getByRole('button', { name: 'Own campaign: source, campaign…' }).waitFor(WAIT);
  await page.locator(`[data-post="${hook?.id}"]`).getByText('In review').waitFor(WAIT);
  const after = (await read()).find((post) => post.id === hook?.id);
  expect(after).toMatchObject({ state: 'in_review', link: `${address}?utm_source=webhook&utm_campaign=hedge` });

  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Campaign: source, medium…' }).click();
  await form.getByRole('switch', { name: 'No campaign parameters on this story' }).click();
  await form.getByText('nothing').first().waitFor(WAIT);
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Own campaign: none…' }).waitFor(WAIT);
  expect((await read()).map(({ link }) => link)).toEqual([address, address, address]);

  // What a colleague decides while somebody writes is not written over unasked.
  const value = form.getByRole('textbox', { name: 'utm_campaign: its own value' });
  const decideHere = async (): Promise<void> => {
    await form.getByRole('radiogroup', { name: 'utm_campaign: from where' }).getByText('Its own').click();
    await value.fill('hedge-here');
  };
  await page.getByRole('button', { name: 'Own campaign: none…' }).click();
  await decideHere();
  const storyId = (await newsroom.api<{ storyId: string }>('GET', `/v1/posts/${hook?.id}`)).storyId;
  const story = `/v1/stories/${storyId}`;
  const stored = async () => (await newsroom.api<{ utm: { campaign?: string } | null }>('GET', story)).utm?.campaign;
  await newsroom.api('PATCH', story, { utm: { campaign: 'hedge-there' } });
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByRole('alert').waitFor(WAIT);
  expect([await stored(), await value.inputValue()]).toEqual(['hedge-there', 'hedge-here']);
  await form.getByRole('button', { name: 'Take what is saved now' }).click();
  await expect.poll(() => value.inputValue()).toBe('hedge-there');
  await decideHere();
  await newsroom.api('PATCH', story, { utm: { campaign: 'hedge-elsewhere' } });
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByRole('button', { name: 'Save mine over it' }).click();
  await form.waitFor({ state: 'detached', ...WAIT });
  expect(await stored()).toBe('hedge-here');
  // The browser tells of the answer 412 itself.
  expect(editor.complaints.filter((one) => !one.includes('412'))).toEqual([]);
}, 90_000);
