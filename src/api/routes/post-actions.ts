import { found } from '../../store/database.ts';
import { getListedPost } from '../../store/post-list.ts';
import { callerOf } from '../authenticate.ts';
import { sendVersion, versionIfSent } from '../etag.ts';
import type { Api, ApiContext } from '../parts.ts';
import type { PostVerb } from '../post-verbs.ts';
import { actOn, mayAct, postVerbs } from '../post-verbs.ts';
import { byId } from '../schemas/common.ts';
import { postView } from '../schemas/post.ts';
import { postViewOf } from '../views/post.ts';

/** What people do to one post. Each answers the post as it stands afterwards; `If-Match` is honoured where it is sent. */
export function postActionRoutes(app: Api, context: ApiContext): void {
  const { database } = context;
  const verbs = postVerbs(context);
  for (const name of Object.keys(verbs) as PostVerb[]) {
    const verb = verbs[name];
    app.post(
      `/v1/posts/:id/${name}`,
      {
        config: { ifMatch: 'optional' },
        schema: {
          operationId: `${name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())}Post`,
          summary: verb.summary,
          tags: ['posts'],
          params: byId,
          body: verb.body,
          response: { 200: postView },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        const caller = callerOf(request);
        mayAct(caller, name, request.body);
        const version = versionIfSent(request);
        await actOn(context, verb, { id, version, body: request.body }, caller);
        const row = found(await getListedPost(database, id), 'post', id);
        sendVersion(reply, row.version);
        return postViewOf(row, caller);
      },
    );
  }
}
