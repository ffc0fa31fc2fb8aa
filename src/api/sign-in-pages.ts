import { readFileSync } from 'node:fs';
import { PASSWORD_MAX, PASSWORD_MIN } from '../domain/password.ts';
import type { SignInLinkRow } from '../store/sign-in-link.ts';
import { escapeHtml, htmlPage } from './html.ts';

/** What is the same for all pages of sign-in. */
export interface Setting {
  readonly nonce: string;
  /** Whether this address can have passkeys at all. */
  readonly passkeys: boolean;
  /** What went wrong with what was sent, in one sentence. */
  readonly fault?: string;
}

const script = readFileSync(new URL('./passkey-page.js', import.meta.url), 'utf8');

/** Where people sign in. @param login what they typed before. */
export function signInPage(setting: Setting, login = ''): string {
  const body = `${faultOf(setting)}
<form method="post" action="/sign-in">
<label for="login">Name or e-mail address</label>
<input id="login" name="login" value="${escapeHtml(login)}" autocomplete="username webauthn" autocapitalize="none" spellcheck="false" maxlength="254" required${login === '' ? ' autofocus' : ''}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="${PASSWORD_MAX * 4}" required${login === '' ? '' : ' autofocus'}>
<button type="submit">Sign in</button>
</form>
${passkeyButton(setting, 'use', 'Sign in with a passkey')}
<footer><p>No password yet, or lost it? An admin of your newsroom can make you a link under Team. Whoever runs the server:
<code>standfirst users reset &lt;name&gt;</code> prints one, and the very first link stands in the terminal where standfirst was
started.</p></footer>`;
  return page('Sign in', body, setting);
}

/** A link that signs in: opening it only shows a button, because mail filters and chat previews open links too. */
export function linkPage(setting: Setting, token: string, expiresAt: Date): string {
  const body = `<form method="post" action="/sign-in">
<input type="hidden" name="token" value="${escapeHtml(token)}">
<p><button type="submit">Sign in</button></p>
</form>
<p class="hint">The link works once, until ${timeOf(expiresAt)}.</p>`;
  return page('Sign in to standfirst', body, setting);
}

/** A link that lets somebody in to choose what they sign in with from now on. @param newsroom its name, where it has said one. */
export function welcomePage(setting: Setting, token: string, link: SignInLinkRow, newsroom: string | null): string {
  const isNew = link.purpose === 'invitation';
  const lead = isNew
    ? `<p>Welcome, ${escapeHtml(link.name)}. Choose how you will sign in.</p>`
    : `<p>${escapeHtml(link.name)}, choose a new password. You will be signed out everywhere else.</p>`;
  const body = `${lead}${faultOf(setting)}
<form method="post" action="/sign-in">
<input type="hidden" name="token" value="${escapeHtml(token)}">
${newPassword(link.email ?? link.name)}
<button type="submit">${isNew ? 'Join' : 'Set the password'}</button>
</form>
${passkeyButton(setting, 'invited', 'Make a passkey instead')}
<p class="hint">The link works once, until ${timeOf(link.expiresAt)}.</p>`;
  return page(isNew ? `Join ${newsroom ?? 'your newsroom'}` : 'A new password', body, setting);
}

/** After the very first link: without a password or a passkey there is no way back in. */
export function keepPage(setting: Setting, member: { name: string; email: string | null }): string {
  const body = `<p>You are signed in by a link that has now been used up. Choose how you will sign in next time.</p>${faultOf(setting)}
<form method="post" action="/sign-in/keep">
${newPassword(member.email ?? member.name)}
<button type="submit">Set the password</button>
</form>
${passkeyButton(setting, 'member', 'Make a passkey instead')}
<p><a href="/">Not now</a></p>`;
  return page('Keep your way in', body, setting);
}

export function deadLinkPage(setting: Setting): string {
  const body = `<p>It was used already, has run out, or was cut off. Ask an admin of your newsroom for a new one; whoever runs the server
finds one in the terminal where standfirst was started, or prints one with <code>standfirst users reset &lt;name&gt;</code>.</p>
<p><a href="/sign-in">Sign in with a password or a passkey</a></p>`;
  return page('This link does not work any more', body, setting);
}

function page(title: string, body: string, { nonce, passkeys }: Setting): string {
  return htmlPage(title, body, nonce, passkeys && body.includes('data-passkey') ? script : null);
}

function faultOf({ fault = '' }: Setting): string {
  return `<p id="fault" role="alert">${escapeHtml(fault)}</p>`;
}

/** The name goes along unseen, so that the browser keeps the password under it. */
function newPassword(username: string): string {
  return `<input name="username" value="${escapeHtml(username)}" autocomplete="username" hidden readonly>
<label for="password">New password</label>
<input id="password" name="password" type="password" autocomplete="new-password" minlength="${PASSWORD_MIN}" maxlength="${PASSWORD_MAX * 4}" aria-describedby="rules fault" required autofocus>
<p class="hint" id="rules">At least ${PASSWORD_MIN} characters. A few words that nobody would guess are best.</p>`;
}

/** Shown by the script, where the browser can. */
function passkeyButton({ passkeys }: Setting, way: 'use' | 'invited' | 'member', label: string): string {
  return passkeys ? `<p><button type="button" class="second" data-passkey="${way}" hidden>${label}</button></p>` : '';
}

function timeOf(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
