import type { ApplicationOperations, ApplicationSummary, ApplicationView } from "@tabard/api"
import {
  type ApplicationVersion,
  findApplication,
  putApplication,
  type RegisteredPoint,
  registerEnforcementPoint,
  removeApplication,
  removeEnforcementPoint,
  type Transaction,
} from "@tabard/control"
import { type JsonObject, Problem } from "@tabard/core"
import { z } from "zod"
import { applicationBase } from "../../authzen/addresses.ts"
import type { Handlers } from "../handler.ts"
import { byId, type ListOrder, NAME_PLACE, pageOf } from "../pages.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { namesOf } from "../views/names.ts"

const APPLICATIONS: ListOrder<{ readonly name: string }, string> = {
  list: "applications",
  placeOf: ({ name }) => name,
  place: NAME_PLACE,
}
const VERSIONS: ListOrder<{ readonly version: number }, number> = {
  list: "application-versions",
  placeOf: ({ version }) => version,
  place: z.number().int(),
}
const ENTITIES: ListOrder<{ readonly at: number }, number> = {
  list: "application-entities",
  placeOf: ({ at }) => at,
  place: z.number().int(),
}
const POINTS = byId("enforcement-points", "enforcementPoint")

/** The applications of the decision point, and who may ask it. */
export function applicationHandlers(services: ApiServices): Pick<Handlers, keyof ApplicationOperations> {
  return { ...reading(services), ...changing(services), ...points(services) }
}

type Reading = "listApplications" | "getApplication" | "listApplicationEntities" | "listApplicationVersions"

function reading(services: ApiServices): Pick<Handlers, Reading> {
  const { shelf } = services
  return {
    listApplications: (_, asked) =>
      shelf.snapshot(async (tx) => {
        const { items, next } = await pageOf(APPLICATIONS, asked, (from) => tx.applications.list(from))
        return { items: await summaries(services, tx, items), next }
      }),
    getApplication: (_, { id }) => viewOf(services, id),
    listApplicationEntities: (_, { id: name, ...asked }) =>
      shelf.snapshot(async (tx) => {
        const { entities } = await findApplication(tx, name)
        const { items, next } = await pageOf(ENTITIES, asked, async ({ after = -1, limit }) =>
          entities.slice(after + 1, after + 1 + limit).map((entity, n) => ({ entity, at: after + 1 + n })),
        )
        return { items: items.map(({ at: _at, ...one }) => one.entity), next }
      }),
    listApplicationVersions: (_, { id: name, ...asked }) =>
      shelf.snapshot(async (tx) => {
        await assertEver(tx, name)
        const { items, next } = await pageOf(VERSIONS, asked, ({ after, limit }) =>
          tx.applications.history(name, { limit, ...(after !== undefined && { before: after }) }),
        )
        const names = await namesOf(tx, { people: items.map(({ author }) => author) })
        const views = items.map(({ name: _name, author, putAt, entityCount, ...version }) => ({
          ...version,
          entities: entityCount,
          changedBy: names.person(author).name,
          changedAt: putAt.toISOString(),
        }))
        return { items: views, next }
      }),
  }
}

function changing(services: ApiServices): Pick<Handlers, "putApplication" | "removeApplication"> {
  const deps = { ...recordContext(services), transact: services.shelf.transact }
  return {
    putApplication: async ({ user }, wish) => {
      await putApplication(deps, user, { ...wish, entities: wish.entities?.map(jsonObject) })
      return viewOf(services, wish.name)
    },
    removeApplication: async ({ user }, { id, reason }) => {
      await removeApplication(deps, user, { name: id, reason })
      return {}
    },
  }
}

/** It was read as JSON, so it is JSON. */
function jsonObject(entity: object): JsonObject {
  return JSON.parse(JSON.stringify(entity))
}

/** What was removed can still be read. */
async function assertEver({ applications }: Pick<Transaction, "applications">, name: string): Promise<void> {
  if ((await applications.latest(name)) > 0) return
  throw new Problem("application_not_found", `there never was an application ${name.slice(0, 80)} here`)
}

type Points = "listEnforcementPoints" | "registerEnforcementPoint" | "removeEnforcementPoint"

function points(services: ApiServices): Pick<Handlers, Points> {
  const { shelf } = services
  const deps = { ...recordContext(services), transact: shelf.transact }
  return {
    listEnforcementPoints: (_, asked) =>
      shelf.snapshot(async (tx) => {
        const { items, next } = await pageOf(POINTS, asked, (from) => tx.enforcementPoints.list(from))
        return { items: await pointViews(tx, items), next }
      }),
    registerEnforcementPoint: async (
      { user },
      { subjects = [], asserts = [], recorded = false, ...wish },
    ) => {
      const point = await registerEnforcementPoint(deps, user, { ...wish, subjects, asserts, recorded })
      const [view] = await shelf.snapshot((tx) => pointViews(tx, [point]))
      if (!view) throw new Problem("door_not_found", "it was removed meanwhile")
      return view
    },
    removeEnforcementPoint: async ({ user }, removal) => {
      await removeEnforcementPoint(deps, user, removal)
      return {}
    },
  }
}

function viewOf(services: ApiServices, name: string): Promise<ApplicationView> {
  return services.shelf.snapshot(async (tx) => {
    const { entities, ...found } = await findApplication(tx, name)
    const { schema, policies } = found
    const [summary] = await summaries(services, tx, [{ ...found, entityCount: entities.length }])
    if (!summary) throw new TypeError("an application that was found has a view")
    return { ...summary, schema, policies }
  })
}

async function summaries(
  { publicUrl }: Pick<ApiServices, "publicUrl">,
  tx: Pick<Transaction, "facts" | "users">,
  applications: readonly ApplicationVersion[],
): Promise<readonly ApplicationSummary[]> {
  const names = await namesOf(tx, { people: applications.map(({ author }) => author) })
  return applications.map(({ name, version, recorded, entityCount, author, putAt }) => ({
    name,
    version,
    recorded,
    entities: entityCount,
    changedBy: names.person(author).name,
    changedAt: putAt.toISOString(),
    decisionPoint: applicationBase(publicUrl, name),
  }))
}

async function pointViews(
  tx: Pick<Transaction, "apiTokens" | "facts" | "users">,
  registered: readonly RegisteredPoint[],
): Promise<Awaited<ReturnType<Handlers["listEnforcementPoints"]>>["items"]> {
  const names = await namesOf(tx, { people: registered.map(({ registeredBy }) => registeredBy) })
  const tokens = await tx.apiTokens.of(registered.map(({ apiToken }) => apiToken))
  const purposes = new Map(tokens.map(({ id, purpose }) => [id, purpose]))
  return registered.map(({ registeredBy, registeredAt, ...point }) => ({
    ...point,
    purpose: purposes.get(point.apiToken) ?? "",
    registeredBy: names.person(registeredBy).name,
    registeredAt: registeredAt.toISOString(),
  }))
}
