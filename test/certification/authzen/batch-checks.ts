import assert from "node:assert/strict"
import { action, type Check, decidesAll, decisionOf, record, succeeded, user } from "./check.ts"

const CORE = "Batch Core"
const PROPERTIES = "Batch Properties"
const ARCHIVED = record("record-2", "archived")
const ALICE_READS = { subject: user("alice"), action: action("read") }
const RECORDS = [{ resource: record("record-1") }, { resource: record("record-2") }]

/** Several evaluations in one request: the scenario's section 3. */
export const BATCH_CHECKS: readonly Check[] = [
  {
    clause: "3.2.1",
    level: CORE,
    title: "answers each question of a list",
    run: (pdp) => decidesAll(pdp, { ...ALICE_READS, evaluations: RECORDS }, [null, null]),
  },
  {
    clause: "3.2.2",
    level: CORE,
    title: "answers in the order of the questions, as the fixture says",
    run: (pdp) => {
      const evaluations = [{ action: action("read") }, { action: action("write") }]
      return decidesAll(pdp, { subject: user("bob"), resource: record("record-1"), evaluations }, [
        true,
        false,
      ])
    },
  },
  {
    clause: "3.2.3",
    level: PROPERTIES,
    title: "judges the properties of each resource",
    run: (pdp) => {
      const evaluations = [{ resource: record("record-1", "active") }, { resource: ARCHIVED }]
      return decidesAll(pdp, { subject: user("alice"), action: action("write"), evaluations }, [true, false])
    },
  },
  {
    clause: "3.2.4",
    level: PROPERTIES,
    title: "judges the properties of each subject",
    run: (pdp) => {
      const evaluations = [{ subject: user("alice") }, { subject: user("bob", { role: "admin" }) }]
      return decidesAll(pdp, { action: action("write"), resource: ARCHIVED, evaluations }, [false, true])
    },
  },
  {
    clause: "3.2.5",
    level: CORE,
    title: "takes questions that say everything themselves",
    run: (pdp) => {
      const resource = record("record-1")
      const evaluations = [
        { ...ALICE_READS, resource },
        { subject: user("bob"), action: action("write"), resource },
      ]
      return decidesAll(pdp, { evaluations }, [true, false])
    },
  },
  {
    clause: "3.2.6",
    level: CORE,
    title: "takes a context for all, and one of a question's own",
    run: (pdp) => {
      const context = { time: "2025-06-27T18:03-07:00" }
      const own = { resource: record("record-2"), context: { ...context, source: "batch-override" } }
      return decidesAll(pdp, { ...ALICE_READS, context, evaluations: [RECORDS[0], own] }, [null, null])
    },
  },
  {
    clause: "3.2.7",
    level: PROPERTIES,
    title: "takes what a question leaves out whole from the top, and puts what it says whole in its place",
    run: (pdp) => {
      const top = { subject: user("alice"), action: action("write"), resource: record("record-1", "active") }
      return decidesAll(pdp, { ...top, evaluations: [{}, { resource: ARCHIVED }] }, [true, false])
    },
  },
  {
    clause: "3.3",
    level: CORE,
    title: "answers as many decisions as there are questions, each true or false",
    run: (pdp) => {
      const evaluations = [...RECORDS, ...RECORDS, ...RECORDS]
      return decidesAll(
        pdp,
        { ...ALICE_READS, evaluations },
        evaluations.map(() => null),
      )
    },
  },
  {
    clause: "3.4.1",
    level: CORE,
    title: "denies a question that lacks something in its place, and answers the others",
    run: (pdp) => {
      const options = { evaluations_semantic: "execute_all" }
      return decidesAll(pdp, { ...ALICE_READS, options, evaluations: [RECORDS[0], {}] }, [true, false])
    },
  },
  {
    clause: "3.4.2",
    level: CORE,
    title: "answers a request without a list as one question",
    run: (pdp) => single(pdp, {}),
  },
  {
    clause: "3.4.3",
    level: CORE,
    title: "answers a request with an empty list as one question",
    run: (pdp) => single(pdp, { evaluations: [] }),
  },
]

async function single(pdp: Parameters<Check["run"]>[0], also: object): Promise<void> {
  const body = { ...ALICE_READS, resource: record("record-1"), ...also }
  assert.equal(decisionOf(succeeded(await pdp.ask("access_evaluations_endpoint", body))), true)
}
