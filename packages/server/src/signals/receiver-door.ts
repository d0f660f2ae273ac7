// Push-based delivery to us: https://www.rfc-editor.org/rfc/rfc8935
import { timingSafeEqual } from "node:crypto"
import { findSource, handleHash, type SignalSource } from "@tabard/control"
import { Problem } from "@tabard/core"
import { Hono } from "hono"
import { bearerToken } from "../api/caller.ts"
import type { ApiServices } from "../api/services.ts"
import { KeysUnavailable } from "../federation/fetch-document.ts"
import { readBounded, TooLarge } from "../gateway/read-bounded.ts"
import { hearSet } from "./hear-set.ts"
import { SetRefused } from "./set-refused.ts"
import { MOST_SET_BYTES } from "./verify-set.ts"

/** When to come back while a source is paused, or its keys cannot be had. */
const COME_BACK = { "retry-after": "30" }

/** Where sources push. A signal is answered for once what it does is in force, and not before. */
export function receiverDoor(services: ApiServices): Hono {
  const door = new Hono()
  door.post("/events/:source", async ({ req, body }) => {
    const source = await sourceOf(services, req.param("source"), req.raw)
    if (!source) return unknownTransmitter()
    if (source.state === "paused") return body(null, 503, COME_BACK)
    try {
      await hearSet(services, source, await tokenOf(req.raw))
      return body(null, 202)
    } catch (error) {
      if (error instanceof KeysUnavailable) return body(null, 503, COME_BACK)
      if (error instanceof SetRefused) return refusal(error)
      throw error
    }
  })
  return door
}

/** Whoever has the source's token is the source: its address alone is no secret. */
async function sourceOf(
  { shelf }: Pick<ApiServices, "shelf">,
  id: string,
  request: Request,
): Promise<SignalSource | undefined> {
  const token = bearerToken(request)
  const source = await shelf.snapshot((tx) => findSource(tx, id)).catch(absent)
  if (token === undefined || source?.delivery.method !== "push") return undefined
  const [given, known] = [Buffer.from(handleHash(token)), Buffer.from(source.delivery.tokenHash)]
  return given.length === known.length && timingSafeEqual(given, known) ? source : undefined
}

function absent(error: unknown): undefined {
  if (!(error instanceof Problem)) throw error
}

async function tokenOf(request: Request): Promise<string> {
  const type = request.headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase()
  if (type !== "application/secevent+jwt")
    throw new SetRefused("invalid_request", "send the token as application/secevent+jwt")
  try {
    return (await readBounded(request.body, MOST_SET_BYTES)).trim()
  } catch (cause) {
    const words = cause instanceof TooLarge ? "the token is too large" : "the token is no text"
    throw new SetRefused("invalid_request", words, { cause })
  }
}

function refusal({ code, message }: SetRefused): Response {
  return Response.json(
    { err: code, description: message },
    { status: 400, headers: { "content-language": "en" } },
  )
}

function unknownTransmitter(): Response {
  const body = { err: "authentication_failed", description: "send the source's token as a bearer token" }
  const headers = { "www-authenticate": 'Bearer realm="tabard"', "content-language": "en" }
  return Response.json(body, { status: 401, headers })
}
