import assert from "node:assert/strict"
import {
  action,
  assertPage,
  type Check,
  CONTEXT,
  found,
  includes,
  record,
  refuses,
  succeeded,
  user,
} from "./check.ts"
import type { DecisionPointClient } from "./decision-point-client.ts"

const CORE = "Search Core"
const PROPERTIES = "Search Properties"
const WHO_READS = { subject: user(), action: action("read"), resource: record("record-1") }
const WHAT_ALICE_READS = { subject: user("alice"), action: action("read"), resource: record() }
const WHAT_ALICE_DOES = { subject: user("alice"), resource: record("record-1") }
const ADMINISTRATOR = user("bob", { role: "admin" })
const ARCHIVED = record("record-2", "archived")

/** The searches: the scenario's section 4. */
export const SEARCH_CHECKS: readonly Check[] = [...ofSubjects(), ...ofResources(), ...ofActions(), ...ofAll()]

function ofSubjects(): readonly Check[] {
  const both = ["user/alice", "user/bob"]
  return [
    {
      clause: "4.2.1",
      level: CORE,
      title: "finds the subjects that may, all of the type that is sought",
      run: async (pdp) => {
        const names = await found(pdp, "subject", WHO_READS)
        includes(names, ...both)
        assert.ok(
          names.every((name) => name.startsWith("user/")),
          `another type is among ${names.join(", ")}`,
        )
      },
    },
    {
      clause: "4.2.2",
      level: CORE,
      title: "takes a context in a search for subjects",
      run: (pdp) => same(pdp, "subject", WHO_READS, { context: CONTEXT }),
    },
    {
      clause: "4.2.3",
      level: CORE,
      title: "does not look at the id of the subject that is sought",
      run: (pdp) => same(pdp, "subject", WHO_READS, { subject: user("alice") }),
    },
    {
      clause: "4.2.4",
      level: PROPERTIES,
      title: "finds subjects by properties of the resource",
      run: async (pdp) =>
        includes(
          await found(pdp, "subject", { subject: user(), action: action("write"), resource: ARCHIVED }),
          "user/bob",
        ),
    },
  ]
}

function ofResources(): readonly Check[] {
  return [
    {
      clause: "4.3.1",
      level: CORE,
      title: "finds the resources that one may, all of the type that is sought",
      run: async (pdp) => {
        const names = await found(pdp, "resource", WHAT_ALICE_READS)
        includes(names, "record/record-1")
        assert.ok(
          names.every((name) => name.startsWith("record/")),
          `another type is among ${names.join(", ")}`,
        )
      },
    },
    {
      clause: "4.3.2",
      level: CORE,
      title: "takes a context in a search for resources",
      run: (pdp) => same(pdp, "resource", WHAT_ALICE_READS, { context: CONTEXT }),
    },
    {
      clause: "4.3.3",
      level: CORE,
      title: "does not look at the id of the resource that is sought",
      run: (pdp) => same(pdp, "resource", WHAT_ALICE_READS, { resource: record("record-1") }),
    },
    {
      clause: "4.3.4",
      level: PROPERTIES,
      title: "finds resources by properties of the subject",
      run: async (pdp) => {
        const body = { subject: ADMINISTRATOR, action: action("write"), resource: record() }
        includes(await found(pdp, "resource", body), "record/record-2")
      },
    },
  ]
}

function ofActions(): readonly Check[] {
  return [
    {
      clause: "4.4.1",
      level: CORE,
      title: "finds what one may do",
      run: async (pdp) => includes(await found(pdp, "action", WHAT_ALICE_DOES), "read", "write"),
    },
    {
      clause: "4.4.2",
      level: CORE,
      title: "takes a context in a search for actions",
      run: (pdp) => same(pdp, "action", WHAT_ALICE_DOES, { context: CONTEXT }),
    },
    {
      clause: "4.4.3",
      level: PROPERTIES,
      title: "finds actions by properties of subject and resource",
      run: async (pdp) =>
        includes(await found(pdp, "action", { subject: ADMINISTRATOR, resource: ARCHIVED }), "write"),
    },
  ]
}

function ofAll(): readonly Check[] {
  const nobody = user("nonexistent-user")
  return [
    {
      clause: "4.5",
      level: CORE,
      title: "takes a page, and answers pages up to one whose next token is empty",
      run: pages,
    },
    {
      clause: "4.6.1",
      level: CORE,
      title: "finds nothing for a subject that it does not know",
      run: async (pdp) =>
        assert.deepEqual(await found(pdp, "action", { ...WHAT_ALICE_DOES, subject: nobody }), []),
    },
    {
      clause: "4.6.2",
      level: CORE,
      title: "finds nothing of a type that it does not know",
      run: async (pdp) => {
        const subject = { type: "spaceship" }
        assert.deepEqual(await found(pdp, "subject", { ...WHO_READS, subject }), [])
        assert.deepEqual(await found(pdp, "resource", { ...WHAT_ALICE_READS, resource: subject }), [])
        assert.deepEqual(
          await found(pdp, "action", { ...WHAT_ALICE_DOES, resource: { ...subject, id: "x" } }),
          [],
        )
      },
    },
    {
      clause: "4.7.1",
      level: CORE,
      title: "refuses a search without what it needs with 400",
      run: async (pdp) => {
        await refuses(pdp, "search_subject_endpoint", { subject: user(), resource: record("record-1") })
        await refuses(pdp, "search_resource_endpoint", { action: action("read"), resource: record() })
        await refuses(pdp, "search_action_endpoint", { subject: user("alice") })
      },
    },
    {
      clause: "4.7.2",
      level: CORE,
      title: "refuses a search whose given entities are not named whole with 400",
      run: async (pdp) => {
        const unnamed = { subject: user(), action: action("read"), resource: record() }
        await refuses(pdp, "search_subject_endpoint", unnamed)
        await refuses(pdp, "search_resource_endpoint", unnamed)
        await refuses(pdp, "search_action_endpoint", { subject: user(), resource: record("record-1") })
      },
    },
  ]
}

async function same(
  pdp: DecisionPointClient,
  sought: "subject" | "resource" | "action",
  ...[body, also]: [object, object]
): Promise<void> {
  const [plain, other] = [
    await found(pdp, sought, { ...body }),
    await found(pdp, sought, { ...body, ...also }),
  ]
  assert.deepEqual(other.toSorted(), plain.toSorted(), "what was found is not the same")
  assert.ok(plain.length > 0, "nothing was found")
}

/** The most pages that are walked: a list that never ends is none. */
const MOST_PAGES = 50

async function pages(pdp: DecisionPointClient): Promise<void> {
  const body = { ...WHO_READS, page: { limit: 1 } }
  const first = succeeded(await pdp.ask("search_subject_endpoint", body))
  assert.ok(Array.isArray(first["results"]), "results is no list")
  if (first["page"] === undefined) return
  let token = assertPage(first["page"])
  for (let page = 0; token !== ""; page++) {
    assert.ok(page < MOST_PAGES, "the pages never end")
    const next = succeeded(await pdp.ask("search_subject_endpoint", { ...WHO_READS, page: { token } }))
    assert.ok(Array.isArray(next["results"]), "results is no list")
    token = assertPage(next["page"])
  }
}
