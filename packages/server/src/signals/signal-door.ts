import { Problem } from "@tabard/core"
import { Hono } from "hono"
import type { CallerDeps } from "../api/caller.ts"
import type { ApiServices } from "../api/services.ts"
import { metadataDoor } from "./metadata-door.ts"
import { pollDoor } from "./poll-door.ts"
import { receiverDoor } from "./receiver-door.ts"
import { streamDoor } from "./stream-door.ts"

/** The doors of shared signals (SSF 1.0): what we transmit, who manages that, and what we are told. */
export function signalDoor(services: ApiServices & { readonly callers: CallerDeps }): Hono {
  const door = new Hono()
  door.route("/", metadataDoor(services))
  door.route("/ssf", receiverDoor(services))
  door.route("/ssf", streamDoor(services))
  door.route("/ssf", pollDoor(services))
  door.all("/ssf/*", () => {
    throw new Problem("route_not_found", "there is nothing of shared signals under this address")
  })
  return door
}
