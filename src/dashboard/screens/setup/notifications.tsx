import type { ReactNode } from 'react';
import type { StoredRules } from '../../api/types.ts';
import { notifications as words } from '../../texts/settings.ts';
import { Channels } from './channels.tsx';
import { DraftForm, WithRules } from './draft-form.tsx';
import { TellingFields, tellingPointers } from './telling-fields.tsx';
import { useRulesDraft } from './use-rules-draft.ts';

/** Who is told of trouble and of what: a part of the house rules, with a test of each channel. */
export function Notifications({ canManage, canTest }: { canManage: boolean; canTest: boolean }): ReactNode {
  return <WithRules>{(stored) => <TellingForm stored={stored} canManage={canManage} canTest={canTest} />}</WithRules>;
}

interface TellingFormProps {
  readonly stored: StoredRules;
  readonly canManage: boolean;
  readonly canTest: boolean;
}

function TellingForm({ stored, canManage, canTest }: TellingFormProps): ReactNode {
  const draft = useRulesDraft({ name: 'house-notices', stored, canManage, saved: words.saved });
  const { telling } = draft.rules;
  return (
    <>
      <DraftForm
        title={words.title}
        readOnly={words.readOnly}
        draft={draft}
        canManage={canManage}
        pointers={tellingPointers}
      >
        <TellingFields telling={telling} faultAt={draft.faultAt} onChange={(next) => draft.set({ telling: next })} />
      </DraftForm>
      <Channels telling={telling} canTest={canTest} />
    </>
  );
}
