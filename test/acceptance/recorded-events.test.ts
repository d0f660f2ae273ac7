import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { isJsonObject, type Json, type JsonObject } from "@tabard/core"
import { contentOf } from "../../packages/server/src/sinks/contents/content-of.ts"
import {
  OCSF_CONTENTS,
  ocsfMissing,
  ocsfValidator,
} from "../../packages/server/src/sinks/contents/testing/ocsf-schema.ts"
import { openConsoleWorld } from "../world/console-world.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"
import { typeEverywhere } from "../world/type-everywhere.ts"

/** What somebody types who does not know that it is recorded. */
const TYPED = "Wilhelmina-Zyx"

describe("what two Tabards recorded, one with much going on and one with everything typed into it", () => {
  const stack = new AsyncDisposableStack()
  let events: readonly JsonObject[]
  let named: readonly string[]

  before(async () => {
    const typed = stack.use(await runTabard())
    await typeEverywhere(typed, stack, TYPED)
    const { tabard, machine } = stack.use(await openConsoleWorld())
    events = [...(await recordedBy(typed)), ...(await recordedBy(tabard))]
    named = [...(await namesOf(typed)), ...(await namesOf(tabard)), machine.root]
  })
  after(() => stack.disposeAsync())

  it("is many events of many types", () => {
    const types = new Set(events.map(({ type }) => type))
    assert.ok(events.length > 200 && types.size > 35, `${events.length} events of ${types.size} types`)
  })

  for (const content of OCSF_CONTENTS) {
    it(`is valid as ${content}, each event of it`, { skip: ocsfMissing(content) }, () => {
      const validate = ocsfValidator(content)
      for (const [place, event] of events.entries()) {
        const entry = { place, origin: "audit.example/default/1", index: place, leaf: "LEAF=", event }
        const said = contentOf(content, entry)
        assert.deepEqual(validate(said), [], JSON.stringify([event, said], undefined, 1))
      }
    })
  }

  it("names no person, no email and no folder of theirs: what does stands beside the log", () => {
    assert.ok(named.length > 10)
    for (const { where, text } of saidBy(events)) {
      const told = named.filter((name) => wordsOf(name).test(text))
      assert.deepEqual(told, [], `${where} says ${text}`)
    }
  })

  it("has what was typed only in names of things, and in what a call asked for", () => {
    const where = saidBy(events).flatMap((said) => (said.text.includes(TYPED) ? [said.where] : []))
    assert.deepEqual([...new Set(where)].toSorted(), [
      "agent.described data.facts.name",
      "agent.described data.facts.systems",
      "agent.entered data.name",
      "agent.entered data.systems",
      "call.decided action",
      "sink.made data.name",
      "team.made data.externalName",
      "team.made data.name",
    ])
  })
})

async function recordedBy({ server }: RunningTabard): Promise<readonly JsonObject[]> {
  const all = await server.organisation.shelf.snapshot(({ outbox }) => outbox.list({ limit: 1000 }))
  return all.map(({ bytes }) => JSON.parse(new TextDecoder().decode(bytes)))
}

/** What people are called, and where they are written to. */
async function namesOf({ server }: RunningTabard): Promise<readonly string[]> {
  const people = await server.organisation.shelf.snapshot(({ users }) => users.list())
  const names = people.flatMap(({ name, email }) => [name, ...(email ? [email] : [])])
  return names.filter((name) => name !== TYPED && !ROLES.test(name))
}

/** People whom a test only needs are called by their role, which events say of people rightly. */
const ROLES = /^(administrator|member|security|auditor)$/

interface Said {
  /** The type of the event, and the member. */
  readonly where: string
  readonly text: string
}

function saidBy(events: readonly JsonObject[]): readonly Said[] {
  return events.flatMap(({ type, ...members }) => textsIn(members, typeof type === "string" ? type : ""))
}

function textsIn(value: Json | undefined, where: string): readonly Said[] {
  if (typeof value === "string") return [{ where, text: value }]
  if (Array.isArray(value)) return value.flatMap((item: Json) => textsIn(item, where))
  if (!isJsonObject(value)) return []
  const inside = (name: string) => (where.includes(" ") ? `${where}.${name}` : `${where} ${name}`)
  return Object.entries(value).flatMap(([name, member]) => [
    { where, text: name },
    ...textsIn(member, inside(name)),
  ])
}

function wordsOf(name: string): RegExp {
  return new RegExp(`(?<!\\w)${name.replaceAll(/\W/g, "\\$&")}(?!\\w)`)
}
