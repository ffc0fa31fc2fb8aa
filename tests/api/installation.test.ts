import { expect, it } from 'vitest';
import { describeWith } from '../servers/backends.ts';
import { freshDatabase } from '../servers/databases.ts';
import { startRedis } from '../servers/redis.ts';
import type { Installation } from './installation.ts';
import { openInstallation } from './installation.ts';

async function read(here: Installation): Promise<{ said: Record<string, unknown>; body: string }> {
  const answer = await here.app.inject({ url: '/v1/installation', headers: await here.key(['posts:read']) });
  await here.close();
  expect(answer.statusCode, answer.body).toBe(200);
  return { said: answer.json(), body: answer.body };
}

it('says what a plain installation is: no model, no mail, its own zone', async () => {
  const { said } = await read(await openInstallation());
  expect(said).toMatchObject({
    version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
    node: process.versions.node,
    timeZone: 'Europe/Bucharest',
    queue: 'postgres',
    engine: { name: 'extractive' },
    model: null,
    hasMail: false,
    publicUrl: null,
  });
  expect((said['engine'] as { version: string }).version).toMatch(/^\d+\.\d+$/);
});

describeWith(['redis', 'postgres'], 'with everything set', () => {
  it('names the model, the servers and the address, and no secret of them', async () => {
    await using redis = await startRedis();
    const here = await openInstallation({
      DATABASE_URL: await freshDatabase(),
      REDIS_URL: redis.url,
      STANDFIRST_AI: 'http://127.0.0.1:9/v1',
      STANDFIRST_AI_MODEL: 'small-writer',
      STANDFIRST_AI_KEY: 'key-of-the-model',
      STANDFIRST_SMTP_URL: 'smtp://desk:letters@mail.example',
      STANDFIRST_MAIL_FROM: 'desk@merrow-herald.example',
      STANDFIRST_PUBLIC_URL: 'https://desk.example',
    });
    const { said, body } = await read(here);
    expect(said).toMatchObject({
      database: 'postgres',
      queue: 'redis',
      model: { name: 'small-writer' },
      hasMail: true,
      publicUrl: 'https://desk.example',
    });
    expect(body).not.toMatch(/key-of-the-model|letters|127\.0\.0\.1/);
  });
});
