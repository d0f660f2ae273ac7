// Runs inside a network cage (network-cage.ts): listens on its loopback, carries what comes to the socket outside, and
// passes signals on that arrive by name on descriptor 3.
import { spawn } from "node:child_process"
import { once } from "node:events"
import { connect, createServer, Socket } from "node:net"
import { constants } from "node:os"
import { createInterface } from "node:readline"

const [socket = "", port = "", program = "", ...args] = process.argv.slice(2)

/** The terminal's own reach the process as well. */
const DEAF_TO: readonly NodeJS.Signals[] = ["SIGINT", "SIGQUIT", "SIGHUP", "SIGTERM"]
for (const name of DEAF_TO) process.on(name, () => undefined)

const server = createServer((inside) => {
  const outside = connect(socket)
  inside.pipe(outside).pipe(inside)
  for (const end of [inside, outside])
    end.on("error", () => {
      inside.destroy()
      outside.destroy()
    })
}).listen(Number(port), "127.0.0.1")
await once(server, "listening")

const child = spawn(program, args, { stdio: "inherit" })
const control = new Socket({ fd: 3 })
createInterface(control).on("line", (asked) => {
  for (const [name, number] of Object.entries(constants.signals)) if (name === asked) child.kill(number)
})
child.on("error", (error) => {
  process.stderr.write(`${program} cannot be run: ${error.message}\n`)
  process.exit(127)
})
child.on("exit", (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)))
