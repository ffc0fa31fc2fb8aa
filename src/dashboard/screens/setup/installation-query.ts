import { queryOptions } from '@tanstack/react-query';
import { get } from '../../api/client.ts';
import type { InstallationView } from '../../api/types.ts';

export const installationQuery = queryOptions({
  queryKey: ['installation'],
  queryFn: ({ signal }) => get<InstallationView>('/v1/installation', signal),
  staleTime: 5 * 60_000,
});
