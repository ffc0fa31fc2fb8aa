export declare const looks: Readonly<
  Record<
    | 'tooWide'
    | 'wideDialogs'
    | 'slidingTables'
    | 'cutWords'
    | 'brokenWords'
    | 'unseenChoice'
    | 'unseenFocus'
    | 'wrongWay'
    | 'arabic',
    () => string[]
  >
>;
