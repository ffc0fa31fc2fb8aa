import type { Command } from 'commander';

/** Whether these words ask for something that no command written by hand does: only then is the API's document read. */
export function asksTheApi(program: Command, [noun, verb]: readonly string[]): boolean {
  if (noun === undefined || isOption(noun) || noun === 'help') return true;
  const own = program.commands.find((command) => command.name() === noun);
  if (own === undefined) return true;
  if (own.registeredArguments.length > 0 || own.commands.some((command) => command.name() === verb)) return false;
  return own.commands.length > 0 || (verb !== undefined && !isOption(verb));
}

function isOption(word: string): boolean {
  return word.startsWith('-');
}
