import { dependency } from "@tenon/core";
import { createTransport } from "nodemailer";
import { config } from "../config.ts";

/** A letter in plain text. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** What tells one letter from another: a letter that is sent twice is the same letter (RFC 5322, 3.6.4). */
  readonly messageId: string;
}

/** Sends letters. */
export interface Mailer {
  send(letter: Letter): Promise<void>;
}

/** Sends by the server of the settings, and prints where there is none. */
export const mailer = dependency
  .use({ config })
  .scope("app")
  .resolve(async function* ({ config }): AsyncGenerator<Mailer> {
    const { smtpUrl, mailFrom } = config;
    if (smtpUrl === undefined) {
      yield {
        send: async ({ to, subject, text }) => console.log(`\nTo: ${to}\nSubject: ${subject}\n\n${text}\n`),
      };
      return;
    }
    const transport = createTransport(smtpUrl, { from: mailFrom });
    try {
      yield { send: async (letter) => void (await transport.sendMail(letter)) };
    } finally {
      transport.close();
    }
  });
