/**
 * Every word of the pages of sign-in: another language is another file of this shape. They are drawn by the server, before any
 * script of the dashboard is there, so they have a catalogue of their own beside `dashboard/texts.ts`.
 */
export const signInTexts = {
  /** As BCP 47 writes it. */
  language: 'en',
  title: 'Sign in',
  login: 'Name or e-mail address',
  password: 'Password',
  button: 'Sign in',
  passkey: 'Sign in with a passkey',
  /** Some HTML. */
  lost: `No password yet, or lost it? An admin of your newsroom can make you a link under Team. Whoever runs the server:
<code>standfirst users reset &lt;name&gt;</code> prints one, and the very first link stands in the terminal where standfirst was
started.`,
  linkTitle: 'Sign in to standfirst',
  once: (until: string) => `The link works once, until ${until}.`,
  welcome: (name: string) => `Welcome, ${name}. Choose how you will sign in.`,
  anew: (name: string) => `${name}, choose a new password. You will be signed out everywhere else.`,
  join: 'Join',
  joinTitle: (newsroom: string | null) => `Join ${newsroom ?? 'your newsroom'}`,
  setTitle: 'A new password',
  set: 'Set the password',
  makePasskey: 'Make a passkey instead',
  keepTitle: 'Keep your way in',
  keep: 'You are signed in by a link that has now been used up. Choose how you will sign in next time.',
  notNow: 'Not now',
  deadTitle: 'This link does not work any more',
  /** Some HTML. */
  dead: `It was used already, has run out, or was cut off. Ask an admin of your newsroom for a new one; whoever runs the server
finds one in the terminal where standfirst was started, or prints one with <code>standfirst users reset &lt;name&gt;</code>.`,
  deadWay: 'Sign in with a password or a passkey',
  newPassword: 'New password',
  rules: (least: number) => `At least ${least} characters. A few words that nobody would guess are best.`,
  /** The browser's own words for a prompt that was closed help nobody. */
  unused: 'No passkey was used. Try again.',
  tooMany: (seconds: string) => `Too many tries. Wait ${seconds} seconds; nothing is locked.`,
  wrong: 'The name and the password do not match.',
} as const;
