import assert from "node:assert/strict"
import {
  action,
  type Check,
  CONTEXT,
  decides,
  decisionOf,
  record,
  refuses,
  succeeded,
  user,
} from "./check.ts"

const READ = { subject: user("alice"), action: action("read"), resource: record("record-1") }
const ENDPOINT = "access_evaluation_endpoint"
const CORE = "Basic Core"
const PROPERTIES = "Basic Properties"

/** One evaluation: the scenario's section 2, and what its section 5 asks of every answer. */
export const BASIC_CHECKS: readonly Check[] = [
  {
    clause: "2.2.1",
    level: CORE,
    title: "permits what the fixture permits",
    run: (pdp) => decides(pdp, READ, true),
  },
  {
    clause: "2.2.2",
    level: CORE,
    title: "denies what the fixture denies, with 200",
    run: (pdp) => decides(pdp, { ...READ, subject: user("bob"), action: action("write") }, false),
  },
  {
    clause: "2.2.3",
    level: CORE,
    title: "takes a context, which changes nothing",
    run: (pdp) => decides(pdp, { ...READ, context: CONTEXT }, true),
  },
  {
    clause: "2.2.4",
    level: PROPERTIES,
    title: "denies by a property of the resource",
    run: (pdp) =>
      decides(pdp, { ...READ, action: action("write"), resource: record("record-2", "archived") }, false),
  },
  {
    clause: "2.2.5",
    level: PROPERTIES,
    title: "permits by a property of the subject",
    run: (pdp) => {
      const subject = user("bob", { role: "admin" })
      return decides(
        pdp,
        { subject, action: action("write"), resource: record("record-2", "archived") },
        true,
      )
    },
  },
  {
    clause: "2.2.6",
    level: PROPERTIES,
    title: "permits by a property of the action",
    run: (pdp) => decides(pdp, { ...READ, action: action("delete", { soft: true }) }, true),
  },
  {
    clause: "2.2.7",
    level: PROPERTIES,
    title: "denies by a property of the action",
    run: (pdp) => decides(pdp, { ...READ, action: action("delete", { soft: false }) }, false),
  },
  {
    clause: "2.2.8",
    level: CORE,
    title: "takes properties that nobody asked for",
    run: (pdp) =>
      decides(
        pdp,
        {
          subject: user("alice", { department: "Sales", role: "manager" }),
          action: action("read", { method: "GET" }),
          resource: { ...record("record-1"), properties: { status: "active", owner: "bob" } },
        },
        true,
      ),
  },
  {
    clause: "2.2.9",
    level: CORE,
    title: "passes over members that it does not know",
    run: (pdp) => decides(pdp, { ...READ, foo: "bar", futureField: { nested: true } }, true),
  },
  {
    clause: "2.3",
    level: CORE,
    title: "answers an object with a decision that is true or false, and a context that is an object",
    run: async (pdp) => void decisionOf(succeeded(await pdp.ask(ENDPOINT, READ))),
  },
  ...malformed(),
  ...headers(),
  {
    clause: "2.6",
    level: CORE,
    title: "answers the same question the same each time",
    run: async (pdp) => {
      for (let time = 0; time < 5; time++) await decides(pdp, READ, true)
    },
  },
]

function malformed(): readonly Check[] {
  const without = (name: keyof typeof READ): Readonly<Record<string, unknown>> =>
    Object.fromEntries(Object.entries(READ).filter(([each]) => each !== name))
  const { subject: _, ...rest } = READ
  const all =
    (bodies: readonly Readonly<Record<string, unknown>>[]): Check["run"] =>
    async (pdp) => {
      for (const body of bodies) await refuses(pdp, ENDPOINT, body)
    }
  const sent =
    (text: string, type = "application/json"): Check["run"] =>
    async (pdp) =>
      assert.equal((await pdp.send(ENDPOINT, text, { "content-type": type })).status, 400)
  return [
    {
      clause: "2.4.1",
      level: CORE,
      title: "refuses a question without subject, action or resource with 400",
      run: all([without("subject"), without("action"), without("resource")]),
    },
    {
      clause: "2.4.2",
      level: CORE,
      title: "refuses subject, action and resource without what names them with 400",
      run: all([
        { ...READ, subject: { id: "alice" } },
        { ...READ, subject: user() },
        { ...READ, action: {} },
        { ...READ, resource: { id: "record-1" } },
        { ...READ, resource: record() },
      ]),
    },
    {
      clause: "2.4.3",
      level: CORE,
      title: "refuses another content type with 400",
      run: sent(JSON.stringify(READ), "text/plain"),
    },
    { clause: "2.4.4", level: CORE, title: "refuses what is no JSON with 400", run: sent('{"subject":') },
    { clause: "2.4.5", level: CORE, title: "refuses an empty body with 400", run: sent("") },
    {
      clause: "2.4.6",
      level: CORE,
      title: "refuses members of another type with 400",
      run: all([
        { ...rest, subject: "alice" },
        { ...READ, action: { name: 123 } },
      ]),
    },
  ]
}

function headers(): readonly Check[] {
  return [
    {
      clause: "2.5.1",
      level: CORE,
      title: "echoes X-Request-ID",
      run: async (pdp) => {
        const id = "bfe9eb29-ab87-4ca3-be83-a1d5d8305716"
        const answer = await pdp.ask(ENDPOINT, READ, { "x-request-id": id })
        assert.equal(answer.headers["x-request-id"], id)
      },
    },
    {
      clause: "2.5.2",
      level: CORE,
      title: "answers a request without X-Request-ID",
      run: async (pdp) => void succeeded(await pdp.ask(ENDPOINT, READ)),
    },
  ]
}
