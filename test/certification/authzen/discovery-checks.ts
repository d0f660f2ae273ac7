import assert from "node:assert/strict"
import { decodeJwt, decodeProtectedHeader } from "jose"
import { type Check, succeeded } from "./check.ts"
import { DEFAULT_PATHS } from "./decision-point-client.ts"

const LEVEL = "Discovery"

/** The metadata: the scenario's section 6. */
export const DISCOVERY_CHECKS: readonly Check[] = [
  {
    clause: "6.2",
    level: LEVEL,
    title: "answers its metadata as JSON at the well-known address",
    run: async ({ metadata }) => {
      assert.ok(metadata, "there are no metadata")
      succeeded(metadata)
    },
  },
  {
    clause: "6.3",
    level: LEVEL,
    title: "calls itself as it was called, by an https address without query and fragment",
    run: async ({ metadata, url }) => {
      const { policy_decision_point: named } = succeeded(metadata ?? assert.fail("there are no metadata"))
      assert.ok(typeof named === "string", "it does not say who it is")
      assert.equal(named.replace(/\/$/, ""), url)
      assertHttps("policy_decision_point", named)
      assert.ok(!named.includes("?") && !named.includes("#"))
    },
  },
  {
    clause: "6.4",
    level: LEVEL,
    title: "names its endpoints by https addresses, and its capabilities as a list of texts",
    run: async ({ metadata }) => {
      const said = succeeded(metadata ?? assert.fail("there are no metadata"))
      assert.ok(said["access_evaluation_endpoint"] !== undefined, "access_evaluation_endpoint is missing")
      for (const name of Object.keys(DEFAULT_PATHS))
        if (said[name] !== undefined) assertHttps(name, said[name])
      const { capabilities = [] } = said
      assert.ok(Array.isArray(capabilities) && capabilities.every((one) => typeof one === "string"))
    },
  },
  {
    clause: "6.5",
    level: LEVEL,
    title: "signs its metadata, where it does, as a JWT that says by whom",
    run: async ({ metadata }) => {
      const { signed_metadata: signed } = succeeded(metadata ?? assert.fail("there are no metadata"))
      if (signed === undefined) return
      assert.ok(typeof signed === "string", "signed_metadata is no text")
      assert.ok(decodeProtectedHeader(signed).alg !== "none", "it is not signed")
      assert.ok(typeof decodeJwt(signed).iss === "string", "it does not say who signed it")
    },
  },
]

function assertHttps(name: string, value: unknown): void {
  const isHttps = typeof value === "string" && URL.canParse(value) && value.startsWith("https://")
  assert.ok(isHttps, `${name} is ${JSON.stringify(value)}, and has to be an https address`)
}
