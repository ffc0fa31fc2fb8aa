/** Why a time cannot be. Loaded with what asks for times, which is not the first that most people open. */
export const clockTexts = {
  skipped: (place: string, at: string, before: string, after: string) =>
    `The clock in ${place} goes forward and never shows ${at}. The nearest times are ${before} and ${after}.`,
  twice: (place: string, at: string, first: string, second: string) =>
    `The clock in ${place} goes back and shows ${at} twice: ${first} and ${second}.`,
  past: (at: string, now: string) => `${at} is in the past: it is ${now} now. Give a later time, or publish now.`,
  tooFar: (at: string) => `${at} is more than ten years away. Give a nearer time.`,
  noSuchDay: (date: string) => `There is no ${date} on the calendar.`,
} as const;
