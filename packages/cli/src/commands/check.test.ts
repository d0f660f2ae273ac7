import assert from "node:assert/strict"
import { once } from "node:events"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { describe, it } from "node:test"
import { ManualClock } from "@tabard/core"
import { main } from "../main.ts"

const PAYER = `purpose: Pay the invoices that the finance team has approved
owner: ann@example.test
category: production
tier: transactional
environment: production
expires: 2027-06-30
identity: [federated]
tools:
  - server: bank
    tool: request_payment
    arguments: { amount: { atMost: "500.00" } }
`
const TOOLS = JSON.stringify({
  servers: {
    bank: {
      tools: [
        {
          name: "request_payment",
          inputSchema: { type: "object", properties: { amount: { type: "number" }, to: { type: "string" } } },
        },
      ],
    },
  },
})
const TOKEN = `tbd_${"a".repeat(46)}`
const UNOWNED = PAYER.replace("owner: ann@example.test\n", "")

describe("tabard check", () => {
  it("ends with 0 where nothing is to be put right, with 1 where something is, and says what", async () => {
    using place = folder({ "payer/tabard.yaml": PAYER, "tabard.tools.json": TOOLS })
    assert.deepEqual(await place.run("check"), {
      code: 0,
      out: "1 file checked: nothing to put right.\n",
      err: "",
    })
    place.write("payer/tabard.yaml", UNOWNED)
    const { code, out } = await place.run("check")
    assert.equal(code, 1)
    assert.match(
      out,
      /high +payer: It names no owner\.\n +payer\/tabard\.yaml:1:1\n +Write the address .*\[owner-missing\]/,
    )
  })

  it("fails on what is as severe as is asked, and on nothing less", async () => {
    using place = folder({ "payer/tabard.yaml": UNOWNED, "tabard.tools.json": TOOLS })
    assert.equal((await place.run("check", "--fail-on", "high")).code, 1)
    assert.equal((await place.run("check", "--fail-on", "critical")).code, 0)
  })

  it("ends with 3 where there is nothing to check, or what was named cannot be read", async () => {
    using place = folder({ "readme.md": "" })
    assert.equal((await place.run("check")).code, 3)
    assert.equal((await place.run("check", "none.yaml")).code, 3)
  })

  it("ends with 2 where standards, definitions, people, plan or baseline cannot be used: others would be in force", async () => {
    using place = folder({ "payer/tabard.yaml": PAYER, "bad.yaml": "version: 9", "bad.json": "{" })
    for (const args of [
      ["--standards", "bad.yaml"],
      ["--standards", "none.yaml"],
      ["--tools", "bad.json"],
      ["--people", "none.csv"],
      ["--people", "bad.json"],
      ["--terraform", "bad.json"],
      ["--baseline", "bad.json"],
      ["--format", "html"],
      ["--fail-on", "none"],
      ["--people", "a", "--server", "https://b"],
      [""],
    ])
      assert.equal((await place.run("check", ...args)).code, 2, args.join(" "))
  })

  it("leaves out what a baseline has, and says how much; what came since still fails", async () => {
    using place = folder({ "payer/tabard.yaml": UNOWNED, "tabard.tools.json": TOOLS })
    place.write("old.json", (await place.run("check", "--json")).out)
    const kept = await place.run("check", "--baseline", "old.json")
    assert.deepEqual([kept.code, kept.err], [0, "1 finding that the baseline has is left out.\n"])
    place.write("payer/tabard.yaml", UNOWNED.replace("expires: 2027-06-30\n", ""))
    const { code, out } = await place.run("check", "--baseline", "old.json", "--json")
    const report: { findings: { rule: string }[] } = JSON.parse(out)
    assert.deepEqual([code, report.findings.map(({ rule }) => rule)], [1, ["expiry-missing"]])
  })

  it("takes owners from a file of people, whichever way it is quoted", async () => {
    using place = folder({
      "payer/tabard.yaml": PAYER,
      "tabard.tools.json": TOOLS,
      "people.csv": `\uFEFFname,email\r\n"Ann, of ""finance""","Ann@example.test"\r\n`,
      "others.csv": "email\nbea@example.test\n",
    })
    assert.equal((await place.run("check", "--people", "people.csv")).code, 0)
    assert.match((await place.run("check", "--people", "others.csv")).out, /owner-unknown/)
  })

  it("asks a server for the directory and the delegations, with the token that it was given", async () => {
    using place = folder({ "payer/tabard.yaml": PAYER, "tabard.tools.json": TOOLS })
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(`${request.url} ${request.headers.authorization}`)
      response.end(JSON.stringify({ csv: "email\nbea@example.test\n" }))
    }).listen(0, "127.0.0.1")
    await once(server, "listening")
    const { port } = Object(server.address())
    const { out } = await place.run("check", "--server", `http://127.0.0.1:${port}`)
    server.close()
    assert.match(out, /owner-unknown/)
    assert.deepEqual(asked, [
      `/api/v1/people/export Bearer ${TOKEN}`,
      `/api/v1/delegations?limit=100 Bearer ${TOKEN}`,
    ])
  })

  it("checks what a plan makes by the manifests beside it", async () => {
    const planned = {
      address: "aws_bedrockagent_agent.a",
      mode: "managed",
      type: "aws_bedrockagent_agent",
      change: { actions: ["create"], after: { agent_name: "a" }, after_unknown: {} },
    }
    using place = folder({
      "plan.json": JSON.stringify({ format_version: "1.2", resource_changes: [planned] }),
      "none.json": JSON.stringify({ format_version: "1.2", resource_changes: [] }),
    })
    assert.match(
      (await place.run("check", "--terraform", "plan.json")).out,
      /aws_bedrockagent_agent\.a.*provisioned-agent-undeclared/s,
    )
    assert.equal((await place.run("check", "--terraform", "none.json")).code, 0)
  })

  it("follows no link out of the folder, and looks into nobody's packages", async () => {
    using outside = folder({ "tabard.yaml": UNOWNED })
    using place = folder({
      "payer/tabard.yaml": PAYER,
      "tabard.tools.json": TOOLS,
      "node_modules/x/tabard.yaml": UNOWNED,
    })
    symlinkSync(outside.path, join(place.path, "linked"))
    symlinkSync(join(outside.path, "tabard.yaml"), join(place.path, "evil.tabard.yaml"))
    assert.equal((await place.run("check")).code, 0)
  })

  it("writes JUnit that no text of a stranger's breaks", async () => {
    const hostile = PAYER.replace("ann@example.test", `"]]><evil a='b'>&\\u0007\\uFFFE\\u202E"`)
    using place = folder({ "payer/tabard.yaml": hostile, "tabard.tools.json": TOOLS, "p.csv": "email\nx\n" })
    const { out } = await place.run("check", "--people", "p.csv", "--format", "junit")
    assert.match(
      out,
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="tabard check" tests="1" failures="1" errors="0">/,
    )
    assert.doesNotMatch(out, /<evil|[\p{Cf}\uFFFE]|(?!\n)\p{Cc}/u)
    const tags = [...out.matchAll(/<(\/?)(\w+)[^<>]*?(\/?)>/g)].filter(([, , , alone]) => alone === "")
    const depth = tags.reduce((open, [, closes]) => open + (closes === "/" ? -1 : 1), 0)
    assert.equal(depth, 0)
  })
})

describe("tabard lock", () => {
  it("pins what check then holds a manifest to, in the same bytes each time", async () => {
    using place = folder({ "payer/tabard.yaml": PAYER, "tabard.tools.json": TOOLS })
    assert.equal((await place.run("check", "--frozen")).code, 1)
    assert.equal((await place.run("lock")).code, 0)
    const written = place.read("payer/agent.lock")
    assert.equal((await place.run("check", "--frozen")).code, 0)
    assert.equal((await place.run("lock")).code, 0)
    assert.equal(place.read("payer/agent.lock"), written)
    place.write("tabard.tools.json", TOOLS.replace(`"to"`, `"memo":{"type":"string"},"to"`))
    assert.match(
      (await place.run("check")).out,
      /bank\/request_payment is defined otherwise.*it takes memo \(string\) now/,
    )
    place.write("tabard.tools.json", TOOLS)
    place.write("payer/tabard.yaml", PAYER.replace("500.00", "900.00"))
    assert.match((await place.run("check")).out, /lock-drift/)
  })

  it("writes through no link: what it leads to stays as it is", async () => {
    using outside = folder({ precious: "mine" })
    using place = folder({ "payer/tabard.yaml": PAYER, "tabard.tools.json": TOOLS })
    symlinkSync(join(outside.path, "precious"), join(place.path, "payer/agent.lock"))
    assert.equal((await place.run("lock")).code, 0)
    assert.equal(outside.read("precious"), "mine")
    assert.match(place.read("payer/agent.lock"), /tabard\.lock\/1/)
  })

  it("writes nothing of a manifest that cannot be put in force, and says where", async () => {
    using place = folder({
      "payer/tabard.yaml": PAYER.replace("amount:", "sum:"),
      "tabard.tools.json": TOOLS,
    })
    const { code, err } = await place.run("lock")
    assert.equal(code, 1)
    assert.match(err, /payer\/tabard\.yaml is not locked:.*sum/)
    assert.throws(() => place.read("payer/agent.lock"))
  })
})

interface Folder extends Disposable {
  readonly path: string
  write(file: string, text: string): void
  read(file: string): string
  run(...args: string[]): Promise<{ code: number; out: string; err: string }>
}

function folder(files: Readonly<Record<string, string>>): Folder {
  const path = mkdtempSync(join(tmpdir(), "tabard-check-"))
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(path, file)), { recursive: true })
    writeFileSync(join(path, file), text)
  }
  for (const [file, text] of Object.entries(files)) write(file, text)
  return {
    path,
    write,
    read: (file) => readFileSync(join(path, file), "utf8"),
    async run(...args) {
      const [out, err]: [string[], string[]] = [[], []]
      const code = await main(args, {
        stdout: { write: (text: string) => out.push(text) },
        stderr: { write: (text: string) => err.push(text) },
        cwd: path,
        home: path,
        host: "test",
        env: { TABARD_TOKEN: TOKEN },
        clock: new ManualClock(new Date("2027-03-01T12:00:00Z")),
        signal: new AbortController().signal,
      })
      return { code, out: out.join(""), err: err.join("") }
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true }),
  }
}
