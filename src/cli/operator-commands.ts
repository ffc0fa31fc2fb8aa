import type { Command } from 'commander';

/** What the operator does on the machine itself: `standfirst keys …`, `doctor`, `backup`, `export` and `restore`. */
export function addOperatorCommands(program: Command): void {
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
    .description('everything that people wrote, decided and did, as JSON lines without a secret')
    .argument('<file>', 'a new file, or - for standard output')
    .action(async (file: string) => {
      const { exportAll } = await import('./backup.ts');
      await exportAll(file);
    });

  program
    .command('restore')
    .description(
      'read a backup into a fresh STANDFIRST_DATA or DATABASE_URL; everything is held until a person resumes',
    )
    .argument('<file>', 'what `standfirst backup` wrote')
    .action(async (file: string) => {
      const { restore } = await import('./restore.ts');
      await restore(file);
    });
}
