/** Text made safe to stand in HTML, as content or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * A small page of our own, for sign-in and for explaining problems.
 * @param body HTML; every foreign text in it escaped by the caller.
 * @param language of all of it, as BCP 47 writes it.
 * @param script of our own, without any foreign text; most pages run none.
 */
export function htmlPage(
  title: string,
  body: string,
  nonce: string,
  script: string | null = null,
  language = 'en',
): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · standfirst</title>
<style nonce="${nonce}">
:root { color-scheme: light dark; font: 17px/1.5 system-ui, sans-serif; }
body { max-width: 34rem; margin: 12vh auto 0; padding: 0 1.25rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
button { font: inherit; padding: .6rem 1.4rem; border-radius: .4rem; border: 1px solid; cursor: pointer; }
label { display: block; font-weight: 600; margin-top: 1rem; }
input { font: inherit; width: 100%; box-sizing: border-box; margin-top: .25rem; padding: .55rem .7rem; border-radius: .4rem;
  border: 1px solid light-dark(#767676, #8f8f8f); }
form button { width: 100%; margin-top: 1.25rem; background: light-dark(#0b5a46, #7fd6bb); color: light-dark(#fff, #06251c);
  border-color: transparent; font-weight: 600; }
button.second { width: 100%; background: none; color: inherit; font-weight: 400; border-color: light-dark(#767676, #8f8f8f); }
:is(button, input, a):focus-visible { outline: 3px solid light-dark(#0b5a46, #7fd6bb); outline-offset: 2px; }
[role=alert]:not(:empty) { border-inline-start: 4px solid light-dark(#a3241c, #ff9d94); padding: .1rem .8rem; }
.hint, footer { color: light-dark(#555, #b5b5b5); font-size: .9rem; }
footer { margin-top: 2.5rem; }
code { font-size: .9em; }
</style>
</head>
<body><main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>${script === null ? '' : `\n<script type="module" nonce="${nonce}">\n${script}</script>`}</body>
</html>
`;
}
