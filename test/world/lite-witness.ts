import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { requireTool } from "./outside-tool.ts"

/** torchwood's litewitness on loopback, which knows one log. Disposing of it ends it, and what it has seen is gone. */
export interface LiteWitness extends AsyncDisposable {
  readonly verifierKey: string
  readonly url: string
}

/** Starts a witness of this name, with a key of its own, for the log that this verifier key is of. */
export async function startLiteWitness(name: string, logKey: string): Promise<LiteWitness> {
  const directory = await mkdtemp(join(tmpdir(), "tabard-witness-"))
  const at = (file: string): string => join(directory, file)
  const [origin = ""] = logKey.split("+")
  const control = (...args: readonly string[]): Buffer =>
    execFileSync(requireTool("witnessctl"), [...args, "-db", at("db"), "-origin", origin], { stdio: "pipe" })
  control("add-log")
  control("add-key", "-key", logKey)

  const agent = await startAgent(at("agent"))
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", at("key")])
  execFileSync("ssh-add", ["-q", at("key")], { env: { ...process.env, SSH_AUTH_SOCK: at("agent") } })
  const [, fingerprint = ""] = execFileSync("ssh-keygen", ["-l", "-f", at("key.pub")], {
    encoding: "utf8",
  }).split(" ")

  const address = `127.0.0.1:${await freePort()}`
  const witness = spawn(
    requireTool("litewitness"),
    ["-db", at("db"), "-name", name, "-key", fingerprint, "-ssh-agent", at("agent"), "-listen", address],
    { stdio: ["ignore", "ignore", "pipe"] },
  )
  const verifierKey = await heard(witness)
  const url = `http://${address}/`
  await reached(url)
  return {
    verifierKey,
    url,
    async [Symbol.asyncDispose]() {
      for (const child of [witness, agent]) await ended(child)
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function startAgent(socket: string): Promise<ChildProcess> {
  const agent = spawn("ssh-agent", ["-D", "-a", socket], { stdio: ["ignore", "pipe", "ignore"] })
  await once(agent.stdout, "data")
  return agent
}

/** Waits for the line by which it says that it listens, and goes on listening: one that is not heard ends. */
function heard({ stderr }: ChildProcess): Promise<string> {
  let said = ""
  return new Promise((resolve, reject) => {
    stderr?.setEncoding("utf8").on("data", (text: string) => {
      said += text
      const [, verifierKey] = /vkey=(\S+)[\s\S]*msg=listening/.exec(said) ?? []
      if (verifierKey) resolve(verifierKey)
    })
    stderr?.on("close", () => reject(new Error(`litewitness did not start: ${said}`)))
  })
}

/** Waits until it answers: it says to listen a moment before it does. */
async function reached(url: string): Promise<void> {
  const late = AbortSignal.timeout(120_000)
  while (
    !(await fetch(url, { signal: late }).then(
      () => true,
      () => false,
    ))
  ) {
    late.throwIfAborted()
    await pause(20)
  }
}

/** Answers a port that was free a moment ago: litewitness does not tell which it took. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  server.close()
  await once(server, "close")
  return typeof address === "object" && address ? address.port : 0
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, "close")
  child.kill("SIGKILL")
  await closed
}
