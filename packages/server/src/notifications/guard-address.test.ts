import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { isNetwork, requireTarget, targetRules } from "./guard-address.ts"

const production = targetRules({ production: true, listed: [] })

describe("where a channel may lead", () => {
  for (const address of [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.9.9.9",
    "169.254.169.254",
    "172.31.255.255",
    "192.168.1.1",
    "198.19.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:a9fe:a9fe",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "fd00:ec2::254",
    "fe80::1",
    "ff02::1",
    "2001:db8::1",
    "2002:a00:1::",
  ]) {
    it(`is not ${address}`, () => {
      assert.equal(production.isOpen(address), false)
      const host = address.includes(":") ? `[${address}]` : address
      assert.throws(() => requireTarget(production, `https://${host}/x`), { code: "body_invalid" })
    })
  }

  for (const address of ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1"]) {
    it(`may be ${address}`, () => assert.equal(production.isOpen(address), true))
  }

  it("may be a network that the operator listed, and nothing beside it", () => {
    const { isOpen } = targetRules({ production: true, listed: ["10.1.0.0/16", "fd00::7"] })
    assert.deepEqual(["10.1.2.3", "10.2.0.1", "fd00::7", "fd00::8", "127.0.0.1"].map(isOpen), [
      true,
      false,
      true,
      false,
      false,
    ])
  })

  for (const url of [
    "http://hooks.example/x",
    "http://127.0.0.1/x",
    "https://name:word@hooks.example/x",
    "https://hooks.example/x#y",
    "ftp://hooks.example/x",
    "https://0x7f000001/",
    "https://2130706433/",
    "https://127.1/",
    "javascript:alert(1)",
    "not an address",
    `https://hooks.example/${"x".repeat(2000)}`,
  ]) {
    it(`is not spelt ${url.slice(0, 40)}`, () => {
      assert.throws(() => requireTarget(production, url), { code: "body_invalid" })
    })
  }

  it("may be loopback without TLS where nothing is in production, and only there", () => {
    const trying = targetRules({ production: false, listed: [] })
    for (const url of ["http://127.0.0.1:8080/x", "http://localhost/x", "http://[::1]/x"])
      assert.equal(requireTarget(trying, url).protocol, "http:")
    assert.throws(() => requireTarget(trying, "http://10.0.0.1/x"), { code: "body_invalid" })
    assert.throws(() => requireTarget(trying, "https://10.0.0.1/x"), { code: "body_invalid" })
  })

  it("is listed by addresses and networks alone", () => {
    for (const text of ["10.0.0.0/8", "10.1.2.3", "fd00::/8", "::1"]) assert.ok(isNetwork(text), text)
    for (const text of ["", "10.0.0.0/33", "fd00::/129", "10.0.0.0/", "acme.example", "10.0.0.0/8/8"])
      assert.ok(!isNetwork(text), text)
  })
})
