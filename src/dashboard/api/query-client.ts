import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './client.ts';

/** Events say when something is old, so little is asked twice; what is shown stays while it is asked again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 10 * 60_000,
      placeholderData: (previous: unknown) => previous,
      networkMode: 'always',
      retry: (count, error) => count < 2 && (!(error instanceof ApiError) || error.status >= 500),
      retryDelay: (count) => 400 * 2 ** count,
    },
    mutations: { networkMode: 'always' },
  },
});

/** For a list that is decided about: nothing of another list, nor of an older one, stands in for it while it is on its way. */
export const ownListOnly = { placeholderData: () => undefined, gcTime: 0 } as const;
