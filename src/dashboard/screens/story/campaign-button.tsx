import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Suspense, lazy, useState } from 'react';
import { campaignOn } from '../../../domain/campaign.ts';
import { houseRulesQuery } from '../../api/queries.ts';
import type { Post, Story } from '../../api/types.ts';
import { Bones } from '../../parts/bones.tsx';
import { texts } from '../../texts.ts';

const CampaignForm = lazy(() => import('./campaign-form.tsx').then((module) => ({ default: module.CampaignForm })));

/** Which campaign parameters the links of a story get; pressed, they can be others. */
export function CampaignButton({ story, posts }: { story: Story; posts: readonly Post[] }): ReactNode {
  const house = useQuery(houseRulesQuery).data;
  const [isOpen, setIsOpen] = useState(false);
  const linked = posts.filter(({ link }) => link !== null);
  if (house === undefined || linked.length === 0) return null;
  const names = new Set(linked.flatMap(({ network }) => Object.keys(campaignOn(house.rules, story.utm, network))));
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setIsOpen(true)}>
        {texts.story.campaign([...names], story.utm !== null)}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        size="lg"
        title={texts.story.campaignTitle}
        closeButtonProps={{ 'aria-label': texts.close }}
      >
        <Suspense fallback={<Bones rows={5} />}>
          <CampaignForm story={story} posts={linked} rules={house.rules} onClose={() => setIsOpen(false)} />
        </Suspense>
      </Modal>
    </>
  );
}
