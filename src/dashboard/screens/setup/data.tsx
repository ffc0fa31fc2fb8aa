import { Button, Code, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { data as words } from '../../texts/data.ts';
import { Audit } from './audit.tsx';
import { Retention } from './retention.tsx';
import css from './setup.module.css';

interface DataProps {
  readonly canExport: boolean;
  readonly canAudit: boolean;
  readonly canManage: boolean;
}

/** How long things are kept, what can be taken out, and who did what. */
export function Data({ canExport, canAudit, canManage }: DataProps): ReactNode {
  return (
    <>
      <Retention canManage={canManage} />
      {canExport && (
        <>
          <h2 className={css.heading}>{words.export}</h2>
          <Group>
            <Button component="a" variant="default" href="/v1/exports/posts?format=csv" download="posts.csv">
              {words.csv}
            </Button>
            <Button component="a" variant="default" href="/v1/exports/posts?format=jsonl" download="posts.jsonl">
              {words.jsonl}
            </Button>
          </Group>
          <h2 className={css.heading}>{words.backup}</h2>
          <p className={css.muted}>{words.backupWhy}</p>
          <Code block className={css.payload}>
            {`npx standfirst backup standfirst.jsonl.gz\nnpx standfirst restore standfirst.jsonl.gz\n# ${words.everything}\nnpx standfirst export -`}
          </Code>
        </>
      )}
      {canAudit && <Audit />}
      {!canExport && !canAudit && <p className={css.muted}>{words.forAdmins}</p>}
    </>
  );
}
