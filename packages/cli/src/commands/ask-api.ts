import { isJsonObject, type Json, type JsonObject, Problem, visibleText } from "@tabard/core"
import { serverOrigin } from "./reporter-file.ts"

/** How long a server may take to answer, in milliseconds. */
const PATIENCE_MS = 60_000

/** The largest answer that is read, in bytes. */
const MAX_ANSWER = 64 * 1024 * 1024

/** One question to the API of a server. */
export interface ApiQuestion {
  readonly server: string
  readonly token: string
  /** Below `/api/v1`. */
  readonly path: string
  /** What is sent; without it the question only reads. */
  readonly body?: JsonObject
}

/**
 * Asks a server's API, and answers the object that it answers.
 *
 * @throws {Problem} body_invalid, with the server's words where it refused
 */
export async function askApi({ server, token, path, body }: ApiQuestion): Promise<JsonObject> {
  const origin = serverOrigin(server)
  const answer = await fetch(`${origin}/api/v1${path}`, {
    method: body ? "POST" : "GET",
    headers: { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) },
    // A token is for this server, and for nobody that it may point to.
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE_MS),
    ...(body && { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw new Problem("body_invalid", `no Tabard answers at ${origin}; name its address with --server`, {
      cause,
    })
  })
  const said = parsed(await readAnswer(answer))
  if (answer.ok && said) return said
  const detail = said?.["detail"]
  const words = typeof detail === "string" ? onOneLine(detail) : "and says nothing of why"
  throw new Problem("body_invalid", `${origin} refuses (${answer.status}): ${words}`)
}

/** What is wrong is told a line each; a stranger's lines are none of ours. */
function onOneLine(detail: string): string {
  return visibleText(detail.split(/\s*\n\s*/).join(" ")).slice(0, 2000)
}

async function readAnswer({ body }: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ""
  let read = 0
  for await (const piece of body ?? []) {
    read += piece.byteLength
    if (read > MAX_ANSWER)
      throw new Problem("body_too_large", `the answer is larger than ${MAX_ANSWER} bytes`)
    text += decoder.decode(piece, { stream: true })
  }
  return text + decoder.decode()
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: Json = JSON.parse(text)
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
