import { Readable } from "node:stream"
import { text } from "node:stream/consumers"
import { SMTPServer } from "smtp-server"

/** A mail as a server got it. */
export interface ReceivedMail {
  readonly from: string
  readonly to: readonly string[]
  /** Headers and body as they came. */
  readonly raw: string
}

/** A true mail server on loopback. */
export interface MailServer extends AsyncDisposable {
  readonly url: string
  readonly port: number
  readonly received: ReceivedMail[]
}

/** Starts a mail server that takes mail for everybody, or for nobody. */
export async function startMailServer(
  options: { readonly starttls?: boolean; readonly refuses?: boolean } = {},
): Promise<MailServer> {
  const received: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.starttls ? ["AUTH"] : ["AUTH", "STARTTLS"],
    onRcptTo(_address, _session, callback) {
      const refusal = Object.assign(new Error("no such mailbox: secret words"), { responseCode: 550 })
      callback(options.refuses ? refusal : undefined)
    },
    onData(stream, session, callback) {
      text(Readable.from(stream)).then((raw) => {
        const { mailFrom, rcptTo } = session.envelope
        const from = mailFrom === false ? "" : (mailFrom?.address ?? "")
        received.push({ from, to: rcptTo.map(({ address }) => address), raw })
        callback()
      }, callback)
    },
  })
  server.on("error", () => undefined)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()))
  const address = server.server.address()
  const port = typeof address === "object" && address ? address.port : 0
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    received,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

/** Answers a mail's headers, unfolded, as the lines that they are. */
export function headersOf({ raw }: ReceivedMail): readonly string[] {
  const [head = ""] = raw.split(/\r?\n\r?\n/, 1)
  return head.replaceAll(/\r?\n[ \t]+/g, " ").split(/\r?\n/)
}

/** Answers a mail's plain text part or its HTML part, decoded. */
export function partOf({ raw }: ReceivedMail, type: "text/plain" | "text/html"): string {
  const part = raw.split(/\r?\n--[^\r\n]+/).find((one) => one.includes(`Content-Type: ${type}`)) ?? ""
  const [head = "", ...body] = part.trimStart().split(/\r?\n\r?\n/)
  const joined = body.join("\n\n")
  if (/base64/i.test(head)) return Buffer.from(joined, "base64").toString("utf8")
  if (!/quoted-printable/i.test(head)) return joined
  const bytes = joined
    .replaceAll(/=\r?\n/g, "")
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, "latin1").toString("utf8")
}
