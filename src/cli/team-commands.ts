import { Option } from 'commander';
import type { Command } from 'commander';
import { roles } from '../api/access.ts';
import type { VerifyOptions } from './audit.ts';
import type { AddUserOptions, UsersOptions } from './users.ts';

/** `standfirst users …` and `audit …`. @param onServer gives a command the options of a running server. */
export function addTeamCommands(program: Command, onServer: (command: Command) => Command): void {
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

  onServer(
    audit.command('verify').description('walk the chain and name every row that was changed, moved or is missing'),
  )
    .option('--head <n:hash>', 'a head that an earlier verify printed: shows also what was cut off')
    .action(async (options: VerifyOptions) => {
      const { verifyAudit } = await import('./audit.ts');
      await verifyAudit(options);
    });
}
