const nightLibrary = {
  title: 'Harbour town opens its first night library',
  section: 'Culture',
  tags: ['News'],
  text: `Harbour town opens its first night library

The town of Velmar opened a library on Monday that lends books only after dark. Its doors stand open from eight in the evening until five in the morning, when the fishing boats come in.

Mayor Ilse Torvald said the idea came from the dock workers. "Half of this town works at night, and until now half of this town could not borrow a book," she told reporters at the opening.

The library cost 2.4 million crowns and holds 18,000 books in eleven languages. The Velmar Harbour Foundation paid for two thirds of it; the rest came from a public appeal that drew 3,100 donors in nine weeks.

On the first night 412 people came in, more than twice what the librarians had expected. The last of them left at ten to five with a cookery book.

Librarian Tomas Adeyo said that the shelves near the stove would stay free for sleeping readers. "We wake them before the boats," he said.`,
};

const orchard = {
  title: 'Orchard on the old runway bears its first apples',
  section: 'Local',
  tags: ['News'],
  text: `The orchard on the old runway of Velmar has borne its first apples, four years after 1,200 trees were planted there.

Pickers brought in 3.8 tonnes on Saturday, the growers' union said. Half of it goes to the town's schools, and the rest is sold at the north gate.

The runway closed in 2011. "We broke the concrete with our own hands," said grower Maren Oster, who chairs the union of 86 families.

Cider follows in spring. The union has borrowed a press from the island of Ostrow and wants to buy its own for 14,000 crowns.`,
};

const tram = {
  title: 'Tram line 7 runs through the night from December',
  section: 'Traffic',
  tags: ['News'],
  text: `Trams of line 7 in Velmar will run through the night from 4 December, the transport board decided on Wednesday.

One tram leaves every 40 minutes between midnight and five in the morning. The board expects 900 passengers a night and pays 310,000 crowns a year for the drivers.

The line joins the harbour to the hospital. "Nurses have walked home for thirty years," said board member Piet Halvorsen. "That ends now."

A ticket costs the same as by day. Dogs travel free after ten.`,
};

/** The sample newsroom: articles of our own about events that never were. */
export const samples = [nightLibrary, orchard, tram] as const;
