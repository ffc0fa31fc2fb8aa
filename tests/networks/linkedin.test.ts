import { afterEach, beforeEach, expect, test } from 'vitest';
import { linkedinLogin, readLittleText, startLinkedin } from '../fakes/linkedin.ts';
import type { FakeLinkedin } from '../fakes/linkedin.ts';
import { littleText } from '../../src/networks/linkedin-text.ts';
import { linkedin } from '../../src/networks/linkedin.ts';
import type { Message } from '../../src/networks/network.ts';
import { measure } from '../../src/text/length.ts';
import { escapeMarkup } from '../../src/text/markup.ts';
import { counterpartOf } from './counterpart.ts';
import { ioFor, messageFor } from './fixture.ts';
import type { Counterpart } from './fixture.ts';
import fc from '../properties.ts';

let fake: FakeLinkedin;
let counterpart: Counterpart;
const login = () => ({ ...linkedinLogin, version: '202610', site: fake.url, server: fake.url });
const compose = (more: Partial<Message> = {}): Promise<Message> => messageFor(linkedin, counterpart, more);
const image = { bytes: Buffer.from('pixels'), type: 'image/png', width: 4, height: 3, alt: 'The bridge' };
const escaped = (text: string): string => escapeMarkup(text, littleText);
const contents = () => [...fake.posts.values()].map(({ content }) => content);

beforeEach(async () => {
  fake = await startLinkedin();
  counterpart = counterpartOf(fake, login(), null);
});
afterEach(() => fake[Symbol.asyncDispose]());

test('escapes what would end the text, and leaves hashtags and links alone', () => {
  const text = 'Up (by 3 %) [sic] *now* @desk a_b C# #Lind_moor https://lindmoor.example/a_(b)?c=[d] ~{x}|\\';
  expect(escaped(text)).toBe(
    'Up \\(by 3 %\\) \\[sic\\] \\*now\\* \\@desk a\\_b C\\# #Lind_moor https://lindmoor.example/a_(b)?c=[d] \\~\\{x\\}\\|\\\\',
  );
});

test('escapes what stands behind a link, to the last bracket', () => {
  expect(escaped('The report (https://example.com/report) names [https://a.example/x_(y)].')).toBe(
    'The report \\(https://example.com/report\\) names \\[https://a.example/x_(y)\\].',
  );
});

test('escapes a bar in an address, which nobody knows that LinkedIn takes for part of it', () => {
  expect(escaped('https://a.example/x|y is read')).toBe('https://a.example/x\\|y is read');
});

test('counts what it writes, where a hashtag is glued to a link too', () => {
  const text = '#taghttps://x.com/(((((( and https://x.com/((((((#tag '.repeat(20);
  expect(measure(text, linkedin.profile.limits.text)).toBe(escaped(text).length);
});

test('a post that a person took away on LinkedIn counts as removed, and is never called corrected', async () => {
  const message = await compose();
  const sent = await linkedin.publish(message, login(), ioFor(counterpart));
  if (sent.kind !== 'published') throw new Error(sent.detail);
  expect(await linkedin.remove?.(sent.receipt, login(), ioFor(counterpart))).toMatchObject({ kind: 'published' });
  expect([...fake.posts]).toEqual([]);
  const gone = ioFor(counterpart, {
    fetch: () => Promise.resolve(Response.json({ message: 'Not found' }, { status: 404 })),
  });
  expect(await linkedin.remove?.(sent.receipt, login(), gone)).toMatchObject({ kind: 'published' });
  expect(await linkedin.edit?.(sent.receipt, message, login(), gone)).toMatchObject({ kind: 'refused' });
});

test('any text is read as it was written', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 200 });
  const marked = fc.array(
    fc.constantFrom(...'\\|{}[]()<>@#*_~ aé', '#Tag', 'https://a.example/(b)_ ', 'https://a.example/x', '”'),
    {
      maxLength: 40,
    },
  );
  fc.assert(
    fc.property(
      fc.oneof(
        text,
        marked.map((pieces) => pieces.join('')),
      ),
      (one) => {
        expect(readLittleText(escaped(one))).toBe(one);
      },
    ),
  );
});

test('builds the link card, with its picture', async () => {
  const card = { url: 'https://lindmoor.example/a', title: 'Bridge opens', description: 'On Friday.', image: null };
  expect(await linkedin.publish(await compose({ card, cardImage: image }), login(), ioFor(counterpart))).toMatchObject({
    kind: 'published',
    receipt: { url: expect.stringMatching(/^https:\/\/www\.linkedin\.com\/feed\/update\/urn:li:share:\d+$/) },
  });
  const thumbnail = { thumbnail: 'urn:li:image:1', thumbnailAltText: 'The bridge' };
  expect(contents()).toEqual([
    { article: { source: card.url, title: card.title, description: card.description, ...thumbnail } },
  ]);
});

test('sends a card again as a version before sent it, which said nothing of its picture', async () => {
  const card = { url: 'https://lindmoor.example/a', title: 'Bridge opens', description: '', image: null };
  const message = await compose({ card, cardImage: image });
  const frozen = { pictures: [{ id: 'urn:li:image:1', altText: 'The bridge' }] };
  await linkedin.publish({ ...message, frozen }, login(), ioFor(counterpart));
  expect(contents()).toEqual([
    { article: { source: card.url, title: card.title, description: '', thumbnail: 'urn:li:image:1' } },
  ]);
});

test('says nothing of a card’s picture that nobody has described', async () => {
  const card = { url: 'https://lindmoor.example/a', title: 'Bridge opens', description: '', image: null };
  const undescribed = { ...image, alt: '' };
  await linkedin.publish(await compose({ card, cardImage: undescribed }), login(), ioFor(counterpart));
  expect(contents()).toEqual([
    { article: { source: card.url, title: card.title, description: '', thumbnail: 'urn:li:image:1' } },
  ]);
});

test.each([1, 3])('sends %i pictures with their alternative text in place of the card', async (number) => {
  const card = { url: 'https://lindmoor.example/a', title: 'Bridge opens', description: '', image: null };
  const message = await compose({ card, images: Array.from({ length: number }, () => image) });
  expect(await linkedin.publish(message, login(), ioFor(counterpart))).toMatchObject({ kind: 'published' });
  const alt = { altText: 'The bridge' };
  expect(contents()).toMatchObject([number === 1 ? { media: alt } : { multiImage: { images: [alt, alt, alt] } }]);
});

test('does not take an old post with the same words for the one it lost', async () => {
  const message = await compose();
  await linkedin.publish(message, login(), ioFor(counterpart));
  const nextWeek = { ...message, createdAt: new Date(Date.now() + 7 * 86_400_000) };
  expect(await linkedin.publish(nextWeek, login(), ioFor(counterpart))).toMatchObject({
    kind: 'refused',
    cause: 'duplicate',
  });
});

test('tells the operator when the version of the API was retired', async () => {
  const outcome = await linkedin.publish(await compose(), { ...login(), version: '202405' }, ioFor(counterpart));
  expect(outcome).toMatchObject({ kind: 'refused', cause: 'version_sunset' });
});

test('names the organisation, or says whose token it is when it is another person’s', async () => {
  const check = (author: string) => linkedin.check({ ...login(), author }, ioFor(counterpart));
  expect(await check(linkedinLogin.author)).toMatchObject({ handle: 'Lindmoor Post' });
  expect(await check('urn:li:person:p-1')).toMatchObject({ handle: 'Mara Lind' });
  expect(await check('urn:li:person:p-2')).toMatchObject({ kind: 'refused', cause: 'config' });
});

test('waits a quarter of an hour where a quota says nothing of its end, and as long as it says otherwise', async () => {
  const io = ioFor(counterpart);
  await fake.setMode({ name: '429', times: 1 });
  const silent = await linkedin.publish(await compose(), login(), io);
  expect(silent).toMatchObject({ kind: 'limited', retryAfterMs: 15 * 60_000 });
  await fake.setMode({ name: '429', headers: { 'retry-after': '60' }, times: 1 });
  const said = await linkedin.publish(await compose(), login(), io);
  expect(said).toMatchObject({ kind: 'limited', retryAfterMs: 60_000 });
});

test('changes the words of a post that is out, escaped as at first', async () => {
  const sent = await linkedin.publish(await compose({ text: 'The bridge opens.' }), login(), ioFor(counterpart));
  if (sent.kind !== 'published') throw new Error(sent.detail);
  const right = await compose({ text: 'The bridge (the old one) stays closed @ Lindmoor.' });
  expect(await linkedin.edit?.(sent.receipt, right, login(), ioFor(counterpart))).toMatchObject({ kind: 'published' });
  const [post] = [...fake.posts.values()];
  expect(readLittleText(post?.commentary ?? '')).toBe('The bridge (the old one) stays closed @ Lindmoor.');
});

test('names the same pictures when it sends a post again, so that the second one is refused', async () => {
  const message = await compose({ images: [image, image] });
  expect(message.frozen).toEqual({
    pictures: [
      { id: 'urn:li:image:1', altText: 'The bridge' },
      { id: 'urn:li:image:2', altText: 'The bridge' },
    ],
    describesCard: true,
  });
  const first = await linkedin.publish(message, login(), ioFor(counterpart));
  expect(await linkedin.publish(message, login(), ioFor(counterpart))).toEqual(first);
  expect(fake.posts.size).toBe(1);
});

test('uploads nothing ahead for a post without pictures, and says why where it cannot', async () => {
  expect((await compose()).frozen).toBeNull();
  await fake.setMode({ name: '503', scope: 'all' });
  const message = await compose({ images: [image] });
  expect(message.frozen).toBeNull();
  expect(await linkedin.publish(message, login(), ioFor(counterpart))).toMatchObject({ kind: 'down' });
});
