import { Button, Group, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { ask, post } from '../../api/client.ts';
import { membersQuery, sessionQuery } from '../../api/queries.ts';
import type { Member, MemberLink, Role } from '../../api/types.ts';
import { Bones } from '../../parts/bones.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { Time } from '../../shell/time.tsx';
import { teamTexts } from '../../texts/team.ts';
import { attempt } from './attempt.ts';
import { Invite } from './invite.tsx';
import { RoleTable, rolesQuery } from './role-table.tsx';
import css from './setup.module.css';
import { ShownOnce } from './shown-once.tsx';
import { typesName } from './types-name.ts';

/** Who works here, and what each may do. */
export function Team({ canManage }: { canManage: boolean }): ReactNode {
  const query = useQuery(membersQuery);
  const [isInviting, setIsInviting] = useState(false);
  return (
    <>
      {query.isPending && <Bones rows={2} />}
      {query.error !== null && query.data === undefined && (
        <ProblemCard error={query.error} onRetry={() => void query.refetch()} />
      )}
      <ul className={css.accounts} aria-label={teamTexts.members}>
        {query.data?.map((member) => (
          <MemberRow key={member.id} member={member} canManage={canManage} />
        ))}
      </ul>
      {canManage && !isInviting && query.isFetched && (
        <Button onClick={() => setIsInviting(true)}>{teamTexts.invite}</Button>
      )}
      {isInviting && <Invite onClose={() => setIsInviting(false)} />}
      <RoleTable />
    </>
  );
}

function MemberRow({ member, canManage }: { member: Member; canManage: boolean }): ReactNode {
  const me = useQuery(sessionQuery).data?.member?.id;
  const roles = useQuery(rolesQuery).data ?? [];
  const [link, setLink] = useState<string | null>(null);
  const words = teamTexts;
  const giveRole = (role: Role): Promise<boolean> =>
    attempt(
      words.role,
      'members',
      () => ask('PATCH', `/v1/users/${member.id}`, { body: { role }, version: member.version }),
      words.roleGiven(member.name, words.roles[role]),
    );
  const makeLink = (): Promise<boolean> =>
    attempt(words.link(member.joinedAt !== null), 'members', async () => {
      const { path } = await post<MemberLink>(`/v1/users/${member.id}/link`);
      if (path !== null) setLink(location.origin + path);
    });
  const remove = async (): Promise<void> => {
    if (!(await typesName(words.removeTitle, words.removeLabel(member.name), member.name, words.remove))) return;
    await attempt(words.remove, 'members', () => ask('DELETE', `/v1/users/${member.id}`), words.removed(member.name));
  };
  return (
    <li>
      <div className={css.accountHead}>
        <div>
          <strong>{member.name}</strong>{' '}
          <span className={css.muted}>{member.id === me ? words.you : member.email}</span>
        </div>
        {canManage ? (
          <Select
            size="xs"
            w={130}
            aria-label={words.roleOf(member.name)}
            allowDeselect={false}
            data={roles.map(({ role }) => ({ value: role, label: words.roles[role] }))}
            value={member.role}
            onChange={(role) => void giveRole(role as Role)}
          />
        ) : (
          <span>{words.roles[member.role]}</span>
        )}
      </div>
      <div className={css.muted}>
        {member.joinedAt === null ? (
          words.invited
        ) : (
          <>
            {member.seenAt !== null && (
              <>
                {words.seen} <Time at={member.seenAt} />
              </>
            )}
            {member.hasPassword !== null && ` · ${words.signsIn(member.hasPassword, member.passkeys ?? 0)}`}
          </>
        )}
      </div>
      {canManage && (
        <Group gap="xs" mt={6}>
          <Button size="compact-sm" variant="default" onClick={() => void makeLink()}>
            {words.link(member.joinedAt !== null)}
          </Button>
          {member.id !== me && (
            <Button
              size="compact-sm"
              variant="subtle"
              color="red"
              aria-label={`${words.remove} ${member.name}`}
              onClick={() => void remove()}
            >
              {words.remove}
            </Button>
          )}
        </Group>
      )}
      {link !== null && <ShownOnce title={words.linkOnce(member.name)} value={link} onClose={() => setLink(null)} />}
    </li>
  );
}
