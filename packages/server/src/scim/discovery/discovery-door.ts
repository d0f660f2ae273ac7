import type { JsonObject } from "@tabard/core"
import { Hono } from "hono"
import type { ApiServices } from "../../api/services.ts"
import { listResponse } from "../list-query.ts"
import { scimRequest } from "../scim-deps.ts"
import { scimJson } from "../scim-json.ts"
import { ScimRefusal } from "../scim-refusal.ts"
import { resourceTypes, schemas, serviceProviderConfig } from "./discovered.ts"

/** What is spoken here, for whoever asks before they speak (RFC 7644 §4). */
export function discoveryDoor(services: ApiServices): Hono {
  const door = new Hono()
  door.get("/ServiceProviderConfig", async ({ req }) => {
    const { base } = await scimRequest(services, req.raw)
    return scimJson(serviceProviderConfig(base))
  })
  lists(door, services, { path: "/ResourceTypes", all: resourceTypes })
  lists(door, services, { path: "/Schemas", all: schemas })
  return door
}

interface Discovered {
  readonly path: string
  readonly all: (base: string) => readonly JsonObject[]
}

function lists(door: Hono, services: ApiServices, { path, all }: Discovered): void {
  door.get(path, async ({ req }) => {
    const { base } = await scimRequest(services, req.raw)
    // A filter is refused, so that nobody takes the list for the answer to it (RFC 7644 §4).
    if (req.query("filter") !== undefined)
      throw new ScimRefusal(403, undefined, `${path.slice(1)} cannot be filtered`)
    const found = all(base)
    return scimJson(listResponse(found, { totalResults: found.length, startIndex: 1 }))
  })

  door.get(`${path}/:id`, async ({ req }) => {
    const { base } = await scimRequest(services, req.raw)
    const name = req.param("id") ?? ""
    const found = all(base).find(({ id }) => id === name)
    if (!found) throw new ScimRefusal(404, undefined, `there is nothing called ${name.slice(0, 80)}`)
    return scimJson(found)
  })
}
