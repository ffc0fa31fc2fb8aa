import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { auditOfQuery, sessionQuery } from '../../api/queries.ts';
import { Icon } from '../../parts/icons.tsx';
import { Time } from '../../shell/time.tsx';
import { outboxTexts } from '../../texts/outbox.ts';
import css from './outbox.module.css';

/**
 * What was done to a post and by whom, for those who may read the audit.
 * @param hash of the text that went out: compared with what was approved.
 */
export function SentAudit({ postId, hash }: { postId: string; hash: string | null }): ReactNode {
  const mayRead = useQuery(sessionQuery).data?.scopes.includes('audit:read') === true;
  const records = useQuery({ ...auditOfQuery(postId), enabled: mayRead }).data;
  if (records === undefined || records.length === 0) return null;
  const isSame = hash !== null && records.some(({ action, after }) => action === 'post.approved' && after === hash);
  return (
    <section className={css.audit} aria-label={outboxTexts.audit}>
      <h3>{outboxTexts.audit}</h3>
      {isSame && (
        <p className={css.same}>
          <Icon name="approved" size={12} /> {outboxTexts.same}
        </p>
      )}
      <ol>
        {records.map(({ id, at, action, actor, actorName }) => (
          <li key={id}>
            <Time at={at} /> <code>{action}</code> {actorName ?? actor ?? outboxTexts.line}
          </li>
        ))}
      </ol>
    </section>
  );
}
