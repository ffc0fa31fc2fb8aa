import { tellArticleApart } from '../api/actions.ts';
import { texts } from '../texts.ts';
import { leave } from './leaving.ts';
import { done } from './undo.tsx';
import { tell } from './verbs.ts';

/**
 * Says that an article is no copy of the story that it is like. Posts that waited for that one's embargo may go out then, and
 * nothing brings the doubt back: so the server is told once it can no longer be taken back.
 */
export function tellApart(articleId: string): void {
  const way = leave(articleId, () =>
    tellArticleApart(articleId).catch((error: unknown) => tell(texts.story.tellApart, error)),
  );
  done(texts.story.toldApart, async () => (way.stay() ? undefined : texts.undo.tooLate), way.go);
}
