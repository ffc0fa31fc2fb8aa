/** Invented reports, and the ways in which one report turns up again. */
export interface Story {
  readonly title: string;
  readonly url: string;
  readonly text: string;
}

export const harbour: Story = {
  title: 'Westmouth votes to rebuild its harbour wall',
  url: 'https://www.westmouth-courier.example/local/2026/03/04/harbour-wall-vote',
  text: `The town council of Westmouth voted on Tuesday to rebuild the harbour wall that collapsed in last winter’s storms.
The decision, taken by eleven votes to four after a debate of almost five hours, commits the town to spending 18.4 million crowns over three years.
Mayor Ada Lindqvist called it “the most expensive and the most necessary” project of her term. Without the wall, she said, every spring tide put the lower town and its two hundred households at risk.
Opponents argued that the money would be better spent on moving the fish market and the ferry terminal to higher ground. “We are building against the sea and the sea has more patience than we have,” said councillor Bertil Oyelaran.
Work is due to begin in September, when the ferry to Karlsund runs less often. Engineers from the port authority will first drive four hundred steel piles into the sea bed, a job expected to last until Christmas.
The government in Norrby has promised to pay a third of the cost, provided that the wall is opened to walkers again. Until the storms it had been the most popular promenade in the county.`,
};

export const ferry: Story = {
  title: 'Ferry to Karlsund stops for two weeks',
  url: 'https://www.westmouth-courier.example/local/2026/03/11/ferry-stops',
  text: `The ferry between Westmouth and Karlsund will not sail for two weeks from Monday while its engine is replaced, the operator Sundlinjen said.
Passengers are asked to take the bus over the Tarn bridge, which adds an hour to the journey. Tickets already bought remain valid on the bus and can be returned free of charge until the end of the month.
The ship, the Gudrun, was built in 1989 and has broken down six times since Christmas. A new engine was meant to be fitted in January but arrived late from the yard in Gellin.
Traders on the island of Karlsund said that they had been told too late. “I have fish on order and nobody to sell it to,” said Maire Tuominen, who runs the smokehouse at the pier.
Sundlinjen said that a cargo boat would sail on Wednesdays and Saturdays, weather permitting, and that it would carry perishable goods at no charge.
The mayor of Westmouth, Ada Lindqvist, said that the town would press for a second ship before the tourist season begins in May.`,
};

/** Same subject as `harbour`, a day later: new facts, and the background paragraph that reporters carry along. */
export const harbourNextDay: Story = {
  title: 'Norrby doubts its share of the Westmouth wall',
  url: 'https://www.westmouth-courier.example/local/2026/03/05/norrby-doubts-share',
  text: `A day after Westmouth agreed to rebuild its harbour wall, the finance ministry in Norrby questioned whether it could pay a third of the bill.
A spokesman said that the promise had been made by the previous government and had never been entered in a budget. The ministry would examine it “with goodwill but without haste”.
Mayor Ada Lindqvist said she had the promise in writing and would publish the letter on Friday. “A signature does not lapse because the hand that wrote it has gone home,” she told reporters outside the town hall.
The dispute leaves open who would carry the six million crowns that the town cannot borrow under its own rules. The opposition demanded that no contract be signed before the question is settled.
The council of Westmouth had voted on Tuesday by eleven votes to four to rebuild the wall that collapsed in last winter’s storms.
Port engineers said the piles must be ordered by the end of April if work is to begin in September.`,
};

export const observatory: Story = {
  title: 'Astronomers at Mount Haldis find a planet with two sunsets',
  url: 'https://science.norrby-times.example/space/planet-two-sunsets',
  text: `Astronomers at the Mount Haldis observatory have found a planet that circles two stars at once and so has two sunsets every evening.
The planet, named Haldis 7 b, is about as heavy as Neptune and needs 214 days for one orbit, the team led by Professor Noor Ramires reports in the journal of the Norrby Academy.
It was discovered by accident. A student, Ilse Kovac, was checking three years of brightness measurements for faults in the camera when she noticed a dip that came back at intervals which no single star could explain.
“I was sure it was dust on the lens,” she said. “We cleaned the lens twice before I dared to tell anyone.”
Only about a dozen such planets are known. Most were seen by satellites; this is the first found from the ground with a telescope of less than two metres.
The observatory will follow the planet for another year to learn whether it has moons. The county has paid for a new camera, which is to be fitted before the autumn.`,
};

export const strike: Story = {
  title: 'Bakers in Gellin walk out over night shifts',
  url: 'https://www.gellin-abend.example/wirtschaft/bakers-walk-out',
  text: `About nine hundred bakers in Gellin stopped work at midnight on Sunday in a dispute over the pay for night shifts, leaving most of the city without fresh bread on Monday morning.
The union said that all but three of the forty large bakeries had been closed. Small family shops were not called out and sold their last loaves before seven o’clock.
The union is asking for a supplement of thirty per cent on hours worked between ten at night and five in the morning; the employers have offered twelve. Four rounds of talks since November have ended without a result.
“Bread is cheap in this city because sleep is cheap in this city,” said Dario Antonescu, who has worked nights for twenty-two years and spoke for the strikers at the flour mill.
The association of bakery owners called the strike out of proportion and said that a supplement of that size would cost every fifth shop its profit.
Hospitals and schools are being supplied from Tarn. Both sides agreed to meet again on Wednesday in the presence of a mediator, the retired judge Hannelore Quist.`,
};

export const strikeElsewhere: Story = {
  title: 'Tram drivers in Tarn walk out over night shifts',
  url: 'https://www.gellin-abend.example/wirtschaft/tram-drivers-walk-out',
  text: `About four hundred tram drivers in Tarn stopped work early on Thursday in a dispute over rest times after night shifts, and no tram left the depots before noon.
The union said that eighty per cent of its members had joined. Buses ran, but were so full that many did not stop on the way from the university to the river.
Drivers want eleven hours off after a late shift; the city now grants nine. The transport office said that it would have to hire sixty people, whom it could not find.
“At five in the morning the rails begin to swim before your eyes,” said Petra Salonen, a driver for fourteen years.
The city called the walkout irresponsible because it had been announced only the evening before. A court in Tarn is to decide on Friday whether that was lawful.
Both sides said they were ready to talk but disagreed about the place: the union wants the depot, the city the town hall.`,
};

export const recipe: Story = {
  title: 'What the flood left behind in the Orla valley',
  url: 'https://magazine.norrby-times.example/features/orla-valley-flood',
  text: `In the Orla valley the water has gone and the mud has stayed. It lies a hand high in the church, and on the school steps somebody has drawn in it with a finger: closed until further notice.
Jonas Ebert, the teacher, opens the door all the same. He shows the line on the wall where the river stood for two days in February, above the blackboard, above the map of the world, just below the clock, which is still going.
Forty-one houses were damaged, six so badly that they will be pulled down. Nobody died, which people here mention first, before they speak of anything they lost.
What worries them is the summer. The valley lives from the two thousand walkers who come for the orchards, and the path along the river no longer exists.
The county engineer, Salome Brandt, has a plan with a wider bed and three new meadows that may be flooded. It would take the lowest rows of apple trees. “I know what I am asking,” she says. “Some of these trees are older than my house.”
The village will vote in June, in the church, if it has dried by then.`,
};

export const footballA: Story = {
  title: 'Westmouth beat Karlsund 3-1',
  url: 'https://www.westmouth-courier.example/sport/2026/03/07/westmouth-karlsund',
  text: `Westmouth beat Karlsund 3-1 on Saturday and moved up to second place in the coastal league. Goals by Ferro and twice by Nyman decided the match before the break. Karlsund scored late through a penalty. Next Saturday Westmouth play away at Tarn.`,
};

export const footballB: Story = {
  title: 'Gellin beat Tarn 2-0',
  url: 'https://www.westmouth-courier.example/sport/2026/03/07/gellin-tarn',
  text: `Gellin beat Tarn 2-0 on Saturday and stay first in the coastal league. Goals by Okafor and Lund decided the match after the break. Tarn missed a late penalty. Next Saturday Gellin play at home against Karlsund.`,
};

export const originals: readonly Story[] = [
  harbour,
  ferry,
  harbourNextDay,
  observatory,
  strike,
  strikeElsewhere,
  recipe,
  footballA,
  footballB,
];

/** One report in another dress: what a feed, a partner or a phone delivers of it. */
export const copies: Readonly<Record<string, (story: Story) => Story>> = {
  'the same page with tracking parameters': (story) => ({
    ...story,
    url: `${story.url}?utm_source=letter&utm_medium=email&fbclid=Iw9#comments`,
  }),
  'its AMP page, which leaves out the last paragraph': (story) => ({
    ...story,
    url: `${story.url}/amp`,
    text: paragraphs(story).slice(0, -1).join('\n') || story.text,
  }),
  'its mobile page': (story) => ({ ...story, url: story.url.replace('://www.', '://m.') }),
  'a re-dated item under a new address': (story) => ({
    ...story,
    url: story.url.replace(/\/2026\/03\/\d\d/, '/2026/03/19').replace(/$/, '-2'),
    text: story.text.replaceAll('on Tuesday', 'last Tuesday').replaceAll('Saturday', 'last Saturday'),
  }),
  'a partner’s copy with another headline and its own first line': (story) => ({
    title: `What you need to know today: ${story.text.split(' ').slice(0, 3).join(' ')}`,
    url: 'https://partner.example/wire/88123',
    text: `${story.text}\nThis report first appeared elsewhere and is published here under licence.`,
  }),
  'a partner’s copy cut after two thirds': (story) => ({
    title: `${story.title}: the report`,
    url: 'https://wire.example/n/4711',
    text: paragraphs(story)
      .slice(0, Math.max(1, Math.ceil(paragraphs(story).length * 0.66)))
      .join('\n'),
  }),
  'straight quotes, plain dashes and spaces of another house': (story) => ({
    title: story.title.toUpperCase(),
    url: 'https://other-house.example/a/1',
    text: story.text.replaceAll(/[“”]/g, '"').replaceAll('’', "'").replaceAll(' ', '  '),
  }),
  'a corrected version': (story) => ({
    ...story,
    url: 'https://other-house.example/a/2',
    text: `${story.text.replaceAll(/\d+/g, '17')}\nCorrection: an earlier version of this report gave wrong numbers.`,
  }),
};

function paragraphs(story: Story): string[] {
  return story.text.split('\n');
}
