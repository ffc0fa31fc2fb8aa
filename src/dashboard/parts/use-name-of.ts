import { useQuery } from '@tanstack/react-query';
import { membersQuery, sessionQuery } from '../api/queries.ts';
import { texts } from '../texts.ts';

/** Tells who stands behind the id of an actor: you, a colleague by name, a program by its key, or the line itself. */
export function useNameOf(): (actor: string) => string {
  const me = useQuery(sessionQuery).data?.member?.id;
  const members = useQuery(membersQuery).data;
  return (actor) => {
    if (actor === me) return texts.people.you;
    const member = members?.find((one) => one.id === actor);
    if (member !== undefined) return member.name;
    if (actor.startsWith('key_')) return texts.people.program;
    return actor === 'line' || actor === 'policy' ? texts.product : texts.people.somebody;
  };
}
