import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { describe, it } from "node:test"
import type { EffectClass, JsonObject } from "@tabard/core"
import { checkManifest, type Manifest, manifestJsonSchema, vetManifest } from "@tabard/intent"
import { compilePolicies, compileSchema, type PinnedTool } from "@tabard/policy"
import { Ajv2020 } from "ajv/dist/2020.js"
import addFormats from "ajv-formats"
import { parse } from "yaml"

const FOLDER = new URL("../examples/manifests/", import.meta.url)
const PAGE = readFileSync(new URL("../docs/manifest.md", import.meta.url), "utf8")

describe("the manifests that people are shown", () => {
  const examples = readdirSync(FOLDER)
  assert.ok(examples.length >= 3)
  for (const name of examples) {
    it(`are in force as they stand, and editors take them: examples/manifests/${name}`, () => {
      const text = readFileSync(new URL(name, FOLDER), "utf8")
      assert.match(text, /^# yaml-language-server: \$schema=\S+\/schemas\/manifest-1\.json\n/)
      assertInForce(text)
    })
  }

  const blocks = [...PAGE.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, text = ""]) => text)
  it("are those of the page on manifests, each of which stands for itself", () => {
    assert.ok(blocks.length > 8, String(blocks.length))
    for (const block of blocks) assertInForce(block.includes("purpose:") ? block : `${HEAD}${block}`)
  })
})

const HEAD = "purpose: p\ntier: operator\n"
const TEXT = { type: "string" }
const editors = addFormats.default(new Ajv2020({ strict: false, formats: { cidrv4: true, cidrv6: true } }))
const validate = editors.compile(manifestJsonSchema())

function assertInForce(whole: string): void {
  const text = whole.includes("tools:") ? whole : `${whole}\ntools: []\n`
  const { manifest, problems } = checkManifest(text)
  assert.deepEqual(problems, [], text)
  assert.ok(manifest)
  assert.ok(validate(parse(text)), JSON.stringify(validate.errors))
  const { policies, sentences } = compiled(manifest)
  assert.ok(manifest.tools.length === 0 || sentences.length > 0)
  compilePolicies({ schema: compileSchema(TOOLS), policies, version: 1 })
}

function compiled(manifest: Manifest): {
  policies: readonly { id: string; text: string }[]
  sentences: readonly string[]
} {
  const sets = new Map([["payees", ["landlord"]]])
  const servers = Object.fromEntries(TOOLS.map(({ server }) => [server.slice(4), server]))
  const vetted = vetManifest({ agent: "agt_1", manifest, tools: TOOLS, servers, sets })
  assert.ok("compiled" in vetted, JSON.stringify("faults" in vetted && vetted.faults))
  return vetted.compiled
}

const ROLES: PinnedTool["roles"] = { amount: ["amount"], path: ["path"], ticket: ["target"] }
const TOOLS: readonly PinnedTool[] = [
  tool("bank", "send_money", ["financial", "egress"], {
    amount: { type: "number" },
    to: TEXT,
    reference: TEXT,
    urgent: { type: "boolean" },
  }),
  tool("bank", "balance", ["read"], {}),
  tool("figures", "read_file", ["read"], { path: TEXT }),
  tool("mail", "send_mail", ["egress"], { to: { type: "array", items: TEXT }, cc: TEXT, subject: TEXT }),
  tool("web", "fetch", ["read", "egress"], {
    url: TEXT,
    options: { type: "object", properties: { method: { enum: ["GET", "HEAD", "POST"] } } },
  }),
  tool("tickets", "comment", ["write"], { ticket: TEXT, text: TEXT }),
  tool("tickets", "search", ["read"], { query: TEXT }),
]

function tool(
  server: string,
  name: string,
  effects: readonly EffectClass[],
  properties: JsonObject,
): PinnedTool {
  const roles = Object.fromEntries(Object.entries(ROLES).filter(([argument]) => argument in properties))
  return {
    server: `srv_${server}`,
    name,
    digest: "d",
    inputSchema: { type: "object", properties },
    effects,
    roles,
  }
}
