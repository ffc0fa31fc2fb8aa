import { Outlet, createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
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

const routes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/',
    component: lazyRouteComponent(() => import('./screens/new/new.tsx'), 'NewScreen'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/stories',
    component: lazyRouteComponent(() => import('./screens/new/new.tsx'), 'NewScreen'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/stories/$id',
    component: lazyRouteComponent(() => import('./screens/story/story.tsx'), 'StoryScreen'),
  }),
] as const;

export const router = createRouter({
  routeTree: rootRoute.addChildren(routes),
  defaultPreload: 'intent',
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
