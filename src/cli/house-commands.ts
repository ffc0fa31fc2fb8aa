import { Option } from 'commander';
import type { Command } from 'commander';
import type { ApiOptions } from './call-api.ts';
import type { MediaOptions } from './media.ts';
import type { WebhooksOptions } from './webhooks.ts';

/** `standfirst house-rules …`, `media …` and `webhooks …`. @param onServer gives a command the options of a running server. */
export function addHouseCommands(program: Command, onServer: (command: Command) => Command): void {
  const rules = program.command('house-rules').description('what a newsroom has decided for all its accounts');
  onServer(rules.command('get').description('print them, as `set` takes them')).action(
    async (options: ApiOptions & { json?: boolean }) => {
      const { getHouseRules } = await import('./house-rules.ts');
      await getHouseRules(options);
    },
  );
  onServer(rules.command('set').description('decide anew; posts that are there already keep their text'))
    .argument('<file>', 'the whole document as JSON, or - for standard input')
    .option('--at-version <number>', 'the version they were read at; else whatever is there now is replaced')
    .action(async (file: string, options: ApiOptions & { json?: boolean; atVersion?: string }) => {
      const { setHouseRules } = await import('./house-rules.ts');
      await setHouseRules(file, options);
    });

  const media = program.command('media').description('images that a running standfirst keeps');
  onServer(media.command('list').description('every image, newest first')).action(async (options: MediaOptions) => {
    const { listMedia } = await import('./media.ts');
    await listMedia(options);
  });
  onServer(media.command('add').description('keep an image, to be used in posts by its id'))
    .argument('<file>', 'JPEG, PNG, GIF, WebP or AVIF, or - for standard input')
    .option('--alt <text>', 'what it shows, for those who cannot see it')
    .action(async (file: string, options: MediaOptions & { alt?: string }) => {
      const { addMedia } = await import('./media.ts');
      await addMedia(file, options);
    });
  onServer(media.command('describe').description('say what an image shows'))
    .argument('<image>', 'its id, e.g. media_…')
    .argument('<text>', 'what it shows, for those who cannot see it')
    .action(async (id: string, alt: string, options: MediaOptions) => {
      const { describeMedia } = await import('./media.ts');
      await describeMedia(id, alt, options);
    });
  onServer(media.command('remove').description('remove an image that no post needs any more'))
    .argument('<image>', 'its id, e.g. media_…')
    .action(async (id: string, options: MediaOptions) => {
      const { removeMedia } = await import('./media.ts');
      await removeMedia(id, options);
    });

  const webhooks = program.command('webhooks').description('addresses that a running standfirst tells of events');
  onServer(webhooks.command('list').description('every webhook, its state and what is wrong with it')).action(
    async (options: WebhooksOptions) => {
      const { listWebhooks } = await import('./webhooks.ts');
      await listWebhooks(options);
    },
  );
  onServer(webhooks.command('add').description('have events sent to an address; prints its secret once'))
    .argument('<address>', 'where they are sent')
    .requiredOption('--events <names>', 'parted by commas, e.g. post.published,post.failed')
    .action(async (address: string, options: WebhooksOptions & { events: string }) => {
      const { addWebhook } = await import('./webhooks.ts');
      await addWebhook(address, options);
    });
  onServer(webhooks.command('deliveries').description('what a webhook was sent, newest first'))
    .argument('<webhook>', 'its id, e.g. whk_…')
    .addOption(new Option('--state <state>', 'only these').choices(['waiting', 'delivered', 'failed']))
    .action(async (id: string, options: WebhooksOptions & { state?: string }) => {
      const { listDeliveries } = await import('./webhooks.ts');
      await listDeliveries(id, options);
    });
  onServer(webhooks.command('redeliver').description('send a delivery now, or once more, under its old id'))
    .argument('<delivery>', 'its id, e.g. dlv_…')
    .action(async (id: string, options: WebhooksOptions) => {
      const { redeliver } = await import('./webhooks.ts');
      await redeliver(id, options);
    });
  onServer(webhooks.command('remove').description('remove a webhook; its deliveries stay as history'))
    .argument('<webhook>', 'its id, e.g. whk_…')
    .action(async (id: string, options: WebhooksOptions) => {
      const { removeWebhook } = await import('./webhooks.ts');
      await removeWebhook(id, options);
    });
}
