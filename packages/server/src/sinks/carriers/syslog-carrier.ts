import type { SyslogSecrets, SyslogSettings } from "@tabard/api"
import type { CarriedItem, CarryResult, SinkCarrier } from "@tabard/control"
import { connectionFault } from "../../http/connection-fault.ts"
import type { CarrierDeps } from "./carrier-deps.ts"
import { connectSyslog, type SyslogConnection } from "./syslog-connection.ts"
import { syslogFrame } from "./syslog-message.ts"

const TIME_MS = 30_000

/**
 * Carries to a syslog receiver over TLS. Syslog acknowledges nothing: a portion counts as taken once it was written and the
 * other end did not hang up.
 */
export function syslogCarrier(
  { settings, secrets }: { readonly settings: SyslogSettings; readonly secrets: SyslogSecrets },
  deps: CarrierDeps,
): SinkCarrier {
  const target = { settings, secrets, rules: deps.rules }
  const dress = { ...settings, host: deps.host, version: deps.version }
  let connection: SyslogConnection | undefined

  async function carry(items: readonly CarriedItem[], signal: AbortSignal): Promise<CarryResult> {
    const stop = AbortSignal.any([AbortSignal.timeout(deps.timeMs ?? TIME_MS), signal])
    const frames = Buffer.concat(items.map((item) => syslogFrame(item, dress)))
    try {
      if (!connection?.open) connection = await connectSyslog(target, stop)
      await connection.write(frames, stop)
      return { kind: "taken", refused: [] }
    } catch (error) {
      await close()
      const { said, lasting } = connectionFault(error)
      return lasting ? { kind: "held", reason: said } : { kind: "later", reason: said, afterMs: null }
    }
  }

  async function close(): Promise<void> {
    const closing = connection
    connection = undefined
    await closing?.end()
  }

  return { portion: { items: 500, bytes: 1024 * 1024 }, carry, [Symbol.asyncDispose]: close }
}
