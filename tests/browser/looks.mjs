/**
 * What can be wrong with how a page looks. Each function runs in the page, knows nothing of its neighbours, and names what
 * it found.
 */
export const looks = {
  /** A page that scrolls sideways. */
  tooWide() {
    const over = document.documentElement.scrollWidth - window.innerWidth;
    if (over <= 0) return [];
    const wide = [...document.querySelectorAll('body *')].filter(
      (one) => one.children.length === 0 && one.getBoundingClientRect().right > window.innerWidth + 1,
    );
    return [`${over} px wider than the window: ${wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 120))}`];
  },

  /** A window or a drawer that scrolls sideways, or stands out over the edge of the page. */
  wideDialogs() {
    return [...document.querySelectorAll('[role="dialog"]')].flatMap((one) => {
      const { left, right } = one.getBoundingClientRect();
      const over = Math.max(
        one.scrollWidth - one.clientWidth,
        Math.round(right) - window.innerWidth,
        Math.round(-left),
      );
      return over <= 1 ? [] : [`“${one.textContent.slice(0, 40)}” is ${over} px too wide`];
    });
  },

  /** Tables whose columns are reached by scrolling sideways only; where rows have heads, those stay in sight. */
  slidingTables() {
    return [...document.querySelectorAll(':is(main, [role="dialog"]) table')].flatMap((table) => {
      const { width } = table.getBoundingClientRect();
      const over = Math.round(width - table.parentElement.clientWidth);
      const head = table.querySelector('tbody th[scope="row"]');
      if (over <= 1 || (head !== null && getComputedStyle(head).position === 'sticky')) return [];
      const heads = [...table.querySelectorAll('thead th')].map((one) => one.textContent);
      return [`the table of ${heads.join(', ')} is ${over} px wider than its place`];
    });
  },

  /** Buttons, links and headings whose words do not fit. What somebody wrote may be cut; our own words may not. */
  cutWords() {
    return [...document.querySelectorAll(':is(main, [role="dialog"]) :is(button, a, label, th, h1, h2), nav a')]
      .filter((one) => one.getClientRects().length > 0)
      .flatMap((one) => [one, ...one.querySelectorAll('span')])
      .filter((one) => one.textContent !== '' && one.clientWidth > 2 && one.scrollWidth > one.clientWidth + 1)
      .filter((one) => getComputedStyle(one).overflowX !== 'visible')
      .filter((one) => one.closest('[dir="auto"]') === null && one.querySelector('[dir="auto"]') === null)
      .map((one) => `“${one.textContent}” is cut`);
  },

  /** Words that go on in the next line, though a line of their own would hold them. */
  brokenWords() {
    const found = new Set();
    for (const element of document.querySelectorAll(
      ':is(main, [role="dialog"]) :is(strong, h1, h2, h3, th, button, dt), nav a',
    )) {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        for (const { 0: word, index } of node.textContent.matchAll(/[\p{L}\p{N}]{2,20}/gu)) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          const lines = [...range.getClientRects()].filter((one) => one.width > 0).map((one) => Math.round(one.top));
          if (new Set(lines).size > 1) found.add(`“${word}” is broken in “${element.textContent}”`);
        }
      }
    }
    return [...found];
  },

  /** What is chosen and looks like its neighbours: in forced colours a background alone is gone. */
  unseenChoice() {
    const seen = ['color', 'fontWeight', 'textDecorationLine', 'outlineStyle'];
    const edges = ['Top', 'Right', 'Bottom', 'Left'].flatMap((edge) => [
      `border${edge}Width`,
      `border${edge}Color`,
      `border${edge}Style`,
    ]);
    const kinds = [
      ['nav [aria-current]', 'nav a:not([aria-current])'],
      ['[role="tab"][aria-selected="true"]', '[role="tab"][aria-selected="false"]'],
      ['[data-story] > div:has([aria-current="true"])', '[data-story] > div:not(:has([aria-current="true"]))'],
      ['.mantine-SegmentedControl-label[data-active]', '.mantine-SegmentedControl-label:not([data-active])'],
    ];
    return kinds
      .filter(([chosen, other]) => {
        const [one, two] = [document.querySelector(chosen), document.querySelector(other)];
        if (one === null || two === null) return false;
        const [mine, theirs] = [getComputedStyle(one), getComputedStyle(two)];
        return [...seen, ...edges].every((rule) => mine[rule] === theirs[rule]);
      })
      .map(([chosen]) => `${chosen} looks like any other`);
  },

  /** The focus, where nothing is drawn around it. */
  unseenFocus() {
    const element = document.activeElement;
    if (element === null || element === document.body) return [];
    const isDrawn = [element, element.nextElementSibling, element.parentElement]
      .filter((one) => one !== null)
      .map((one) => getComputedStyle(one))
      .some((style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0);
    return isDrawn ? [] : [`no focus is seen on ${element.outerHTML.slice(0, 160)}`];
  },

  /** Arabic that is laid out from left to right: its full stop would stand at the wrong end. */
  wrongWay() {
    const found = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      const arabic = node.textContent.match(/[\u0600-\u06ff]/g)?.length ?? 0;
      if (arabic * 2 < node.textContent.trim().length || arabic === 0 || element.getClientRects().length === 0)
        continue;
      if (element.closest('script, style') !== null) continue;
      const isIsolated = (one) => one.matches('bdi, [dir]') || getComputedStyle(one).unicodeBidi === 'plaintext';
      let holder = element;
      while (holder !== null && !isIsolated(holder)) holder = holder.parentElement;
      const runs = holder === null ? 'ltr' : getComputedStyle(holder).direction;
      const isPlain = holder !== null && getComputedStyle(holder).unicodeBidi === 'plaintext';
      if (runs !== 'rtl' && !isPlain)
        found.add(`“${node.textContent.trim().slice(0, 40)}” in ${element.outerHTML.slice(0, 100)}`);
    }
    return [...found];
  },

  /** How much Arabic is shown. */
  arabic() {
    return document.body.innerText.match(/[\u0600-\u06ff]+/g) ?? [];
  },
};
