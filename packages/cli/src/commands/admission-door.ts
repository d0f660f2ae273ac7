import type { IncomingMessage, ServerResponse } from "node:http"
import { type Json, MalformedJson, parseLossless } from "@tabard/core"
import { type AdmissionTerms, judgeAdmission } from "@tabard/intent"

/** More than an API server sends of a resource, old and new. */
const LARGEST_REVIEW = 8 * 1024 * 1024

/** Answers the requests of an API server. What is no review, or cannot be judged, gets an error: the webhook's failure policy decides then. */
export function admissionDoor(
  terms: () => Promise<AdmissionTerms>,
  told: (what: string) => void,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    answer(request, terms).then(
      ({ status, body }) => send(response, status, body),
      (error: unknown) => {
        told(error instanceof Error ? error.message : "a review could not be judged")
        send(response, 500, { message: "the standards or the manifests cannot be read" })
      },
    )
  }
}

interface Answer {
  readonly status: number
  readonly body: unknown
}

async function answer(request: IncomingMessage, terms: () => Promise<AdmissionTerms>): Promise<Answer> {
  const [path] = (request.url ?? "").split("?")
  if (path === "/healthz") return { status: (await terms()) ? 200 : 500, body: { ok: true } }
  if (path !== "/validate") return { status: 404, body: { message: "reviews go to /validate" } }
  if (request.method !== "POST") return { status: 405, body: { message: "a review is posted" } }
  const text = await readReview(request)
  if (text === undefined) return { status: 413, body: { message: "the review is too large" } }
  const review = parsed(text)
  const judged = review === undefined ? undefined : judgeAdmission(review, await terms())
  return judged
    ? { status: 200, body: judged }
    : { status: 400, body: { message: "this is no AdmissionReview of admission.k8s.io/v1" } }
}

/** What is too large is read to its end and kept nowhere, so that whoever sends it reads the answer. */
async function readReview(request: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = []
  let read = 0
  for await (const piece of request) {
    const bytes = Buffer.isBuffer(piece) ? piece : Buffer.from(String(piece))
    read += bytes.byteLength
    if (read <= LARGEST_REVIEW) pieces.push(bytes)
  }
  return read > LARGEST_REVIEW ? undefined : Buffer.concat(pieces).toString("utf8")
}

function parsed(text: string): Json | undefined {
  try {
    return parseLossless(text)
  } catch (error) {
    if (error instanceof MalformedJson) return undefined
    throw error
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
}
