import { parentPort } from "node:worker_threads"
import { CodeParser } from "./code-parser.ts"
import type { ParseAnswer, ParseRequest } from "./parse-protocol.ts"

const parser = await CodeParser.create()

say({ ready: true })
parentPort?.on("message", (request: ParseRequest) => void parse(request))

async function parse({ id, path, text }: ParseRequest): Promise<void> {
  say({ id, ...(await parser.parse(path, text)) })
}

function say(answer: ParseAnswer): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(answer)
}
