// Stream management: SSF 1.0 §8
import {
  askVerification,
  chooseSubject,
  findStream,
  makeStream,
  removeStream,
  reviseStream,
  type SignalStream,
  setStreamStatus,
} from "@tabard/control"
import { type JsonObject, Problem } from "@tabard/core"
import { type Context, Hono } from "hono"
import { z } from "zod"
import type { CallerDeps } from "../api/caller.ts"
import type { ApiServices } from "../api/services.ts"
import { managementRefusal, noStore, readBody } from "./management-body.ts"
import { type ManagingCaller, managingCaller } from "./managing-caller.ts"
import { assertOursUnchanged, readStreamBody, streamConfiguration, supportedEvents } from "./stream-body.ts"

/** What the door stands before. */
export type StreamDoorDeps = ApiServices & { readonly callers: CallerDeps }

const Named = z.object({ stream_id: z.string().min(1).max(200) })
const Status = Named.extend({
  status: z.enum(["enabled", "paused", "disabled"]),
  reason: z.string().max(400).optional(),
})
const Verification = Named.extend({ state: z.string().max(2_000).optional() })
const Subject = Named.extend({
  subject: z.record(z.string(), z.json()).refine((subject) => typeof subject["format"] === "string"),
})

/** Where receivers manage their streams, each its own. */
export function streamDoor(deps: StreamDoorDeps): Hono {
  const door = new Hono()
  door.onError(managementRefusal)
  door.use(noStore)
  configuring(door, deps)
  tending(door, deps)
  return door
}

function configuring(door: Hono, deps: StreamDoorDeps): void {
  const { publicUrl: issuer, signals } = deps
  const shown = (stream: SignalStream) => streamConfiguration(issuer, stream)
  door.post("/streams", async ({ req, json }) => {
    const { caller, deps: acting } = await managingCaller(deps, "manageStreams", req.raw)
    const body = readStreamBody(signals, await readBody(req.raw, {}))
    const stream = await makeStream(acting, caller, {
      name: body.name ?? "",
      requested: body.requested ?? supportedEvents(),
      audience: null,
      receiver: null,
      delivery: body.delivery ?? { method: "poll" },
      header: body.header ?? null,
      form: body.form ?? "uri",
      everybody: true,
    })
    return json(shown(stream), 201)
  })
  door.get("/streams", async (context) => {
    const { caller } = await managingCaller(deps, "readStreams", context.req.raw)
    const id = streamIdIn(context)
    if (id !== undefined) return context.json(shown(await streamOf(deps, caller, id)))
    const all = await deps.shelf.snapshot((tx) => tx.signalStreams.list())
    return context.json(all.filter(({ receiver }) => receiver === caller.receiver).map(shown))
  })
  door.patch("/streams", async ({ req, json }) => {
    const managing = await managingCaller(deps, "manageStreams", req.raw)
    return json(shown(await change(deps, managing, await readBody(req.raw))))
  })
  door.put("/streams", async ({ req, json }) => {
    const managing = await managingCaller(deps, "manageStreams", req.raw)
    return json(shown(await change(deps, managing, replacing(await readBody(req.raw)))))
  })
  door.delete("/streams", async (context) => {
    const { caller, deps: acting } = await managingCaller(deps, "manageStreams", context.req.raw)
    const id = streamIdIn(context)
    if (id === undefined) throw new Problem("body_invalid", "say which: ?stream_id=…")
    await removeStream(acting, caller, id)
    return context.body(null, 204)
  })
}

/** What a replacement leaves out is as it is of a new stream. */
function replacing(body: JsonObject): JsonObject {
  return {
    events_requested: [...supportedEvents()],
    delivery: { method: "urn:ietf:rfc:8936" },
    description: "",
    subject_format: "uri",
    ...body,
  }
}

async function change(
  deps: StreamDoorDeps,
  { caller, deps: acting }: ManagingCaller,
  body: JsonObject,
): Promise<SignalStream> {
  const { stream_id: id } = parsed(Named, body)
  assertOursUnchanged(deps.publicUrl, await streamOf(deps, caller, id), body)
  return reviseStream(acting, caller, id, readStreamBody(deps.signals, body))
}

function tending(door: Hono, deps: StreamDoorDeps): void {
  door.get("/status", async (context) => {
    const { caller } = await managingCaller(deps, "readStreams", context.req.raw)
    const id = streamIdIn(context)
    if (id === undefined) throw new Problem("body_invalid", "say which: ?stream_id=…")
    return context.json(statusOf(await streamOf(deps, caller, id)))
  })
  door.post("/status", async ({ req, json }) => {
    const { caller, deps: acting } = await managingCaller(deps, "manageStreams", req.raw)
    const { stream_id: id, status, reason = null } = parsed(Status, await readBody(req.raw))
    return json(statusOf(await setStreamStatus(acting, caller, id, { status, reason })))
  })
  door.post("/verification", async ({ req, body }) => {
    const { caller, deps: acting } = await managingCaller(deps, "manageStreams", req.raw)
    const { stream_id: id, state } = parsed(Verification, await readBody(req.raw))
    await askVerification(acting, caller, id, state)
    return body(null, 204)
  })
  for (const [act, told, status] of [["add", true, 200] as const, ["remove", false, 204] as const])
    door.post(`/subjects/${act}`, async ({ req, body }) => {
      const { caller, deps: acting } = await managingCaller(deps, "manageStreams", req.raw)
      const { stream_id: id, subject } = parsed(Subject, await readBody(req.raw))
      await chooseSubject(acting, caller, id, { subject, told })
      return body(null, status)
    })
}

function statusOf({ id, status, reason }: SignalStream): JsonObject {
  return { stream_id: id, status, ...(reason !== null && { reason }) }
}

function streamOf(
  { shelf }: StreamDoorDeps,
  caller: ManagingCaller["caller"],
  id: string,
): Promise<SignalStream> {
  return shelf.snapshot((tx) => findStream(tx, caller, id))
}

/** No token is taken from an address (RFC 6750 §2.3), and nothing else is known there but the stream. */
function streamIdIn({ req }: Context): string | undefined {
  const { stream_id: id, ...others } = req.query()
  const [unknown] = Object.keys(others)
  if (unknown !== undefined)
    throw new Problem("body_invalid", `nothing is known of ${unknown.slice(0, 80)} here`)
  return id
}

function parsed<Shape>(schema: z.ZodType<Shape>, body: JsonObject): Shape {
  const result = schema.safeParse(body)
  if (!result.success) throw new Problem("body_invalid", z.prettifyError(result.error))
  return result.data
}
