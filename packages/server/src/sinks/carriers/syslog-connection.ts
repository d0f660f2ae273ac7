import { once } from "node:events"
import { isIP } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"
import { connect, type TLSSocket } from "node:tls"
import type { SyslogSecrets, SyslogSettings } from "@tabard/api"
import { ClosedAddress, guardedLookup, type TargetRules } from "../../notifications/guard-address.ts"

/** A connection that messages go over. Nothing ever comes back. */
export interface SyslogConnection {
  /** Whether it can be written to still. */
  readonly open: boolean
  /** Writes all of it, and answers once it is out of our hands and the other end still there. */
  write(bytes: Buffer, signal: AbortSignal): Promise<void>
  /** Lets what is under way arrive, and closes. */
  end(): Promise<void>
}

/** Whom to connect to, and as whom. */
export interface SyslogTarget {
  readonly settings: SyslogSettings
  readonly secrets: SyslogSecrets
  readonly rules: TargetRules
}

/** How long the other end is listened to after a portion: it has no other way to say no than to hang up. */
const SETTLE_MS = 150

/** A connection that was idle for so long may be dead without a sign, and is not used again. */
const IDLE_MS = 60_000

/** Connects over TLS, within the rules of where a receiver may be. */
export async function connectSyslog(target: SyslogTarget, signal: AbortSignal): Promise<SyslogConnection> {
  const { settings, secrets, rules } = target
  const { host, port, ca, clientCertificate } = settings
  if (isIP(host) !== 0 && !rules.isOpen(host)) throw new ClosedAddress("it is not open")
  const socket = connect({
    host,
    port,
    lookup: guardedLookup(rules),
    minVersion: "TLSv1.2",
    ...(isIP(host) === 0 && { servername: host }),
    ...(ca && { ca }),
    ...(clientCertificate && secrets.clientKey && { cert: clientCertificate, key: secrets.clientKey }),
  })
  try {
    await once(socket, "secureConnect", { signal })
  } catch (error) {
    socket.on("error", () => undefined).destroy()
    throw error
  }
  return overSocket(socket)
}

function overSocket(socket: TLSSocket): SyslogConnection {
  let fault: Error | undefined
  socket.on("error", (error) => (fault = error))
  // Whatever it says is not listened to; that it hangs up is.
  socket.resume().on("end", () => socket.destroy())
  socket.setKeepAlive(true, 15_000)
  socket.setTimeout(IDLE_MS, () => socket.end())
  const stop = (): void => void socket.destroy()
  return {
    get open() {
      return socket.writable && !socket.destroyed
    },
    async write(bytes, signal) {
      signal.addEventListener("abort", stop, { once: true })
      try {
        await new Promise<void>((resolve, reject) => {
          socket.write(bytes, (error) => (error ? reject(error) : resolve()))
        })
        await sleep(SETTLE_MS)
        if (socket.destroyed) throw fault ?? new Error("it hung up")
      } catch (error) {
        throw signal.aborted ? signal.reason : (fault ?? error)
      } finally {
        signal.removeEventListener("abort", stop)
      }
    },
    async end() {
      if (socket.destroyed) return
      const closed = once(socket, "close").catch(() => undefined)
      socket.end()
      await Promise.race([closed, sleep(1000, undefined, { ref: false })])
      socket.destroy()
    },
  }
}
