import { Option } from 'commander';
import type { Command } from 'commander';
import type { AccountsOptions, AddOptions, ChangeOptions } from './accounts.ts';

/** `standfirst accounts …`. @param onServer gives a command the options of a running server. */
export function addAccountCommands(program: Command, onServer: (command: Command) => Command): void {
  const accounts = program.command('accounts').description('accounts of a running standfirst');
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

  onServer(accounts.command('remove').description('remove an account for good; what has not gone out is cancelled'))
    .argument('<account>', 'its id, e.g. acc_…')
    .action(async (id: string, options: AccountsOptions) => {
      const { removeAccount } = await import('./accounts.ts');
      await removeAccount(id, options);
    });
}
