import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { post } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Member, MemberLink, Role } from '../../api/types.ts';
import { KeptMark } from '../../parts/kept-mark.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { useKept } from '../../parts/use-kept.ts';
import { texts } from '../../texts.ts';
import { teamTexts } from '../../texts/team.ts';
import { rolesQuery } from './role-table.tsx';
import css from './setup.module.css';
import { ShownOnce } from './shown-once.tsx';

interface Invited {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

/** Asks a colleague in; the link by which they come is shown this once. */
export function Invite({ onClose }: { onClose: () => void }): ReactNode {
  const roles = useQuery(rolesQuery).data ?? [];
  const kept = useKept<Invited>('invite', { name: '', email: '', role: 'editor' });
  const { name, email, role } = kept.typed;
  const [made, setMade] = useState<{ readonly name: string; readonly link: string } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const words = teamTexts;
  const invite = async (): Promise<void> => {
    setError(null);
    try {
      const given = { name, role, ...(email.trim() === '' ? {} : { email: email.trim() }) };
      const { link } = await post<Member & { link: MemberLink }>('/v1/users', given);
      setMade({ name, link: location.origin + (link.path ?? '') });
      kept.forget();
      void queryClient.invalidateQueries({ queryKey: ['members'] });
    } catch (problem) {
      setError(problem);
    }
  };
  if (made !== null) return <ShownOnce title={words.linkOnce(made.name)} value={made.link} onClose={onClose} />;
  return (
    <form
      className={css.form}
      aria-label={words.invite}
      onSubmit={(event) => {
        event.preventDefault();
        void invite();
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={words.name}
          required
          maxLength={80}
          value={name}
          onChange={(event) => kept.type({ ...kept.typed, name: event.currentTarget.value })}
        />
        <TextInput
          label={words.email}
          type="email"
          value={email}
          onChange={(event) => kept.type({ ...kept.typed, email: event.currentTarget.value })}
        />
        <Select
          label={words.role}
          allowDeselect={false}
          data={roles.map((one) => ({ value: one.role, label: words.roles[one.role] }))}
          value={role}
          onChange={(value) => kept.type({ ...kept.typed, role: value as Role })}
        />
        {error !== null && <ProblemCard error={error} />}
        <Group>
          <Button type="submit">{words.makeLink}</Button>
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
          <KeptMark of={kept} />
        </Group>
      </Stack>
    </form>
  );
}
