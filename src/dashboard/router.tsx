import { Outlet, createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { readCalendar } from './screens/calendar/address.ts';
import { Broken } from './shell/broken.tsx';
import { Missing } from './shell/missing.tsx';
import { Shell } from './shell/shell.tsx';

const rootRoute = createRootRoute({
  component: () => (
    <Shell>
      <Outlet />
    </Shell>
  ),
  notFoundComponent: Missing,
});

const setupTabs = ['accounts', 'rules', 'team', 'notifications', 'engine', 'developer', 'data', 'you'] as const;
export type SetupTab = (typeof setupTabs)[number];

function readSetup({ tab }: Record<string, unknown>): { readonly tab?: SetupTab | undefined } {
  const known = setupTabs.find((one) => one === tab);
  return known === undefined ? {} : { tab: known };
}

// Every screen is a file of its own that is loaded when it is first opened, or pointed at.
const screen = { getParentRoute: () => rootRoute };
const routes = [
  createRoute({
    ...screen,
    path: '/',
    component: lazyRouteComponent(() => import('./screens/rundown/rundown.tsx'), 'RundownScreen'),
  }),
  createRoute({
    ...screen,
    path: '/desk',
    component: lazyRouteComponent(() => import('./screens/desk/desk.tsx'), 'DeskScreen'),
  }),
  createRoute({
    ...screen,
    path: '/stories',
    component: lazyRouteComponent(() => import('./screens/stories/stories.tsx'), 'StoriesScreen'),
  }),
  createRoute({
    ...screen,
    path: '/stories/$id',
    component: lazyRouteComponent(() => import('./screens/story/story.tsx'), 'StoryScreen'),
  }),
  createRoute({
    ...screen,
    path: '/intake',
    component: lazyRouteComponent(() => import('./screens/intake/intake.tsx'), 'IntakeScreen'),
  }),
  createRoute({
    ...screen,
    path: '/calendar',
    validateSearch: readCalendar,
    component: lazyRouteComponent(() => import('./screens/calendar/calendar.tsx'), 'CalendarScreen'),
  }),
  createRoute({
    ...screen,
    path: '/failures',
    component: lazyRouteComponent(() => import('./screens/failures/failures.tsx'), 'FailuresScreen'),
  }),
  createRoute({
    ...screen,
    path: '/outbox',
    component: lazyRouteComponent(() => import('./screens/outbox/outbox.tsx'), 'OutboxScreen'),
  }),
  createRoute({
    ...screen,
    path: '/health',
    component: lazyRouteComponent(() => import('./screens/health/health.tsx'), 'HealthScreen'),
  }),
  createRoute({
    ...screen,
    path: '/setup',
    validateSearch: readSetup,
    component: lazyRouteComponent(() => import('./screens/setup/setup.tsx'), 'SetupScreen'),
  }),
] as const;

export const router = createRouter({
  routeTree: rootRoute.addChildren(routes),
  defaultPreload: 'intent',
  defaultErrorComponent: Broken,
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
