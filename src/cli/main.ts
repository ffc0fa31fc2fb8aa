import { enableCompileCache } from 'node:module';
import { CommanderError } from 'commander';
import { asksTheApi } from './asks-the-api.ts';
import { exitCodeOf, sentenceOf } from './exit.ts';
import { harmless } from './print.ts';
import { onServer, ownProgram } from './program.ts';

// The second start reads compiled code from the cache folder of the system: a third of a second less.
enableCompileCache();

// These stop what they started before they end.
const holding = ['backup', 'export', 'keys', 'restore'];
const [noun = ''] = process.argv.slice(2);
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads may stop early, as `head` does: nobody is left to be told, and there is no fault to tell.
    if (error.code !== 'EPIPE') throw error;
    if (!holding.includes(noun)) process.exit();
  });

const program = ownProgram();
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
    process.stderr.write(`${harmless(sentenceOf(error))}\n`);
    process.exitCode = exitCodeOf(error);
  }
}
