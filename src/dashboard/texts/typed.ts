/** Why what was typed into a field will not do. */
export const typedTexts = {
  whole: (least: number, most: number) => `A whole number from ${least} to ${most}.`,
  decimal: (least: number, most: number, digits: number) =>
    `A number from ${least} to ${most}, with at most ${digits} digits behind the point and nothing between thousands.`,
  clock: 'A time of 24 hours, such as 9:30 or 21:05.',
} as const;
