import { parentPort } from "node:worker_threads"
import { CodeParser } from "./code-parser.ts"
import type { ParseAnswer, ParseRequest } from "./parse-protocol.ts"

const parser = await CodeParser.create()

parentPort?.on("message", (request: ParseRequest) => void answer(request))

async function answer({ id, path, text }: ParseRequest): Promise<void> {
  const said: ParseAnswer = { id, ...(await parser.parse(path, text)) }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(said)
}
