import { connect } from "node:net"

/** Sends exactly these bytes on one connection, and answers all that comes back until it is closed. */
export async function rawBytes(publicUrl: string, ...pieces: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(publicUrl)
  const socket = connect(Number(port), hostname)
  let text = ""
  socket.setEncoding("latin1").on("data", (piece: string) => (text += piece))
  socket.on("error", () => undefined)
  for (const piece of pieces) socket.write(piece, "latin1")
  // A connection that is closed while it is written to may end with a reset, which `once` would throw: closed it is.
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()))
  const quiet = setTimeout(() => socket.destroy(), 1_500)
  await closed
  clearTimeout(quiet)
  return text
}

/** The status of each answer on a connection, in their order. */
export function statuses(text: string): readonly number[] {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))
}
