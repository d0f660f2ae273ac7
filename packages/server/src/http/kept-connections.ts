import { Agent as PlainAgent } from "node:http"
import { Agent as TlsAgent } from "node:https"

/** Connections that are used again, for addresses with and without TLS. */
export interface Agents extends Disposable {
  readonly plain: PlainAgent
  readonly tls: TlsAgent
}

/** For how long an idle connection is kept. */
const IDLE_MS = 15_000

/**
 * Opens connections that are kept for the next request of the same sender, few at a time. Where `ca` is given, certificates
 * that it signed are believed, and no others.
 */
export function keptConnections(ca?: string): Agents {
  const options = { keepAlive: true, maxSockets: 2, timeout: IDLE_MS }
  const [plain, tls] = [new PlainAgent(options), new TlsAgent({ ...options, ...(ca && { ca }) })]
  return {
    plain,
    tls,
    [Symbol.dispose]() {
      plain.destroy()
      tls.destroy()
    },
  }
}
