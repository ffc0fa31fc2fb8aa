import { enableCompileCache } from 'node:module';
import { Command, CommanderError, Option } from 'commander';
import { exitCodeOf, sentenceOf } from './exit.ts';
import { asksTheApi } from './asks-the-api.ts';
import { batchKinds } from './batch-kinds.ts';
import { addHouseCommands } from './house-commands.ts';
import type { AccountsOptions, AddOptions, ChangeOptions } from './accounts.ts';
import type { VerifyOptions } from './audit.ts';
import type { AddUserOptions, UsersOptions } from './users.ts';
import { roles } from '../api/access.ts';
import type { ApiOptions } from './call-api.ts';
import type { ComposeOptions } from './compose.ts';
import type { AddSourceOptions, SourcesOptions } from './sources.ts';

// The second start reads compiled code from the cache folder of the system: a third of a second less.
enableCompileCache();

/** Each command is imported when it is called, so that none waits for what another one needs. */
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

const accounts = program.command('accounts').description('accounts of a running standfirst');
const onServer = (command: Command): Command =>
  command
    .option('--server <address>', 'address of the server; default this machine')
    .option('--key-file <file>', 'file with an API key; default the one made for this machine')
    .option('--json', 'one JSON object a line');

const whenUnknown = (): Option =>
  new Option(
    '--unknown <policy>',
    'when an answer is lost and the network cannot be asked: hold for a person, or send-again once, and it may be there twice',
  ).choices(['hold', 'send-again']);

onServer(accounts.command('list').description('every account, its state and what is wrong with it')).action(
  async (options: AccountsOptions) => {
    const { listAccounts } = await import('./accounts.ts');
    await listAccounts(options);
  },
);

onServer(accounts.command('add').description('connect an account; its fields as JSON (see `standfirst networks`)'))
  .argument('<network>', 'id of a network, e.g. mastodon')
  .argument('<fields>', 'a file with the fields as JSON, or - for standard input')
  .option('--name <name>', 'how it is called here; default its own name')
  .addOption(whenUnknown())
  .option('--consent', 'the fields are those of your app: print the page on which a person agrees')
  .action(async (network: string, fields: string, options: AddOptions) => {
    const { addAccount } = await import('./accounts.ts');
    await addAccount(network, fields, options);
  });

onServer(accounts.command('change').description('change its name, or what becomes of a lost answer'))
  .argument('<account>', 'its id, e.g. acc_…')
  .option('--name <name>', 'how it is called here')
  .addOption(whenUnknown())
  .action(async (id: string, options: ChangeOptions) => {
    const { changeAccount } = await import('./accounts.ts');
    await changeAccount(id, options);
  });

onServer(accounts.command('check').description('ask the network who is connected and what is missing'))
  .argument('<account>', 'its id, e.g. acc_…')
  .action(async (id: string, options: AccountsOptions) => {
    const { checkAccount } = await import('./accounts.ts');
    await checkAccount(id, options);
  });

onServer(accounts.command('remove').description('remove an account for good; its posts stay as history'))
  .argument('<account>', 'its id, e.g. acc_…')
  .action(async (id: string, options: AccountsOptions) => {
    const { removeAccount } = await import('./accounts.ts');
    await removeAccount(id, options);
  });

addHouseCommands(program, onServer);

const sources = program.command('sources').description('feeds, sitemaps and lists that a running standfirst reads');

onServer(sources.command('list').description('every source, how it does and when it is read next')).action(
  async (options: SourcesOptions) => {
    const { listSources } = await import('./sources.ts');
    await listSources(options);
  },
);

onServer(sources.command('add').description('read a feed or sitemap from now on; what it has already is not posted'))
  .argument('<address>', 'its address')
  .addOption(new Option('--kind <kind>', 'what it is').choices(['feed', 'sitemap']).default('feed'))
  .option('--name <name>', 'how it is called here; default its own title')
  .action(async (address: string, options: AddSourceOptions) => {
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

onServer(sources.command('export').description('print every feed as OPML')).action(async (options: SourcesOptions) => {
  const { exportSources } = await import('./sources.ts');
  await exportSources(options);
});

const users = program.command('users').description('the team of a running standfirst');
const givenRole = new Option('--role <role>', 'what they may do').choices(roles).default('viewer');

onServer(users.command('list').description('every member, their role and when they were last seen')).action(
  async (options: UsersOptions) => {
    const { listUsers } = await import('./users.ts');
    await listUsers(options);
  },
);

onServer(users.command('add').description('invite somebody; prints the link by which they come'))
  .argument('<name>', 'what they are called and sign in with')
  .addOption(givenRole)
  .option('--email <address>', 'they may sign in with it as well')
  .action(async (name: string, options: AddUserOptions) => {
    const { addUser } = await import('./users.ts');
    await addUser(name, options);
  });

for (const [verb, description] of [
  ['invite', 'print a new link for somebody who has not come yet; the one before ends'],
  ['reset', 'print a link by which a member sets a new password; works once, within an hour'],
] as const) {
  onServer(users.command(verb).description(description))
    .argument('<name>', 'name, address or id')
    .action(async (name: string, options: UsersOptions) => {
      const { printLink } = await import('./users.ts');
      await printLink(verb, name, options);
    });
}

onServer(users.command('role').description('give a member another role; holds from their next request'))
  .argument('<name>', 'name, address or id')
  .argument('<role>', roles.join(', '))
  .action(async (name: string, role: string, options: UsersOptions) => {
    const { changeRole } = await import('./users.ts');
    await changeRole(name, role, options);
  });

onServer(users.command('remove').description('remove a member for good: sessions, links and keys end at once'))
  .argument('<name>', 'name, address or id')
  .action(async (name: string, options: UsersOptions) => {
    const { removeUser } = await import('./users.ts');
    await removeUser(name, options);
  });

const audit = program.command('audit').description('who did what, in a chain that shows every change');

onServer(audit.command('verify').description('walk the chain and name every row that was changed, moved or is missing'))
  .option('--head <n:hash>', 'a head that an earlier verify printed: shows also what was cut off')
  .action(async (options: VerifyOptions) => {
    const { verifyAudit } = await import('./audit.ts');
    await verifyAudit(options);
  });

const keys = program.command('keys').description('the keys that seal tokens at rest');
keys
  .command('list')
  .description('names of the keys, the one that seals first, and its fingerprint')
  .action(async () => {
    const { listKeys } = await import('./keys.ts');
    await listKeys();
  });
keys
  .command('new')
  .description('put a new key in front; afterwards restart every process, then rotate')
  .action(async () => {
    const { newKey } = await import('./keys.ts');
    await newKey();
  });
keys
  .command('rotate')
  .description('seal every stored secret again with the first key')
  .action(async () => {
    const { rotate } = await import('./keys.ts');
    await rotate();
  });

onServer(program.command('mcp').description('tools for an assistant (MCP) over standard input and output')).action(
  async (options: ApiOptions) => {
    const { serveMcp } = await import('./mcp.ts');
    serveMcp(options);
  },
);

program
  .command('doctor')
  .description('say in a line each what is wrong with database, queue, clock, time zones, keys and disk')
  .option('--json', 'one JSON object a line')
  .action(async (options: { json?: boolean }) => {
    const { doctor } = await import('./doctor.ts');
    process.exitCode = await doctor(options);
  });

program
  .command('backup')
  .description('write the whole installation into one file, also while it runs; the encryption key is not in it')
  .argument('<file>', 'a new file, e.g. standfirst.jsonl.gz')
  .action(async (file: string) => {
    const { backUp } = await import('./backup.ts');
    await backUp(file);
  });

program
  .command('export')
  .description('what people wrote and what became of it, as JSON lines without a secret')
  .argument('<file>', 'a new file, or - for standard output')
  .action(async (file: string) => {
    const { exportAll } = await import('./backup.ts');
    await exportAll(file);
  });

program
  .command('restore')
  .description('read a backup into a fresh STANDFIRST_DATA or DATABASE_URL; everything is held until a person resumes')
  .argument('<file>', 'what `standfirst backup` wrote')
  .action(async (file: string) => {
    const { restore } = await import('./restore.ts');
    await restore(file);
  });

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

try {
  if (asksTheApi(program, process.argv.slice(2))) {
    const { addApiCommands } = await import('./api-commands.ts');
    addApiCommands(program, onServer);
  }
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    process.stderr.write(`${sentenceOf(error)}\n`);
    process.exitCode = exitCodeOf(error);
  }
}
