import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app.css';
import { Button, MantineProvider, createTheme } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/query-client.ts';
import { router } from './router.tsx';
import { keepDensity } from './shell/density.ts';
import { Notices } from './shell/notices.tsx';
import { texts } from './texts.ts';

/** The policy allows only styles that carry this page's nonce (src/api/security-headers.ts). */
const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
// The scroll lock of dialogs writes a style element by itself and asks here for the nonce.
(window as { __webpack_nonce__?: string }).__webpack_nonce__ = nonce;

const theme = createTheme({
  primaryColor: 'blue',
  // The shades at which white text on them, and they on white, have a contrast of 4.5.
  primaryShade: { light: 8, dark: 8 },
  defaultRadius: 'sm',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
  headings: { fontWeight: '650' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // A desk is dense: what has no size of its own is a little smaller than the library thinks.
    Button: Button.extend({
      vars: (_theme, { size }) => ({
        root: size === undefined ? { '--button-height': '32px', '--button-padding-x': '13px' } : {},
      }),
    }),
    Modal: { defaultProps: { centered: true } },
    // The library makes their heads landmarks of the page, beside the strip.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    DrawerHeader: { defaultProps: { role: 'presentation' } },
    // Inside a landmark, and with the focus on the first item rather than on an empty element before it.
    Menu: {
      defaultProps: { portalProps: { target: '#main' }, withInitialFocusPlaceholder: false, shadow: 'md' },
    },
  },
});

keepDensity();
document.documentElement.lang = texts.language;
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Notices />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
