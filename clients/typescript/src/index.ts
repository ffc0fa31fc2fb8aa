export type * from './api.ts';
export { Standfirst } from './client.ts';
export type { DeskEvent } from './client.ts';
export { StandfirstProblem } from './problem.ts';
export type { Fault } from './problem.ts';
export type { ClientOptions } from './transport.ts';
