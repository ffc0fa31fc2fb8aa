import { readFileSync } from 'node:fs';
import { PASSWORD_MAX, PASSWORD_MIN } from '../domain/password.ts';
import type { SignInLinkRow } from '../store/sign-in-link.ts';
import { escapeHtml, htmlPage } from './html.ts';
import { signInTexts as texts } from './sign-in-texts.ts';

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
<label for="login">${texts.login}</label>
<input id="login" name="login" value="${escapeHtml(login)}" autocomplete="username webauthn" autocapitalize="none" spellcheck="false" maxlength="254" required${login === '' ? ' autofocus' : ''}>
<label for="password">${texts.password}</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="${PASSWORD_MAX * 4}" required${login === '' ? '' : ' autofocus'}>
<button type="submit">${texts.button}</button>
</form>
${passkeyButton(setting, 'use', texts.passkey)}
<footer><p>${texts.lost}</p></footer>`;
  return page(texts.title, body, setting);
}

/** A link that signs in: opening it only shows a button, because mail filters and chat previews open links too. */
export function linkPage(setting: Setting, token: string, expiresAt: Date): string {
  const body = `<form method="post" action="/sign-in">
<input type="hidden" name="token" value="${escapeHtml(token)}">
<p><button type="submit">${texts.button}</button></p>
</form>
<p class="hint">${texts.once(timeOf(expiresAt))}</p>`;
  return page(texts.linkTitle, body, setting);
}

/** A link that lets somebody in to choose what they sign in with from now on. @param newsroom its name, where it has said one. */
export function welcomePage(setting: Setting, token: string, link: SignInLinkRow, newsroom: string | null): string {
  const isNew = link.purpose === 'invitation';
  const lead = `<p>${(isNew ? texts.welcome : texts.anew)(escapeHtml(link.name))}</p>`;
  const body = `${lead}${faultOf(setting)}
<form method="post" action="/sign-in">
<input type="hidden" name="token" value="${escapeHtml(token)}">
${newPassword(link.email ?? link.name)}
<button type="submit">${isNew ? texts.join : texts.set}</button>
</form>
${passkeyButton(setting, 'invited', texts.makePasskey)}
<p class="hint">${texts.once(timeOf(link.expiresAt))}</p>`;
  return page(isNew ? texts.joinTitle(newsroom) : texts.setTitle, body, setting);
}

/** After the very first link: without a password or a passkey there is no way back in. */
export function keepPage(setting: Setting, member: { name: string; email: string | null }): string {
  const body = `<p>${texts.keep}</p>${faultOf(setting)}
<form method="post" action="/sign-in/keep">
${newPassword(member.email ?? member.name)}
<button type="submit">${texts.set}</button>
</form>
${passkeyButton(setting, 'member', texts.makePasskey)}
<p><a href="/">${texts.notNow}</a></p>`;
  return page(texts.keepTitle, body, setting);
}

export function deadLinkPage(setting: Setting): string {
  const body = `<p>${texts.dead}</p>
<p><a href="/sign-in">${texts.deadWay}</a></p>`;
  return page(texts.deadTitle, body, setting);
}

function page(title: string, body: string, { nonce, passkeys }: Setting): string {
  return htmlPage(title, body, nonce, passkeys && body.includes('data-passkey') ? script : null, texts.language);
}

function faultOf({ fault = '' }: Setting): string {
  return `<p id="fault" role="alert">${escapeHtml(fault)}</p>`;
}

/** The name goes along unseen, so that the browser keeps the password under it. */
function newPassword(username: string): string {
  return `<input name="username" value="${escapeHtml(username)}" autocomplete="username" hidden readonly>
<label for="password">${texts.newPassword}</label>
<input id="password" name="password" type="password" autocomplete="new-password" minlength="${PASSWORD_MIN}" maxlength="${PASSWORD_MAX * 4}" aria-describedby="rules fault" required autofocus>
<p class="hint" id="rules">${texts.rules(PASSWORD_MIN)}</p>`;
}

/** Shown by the script, where the browser can. */
function passkeyButton({ passkeys }: Setting, way: 'use' | 'invited' | 'member', label: string): string {
  return passkeys
    ? `<p><button type="button" class="second" data-passkey="${way}" data-unused="${escapeHtml(texts.unused)}" hidden>${label}</button></p>`
    : '';
}

function timeOf(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
