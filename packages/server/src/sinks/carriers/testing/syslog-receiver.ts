import type { AddressInfo } from "node:net"
import { createServer, type TLSSocket, type TlsOptions } from "node:tls"
import { type SelfSigned, selfSigned } from "./self-signed.ts"

/** A receiver of syslog over TLS on loopback, that reads frames by their counted octets and nothing else. */
export interface SyslogReceiver extends AsyncDisposable {
  readonly port: number
  readonly identity: SelfSigned
  /** The messages of frames that came whole. */
  readonly messages: readonly string[]
  /** How many connections there were. */
  readonly connections: () => number
  hangUp(): void
}

/** What a receiver does with a connection, in its turn; without one it reads. */
export type Treatment = (socket: TLSSocket, turn: number) => void

/** Starts a receiver, on a port of its choice or on this one. */
export async function startSyslogReceiver(
  treat: Treatment = () => undefined,
  { port = 0, ...options }: TlsOptions & { readonly port?: number } = {},
): Promise<SyslogReceiver> {
  const identity = selfSigned("syslog.acme.example")
  const messages: string[] = []
  const sockets = new Set<TLSSocket>()
  let turn = 0
  const server = createServer({ cert: identity.certificate, key: identity.key, ...options }, (socket) => {
    turn += 1
    sockets.add(socket.on("error", () => undefined))
    let bytes = Buffer.alloc(0)
    socket.on("data", (piece: Buffer) => {
      bytes = Buffer.concat([bytes, piece])
      for (let frame = framed(bytes); frame; frame = framed(bytes)) {
        messages.push(frame.message)
        bytes = bytes.subarray(frame.length)
      }
    })
    treat(socket, turn)
  })
  server.on("tlsClientError", () => undefined)
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on TCP, so its address is one
  const address = server.address() as AddressInfo
  const hangUp = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: address.port,
    identity,
    messages,
    connections: () => turn,
    hangUp,
    async [Symbol.asyncDispose]() {
      hangUp()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function framed(bytes: Buffer): { readonly message: string; readonly length: number } | undefined {
  const [, digits] = /^(\d{1,10}) /.exec(bytes.subarray(0, 12).toString("latin1")) ?? []
  if (digits === undefined) return undefined
  const [from, to] = [digits.length + 1, digits.length + 1 + Number(digits)]
  return bytes.length < to ? undefined : { message: bytes.subarray(from, to).toString("utf8"), length: to }
}
