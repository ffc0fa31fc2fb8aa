export declare const looks: Readonly<
  Record<
    'tooWide' | 'cutWords' | 'brokenWords' | 'unseenChoice' | 'unseenFocus' | 'wrongWay' | 'arabic',
    () => string[]
  >
>;
