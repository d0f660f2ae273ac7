import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { connect } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { type SelfSigned, selfSigned } from "../../packages/server/src/sinks/carriers/testing/self-signed.ts"
import { freePort } from "./free-port.ts"
import { requireTool } from "./outside-tool.ts"

/** A message as rsyslog took it apart. */
export interface TakenMessage {
  readonly priority: string
  readonly host: string
  readonly app: string
  readonly id: string
  readonly data: string
  readonly text: string
}

/** rsyslog on loopback, over TLS, that wants a certificate which it knows. */
export interface RsyslogServer extends AsyncDisposable {
  readonly port: number
  readonly identity: SelfSigned
  /** Answers the messages so far, once there are so many. */
  taken(count: number): Promise<readonly TakenMessage[]>
}

/** Starts one that lets this certificate in; a suite that does so is skipped where `lacksTools("rsyslogd")`. */
export async function startRsyslog(known: SelfSigned): Promise<RsyslogServer> {
  const folder = await mkdtemp(join(tmpdir(), "tabard-rsyslog-"))
  const [port, identity] = [await freePort(), selfSigned("rsyslog")]
  await Promise.all([
    writeFile(join(folder, "cert.pem"), identity.certificate),
    writeFile(join(folder, "key.pem"), identity.key, { mode: 0o600 }),
    writeFile(join(folder, "known.pem"), known.certificate),
    writeFile(join(folder, "rsyslog.conf"), settings(folder, port)),
  ])
  const flags = ["-n", "-f", join(folder, "rsyslog.conf"), "-i", join(folder, "pid")]
  const server = spawn(requireTool("rsyslogd"), flags, { stdio: ["ignore", "pipe", "pipe"] })
  const said = collect(server)
  const ended = once(server, "exit")
  await listens(port, () => server.exitCode === null).catch((error: unknown) => {
    throw new Error(`rsyslog did not start: ${said()}`, { cause: error })
  })
  return {
    port,
    identity,
    async taken(count) {
      for (let tries = 0; tries < 1_200; tries++) {
        const lines = await readFile(join(folder, "taken"), "utf8").catch(() => "")
        const messages = lines.split("\n").slice(0, -1).map(apart)
        if (messages.length >= count) return messages
        await pause(100)
      }
      throw new Error(`rsyslog has not taken ${count} messages: ${said()}`)
    },
    async [Symbol.asyncDispose]() {
      server.kill("SIGKILL")
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function settings(folder: string, port: number): string {
  const fields = ["PRI", "HOSTNAME", "APP-NAME", "MSGID", "STRUCTURED-DATA", "msg"]
  const template = fields.map((field) => `%${field}%`).join(String.raw`\t`)
  return `global(workDirectory="${folder}" defaultNetstreamDriver="ossl"
  defaultNetstreamDriverCAFile="${folder}/known.pem"
  defaultNetstreamDriverCertFile="${folder}/cert.pem"
  defaultNetstreamDriverKeyFile="${folder}/key.pem")
module(load="imtcp" streamDriver.name="ossl" streamDriver.mode="1" streamDriver.authMode="x509/certvalid")
input(type="imtcp" address="127.0.0.1" port="${port}" ruleset="taken")
template(name="apart" type="string" string="${template}\\n")
ruleset(name="taken") { action(type="omfile" file="${folder}/taken" template="apart" flushInterval="1") }
`
}

function apart(line: string): TakenMessage {
  const [priority = "", host = "", app = "", id = "", data = "", ...text] = line.split("\t")
  return { priority, host, app, id, data, text: text.join("\t") }
}

/** Keeps the last of what a program says, for when it does not do what it should. */
export function collect({ stdout, stderr }: ChildProcess): () => string {
  let said = ""
  for (const stream of [stdout, stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-1_000_000)))
  return () => said
}

/** Waits until a port is listened on. */
export async function listens(port: number, lives: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1_200 && lives(); tries++) {
    const socket = connect(port, "127.0.0.1")
    const isThere = await once(socket, "connect").then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (isThere) return
    await pause(100)
  }
  throw new Error(`nobody listens on ${port}`)
}
