import { createHmac } from "node:crypto"

/** What a message is signed as. */
export interface SignedMessage {
  readonly id: string
  readonly at: Date
  readonly body: string
}

/**
 * Answers the headers that sign a message under the Standard Webhooks scheme (`v1`, HMAC-SHA256), once for each secret:
 * a receiver that knows any one of them can verify.
 */
export function webhookHeaders(
  { id, at, body }: SignedMessage,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64")
    return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`
  })
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") }
}
