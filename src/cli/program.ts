import { Command, Option } from 'commander';
import { addAccountCommands } from './account-commands.ts';
import { batchKinds } from './batch-kinds.ts';
import type { ApiOptions } from './call-api.ts';
import type { ComposeOptions } from './compose.ts';
import { addHouseCommands } from './house-commands.ts';
import { addOperatorCommands } from './operator-commands.ts';
import { addPostCommands } from './post-commands.ts';
import { addSourceCommands } from './source-commands.ts';
import { addTeamCommands } from './team-commands.ts';

/**
 * Every command that is written by hand; those of the API's document come besides. Each is imported when it is called, so
 * that none waits for what another one needs.
 */
export function ownProgram(): Command {
  const program = new Command('standfirst')
    .description('Turns a news article into the right post for every network.')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, '')) });

  program
    .command('compose')
    .description('write the post for each network, with its measured length against its limit')
    .argument('<article>', 'a file (plain text or HTML), an address, or - for standard input')
    .option('--title <headline>', 'headline, where the text has none or another one is wanted')
    .option('--section <name>', 'section of the newspaper, e.g. Politics')
    .option('--tags <tags>', 'house tags that always come last, parted by commas or spaces')
    .option('--url <address>', 'the link that the post carries')
    .option('--lang <tag>', 'language of the article, e.g. en; told from the text where absent')
    .option('--networks <ids>', 'only these, parted by commas')
    .addOption(
      new Option('--hashtags <strategy>', 'how hashtags are chosen').choices(['smart', 'headline']).default('smart'),
    )
    .option('--thread', 'continue in further messages what does not fit one, numbered')
    .option('--house-rules <file>', 'house rules as JSON: templates, signatures, hashtags, campaign parameters')
    .option('--json', 'one JSON object a line and network')
    .action(async (article: string, options: ComposeOptions) => {
      const { compose } = await import('./compose.ts');
      await compose(article, options);
    });

  program
    .command('batch')
    .description('JSON lines in, JSON lines out: one answer a line, in order')
    .argument('<what>', batchKinds.join(', '))
    .action(async (what: string) => {
      const { batch } = await import('./batch.ts');
      await batch(what);
    });

  addAccountCommands(program, onServer);
  addHouseCommands(program, onServer);
  addPostCommands(program, onServer);
  addSourceCommands(program, onServer);
  addTeamCommands(program, onServer);

  onServer(program.command('mcp').description('tools for an assistant (MCP) over standard input and output')).action(
    async (options: ApiOptions) => {
      const { serveMcp } = await import('./mcp.ts');
      serveMcp(options);
    },
  );

  addOperatorCommands(program);

  program
    .command('networks')
    .description('print the networks: what each allows and can do, how to connect it, what it costs')
    .option('--json', 'one JSON object a line and network')
    .action(async (options: { json?: boolean }) => {
      const { printNetworks } = await import('./networks.ts');
      printNetworks(options);
    });

  program
    .command('openapi')
    .description('print the OpenAPI 3.1 document of the API; docs/openapi.json is this')
    .action(async () => {
      const { printOpenApi } = await import('./openapi.ts');
      await printOpenApi();
    });

  return program;
}

/** Gives a command the options of a running server. */
export function onServer(command: Command): Command {
  return command
    .option('--server <address>', 'address of the server; default this machine')
    .option('--key-file <file>', 'file with an API key; default the one made for this machine')
    .option('--json', 'one JSON object a line');
}
