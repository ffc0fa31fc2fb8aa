import type { Command } from 'commander';
import type { ImportOptions } from './import-posts.ts';

/** `standfirst posts import`. @param onServer gives a command the options of a running server. */
export function addPostCommands(program: Command, onServer: (command: Command) => Command): void {
  const posts = program.command('posts').description('what goes out: one text for one account');
  onServer(posts.command('import').description('queue the rows of a file, all or none, and say of each what is wrong'))
    .argument('<file>', 'CSV with a header line, a JSON list, or a JSON object a line; - for standard input')
    .option('--dry-run', 'write nothing, and only report every row')
    .option('--again', 'also write rows that were imported within the last 24 hours')
    .action(async (file: string, options: ImportOptions) => {
      const { importPosts } = await import('./import-posts.ts');
      await importPosts(file, options);
    });
}
