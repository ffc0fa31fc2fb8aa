import { isDatabaseAway } from './database.ts';

/** Statements of one kind under way at once; what becomes ready meanwhile goes together in the next. */
const AT_ONCE = 2;
/** Most rows of one statement. */
const MOST = 100;

interface Waiting<Ask, Answer> {
  readonly ask: Ask;
  readonly answer: PromiseWithResolvers<Answer>;
}

/**
 * Makes one statement, and one commit, of everything that is asked in the same moment: what arrives in one turn of the
 * event loop, or while earlier statements are under way. A lone ask waits for nothing.
 *
 * No ask can spoil another: what the statement leaves out is asked alone, and where it fails for any reason but the
 * database's being away, each is asked alone. While the database is away every ask is told so, and none knows whether it
 * was committed.
 * @param write answers each ask at its place; undefined: left out, because its row is in other hands just now.
 */
export function together<Ask, Answer>(
  write: (asks: readonly Ask[]) => Promise<readonly (Answer | undefined)[]>,
  alone: (ask: Ask) => Promise<Answer>,
): (ask: Ask) => Promise<Answer> {
  const waiting: Waiting<Ask, Answer>[] = [];
  let underWay = 0;
  let isCalled = false;

  const askAlone = ({ ask, answer }: Waiting<Ask, Answer>): void => {
    alone(ask).then(answer.resolve, answer.reject);
  };

  const writeGroup = async (group: readonly Waiting<Ask, Answer>[]): Promise<void> => {
    try {
      const answers = await write(group.map(({ ask }) => ask));
      for (const [index, one] of group.entries()) {
        const found = answers[index];
        if (found === undefined) askAlone(one);
        else one.answer.resolve(found);
      }
    } catch (error) {
      for (const one of group) {
        if (isDatabaseAway(error)) one.answer.reject(error);
        else askAlone(one);
      }
    } finally {
      underWay--;
      call();
    }
  };

  const go = (): void => {
    isCalled = false;
    while (waiting.length > 0 && underWay < AT_ONCE) {
      underWay++;
      void writeGroup(waiting.splice(0, MOST));
    }
  };

  const call = (): void => {
    if (isCalled || waiting.length === 0 || underWay >= AT_ONCE) return;
    isCalled = true;
    setImmediate(go);
  };

  return (ask) => {
    const answer = Promise.withResolvers<Answer>();
    waiting.push({ ask, answer });
    call();
    return answer.promise;
  };
}
