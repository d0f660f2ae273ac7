import { once } from "node:events"
import { createServer } from "node:net"

/** Answers a port on loopback that nobody listens on, for a program that has to be told one. */
export async function freePort(): Promise<number> {
  const taken = createServer().listen(0, "127.0.0.1")
  await once(taken, "listening")
  const address = taken.address()
  taken.close()
  await once(taken, "close")
  if (typeof address !== "object" || address === null) throw new Error("no port is free")
  return address.port
}
