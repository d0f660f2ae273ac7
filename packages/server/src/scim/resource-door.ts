import type { Transaction } from "@tabard/control"
import type { JsonObject } from "@tabard/core"
import { Hono } from "hono"
import type { ApiServices } from "../api/services.ts"
import { assertRecorded } from "./assert-recorded.ts"
import type { Sought } from "./filter/assert-filter.ts"
import { askedInBody, type ListQuery, readListQuery } from "./list-query.ts"
import { type Projection, readProjection } from "./resources/project-resource.ts"
import { scimBody } from "./scim-body.ts"
import { type ScimRequest, scimRequest } from "./scim-deps.ts"
import { scimJson } from "./scim-json.ts"

/** Where a resource is shown, and what of it. */
export interface Showing {
  /** The address of the door, to which those of its resources are added. */
  readonly base: string
  readonly projection: Projection
}

/** A kind of resource that a directory keeps here: what is said of a new one, and how it is looked for and shown. */
export interface ResourceKind<Said> {
  /** What its endpoint is called (RFC 7644 §3.2). */
  readonly endpoint: "Groups" | "Users"
  readonly sought: Sought
  list(tx: Transaction, query: ListQuery, base: string): Promise<JsonObject>
  /** Rejects where there is none. */
  show(tx: Transaction, id: string, showing: Showing): Promise<JsonObject>
  /** Reads a whole resource. */
  read(body: object): Said
  /** Keeps a new one, and answers its id. */
  provision(asked: ScimRequest, said: Said): Promise<string>
  remove(asked: ScimRequest, id: string): Promise<void>
}

/** Opens what is the same for every kind: looking, making and removing. What changes one is each kind's own. */
export function resourceDoor<Said>(services: ApiServices, kind: ResourceKind<Said>): Hono {
  const door = new Hono()
  door.get("/", async ({ req }) => {
    const { snapshot, base } = await scimRequest(services, req.raw)
    const query = readListQuery(req.query(), kind.sought)
    return scimJson(await snapshot((tx) => kind.list(tx, query, base)))
  })

  door.post("/.search", async ({ req }) => {
    const { snapshot, base } = await scimRequest(services, req.raw)
    const query = readListQuery(askedInBody(await scimBody(req.raw)), kind.sought)
    return scimJson(await snapshot((tx) => kind.list(tx, query, base)))
  })

  door.get("/:id", async ({ req }) => {
    const asked = await scimRequest(services, req.raw)
    return scimJson(await shownResource(kind, asked, req.param("id"), req.query()))
  })

  door.post("/", async ({ req }) => {
    const asked = await scimRequest(services, req.raw)
    const said = kind.read(await scimBody(req.raw))
    await assertRecorded(services.record)
    const id = await kind.provision(asked, said)
    const location = `${asked.base}/${kind.endpoint}/${id}`
    return scimJson(await shownResource(kind, asked, id, req.query()), 201, { location })
  })

  door.delete("/:id", async ({ req }) => {
    await kind.remove(await scimRequest(services, req.raw), req.param("id"))
    return new Response(null, { status: 204 })
  })
  return door
}

/** Answers one resource as it was asked for. */
export function shownResource(
  kind: Pick<ResourceKind<unknown>, "show">,
  { snapshot, base }: ScimRequest,
  id: string,
  { attributes, excludedAttributes }: Readonly<Record<string, string>>,
): Promise<JsonObject> {
  const projection = readProjection(attributes, excludedAttributes)
  return snapshot((tx) => kind.show(tx, id, { base, projection }))
}
