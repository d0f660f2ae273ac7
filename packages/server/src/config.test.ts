import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { ROLES, readConfig, type UpOptions } from "./config.ts"

describe("the configuration", () => {
  it("has decisions judged by Cedar itself as well where that is asked for, and not otherwise", () => {
    assert.deepEqual(
      [{ oracle: true }, {}].map((changes) => readConfig(options(changes), {}, "/").oracle),
      [true, false],
    )
  })

  it("needs nothing on loopback, and makes a key in the data directory", () => {
    const config = readConfig(options(), {}, "/home/ann")
    assert.deepEqual(config.store, { kind: "sqlite", path: "/home/ann/.tabard/tabard.db" })
    assert.deepEqual(config.keyEncryption, {
      kind: "file",
      path: "/home/ann/.tabard/kek",
      makeIfMissing: true,
    })
    assert.equal(config.production, false)
    assert.equal(config.sandbox, "none")
  })

  it("serves the default organisation where nobody names another, and takes a slug alone as a name", () => {
    assert.equal(readConfig(options(), {}, "/").organisation, "default")
    assert.equal(readConfig(options(), { TABARD_ORGANISATION: "acme-2" }, "/").organisation, "acme-2")
    for (const slug of ["", "Acme", "a/b", "..", "-a", "a".repeat(41)])
      assert.throws(() => readConfig(options(), { TABARD_ORGANISATION: slug }, "/"), /TABARD_ORGANISATION/)
  })

  it("refuses a name that it does not know: a misspelt setting is not in force", () => {
    assert.throws(() => readConfig(options(), { TABARD_STROE: "postgres://x" }, "/"), /TABARD_STROE/)
  })

  it("tells every mistake at once", () => {
    const wrong = { TABARD_STORE: "mysql://x", TABARD_SANDBOX: "chroot" }
    assert.throws(() => readConfig(options(), wrong, "/"), /TABARD_STORE[\s\S]*TABARD_SANDBOX/)
  })

  for (const [name, how] of [
    ["--production", { production: true }],
    ["a bind that a network reaches", { host: "0.0.0.0" }],
  ] as const) {
    it(`demands key, TLS and sandbox under ${name}`, () => {
      assert.throws(
        () => readConfig(options(how), { TABARD_SANDBOX: "none" }, "/"),
        /TABARD_KEK_FILE[\s\S]*--tls-cert[\s\S]*TABARD_SANDBOX/,
      )
      const tls = { cert: "/c", key: "/k" }
      const config = readConfig(options({ ...how, tls }), { TABARD_KEK_FILE: "/kek" }, "/")
      assert.equal(config.sandbox, "bubblewrap")
      assert.deepEqual(config.keyEncryption, { kind: "file", path: "/kek", makeIfMissing: false })
    })
  }

  it("takes a proxy's word for TLS only where both its public https address and its own are given", () => {
    const env = { TABARD_KEK_FILE: "/kek" }
    const bind = { host: "0.0.0.0" }
    for (const half of [
      { publicUrl: "https://tabard.example" },
      { proxies: ["10.0.0.5"] },
      { publicUrl: "http://tabard.example", proxies: ["10.0.0.5"] },
    ]) {
      assert.throws(() => readConfig(options({ ...bind, ...half }), env, "/"), /--tls-cert.*--proxy/)
    }
    const both = { publicUrl: "https://tabard.example", proxies: ["10.0.0.5"] }
    assert.deepEqual(readConfig(options({ ...bind, ...both }), env, "/").proxies, ["10.0.0.5"])
  })

  it("takes an OpenID provider whole or not at all, by https but on loopback, and prints no secret", () => {
    const whole = {
      TABARD_OIDC_ISSUER: "https://id.example",
      TABARD_OIDC_CLIENT_ID: "tabard",
      TABARD_OIDC_CLIENT_SECRET: "hunter2",
    }
    const { provider } = readConfig(options(), whole, "/")
    assert.deepEqual([provider?.clientId, provider?.name], ["tabard", "id.example"])
    assert.ok(!JSON.stringify(provider).includes("hunter2"))
    assert.equal(readConfig(options(), {}, "/").provider, null)
    for (const name of Object.keys(whole)) {
      const half = Object.fromEntries(Object.entries(whole).filter(([one]) => one !== name))
      assert.throws(() => readConfig(options(), half, "/"), /TABARD_OIDC_CLIENT_SECRET_FILE/, name)
    }
    const both = { ...whole, TABARD_OIDC_CLIENT_SECRET_FILE: "/secret" }
    assert.throws(() => readConfig(options(), both, "/"), /one of/)
    for (const issuer of ["http://id.example", "ftp://127.0.0.1", "id.example"]) {
      assert.throws(() => readConfig(options(), { ...whole, TABARD_OIDC_ISSUER: issuer }, "/"), /ISSUER/)
    }
    for (const issuer of ["http://127.0.0.1:9000", "http://[::1]:9000", "http://localhost:9000"]) {
      const read = readConfig(options(), { ...whole, TABARD_OIDC_ISSUER: issuer }, "/").provider
      assert.equal(read?.issuer.origin, issuer)
    }
  })

  it("does not print the store's address or the key", () => {
    const env = {
      TABARD_STORE: "postgres://u:hunter2@h/db",
      TABARD_KEK: Buffer.alloc(32, 7).toString("base64"),
    }
    const printed = JSON.stringify(readConfig(options(), env, "/"))
    assert.ok(!printed.includes("hunter2") && !printed.includes("BwcHBw"), printed)
  })
})

function options(changes: Partial<UpOptions> = {}): UpOptions {
  return {
    port: 7070,
    host: "127.0.0.1",
    data: ".tabard",
    production: false,
    roles: ROLES,
    scan: { kind: "none" },
    tls: null,
    publicUrl: null,
    proxies: [],
    oracle: false,
    ...changes,
  }
}
