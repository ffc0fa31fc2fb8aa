import { Option } from 'commander';
import type { Command } from 'commander';
import { sourceKinds } from '../domain/source.ts';
import type { AddSourceOptions, SourcesOptions } from './sources.ts';

/** `standfirst sources …`. @param onServer gives a command the options of a running server. */
export function addSourceCommands(program: Command, onServer: (command: Command) => Command): void {
  const sources = program.command('sources').description('feeds, sitemaps and lists that a running standfirst reads');

  onServer(sources.command('list').description('every source, how it does and when it is read next')).action(
    async (options: SourcesOptions) => {
      const { listSources } = await import('./sources.ts');
      await listSources(options);
    },
  );

  onServer(sources.command('add').description('read a feed or sitemap from now on; what it has already is not posted'))
    .argument('[address]', 'its address; not with urls and push')
    .addOption(new Option('--kind <kind>', 'what it is').choices(sourceKinds).default('feed'))
    .option('--name <name>', 'how it is called here; default its own title')
    .option('--settings <file>', 'rules, cap, pages and other settings as JSON, or - for standard input')
    .action(async (address: string | undefined, options: AddSourceOptions) => {
      const { addSource } = await import('./sources.ts');
      await addSource(address, options);
    });

  for (const [verb, description] of [
    ['poll', 'read it now'],
    ['pause', 'stop reading it until it is resumed'],
    ['resume', 'read it again'],
  ] as const) {
    onServer(sources.command(verb).description(description))
      .argument('<source>', 'its id, e.g. src_…')
      .action(async (id: string, options: SourcesOptions) => {
        const { tellSource } = await import('./sources.ts');
        await tellSource(id, verb, options);
      });
  }

  onServer(sources.command('remove').description('remove a source for good; its articles stay as history'))
    .argument('<source>', 'its id, e.g. src_…')
    .action(async (id: string, options: SourcesOptions) => {
      const { removeSource } = await import('./sources.ts');
      await removeSource(id, options);
    });

  onServer(sources.command('import').description('add every feed of an OPML file'))
    .argument('<file>', 'the OPML file, or - for standard input')
    .action(async (file: string, options: SourcesOptions) => {
      const { importSources } = await import('./sources.ts');
      await importSources(file, options);
    });

  onServer(sources.command('export').description('print every feed as OPML')).action(
    async (options: SourcesOptions) => {
      const { exportSources } = await import('./sources.ts');
      await exportSources(options);
    },
  );
}
