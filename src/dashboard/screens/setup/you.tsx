import { Button, SegmentedControl, Stack, Switch, Text, useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../../api/client.ts';
import { sessionQuery } from '../../api/queries.ts';
import { forgetAll, keptCount } from '../../parts/kept.ts';
import { askChoice } from '../../shell/dialogs.tsx';
import { densities, setDensity, useDensity } from '../../shell/density.ts';
import type { Density } from '../../shell/density.ts';
import { useKeyRegistry } from '../../shell/keys.tsx';
import { placeOf, useZone } from '../../shell/time.tsx';
import { failed } from '../../shell/undo.tsx';
import { texts } from '../../texts.ts';
import { setupTexts } from '../../texts/setup.ts';
import { Passkeys } from './passkeys.tsx';
import { Password } from './password.tsx';
import { Sessions } from './sessions.tsx';

/** How the page looks and listens on this device, how you sign in, and where you are signed in. */
export function You(): ReactNode {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const density = useDensity();
  const registry = useKeyRegistry();
  const zone = useZone();
  const member = useQuery(sessionQuery).data?.member;
  const signOut = async (): Promise<void> => {
    const count = keptCount();
    const words = texts.session.leaves;
    const choices = (['keep', 'discard'] as const).map((value) => ({ value, ...words[value] }));
    const way = count === 0 ? 'keep' : await askChoice(words.title(count), choices, texts.session.out);
    if (way === null) return;
    try {
      await ask('DELETE', '/v1/session');
      if (way === 'discard') forgetAll();
      location.assign('/sign-in');
    } catch (error) {
      failed(texts.session.out, error);
    }
  };
  return (
    <Stack align="flex-start">
      <div>
        <Text size="sm" fw={600} mb={4} id="theme-label">
          {setupTexts.themeLabel}
        </Text>
        <SegmentedControl
          aria-labelledby="theme-label"
          data={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: setupTexts.theme[value] }))}
          value={colorScheme}
          onChange={(value) => setColorScheme(value as typeof colorScheme)}
        />
      </div>
      <div>
        <Text size="sm" fw={600} mb={4} id="density-label">
          {setupTexts.densityLabel}
        </Text>
        <SegmentedControl
          aria-labelledby="density-label"
          data={densities.map((value) => ({ value, label: setupTexts.density[value] }))}
          value={density}
          onChange={(value) => setDensity(value as Density)}
        />
      </div>
      <Switch
        label={texts.keys.single}
        checked={registry.areOn}
        onChange={(event) => registry.switchOn(event.currentTarget.checked)}
      />
      <Text size="sm">{setupTexts.zone(placeOf(zone))}</Text>
      {member != null && <Text size="sm">{setupTexts.signedInAs(member.name, member.role)}</Text>}
      <Button variant="default" onClick={() => void signOut()}>
        {texts.session.out}
      </Button>
      {member != null && (
        <>
          <Password />
          <Passkeys />
          <Sessions />
        </>
      )}
    </Stack>
  );
}
