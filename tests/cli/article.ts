/** An invented report of the form that newsrooms paste: no headline, the newsroom's own hashtags on the last line. */
export const article = `Port Lenna’s harbour bridge reopened to traffic on Monday, four weeks earlier than the city council had promised.
Mayor Ada Lindqvist said the repairs had cost 4.2 million crowns, less than the insurers had feared after the October storm.
Engineers replaced two hundred metres of steel under the northern carriageway while ferries carried commuters across the bay.
“We kept the schools open and the hospital supplied every single day,” Lindqvist told reporters at the pier.
Lorries of more than forty tonnes must still use the Varn tunnel until a load test in spring, the harbour authority said.
#PortLenna #Bridge #News
`;

export const headline = 'Lindqvist’s bridge, Lenna’s ‘miracle’: it is up and open';

/** The same report as a page of an invented newspaper. */
export const page = `<!doctype html>
<html lang="en">
  <head>
    <title>Harbour bridge reopens | The Lenna Gazette</title>
    <meta property="og:title" content="Harbour bridge reopens four weeks early" />
    <meta property="article:section" content="City" />
  </head>
  <body>
    <nav><a href="/">Home</a> <a href="/city">City</a></nav>
    <article>
      <h1>Harbour bridge reopens four weeks early</h1>
      ${article
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map((line) => `<p>${line}</p>`)
        .join('\n      ')}
    </article>
  </body>
</html>
`;
