import { spawn } from "node:child_process"
import { once } from "node:events"
import { Problem, Secret } from "@tabard/core"
import type { KekProgram } from "./key-encryption-config.ts"

/** How long a key service may take to answer, in milliseconds. */
const PATIENCE_MS = 30_000

/** The largest answer that is read, in bytes: a wrapped key, and not much beside it. */
const MAX_ANSWER = 64 * 1024

/** What the operator's program is asked, and by what name it answers. */
const ANSWERS = { wrap: "wrapped", unwrap: "key" } as const

/**
 * Has the operator's program wrap a key, or unwrap one, by a key of its own that never leaves an HSM or a key service:
 * docs/operations.md tells the protocol. What it is told goes by its input, what it says comes by its output, and its words
 * for people go where this program's go.
 *
 * @throws {Problem} body_invalid, in words that tell no key
 */
export async function askKekCommand(
  program: KekProgram,
  operation: keyof typeof ANSWERS,
  value: Uint8Array,
): Promise<Uint8Array> {
  const asked = operation === "wrap" ? "key" : "wrapped"
  const question = { version: 1, operation, [asked]: Buffer.from(value).toString("base64") }
  const said = await run(program, new Secret(JSON.stringify(question)))
  return parsed(said, ANSWERS[operation]) ?? refuse(program.command, `answered no ${ANSWERS[operation]}`)
}

async function run({ command, environment }: KekProgram, question: Secret): Promise<Secret> {
  const child = spawn(command, [], {
    env: { ...environment },
    stdio: ["pipe", "pipe", "inherit"],
    signal: AbortSignal.timeout(PATIENCE_MS),
    killSignal: "SIGKILL",
  })
  // A program that ends without reading is judged by how it ends.
  child.stdin.on("error", () => undefined).end(question.reveal())
  const [said, end] = await Promise.all([
    gathered(child.stdout),
    once(child, "close").catch((cause: unknown) =>
      refuse(command, "cannot be run, or takes too long", cause),
    ),
  ])
  if (end[0] !== 0) refuse(command, `ended with ${String(end[0] ?? end[1])}`)
  return said ?? refuse(command, "answered too much")
}

async function gathered(stream: AsyncIterable<Buffer>): Promise<Secret | undefined> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of stream) {
    size += piece.length
    if (size <= MAX_ANSWER) pieces.push(piece)
  }
  return size <= MAX_ANSWER ? new Secret(Buffer.concat(pieces).toString("utf8")) : undefined
}

function parsed(said: Secret, name: string): Uint8Array | undefined {
  try {
    const answer: unknown = JSON.parse(said.reveal())
    const text: unknown =
      typeof answer === "object" && answer !== null ? Reflect.get(answer, name) : undefined
    if (typeof text !== "string" || text === "") return undefined
    const bytes = Buffer.from(text, "base64")
    return bytes.toString("base64") === text ? bytes : undefined
  } catch {
    return undefined
  }
}

/** Never with what the program said: it may be a key. */
function refuse(command: string, what: string, cause?: unknown): never {
  const words = `the program ${command}, which the key-encryption key is asked of, ${what}: run it by hand and see why`
  throw new Problem("body_invalid", words, cause === undefined ? {} : { cause })
}
