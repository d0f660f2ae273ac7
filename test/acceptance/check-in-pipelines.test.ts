import assert from "node:assert/strict"
import { execFileSync, spawnSync } from "node:child_process"
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { describe, it } from "node:test"
import { fileURLToPath } from "node:url"
import { CHECK_RULES } from "@tabard/intent"
import { Ajv } from "ajv"
import addFormats from "ajv-formats"
import { parse, parseAllDocuments } from "yaml"

const HOME = fileURLToPath(new URL("../..", import.meta.url))
const ACTION = join(HOME, "actions/check")
const LAUNCHER = join(HOME, "packages/cli/bin/tabard.js")

/** Texts that a shell would run, or a program take for an option, were they not data. */
const HOSTILE = ["$(touch pwned)", "`touch pwned`", "; touch pwned", "--terraform=x", "-rf", "a\ntouch pwned"]

describe("the action for GitHub", () => {
  it("passes what meets the standards, and fails with findings for code scanning on what does not", () => {
    using place = repository()
    assert.deepEqual(action(place.path), { status: 0, results: 0 })
    place.edit("agents/payer/tabard.yaml", "500.00", "900.00")
    assert.deepEqual(action(place.path, { frozen: "true" }), { status: 1, results: 1 })
    assert.match(readFileSync(join(place.path, "tabard-junit.xml"), "utf8"), /failures="1".*lock-drift/s)
  })

  it("takes nothing of what a caller says for a command or an option", () => {
    using place = repository()
    for (const said of HOSTILE) {
      const given = {
        paths: said,
        standards: said,
        tools: said,
        terraform: said,
        "fail-on": said,
        baseline: said,
      }
      assert.equal(action(place.path, given).status, 2, said)
      assert.equal(action(place.path, { paths: said }).status, 3, said)
      assert.ok(!existsSync(join(place.path, "pwned")), said)
    }
  })

  it("puts no input into a script, and hands on every one", () => {
    const { inputs, runs } = actionFile()
    const [, check] = runs.steps
    for (const { run } of runs.steps) assert.doesNotMatch(run, /\$\{\{/)
    const handed = Object.values(check?.env ?? {}).map((value) => /inputs\.([\w-]+)/.exec(value)?.[1])
    assert.deepEqual(handed.toSorted(), Object.keys(inputs).toSorted())
  })
})

describe("the job for GitLab", () => {
  it("does the same, by its own lines", () => {
    using place = repository()
    const job: { script: string[]; variables: Record<string, string>; artifacts: { when: string } } = parse(
      readFileSync(join(ACTION, "gitlab-ci.yml"), "utf8"),
    )["tabard-check"]
    const env = { ...job.variables, TABARD_HOME: HOME }
    const run = (): number | null =>
      spawnSync("bash", ["-ec", job.script.join("\n")], { cwd: place.path, env: { ...process.env, ...env } })
        .status
    assert.equal(run(), 0)
    place.edit("agents/payer/tabard.yaml", "ann@", "bea@")
    assert.equal(run(), 1)
    assert.equal(job.artifacts.when, "always")
    assert.ok(
      existsSync(join(place.path, "tabard.sarif")) && existsSync(join(place.path, "tabard-junit.xml")),
    )
  })
})

describe("the examples of pipelines", () => {
  it("name each action by the commit that it was looked at as", () => {
    for (const file of readdirSync(join(HOME, "examples/github-actions")).filter(
      (name) => name === "check.yml",
    )) {
      const text = readFileSync(join(HOME, "examples/github-actions", file), "utf8")
      const used = [...text.matchAll(/uses: (\S+)/g)].map(([, name]) => name ?? "")
      assert.ok(used.length >= 3)
      assert.deepEqual(
        used.filter((name) => !/@[0-9a-f]{40}$/.test(name)),
        [],
      )
      assert.doesNotMatch(text, /secrets\.|pull_request_target/)
    }
  })

  it("let nothing be made in Kubernetes where nobody answers", () => {
    const text = readFileSync(join(HOME, "examples/kubernetes/admission.yaml"), "utf8")
    const documents = parseAllDocuments(text).map((document): unknown => document.toJS())
    const webhook = documents.map(webhookIn).find((each) => each !== undefined)
    assert.equal(webhook?.failurePolicy, "Fail")
    assert.equal(webhook.sideEffects, "None")
    assert.equal(webhook.clientConfig.service.path, "/validate")
  })

  it("of a plan are checked by the command that docs/check.md says", () => {
    using place = repository()
    const planned = {
      address: "aws_bedrockagent_agent.payer",
      mode: "managed",
      type: "aws_bedrockagent_agent",
      change: { actions: ["create"], after: { agent_name: "payer" }, after_unknown: { id: true } },
    }
    writeFileSync(
      join(place.path, "plan.json"),
      JSON.stringify({ format_version: "1.2", resource_changes: [planned] }),
    )
    assert.deepEqual(action(place.path, { terraform: "plan.json" }), { status: 1, results: 1 })
  })
})

describe("docs/check.md", () => {
  it("tells each rule with its severity, and no other", () => {
    const page = readFileSync(join(HOME, "docs/check.md"), "utf8")
    const told = [...page.matchAll(/^\| `([a-z-]+)` +\| ([a-z ]+?) +\| (?!says)/gm)]
      .map(([, rule, severity]) => `${rule} ${severity}`)
      .filter((line) => / (?:critical|high|medium|low|as the worst)$/.test(line))
    const rules = CHECK_RULES.map(({ id, severity }) =>
      id === "provisioned-manifest-fails" ? `${id} as the worst` : `${id} ${severity}`,
    )
    assert.deepEqual(told.toSorted(), rules.toSorted())
  })
})

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>
  readonly runs: {
    readonly steps: readonly { readonly run: string; readonly env?: Record<string, string> }[]
  }
}

function actionFile(): Action {
  return parse(readFileSync(join(ACTION, "action.yml"), "utf8"))
}

/** Runs the action's own step as a runner would, and answers how it ended and how many results it wrote. */
function action(cwd: string, given: Record<string, string> = {}): { status: number | null; results: number } {
  const { inputs, runs } = actionFile()
  const step = runs.steps.find(({ env }) => env !== undefined)
  assert.ok(step)
  const env = Object.entries(step.env ?? {}).map(([name, value]) => {
    const [, input = ""] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value) ?? []
    return [name, given[input] ?? inputs[input]?.default ?? ""] as const
  })
  const { status } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step.run], {
    cwd,
    env: { ...process.env, ...Object.fromEntries(env), GITHUB_ACTION_PATH: ACTION },
  })
  const written = readFileSync(join(cwd, "tabard.sarif"), "utf8")
  if (written === "") return { status, results: -1 }
  const log: { runs: { results: unknown[] }[] } = JSON.parse(written)
  assert.ok(isSarif(log), JSON.stringify(isSarif.errors, null, 2))
  return { status, results: log.runs[0]?.results.length ?? -1 }
}

interface Repository {
  readonly path: string
  edit(file: string, from: string, to: string): void
  [Symbol.dispose](): void
}

/** A repository as the examples have it, whose manifest ends in ninety days, and is reviewed so. */
function repository(): Repository {
  const path = mkdtempSync(join(tmpdir(), "tabard-pipeline-"))
  cpSync(join(HOME, "examples/pipeline"), path, { recursive: true })
  execFileSync("git", ["init", "--quiet", path])
  const edit = (file: string, from: string | RegExp, to: string): void => {
    const text = readFileSync(join(path, file), "utf8")
    assert.notEqual(text.replace(from, to), text)
    writeFileSync(join(path, file), text.replace(from, to))
  }
  const end = new Date(Date.now() + 90 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)
  edit("agents/payer/tabard.yaml", /expires: .*/, `expires: "${end}"`)
  execFileSync(process.execPath, [LAUNCHER, "lock"], { cwd: path })
  return { path, edit, [Symbol.dispose]: () => rmSync(path, { recursive: true }) }
}

interface Webhook {
  readonly failurePolicy: string
  readonly sideEffects: string
  readonly clientConfig: { readonly service: { readonly path: string } }
}

function webhookIn(document: unknown): Webhook | undefined {
  const { kind, webhooks } = Object(document)
  return kind === "ValidatingWebhookConfiguration" ? webhooks[0] : undefined
}

/** Its patterns were written for expressions without the flag u. */
const isSarif = sarifSchema()

function sarifSchema(): ReturnType<Ajv["compile"]> {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
  addFormats.default(ajv)
  const path = createRequire(import.meta.url).resolve("schemastore/package.json")
  const schema: object = JSON.parse(
    readFileSync(join(dirname(path), "schemas/json/sarif-2.1.0.json"), "utf8"),
  )
  return ajv.compile(schema)
}
