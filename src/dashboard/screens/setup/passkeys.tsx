import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask, get, post } from '../../api/client.ts';
import type { Passkey } from '../../api/types.ts';
import { askWords, confirm } from '../../shell/dialogs.tsx';
import { Time } from '../../shell/time.tsx';
import { teamTexts } from '../../texts/team.ts';
import { attempt } from './attempt.ts';
import css from './setup.module.css';

/** Whether this browser can make passkeys, on this address: without TLS it lets only the machine itself. */
const canMake = window.isSecureContext && 'parseCreationOptionsFromJSON' in (window.PublicKeyCredential ?? {});

/** Passkeys of one's own. */
export function Passkeys(): ReactNode {
  const passkeys = useQuery({
    queryKey: ['passkeys'],
    queryFn: async ({ signal }) => (await get<{ data: Passkey[] }>('/v1/session/passkeys', signal)).data,
  }).data;
  const words = teamTexts;
  const add = async (): Promise<void> => {
    const name = await askWords(words.addPasskey, words.passkeyName, words.addPasskey);
    if (name === null) return;
    await attempt(words.addPasskey, 'passkeys', () => make(name), words.passkeyAdded);
  };
  const remove = async (passkey: Passkey): Promise<void> => {
    if (!(await confirm(words.removePasskey, words.passkeyWhy(passkey.name), words.remove))) return;
    await attempt(words.removePasskey, 'passkeys', () => ask('DELETE', `/v1/session/passkeys/${passkey.id}`));
  };
  return (
    <section className={css.own} aria-labelledby="own-passkeys">
      <h2 id="own-passkeys" className={css.heading}>
        {words.passkeys}
      </h2>
      {passkeys?.length === 0 && <p className={css.muted}>{words.noPasskeys}</p>}
      <ul className={css.accounts}>
        {passkeys?.map((passkey) => (
          <li key={passkey.id} className={css.accountHead}>
            <div>
              {passkey.name}{' '}
              <span className={css.muted}>
                {words.made} <Time at={passkey.createdAt} />
              </span>
            </div>
            <Button
              size="compact-sm"
              variant="subtle"
              color="red"
              aria-label={`${words.remove} ${passkey.name}`}
              onClick={() => void remove(passkey)}
            >
              {words.remove}
            </Button>
          </li>
        ))}
      </ul>
      {canMake ? (
        <Button variant="default" onClick={() => void add()}>
          {words.addPasskey}
        </Button>
      ) : (
        <p className={css.muted}>{words.cannotMake}</p>
      )}
    </section>
  );
}

async function make(name: string): Promise<void> {
  const options = await post<PublicKeyCredentialCreationOptionsJSON>('/v1/session/passkeys/options');
  const made = await navigator.credentials.create({
    publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
  });
  if (!(made instanceof PublicKeyCredential)) throw new Error(teamTexts.noPasskeyMade);
  await post('/v1/session/passkeys', { name, credential: made.toJSON() });
}
