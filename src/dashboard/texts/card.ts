/** The link card of a message, where the network takes it from us. */
export const card = {
  title: 'Link card',
  add: 'Add a link card',
  leadsTo: 'Leads to',
  name: 'Title of the card',
  noName: 'A card without a title is not clicked: give it one.',
  about: 'Description of the card',
  picture: 'Picture of the card',
  address: 'Address of its picture',
  addPicture: 'Add a picture',
  otherPicture: 'Another picture',
  noPicture: 'Leave the picture out',
  alt: 'What the picture shows',
  altMissing: 'Describe it for those who cannot see it.',
  altKept: 'The network is sent the picture alone: the description is for colleagues here.',
  elsewhere: (host: string) =>
    `It lies at ${host} and is fetched when the post goes out. To choose what stays of it, add it here as a file.`,
  cut: 'Choose what stays where it is cut',
  cutWhole: 'It is sent whole, and the network cuts it as it likes.',
  across: 'What stays: left to right',
  down: 'What stays: top to bottom',
  hidden: (network: string) => `On ${network} the image of the message takes the card’s place.`,
  byNetwork: (network: string) =>
    `${network} makes the link card itself, from the page: its title, description and picture are set there.`,
} as const;
