import assert from "node:assert/strict"
import { randomBytes } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { inspect } from "node:util"
import {
  type AuditEvent,
  EVENT_PROFILES,
  EVENT_TYPES,
  type EventType,
  type NewEvent,
  recordEvent,
} from "@tabard/control"
import { isId, type Json, type JsonObject, systemClock } from "@tabard/core"
import { Ajv2020 } from "ajv/dist/2020.js"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"
import { typeEverywhere } from "../world/type-everywhere.ts"

/** A key that nobody gave out, in a shape that everybody knows. */
const CANARY = `ghp_${randomBytes(18).toString("hex")}`

const SCHEMA = JSON.parse(readFileSync(new URL("../../docs/event.schema.json", import.meta.url), "utf8"))

describe("a secret that is put into every text of an event", () => {
  for (const type of EVENT_TYPES)
    it(`does not get into ${type}: neither into its bytes nor beside them`, async () => {
      const { bytes, values = [] } = await recorded(eventOf(type))
      assert.ok(!new TextDecoder().decode(bytes).includes(CANARY))
      assert.ok(!JSON.stringify(values.map(({ value }) => value)).includes(CANARY))
      const beside = values.map(({ field }) => field)
      const committed = Object.keys(EVENT_PROFILES[type].committed ?? {}).map((path) => `data.${path}`)
      assert.deepEqual(beside, committed, "what is personal stands beside the log")
    })
})

describe("a secret that is typed into everything that takes text", () => {
  const stack = new AsyncDisposableStack()
  let tabard: RunningTabard
  let events: readonly { readonly type: string; readonly text: string; readonly body: JsonObject }[]

  before(async () => {
    tabard = stack.use(await runTabard())
    await typeEverywhere(tabard, stack, CANARY)
    await tabard.server.publish()
    events = await tabard.server.organisation.shelf.snapshot(async ({ outbox }) => {
      const all = await outbox.list({ limit: 1000 })
      const values = await outbox.valuesOf(all)
      return all.map((event) => {
        const logged = new TextDecoder().decode(event.bytes)
        const beside = (values.get(event.id) ?? []).map(({ value }) => value)
        return { type: event.type, text: logged + JSON.stringify(beside), body: JSON.parse(logged) }
      })
    })
  })
  after(() => stack.disposeAsync())

  it("was typed into what leads to many types of events", () => {
    const reached = new Set(events.map(({ type }) => type))
    for (const type of REACHED) assert.ok(reached.has(type), `${type} was not reached`)
    const masked = events.filter(({ text }) => /of 40 characters removed/.test(text))
    assert.ok(masked.length > 20, `${masked.length} events had it taken out`)
  })

  it("is in no event, in nothing beside one, in no file of the log and in no fault", () => {
    for (const { type, text } of events) assert.ok(!text.includes(CANARY), type)
    const folder = join(tabard.data, "log")
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
    assert.ok(files.length > 2)
    for (const { parentPath, name } of files)
      assert.ok(!readFileSync(join(parentPath, name), "latin1").includes(CANARY), name)
    assert.ok(!inspect(tabard.faults, { depth: 10 }).includes(CANARY))
  })

  it("leaves events of which each says what, when, where, by which way, with which outcome and who", () => {
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(SCHEMA)
    for (const { type, body } of events) {
      assert.ok(validate(body), `${type}: ${JSON.stringify(validate.errors)}`)
      const { t, organisation, actor, outcome, door } = body
      assert.ok(typeof t === "string" && !Number.isNaN(Date.parse(t)), type)
      assert.ok(isId("organisation", organisation) && typeof outcome === "string" && outcome !== "", type)
      const { kind } = Object(actor)
      assert.ok(door !== undefined || kind === "system", `${type} came by no door`)
    }
  })
})

/** Types that are reached by what people and agents can send, so that this test goes on to try what it says. */
const REACHED: readonly EventType[] = [
  "agent.described",
  "agent.entered",
  "agent.suspended",
  "api-token.made",
  "call.decided",
  "enrolment.offered",
  "instance.enrolled",
  "manifest.put",
  "ownership.offered",
  "person.invited",
  "reporter.offered",
  "server.registered",
  "session.started",
  "task.opened",
  "team.made",
  "token.issued",
  "view.saved",
]

/** An event of a type with the secret in every text that it can hold. */
function eventOf(type: EventType): AuditEvent {
  const data: Record<string, Json> = {
    text: CANARY,
    list: [`in ${CANARY} between`],
    deep: { [CANARY]: CANARY },
  }
  for (const path of Object.keys(EVENT_PROFILES[type].committed ?? {})) put(data, path.split("."))
  return {
    type,
    actor: { kind: "user", id: "usr_01930000-0000-7000-8000-00000000000a" },
    action: `notes/${CANARY}`,
    resource: CANARY,
    outcome: CANARY,
    tool: { name: CANARY, digest: CANARY, effects: [] },
    data,
  }
}

function put(into: Record<string, Json>, [name = "", ...deeper]: readonly string[]): void {
  if (deeper.length === 0) into[name] = `the key is ${CANARY}`
  else {
    const inner: Record<string, Json> = {}
    put(inner, deeper)
    into[name] = inner
  }
}

async function recorded(event: AuditEvent): Promise<NewEvent> {
  const { promise, resolve } = Promise.withResolvers<NewEvent>()
  const organisation = { id: "org_1", slug: "default", name: "x", trustDomain: "example.test" } as const
  await recordEvent({ organisation, clock: systemClock }, { append: async (row) => resolve(row) }, event)
  return promise
}
