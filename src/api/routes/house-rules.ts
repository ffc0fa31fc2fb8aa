import { changeHouseRules, faultsInHouse } from '../../pipeline/house-rules.ts';
import type { StoredHouseRules } from '../../store/house-rules.ts';
import { getHouseRules } from '../../store/house-rules.ts';
import { callerOf } from '../authenticate.ts';
import { sendVersion, versionFrom } from '../etag.ts';
import type { Api, ApiContext } from '../parts.ts';
import { ApiProblem } from '../problem.ts';
import { readableRules } from '../readable-rules.ts';
import type { HouseRulesView } from '../schemas/house-rules.ts';
import { givenHouseRules, houseRulesView } from '../schemas/house-rules.ts';
import { invalid } from '../validate.ts';

export function houseRuleRoutes(app: Api, { database, mail }: ApiContext): void {
  app.get(
    '/v1/house-rules',
    {
      schema: {
        operationId: 'getHouseRules',
        summary: 'What the newsroom has decided for all its accounts',
        tags: ['house-rules'],
        response: { 200: houseRulesView },
      },
    },
    async (_request, reply) => {
      const stored = await getHouseRules(database);
      sendVersion(reply, stored.version);
      return viewOf(stored);
    },
  );

  app.put(
    '/v1/house-rules',
    {
      // What is wrong with its shape is told beside what is wrong with its meaning.
      attachValidation: true,
      config: { ifMatch: 'required' },
      schema: {
        operationId: 'putHouseRules',
        summary: 'Decide anew: the whole document; posts that are there already stay as they are',
        tags: ['house-rules'],
        body: givenHouseRules,
        response: { 200: houseRulesView },
      },
    },
    async (request, reply) => {
      const version = versionFrom(request);
      const { validationError } = request;
      if (validationError !== undefined) {
        if (!(validationError instanceof ApiProblem)) throw validationError;
        const meant = await faultsInHouse(database, mail !== null, readableRules(request.body));
        throw invalid([...validationError.faults, ...meant]);
      }
      const actor = callerOf(request).id;
      const stored = await database.transaction((sql) =>
        changeHouseRules(sql, mail !== null, version, request.body, actor),
      );
      sendVersion(reply, stored.version);
      return viewOf(stored);
    },
  );
}

function viewOf({ rules, changedAt, ...rest }: StoredHouseRules): HouseRulesView {
  return { rules: rules as HouseRulesView['rules'], ...rest, changedAt: changedAt?.toISOString() ?? null };
}
