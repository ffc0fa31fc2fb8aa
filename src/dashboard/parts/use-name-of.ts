import { useQuery } from '@tanstack/react-query';
import { membersQuery, sessionQuery } from '../api/queries.ts';
import { texts } from '../texts.ts';

/** Steps of the product that act by themselves. */
const ownActors: ReadonlySet<string> = new Set(['line', 'policy', 'watch', 'restore']);

/** Tells who stands behind the id of an actor: you, a colleague by name, a program by the name of its key, where that is known, or the line itself. */
export function useNameOf(): (actor: string, keyName?: string | null) => string {
  const me = useQuery(sessionQuery).data?.member?.id;
  const members = useQuery(membersQuery).data;
  return (actor, keyName = null) => {
    if (ownActors.has(actor)) return texts.product;
    if (actor === me) return texts.people.you;
    const member = members?.find((one) => one.id === actor);
    if (member !== undefined) return member.name;
    if (actor.startsWith('key_')) return keyName ?? texts.people.program;
    return texts.people.somebody;
  };
}
