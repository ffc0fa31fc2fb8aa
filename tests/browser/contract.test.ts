import { expectTypeOf, test } from 'vitest';
import type { z } from 'zod';
import type { accountView, networkView } from '../../src/api/schemas/account.ts';
import type { articleItem, articleView, newArticle } from '../../src/api/schemas/article.ts';
import type { auditView } from '../../src/api/schemas/audit.ts';
import type { commentView, createdShare, shareView } from '../../src/api/schemas/conversation.ts';
import type { carryOutBody, correctionView } from '../../src/api/schemas/correction.ts';
import type { eventView, timelineItem } from '../../src/api/schemas/event.ts';
import type { holdView } from '../../src/api/schemas/hold.ts';
import type { postDetail, postView, rehearsalView } from '../../src/api/schemas/post.ts';
import type { problem } from '../../src/api/schemas/problem.ts';
import type { scheduleTime } from '../../src/api/schemas/schedule.ts';
import type { apiKeyView, sessionView } from '../../src/api/schemas/session.ts';
import type { postTimes, slotPlan, slotPlanPage } from '../../src/api/schemas/slot.ts';
import type { calendarView } from '../../src/api/schemas/calendar.ts';
import type {
  decisionView,
  newSource,
  ruleTrialView,
  sourceImportView,
  sourcePreviewView,
  sourceView,
} from '../../src/api/schemas/source.ts';
import type { storyView } from '../../src/api/schemas/story.ts';
import type { memberView } from '../../src/api/schemas/team.ts';
import type { workerView } from '../../src/api/schemas/worker.ts';
import type * as calendar from '../../src/dashboard/api/calendar-types.ts';
import type * as corrections from '../../src/dashboard/api/correction-types.ts';
import type * as sources from '../../src/dashboard/api/source-types.ts';
import type * as page from '../../src/dashboard/api/types.ts';

/** Checked by the compiler (`npm run types`): what the API answers is what the dashboard reads. */
test('what the API answers is what the dashboard reads', () => {
  expectTypeOf<z.infer<typeof sessionView>>().toExtend<page.Session>();
  expectTypeOf<z.infer<typeof memberView>>().toExtend<page.Member>();
  expectTypeOf<z.infer<typeof postView>>().toExtend<page.Post>();
  expectTypeOf<z.infer<typeof postDetail>>().toExtend<page.PostDetail>();
  expectTypeOf<z.infer<typeof articleItem>>().toExtend<page.ArticleItem>();
  expectTypeOf<z.infer<typeof articleView>>().toExtend<page.Article>();
  expectTypeOf<z.infer<typeof accountView>>().toExtend<page.Account>();
  expectTypeOf<z.infer<typeof networkView>>().toExtend<page.Network>();
  expectTypeOf<z.infer<typeof timelineItem>>().toExtend<page.TimelineItem>();
  expectTypeOf<z.infer<typeof eventView>>().toExtend<page.LiveEvent>();
  expectTypeOf<z.infer<typeof holdView>>().toExtend<page.Hold>();
  expectTypeOf<z.infer<typeof workerView>>().toExtend<page.Worker>();
  expectTypeOf<z.infer<typeof apiKeyView>>().toExtend<page.ApiKey>();
  expectTypeOf<z.infer<typeof storyView>>().toExtend<page.Story>();
  expectTypeOf<z.infer<typeof slotPlan>>().toExtend<page.SlotPlan>();
  expectTypeOf<z.infer<typeof slotPlanPage>['data'][number]>().toExtend<calendar.AccountSlotPlan>();
  expectTypeOf<z.infer<typeof postTimes>>().toExtend<calendar.PostTimes>();
  expectTypeOf<z.infer<typeof calendarView>>().toExtend<calendar.Calendar>();
  expectTypeOf<z.infer<typeof commentView>>().toExtend<page.Comment>();
  expectTypeOf<z.infer<typeof shareView>>().toExtend<page.Share>();
  expectTypeOf<z.infer<typeof createdShare>>().toExtend<page.Share>();
  expectTypeOf<z.infer<typeof rehearsalView>>().toExtend<page.Rehearsal>();
  expectTypeOf<z.infer<typeof auditView>>().toExtend<page.AuditRecord>();
  expectTypeOf<z.infer<typeof sourceView>>().toExtend<sources.Source>();
  expectTypeOf<z.infer<typeof decisionView>>().toExtend<sources.Decision>();
  expectTypeOf<z.infer<typeof sourcePreviewView>>().toExtend<sources.SourcePreview>();
  expectTypeOf<z.infer<typeof ruleTrialView>>().toExtend<sources.RuleTrial>();
  expectTypeOf<z.infer<typeof sourceImportView>>().toExtend<sources.SourceImport>();
  expectTypeOf<z.infer<typeof correctionView>>().toExtend<corrections.Correction>();
  expectTypeOf<z.infer<typeof problem>>().toExtend<page.Problem>();
});

test('what the dashboard sends is what the API takes', () => {
  expectTypeOf<page.GivenSchedule>().toExtend<z.input<typeof scheduleTime>>();
  expectTypeOf<Omit<page.NewArticle, 'tags' | 'accountIds'>>().toExtend<z.input<typeof newArticle>>();
  expectTypeOf<Pick<sources.GivenSource, 'kind'>>().toExtend<Pick<z.input<typeof newSource>, 'kind'>>();
  expectTypeOf<corrections.Choice['choice']>().toExtend<
    NonNullable<NonNullable<z.input<typeof carryOutBody>>['choices']>[number]['choice']
  >();
});
