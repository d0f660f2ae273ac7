import { readFile } from "node:fs/promises"
import { Problem } from "@tabard/core"
import type { SmtpServer } from "./mail-carrier.ts"
import type { MailConfig } from "./notification-config.ts"

const LOOPBACK = ["127.0.0.1", "[::1]", "localhost"]

/** The ports of submission: with TLS from the first byte, and with STARTTLS (RFC 8314). */
const PORTS = { smtps: 465, smtp: 587 } as const

/**
 * Answers the mail server that the operator named. A query is refused: nothing switches the verifying of certificates off.
 *
 * @throws {Problem} body_invalid
 */
export async function readSmtpServer({ url }: MailConfig): Promise<SmtpServer> {
  const text = url.kind === "value" ? url.value.reveal() : await readUrlFile(url.path)
  const read = URL.canParse(text) ? new URL(text) : undefined
  if (!read || !isServer(read)) throw invalid()
  const { hostname, username, password, protocol, port } = read
  const secure = protocol === "smtps:"
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port) || (secure ? PORTS.smtps : PORTS.smtp),
    secure,
    loopback: LOOPBACK.includes(hostname),
    auth: username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : null,
  }
}

function isServer({ protocol, hostname, pathname, search, hash }: URL): boolean {
  const isBare = search === "" && hash === "" && (pathname === "" || pathname === "/")
  return /^smtps?:$/.test(protocol) && hostname !== "" && isBare
}

async function readUrlFile(path: string): Promise<string> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new Problem("body_invalid", `TABARD_SMTP_URL_FILE ${path} cannot be read`, { cause })
  })
  return text.trim()
}

function invalid(): Problem {
  return new Problem(
    "body_invalid",
    "the mail server must be smtp://name:password@host:587 or smtps://name:password@host:465, with nothing behind the port",
  )
}
