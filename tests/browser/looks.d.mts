export declare const looks: Readonly<
  Record<
    'tooWide' | 'slidingTables' | 'cutWords' | 'brokenWords' | 'unseenChoice' | 'unseenFocus' | 'wrongWay' | 'arabic',
    () => string[]
  >
>;
