import { spawn } from "node:child_process"
import { once } from "node:events"

/** A key that cannot be reached; the message says what is missing. */
export class KeyUnavailable extends Error {
  override readonly name = "KeyUnavailable"
}

/** A program that is asked, and what it is told beside its arguments, which every process of the machine may read. */
export interface ToolQuestion {
  readonly program: string
  readonly args: readonly string[]
  readonly input?: Uint8Array | string
  /** Added to the environment, which only this user's processes may read. */
  readonly secrets?: Readonly<Record<string, string>>
}

const PATIENCE_MS = 30_000
const MAX_ANSWER = 64 * 1024
const MAX_WORDS = 500

/**
 * Runs a program, and answers what it wrote.
 *
 * @throws {KeyUnavailable} where it is not there, fails, or takes too long
 */
export async function runTool({ program, args, input = "", secrets = {} }: ToolQuestion): Promise<Buffer> {
  const child = spawn(program, args, {
    env: { ...withoutOurs(process.env), ...secrets },
    stdio: ["pipe", "pipe", "pipe"],
    signal: AbortSignal.timeout(PATIENCE_MS),
    killSignal: "SIGKILL",
  })
  // One that ends without reading is judged by how it ends.
  child.stdin.on("error", () => undefined).end(input)
  const [answer, words, end] = await Promise.all([
    gathered(child.stdout),
    gathered(child.stderr),
    once(child, "close").catch((cause: unknown) => {
      throw new KeyUnavailable(
        `${program} cannot be run, or takes too long; install it, or keep the key elsewhere.`,
        { cause },
      )
    }),
  ])
  if (end[0] !== 0) throw new KeyUnavailable(`${program} refuses: ${wordsOf(words)}`)
  return answer
}

/** What is ours, tokens and pins among it, is not for programs of others. */
function withoutOurs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("TABARD_")))
}

async function gathered(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of stream) {
    size += piece.length
    if (size <= MAX_ANSWER) pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

function wordsOf(said: Buffer): string {
  const words = said.toString("utf8").replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
  return words.trim().slice(0, MAX_WORDS) || "it says nothing of why"
}
