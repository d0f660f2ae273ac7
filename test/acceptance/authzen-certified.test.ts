import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { writeFile } from "node:fs/promises"
import { createServer } from "node:https"
import { dirname, join } from "node:path"
import { text } from "node:stream/consumers"
import { after, before, describe, it } from "node:test"
import { fileURLToPath } from "node:url"
import { selfSigned } from "../../packages/server/src/sinks/carriers/testing/self-signed.ts"
import { type Certification, certify } from "../certification/authzen/certify.ts"
import { SUB_LEVELS, type SubLevel } from "../certification/authzen/check.ts"
import { type CertifiedTabard, makeCertifiedTabard } from "../world/certified-tabard.ts"

let ours: CertifiedTabard

before(async () => {
  ours = await makeCertifiedTabard()
})
after(async () => {
  await ours[Symbol.asyncDispose]()
  assert.deepEqual(ours.tabard.faults, [])
})

describe("our decision point", () => {
  it("holds all seven sub-levels of the AuthZEN 1.0 certification scenario, over TLS", async () => {
    const certified = await certify(ours)
    assert.deepEqual(
      certified.checks.filter(({ passed }) => !passed),
      [],
    )
    assert.deepEqual(passing(certified), SUB_LEVELS)
  })

  it("is judged by Cedar itself as well there, and the two never differ", async () => {
    const { shelf } = ours.tabard.server.organisation
    assert.deepEqual(
      await shelf.snapshot(({ outbox }) => outbox.list({ type: "call.disputed", limit: 1 })),
      [],
    )
  })
})

describe("the certification as a command", () => {
  const TRUSTED = () => ["--ca", ours.caFile]

  it("ends with 0 where all sub-levels hold, the token from the environment or a file", async () => {
    const told = await certifying([ours.url, ...TRUSTED()], { AUTHZEN_TOKEN: ours.token })
    assert.equal(told.code, 0, told.error)
    assert.match(told.output, /7 of 7 sub-levels, (\d+) of \1 checks/)
    const file = join(dirname(ours.caFile), "token")
    await writeFile(file, `${ours.token}\n`, { mode: 0o600 })
    const args = [ours.url, ...TRUSTED(), "--token-file", file, "--json"]
    const json = await certifying(args, { AUTHZEN_TOKEN: "another" })
    assert.equal(json.code, 0, json.error)
    const { levels, checks } = JSON.parse(json.output)
    assert.deepEqual(
      [levels.length, levels.every((level: { passed: boolean }) => level.passed)],
      [SUB_LEVELS.length, true],
    )
    assert.ok(checks.every(({ clause, passed }: Certification["checks"][number]) => clause && passed))
    for (const { output, error } of [told, json]) assert.ok(!`${output}${error}`.includes(ours.token))
  })

  it("ends with 1 where one does not hold, and names each check that failed", async () => {
    const wrong = await certifying([ours.url, ...TRUSTED()], { AUTHZEN_TOKEN: "another" })
    assert.equal(wrong.code, 1, wrong.error)
    assert.match(wrong.output, /FAILED {2}Basic Core/)
    const json = await certifying([ours.url, ...TRUSTED(), "--token", "another", "--json"])
    assert.equal(json.code, 1, json.error)
    const { checks }: Certification = JSON.parse(json.output)
    assert.ok(checks.some(({ passed, why, clause }) => !passed && why && clause))
  })

  it("ends with 2 where it could not be asked, or not be understood", async () => {
    for (const args of [
      [],
      ["no address"],
      [ours.url, ours.url],
      [ours.url, "--tokens", "x"],
      [ours.url, "--token", "x", "--token-file", "y"],
      [ours.url, "--token-file", "/nowhere"],
      [ours.url, "--ca", "/nowhere"],
      ["https://127.0.0.1:1/pdp/certification"],
      [ours.url],
    ]) {
      const { code, error } = await certifying(args)
      assert.equal(code, 2, args.join(" "))
      assert.ok(error.trim(), args.join(" "))
    }
  })
})

/** Runs it as people do. */
async function certifying(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<{ code: unknown; output: string; error: string }> {
  const { AUTHZEN_TOKEN: _, ...inherited } = process.env
  const child = spawn(process.execPath, [RUN, ...args], { env: { ...inherited, ...environment } })
  const [output, error, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ])
  return { code, output, error }
}

const RUN = fileURLToPath(new URL("../certification/authzen/run.ts", import.meta.url))

describe("the certification suite", () => {
  /** One thing that a decision point does wrong, and the sub-level that must not hold then. */
  const faults: readonly (readonly [SubLevel, string, Wrong])[] = [
    ["Basic Core", "permits whatever it is asked", answers({ decision: true }, "/evaluation")],
    ["Basic Core", "echoes no X-Request-ID", { headers: (all) => without(all, "x-request-id") }],
    ["Basic Core", "says denials by 403", { status: (_, json) => (isDenial(json) ? 403 : 200) }],
    ["Basic Properties", "passes over properties", { request: (body) => stripped(body) }],
    ["Batch Core", "answers in another order", { answer: (_, json) => reversed(json) }],
    ["Batch Core", "refuses a list for one bad question", { refuses: (body) => hasEmpty(body) }],
    ["Batch Properties", "passes over properties", { request: (body) => stripped(body) }],
    ["Search Core", "finds nobody", answers({ results: [] }, "/search/")],
    ["Search Core", "has an end of pages that is null", { answer: (_, json) => nullToken(json) }],
    ["Search Properties", "finds nothing by properties", { request: (body) => elsewhere(body) }],
    ["Discovery", "has another name", { answer: (path, json) => renamed(path, json) }],
    ["Discovery", "has no metadata", { status: (path) => (path.includes("well-known") ? 404 : 200) }],
  ]
  for (const [level, what, wrong] of faults) {
    it(`does not pass ${level} where a decision point ${what}`, async () => {
      await using theirs = await decisionPointWrongBy(wrong)
      const certified = await certify(theirs)
      assert.ok(!passing(certified).includes(level), passing(certified).join(", "))
      assert.ok(certified.checks.some(({ passed, why }) => !passed && why))
    })
  }
})

/** What a decision point that is otherwise ours does wrong. */
interface Wrong {
  readonly request?: (body: Json) => Json
  readonly refuses?: (body: Json) => boolean
  readonly answer?: (path: string, json: Json) => Json
  readonly status?: (path: string, json: Json) => number
  readonly headers?: (headers: Record<string, string>) => Record<string, string>
}

type Json = unknown

interface WrongPoint extends AsyncDisposable {
  readonly url: string
  readonly ca: string
}

/** Stands before our own decision point and does one thing wrong. */
async function decisionPointWrongBy(wrong: Wrong): Promise<WrongPoint> {
  const { certificate, key } = selfSigned("a wrong decision point")
  const server = createServer({ cert: certificate, key }, (request, response) => {
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      const text = Buffer.concat(chunks).toString()
      const path = request.url ?? ""
      const said = await passedOn(wrong, {
        path,
        text,
        method: request.method ?? "",
        headers: request.headers,
      })
      response.writeHead(said.status, said.headers).end(said.text)
    })().catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  const origin = typeof address === "object" && address ? `https://127.0.0.1:${address.port}` : assert.fail()
  places.set("origin", origin)
  return {
    url: `${origin}/pdp/certification`,
    ca: certificate,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, "close")
    },
  }
}

const places = new Map<string, string>()

interface Passed {
  readonly path: string
  readonly text: string
  readonly method: string
  readonly headers: NodeJS.Dict<string | string[]>
}

async function passedOn(wrong: Wrong, { path, text, method, headers }: Passed) {
  const { publicUrl } = ours.tabard.server
  const body = parsed(text)
  if (wrong.refuses?.(body)) return { status: 400, headers: {}, text: "" }
  const sent = sentOn(wrong, text, body)
  const response = await fetch(`${publicUrl}${path}`, {
    method,
    ...(method === "POST" && { body: sent }),
    headers: { authorization: `Bearer ${ours.token}`, ...kept(headers) },
  })
  const answered = (await response.text()).replaceAll(publicUrl, places.get("origin") ?? "")
  const own = Object.fromEntries([...response.headers].filter(([name]) => !HOP.includes(name)))
  if (response.status !== 200) return { status: response.status, headers: own, text: answered }
  const json = parsed(answered)
  return {
    status: statusOf(wrong, path, json),
    headers: wrong.headers?.(own) ?? own,
    text: wrong.answer ? JSON.stringify(wrong.answer(path, json)) : answered,
  }
}

function sentOn({ request }: Wrong, text: string, body: Json): string {
  return request && body !== undefined ? JSON.stringify(request(body)) : text
}

function statusOf({ status }: Wrong, path: string, json: Json): number {
  return status ? status(path, json) : 200
}

function kept(headers: Passed["headers"]): Readonly<Record<string, string>> {
  const passed = ["content-type", "x-request-id"].map((name) => [name, headers[name]] as const)
  return Object.fromEntries(
    passed.flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  )
}

const HOP = ["content-length", "content-encoding", "transfer-encoding", "connection", "keep-alive"]

function parsed(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function answers(json: Json, where: string): Wrong {
  return { answer: (path, own) => (path.includes(where) && !path.endsWith("evaluations") ? json : own) }
}

function without(all: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(all).filter(([each]) => each !== name))
}

function isDenial(json: Json): boolean {
  return Object(json).decision === false
}

/** Takes every member called properties away, however deep. */
function stripped(json: Json): Json {
  if (Array.isArray(json)) return json.map(stripped)
  if (typeof json !== "object" || json === null) return json
  return Object.fromEntries(
    Object.entries(json).flatMap(([name, value]) => (name === "properties" ? [] : [[name, stripped(value)]])),
  )
}

/** Asks about what there is none of, where anything is said by properties. */
function elsewhere(json: Json): Json {
  const { subject, resource, ...rest }: Record<string, Json> = Object(json)
  const says = [subject, resource].some((one) => Object(one).properties !== undefined)
  return says ? { ...rest, subject, resource: { ...Object(resource), type: "spaceship" } } : json
}

function reversed(json: Json): Json {
  const { evaluations } = Object(json)
  return Array.isArray(evaluations) ? { evaluations: evaluations.toReversed() } : json
}

function hasEmpty(body: Json): boolean {
  const { evaluations, resource } = Object(body)
  return (
    Array.isArray(evaluations) && resource === undefined && evaluations.some((one) => !Object(one).resource)
  )
}

function nullToken(json: Json): Json {
  const { page, ...rest } = Object(json)
  return page === undefined || page.next_token !== ""
    ? json
    : { ...rest, page: { ...page, next_token: null } }
}

function renamed(path: string, json: Json): Json {
  return path.includes("well-known")
    ? { ...Object(json), policy_decision_point: "https://other.example" }
    : json
}

function passing({ levels }: Certification): readonly SubLevel[] {
  return levels.filter(({ passed }) => passed).map(({ level }) => level)
}
