/** Where mail goes out, as the operator set it. */
export interface MailSettings {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  readonly url: string;
  readonly from: string;
}

export interface Letter {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

export interface Mail {
  /** Hands a letter to the server. @throws Error where it does not take it, without the password in its words. */
  send(letter: Letter): Promise<void>;
}

const TIMEOUT_MS = 20_000;
/** A password on the way to these never leaves the machine. */
const thisMachine: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** One connection a letter: they are few, and a server drops idle ones. */
export function openMail({ url, from }: MailSettings): Mail {
  return {
    async send({ to, subject, text }) {
      // Loaded here: most installations send none.
      const { createTransport } = await import('nodemailer');
      const timeouts = { connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS };
      const { protocol, hostname, port, username, password } = new URL(url);
      const transport = createTransport({
        host: hostname,
        port: port === '' ? (protocol === 'smtps:' ? 465 : 587) : Number(port),
        secure: protocol === 'smtps:',
        // Where somebody on the way takes STARTTLS out of the answer, the password stays here.
        requireTLS: username !== '' && !thisMachine.includes(hostname),
        ...(username === ''
          ? {}
          : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
        ...timeouts,
      });
      try {
        await transport.sendMail({ from, to: [...to], subject, text });
      } finally {
        transport.close();
      }
    },
  };
}
