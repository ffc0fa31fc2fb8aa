import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { addSource, editSource, lookAt, pollNow, resume } from '../../pipeline/sources.ts';
import { found } from '../../store/database.ts';
import type { SourceRow } from '../../store/source.ts';
import { getSource, pageSources, pauseSource, removeSource } from '../../store/source.ts';
import { givenSourceSettings } from '../../store/source-settings.ts';
import { checkAccountIds } from '../account-ids.ts';
import { callerOf } from '../authenticate.ts';
import { sendVersion, versionFrom, versionIfSent } from '../etag.ts';
import { sendPage } from '../page.ts';
import type { Api, ApiContext } from '../parts.ts';
import { byId, noBody } from '../schemas/common.ts';
import type { SourceView } from '../schemas/source.ts';
import { newSource, pauseBody, sourceChange, sourcePage, sourceQuery, sourceView } from '../schemas/source.ts';
import { faultsOf, invalid } from '../validate.ts';
import { sourceViews } from '../views/source.ts';

export function sourceRoutes(app: Api, context: ApiContext): void {
  const { database } = context;
  const viewOf = async (row: SourceRow, request: FastifyRequest): Promise<SourceView> =>
    (await sourceViews(database, [row], callerOf(request)))[0] as SourceView;

  app.post(
    '/v1/sources',
    {
      schema: {
        operationId: 'addSource',
        summary: 'Take articles from a feed, a sitemap, a list of pages, or what is pushed',
        description:
          'It is read at once. What it has then is its baseline: nothing of it is posted. An address that leads to no such thing is refused; of one that does not answer now, `problem` says so.',
        tags: ['sources'],
        body: newSource,
        response: { 201: sourceView },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { kind, name, url = null, settings = givenSourceSettings.parse({}) } = request.body;
      await checkAccountIds(database, settings.accountIds ?? undefined, '/settings/accountIds');
      const problem = await lookAt(context, { kind, url });
      const row = await addSource(context, { kind, name, url, settings, problem }, caller.id);
      void reply.header('location', `/v1/sources/${row.id}`);
      sendVersion(reply, row.version);
      return reply.code(201).send(await viewOf(row, request));
    },
  );

  app.get(
    '/v1/sources',
    {
      schema: {
        operationId: 'listSources',
        summary: 'Sources: how each is doing and what it brought',
        tags: ['sources'],
        querystring: sourceQuery,
        response: { 200: sourcePage },
      },
    },
    async (request, reply) => {
      const { kind = null, state = null } = request.query;
      const { data, nextCursor } = await sendPage(
        request,
        reply,
        (page) => pageSources(database, { kind, state }, page),
        (row) => [row.id],
        (row) => row,
      );
      return { data: await sourceViews(database, data, callerOf(request)), nextCursor };
    },
  );

  app.get(
    '/v1/sources/:id',
    {
      schema: {
        operationId: 'getSource',
        summary: 'One source',
        tags: ['sources'],
        params: byId,
        response: { 200: sourceView },
      },
    },
    async (request, reply) => {
      const row = found(await getSource(database, request.params.id), 'source', request.params.id);
      sendVersion(reply, row.version);
      return viewOf(row, request);
    },
  );

  app.patch(
    '/v1/sources/:id',
    {
      config: { ifMatch: 'required' },
      schema: {
        operationId: 'changeSource',
        summary: 'Its name, address, rules and other settings; a new address is read from a new baseline',
        tags: ['sources'],
        params: byId,
        body: sourceChange,
        response: { 200: sourceView },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const version = versionFrom(request);
      const caller = callerOf(request);
      const before = found(await getSource(database, id), 'source', id);
      const { name = before.name, url = before.url } = request.body;
      const settings = mergedSettings(before, request.body.settings ?? {});
      await checkAccountIds(database, settings.accountIds ?? undefined, '/settings/accountIds');
      checkPlace(before, request.body.url, settings.urls);
      if (url !== before.url) await lookAt(context, { kind: before.kind, url });
      const row = await editSource(context, id, version, { name, url, settings }, caller.id);
      sendVersion(reply, row.version);
      return viewOf(row, request);
    },
  );

  app.delete(
    '/v1/sources/:id',
    {
      config: { ifMatch: 'optional' },
      schema: {
        operationId: 'removeSource',
        summary: 'Remove a source for good; its articles and its log stay as history',
        tags: ['sources'],
        params: byId,
        response: { 204: z.undefined().describe('Removed.') },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const version = versionIfSent(request);
      await database.transaction((sql) => removeSource(sql, request.params.id, version, caller.id));
      return reply.code(204).send();
    },
  );

  app.post(
    '/v1/sources/:id/poll',
    {
      schema: {
        operationId: 'pollSource',
        summary: 'Read it now',
        description: 'Answers at once; `lastPollAt` tells when it was read.',
        tags: ['sources'],
        params: byId,
        body: noBody,
        response: { 202: sourceView },
      },
    },
    async (request, reply) => {
      return reply.code(202).send(await viewOf(await pollNow(context, request.params.id), request));
    },
  );

  app.post(
    '/v1/sources/:id/pause',
    {
      schema: {
        operationId: 'pauseSource',
        summary: 'Stop reading it until it is resumed',
        tags: ['sources'],
        params: byId,
        body: pauseBody,
        response: { 200: sourceView },
      },
    },
    async (request) => {
      const { id } = request.params;
      const caller = callerOf(request);
      await database.transaction((sql) => pauseSource(sql, id, request.body?.reason ?? null, caller.id));
      return viewOf(found(await getSource(database, id), 'source', id), request);
    },
  );

  app.post(
    '/v1/sources/:id/resume',
    {
      schema: {
        operationId: 'resumeSource',
        summary: 'Read it again, from now on',
        description: 'What came while it was paused is taken in as if it were new, by its rules and its cap.',
        tags: ['sources'],
        params: byId,
        body: noBody,
        response: { 200: sourceView },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      return viewOf(await resume(context, request.params.id, caller.id), request);
    },
  );
}

/** What is left out stays; of the rules too. @throws ApiProblem with every fault. */
function mergedSettings({ settings }: SourceRow, change: Record<string, unknown>): SourceRow['settings'] {
  const rules = { ...settings.rules, ...(change['rules'] as object | undefined) };
  const merged = givenSourceSettings.safeParse({ ...settings, ...change, rules });
  if (!merged.success) throw invalid(merged.error.issues.flatMap((issue) => faultsOf(issue, '/settings')));
  return merged.data;
}

/** @throws ApiProblem where the change does not fit the kind, which stays. */
function checkPlace({ kind }: SourceRow, url: string | undefined, urls: readonly string[]): void {
  const isRead = kind === 'feed' || kind === 'sitemap';
  const faults = [
    ...(url !== undefined && !isRead
      ? [{ pointer: '/url', code: 'custom', message: `is not used with kind ${kind}` }]
      : []),
    ...(kind === 'urls' && urls.length === 0
      ? [{ pointer: '/settings/urls', code: 'custom', message: 'names no page' }]
      : []),
  ];
  if (faults.length > 0) throw invalid(faults);
}
