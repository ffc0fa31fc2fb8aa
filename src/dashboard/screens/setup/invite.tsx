import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { post } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Member, MemberLink, Role } from '../../api/types.ts';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { texts } from '../../texts.ts';
import { teamTexts } from '../../texts/team.ts';
import { rolesQuery } from './role-table.tsx';
import css from './setup.module.css';
import { ShownOnce } from './shown-once.tsx';

/** Asks a colleague in; the link by which they come is shown this once. */
export function Invite({ onClose }: { onClose: () => void }): ReactNode {
  const roles = useQuery(rolesQuery).data ?? [];
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const [link, setLink] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const words = teamTexts;
  const invite = async (): Promise<void> => {
    setError(null);
    try {
      const given = { name, role, ...(email.trim() === '' ? {} : { email: email.trim() }) };
      const made = await post<Member & { link: MemberLink }>('/v1/users', given);
      setLink(location.origin + (made.link.path ?? ''));
      void queryClient.invalidateQueries({ queryKey: ['members'] });
    } catch (problem) {
      setError(problem);
    }
  };
  if (link !== null) return <ShownOnce title={words.linkOnce(name)} value={link} onClose={onClose} />;
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
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={words.email}
          type="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Select
          label={words.role}
          allowDeselect={false}
          data={roles.map((one) => ({ value: one.role, label: words.roles[one.role] }))}
          value={role}
          onChange={(value) => setRole(value as Role)}
        />
        {error !== null && <ProblemCard error={error} />}
        <Group>
          <Button type="submit">{words.makeLink}</Button>
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
