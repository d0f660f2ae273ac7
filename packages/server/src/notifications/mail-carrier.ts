import { createTransport } from "nodemailer"
import type { Carried, Carrier, Parcel } from "./carrier.ts"
import { digestOf, type MailDeps, mailOf } from "./compose-mail.ts"
import { plainLine } from "./plain-line.ts"

/** How long a mail server has for each step. */
const STEP_MS = 10_000

/** One plain address: no list, no comment, no source route, nothing that a header could end at. */
const ADDRESS = /^[^\s@<>(),;:"\\[\]\p{C}]+@[^\s@<>(),;:"\\[\]\p{C}]+$/u

/** Sends mail through the operator's server: by TLS with a verified certificate, but on loopback. */
export function mailCarrier(deps: MailDeps, { server, from }: { server: SmtpServer; from: string }): Carrier {
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: !server.loopback,
    ignoreTLS: server.loopback && !server.secure,
    ...(server.auth && { auth: server.auth }),
    tls: { rejectUnauthorized: true, minVersion: "TLSv1.2" },
    connectionTimeout: STEP_MS,
    greetingTimeout: STEP_MS,
    socketTimeout: STEP_MS,
    dnsTimeout: STEP_MS,
    // What a mail holds is text of ours: it never names a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async carry({ id, told, digest, to }: Parcel) {
      const [first] = told
      if (!to || !first) return { kind: "refused", said: "there is nothing to say" }
      if (!ADDRESS.test(to.email))
        return { kind: "refused", said: "the address is none that mail can be sent to" }
      const mail = digest ? digestOf(deps, told) : mailOf(deps, first)
      try {
        await transport.sendMail({
          from,
          to: { name: plainLine(to.name), address: to.email },
          ...mail,
          // The same for each try, so that mailboxes know a repetition.
          messageId: `<${id}@${new URL(deps.publicUrl).hostname}>`,
          headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
        })
        return { kind: "sent" }
      } catch (error) {
        return faultOf(error)
      }
    },
  }
}

/** The operator's mail server, as its address says. */
export interface SmtpServer {
  readonly host: string
  readonly port: number
  /** TLS from the first byte; else it is demanded by STARTTLS. */
  readonly secure: boolean
  readonly loopback: boolean
  readonly auth: { readonly user: string; readonly pass: string } | null
}

/** Says what went wrong without a word of the server's: its lines may repeat what was sent. */
function faultOf(error: unknown): Carried {
  const member = (name: string): unknown => (error instanceof Error ? Reflect.get(error, name) : undefined)
  const [code, status] = [String(member("code")), Number(member("responseCode"))]
  // 5yz to a mail that was offered is for good; before that it is about the server and us.
  if (code === "EENVELOPE" || code === "EMESSAGE") {
    const said = `the mail server refused it (${Number.isNaN(status) ? "no code" : status})`
    return { kind: status >= 400 && status < 500 ? "unavailable" : "refused", said }
  }
  if (code === "EAUTH") return { kind: "unavailable", said: "the mail server refused our name or password" }
  if (/ETLS|CERT|SSL|SELF_SIGNED|ALTNAME|VERIFY/.test(`${code} ${String(member("originalCode"))}`))
    return { kind: "unavailable", said: "the mail server offers no TLS that can be verified" }
  if (code === "ETIMEDOUT") return { kind: "unavailable", said: "the mail server did not answer in time" }
  return { kind: "unavailable", said: "the mail server could not be reached" }
}
