import { Argument } from 'commander';
import type { Command } from 'commander';
import { calledOperations, readApiDocument } from './api-document.ts';
import type { Called, Document } from './api-document.ts';
import { fieldOf, fieldsOf, optionsOf } from './api-fields.ts';
import type { Field } from './api-fields.ts';

/** A command for every operation that none written by hand has the name of. @param onServer as in `main.ts`. */
export function addApiCommands(program: Command, onServer: (command: Command) => Command): void {
  const document = readApiDocument();
  const all = calledOperations(document);
  const child = (of: Command, name: string): Command | undefined => of.commands.find((one) => one.name() === name);
  for (const called of all) {
    const verbs = all.filter(({ noun }) => noun === called.noun).map(({ verb }) => verb);
    const noun = child(program, called.noun) ?? program.command(called.noun).description(verbs.join(', '));
    if (child(noun, called.verb) === undefined) addOne(onServer(noun.command(called.verb)), called, document);
  }
}

function addOne(command: Command, called: Called, document: Document): void {
  const { summary, parameters = [], requestBody } = called.operation;
  command.description(summary);
  const of = (place: string) => parameters.filter((parameter) => parameter.in === place);
  for (const { name } of of('path')) command.addArgument(new Argument(`<${name}>`, 'its id'));
  if (of('header').some(({ name }) => name === 'If-Match'))
    command.option('--version <number>', 'the version that was read; else whatever is there now is meant');
  if (of('query').some(({ name }) => name === 'cursor')) command.option('--all', 'every page, not only the first');
  const body = requestBody?.content?.['application/json']?.schema;
  if (body !== undefined) command.option('--body <file>', 'the whole as JSON, or - for standard input');
  const query = added(
    command,
    of('query').map(({ name, schema, description }) => fieldOf(name, schema, description, document)),
  );
  const fields = added(command, body === undefined ? [] : fieldsOf(body, document));
  command.action(async () => {
    const { runOperation } = await import('./run-operation.ts');
    // The noun itself may have `--json` too, and then takes it before its verb sees it.
    await runOperation({ ...called, query, fields }, command.args, command.optsWithGlobals(), document);
  });
}

/** Gives the command the options of these fields; what is called like another option comes by `--body` only. */
function added(command: Command, fields: readonly (Field | null)[]): Field[] {
  const free = fields
    .filter((field) => field !== null)
    .filter((field) => !command.options.some((option) => option.attributeName() === field.name));
  for (const option of free.flatMap(optionsOf)) command.addOption(option);
  return free;
}
