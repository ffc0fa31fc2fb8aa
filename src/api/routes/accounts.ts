import { z } from 'zod';
import { networkOf, networks } from '../../networks/registry.ts';
import { powersOf } from '../../networks/way.ts';
import type { Network } from '../../networks/network.ts';
import { addAccount, checkAccount } from '../../pipeline/accounts.ts';
import { reconnect } from '../../pipeline/reconnect.ts';
import { changeAccount } from '../../store/account-change.ts';
import { pageAccounts } from '../../store/account-list.ts';
import type { AccountRow } from '../../store/account.ts';
import { removeAccount } from '../../store/account-removal.ts';
import { getAccount, givenAccountSettings } from '../../store/account.ts';
import { found } from '../../store/database.ts';
import { callerOf } from '../authenticate.ts';
import { sendVersion, versionFrom, versionIfSent } from '../etag.ts';
import { sendPage } from '../page.ts';
import type { Api, ApiContext } from '../parts.ts';
import type { AccountView, NetworkView } from '../schemas/account.ts';
import {
  accountChange,
  accountPage,
  accountQuery,
  accountView,
  networkList,
  newAccount,
  newCredentials,
} from '../schemas/account.ts';
import { byId } from '../schemas/common.ts';
import { mayReach } from '../test-keys.ts';
import { faultsOf, invalid } from '../validate.ts';

export function accountRoutes(app: Api, context: ApiContext): void {
  const { database } = context;
  const networkViews = networks.map(networkViewOf);

  app.get(
    '/v1/networks',
    {
      schema: {
        operationId: 'listNetworks',
        summary: 'Networks: their rules, and what an account on each must give',
        tags: ['accounts'],
        response: { 200: networkList },
      },
    },
    async () => ({ data: networkViews }),
  );

  app.get(
    '/v1/accounts',
    {
      schema: {
        operationId: 'listAccounts',
        summary: 'Connected accounts',
        tags: ['accounts'],
        querystring: accountQuery,
        response: { 200: accountPage },
      },
    },
    (request, reply) => {
      const { network = null, state = null } = request.query;
      return sendPage(
        request,
        reply,
        (page) => pageAccounts(database, { network, state }, page),
        (row) => [row.id],
        viewOf,
      );
    },
  );

  app.get(
    '/v1/accounts/:id',
    {
      schema: {
        operationId: 'getAccount',
        summary: 'One account',
        tags: ['accounts'],
        params: byId,
        response: { 200: accountView },
      },
    },
    async (request, reply) => {
      const row = found(await getAccount(database, request.params.id), 'account', request.params.id);
      sendVersion(reply, row.version);
      return viewOf(row);
    },
  );

  app.post(
    '/v1/accounts',
    {
      schema: {
        operationId: 'addAccount',
        summary: 'Connect an account; its credentials are tried on the network and kept encrypted',
        tags: ['accounts'],
        body: newAccount,
        response: { 201: accountView },
      },
    },
    async (request, reply) => {
      const { network, name, credentials } = request.body;
      const caller = callerOf(request);
      const isKnown = networks.some((candidate) => candidate.profile.id === network);
      if (isKnown) mayReach(caller, network);
      const settings = givenAccountSettings.safeParse(request.body.settings);
      if (!settings.success) throw invalid(settings.error.issues.flatMap((issue) => faultsOf(issue, '/settings')));
      const row = await addAccount(
        context,
        { network, credentials, settings: settings.data, ...(name === undefined ? {} : { name }) },
        caller.id,
      );
      void reply.header('location', `/v1/accounts/${row.id}`);
      sendVersion(reply, row.version);
      return reply.code(201).send(viewOf(row));
    },
  );

  app.patch(
    '/v1/accounts/:id',
    {
      config: { ifMatch: 'required' },
      schema: {
        operationId: 'changeAccount',
        summary: 'Its name and settings: slots, quiet hours, gap, caps, zone, hashtags',
        tags: ['accounts'],
        params: byId,
        body: accountChange,
        response: { 200: accountView },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const version = versionFrom(request);
      const before = found(await getAccount(database, id), 'account', id);
      const settings = givenAccountSettings.safeParse({ ...before.settings, ...request.body.settings });
      if (!settings.success) throw invalid(settings.error.issues.flatMap((issue) => faultsOf(issue, '/settings')));
      const change = { name: request.body.name ?? before.name, settings: settings.data };
      const row = await database.transaction((sql) => changeAccount(sql, id, version, change, callerOf(request).id));
      sendVersion(reply, row.version);
      return viewOf(row);
    },
  );

  app.put(
    '/v1/accounts/:id/credentials',
    {
      schema: {
        operationId: 'reconnectAccount',
        summary:
          'Reconnect an account with new credentials: they are tried on the network, and must be of the same account there',
        tags: ['accounts'],
        params: byId,
        body: newCredentials,
        response: { 200: accountView },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const caller = callerOf(request);
      mayReach(caller, found(await getAccount(database, id), 'account', id).network);
      const row = await reconnect(context, id, request.body, caller.id);
      sendVersion(reply, row.version);
      return viewOf(row);
    },
  );

  app.post(
    '/v1/accounts/:id/check',
    {
      schema: {
        operationId: 'checkAccount',
        summary: 'Ask the network who is connected and what is missing',
        tags: ['accounts'],
        params: byId,
        response: { 200: accountView },
      },
    },
    async (request) => {
      const { id } = request.params;
      mayReach(callerOf(request), found(await getAccount(database, id), 'account', id).network);
      return viewOf(await checkAccount(context, id));
    },
  );

  app.delete(
    '/v1/accounts/:id',
    {
      config: { ifMatch: 'optional' },
      schema: {
        operationId: 'removeAccount',
        summary:
          'Remove an account for good; its credentials are wiped, what has not gone out is cancelled, its other posts stay as history',
        tags: ['accounts'],
        params: byId,
        response: { 204: z.undefined().describe('Removed.') },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const caller = callerOf(request);
      mayReach(caller, found(await getAccount(database, id), 'account', id).network);
      const version = versionIfSent(request);
      await database.transaction((sql) => removeAccount(sql, id, version, caller.id));
      return reply.code(204).send();
    },
  );
}

function viewOf(row: AccountRow): AccountView {
  const { expiresAt, credentialsAt, blockedUntil, createdAt, updatedAt, ...rest } = row;
  return {
    ...rest,
    powers: { ...powersOf(networkOf(row.network).profile, row.powers) },
    expiresAt: expiresAt?.toISOString() ?? null,
    credentialsAt: credentialsAt.toISOString(),
    blockedUntil: blockedUntil?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

function networkViewOf({ profile, credentials, connect }: Network): NetworkView {
  const { id, name, limits, powers, lesserWays, price, rules } = profile;
  return {
    id,
    name,
    limits: { ...limits },
    powers: { ...powers },
    lesserWays: { ...lesserWays },
    price,
    rules,
    isSandbox: profile.isOwn === true,
    credentials: { ...z.toJSONSchema(credentials, { io: 'input' }) },
    consent: connect === undefined ? null : { ...z.toJSONSchema(connect.app, { io: 'input' }) },
  };
}
