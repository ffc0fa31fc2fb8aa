import { z } from 'zod';
import { verifyAudit } from '../../pipeline/audit.ts';
import { shownData } from '../../store/event.ts';
import type { AuditRow } from '../../store/audit.ts';
import { pageAudit } from '../../store/audit.ts';
import { sendPage } from '../page.ts';
import type { Api, ApiContext } from '../parts.ts';
import type { AuditView } from '../schemas/audit.ts';
import { changedFields } from '../../text/changed-fields.ts';
import { auditHead, auditPage, auditQuery, auditVerdict } from '../schemas/audit.ts';

export function auditRoutes(app: Api, { database }: ApiContext): void {
  app.get(
    '/v1/audit',
    {
      schema: {
        operationId: 'listAudit',
        summary: 'Who did what, from where, newest first',
        tags: ['audit'],
        querystring: auditQuery,
        response: { 200: auditPage },
      },
    },
    (request, reply) => {
      const { actor = null, action = null, subject = null, ip = null, since, until } = request.query;
      const [from, to] = [since, until].map((time) => (time === undefined ? null : new Date(time)));
      const filter = { actor, action, subject, ip, since: from ?? null, until: to ?? null };
      return sendPage(
        request,
        reply,
        (page) => pageAudit(database, filter, page),
        (row) => [row.seq],
        viewOf,
      );
    },
  );

  app.get(
    '/v1/audit/verification',
    {
      config: { limit: 'preview' },
      schema: {
        operationId: 'verifyAudit',
        summary: 'Walk the chain: what was changed, moved or is missing',
        tags: ['audit'],
        querystring: auditHead,
        response: { 200: auditVerdict },
      },
    },
    async (request) => {
      const [n, hash = ''] = request.query.head?.split(':') ?? [];
      const { faults, ...verdict } = await verifyAudit(database, n === undefined ? null : { n: Number(n), hash });
      return { ...verdict, faults: [...faults] };
    },
  );
}

function viewOf({ seq, at, origin, change, textBefore, textAfter, ...row }: AuditRow): AuditView {
  const { changeSha256: _digest, ...data } = row.data;
  const text = changedFields(wordsOf(textBefore), wordsOf(textAfter));
  const changes = [...text, ...(change === null ? [] : writtenChange.parse(JSON.parse(change)))];
  return {
    id: `audit_${seq}`,
    at: at.toISOString(),
    ...row,
    changes: changes.length === 0 ? null : changes,
    data: shownData(row.action, data),
    ip: origin.ip ?? null,
    requestId: origin.requestId ?? null,
  };
}

const writtenChange = z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() }));

/** The messages of a post as one field; nothing where there was no such text. */
function wordsOf(texts: readonly string[] | null): { text: string | readonly string[] } | null {
  if (texts === null) return null;
  return { text: texts.length === 1 ? (texts[0] ?? '') : texts };
}
