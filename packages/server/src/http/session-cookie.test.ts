import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { sessionCookie, sessionToken } from "./session-cookie.ts"

const EXPIRES = new Date("2026-11-01T12:00:00.000Z")

describe("a session's cookie", () => {
  it("is bound to this host and to https, where there is https", () => {
    assert.equal(
      sessionCookie("token", EXPIRES, true),
      "__Host-tabard=token; Path=/; Expires=Sun, 01 Nov 2026 12:00:00 GMT; HttpOnly; Secure; SameSite=Strict",
    )
  })

  it("has no Secure on plain loopback, where a browser would drop it", () => {
    assert.equal(
      sessionCookie("token", EXPIRES, false),
      "tabard=token; Path=/; Expires=Sun, 01 Nov 2026 12:00:00 GMT; HttpOnly; SameSite=Strict",
    )
  })

  it("is read under its own name alone: one that was set over http is nobody's over https", () => {
    const request = new Request("https://tabard.example", {
      headers: { cookie: "tabard=a; __Host-tabard=b; x=c" },
    })
    assert.equal(sessionToken(request, true), "b")
    assert.equal(sessionToken(request, false), "a")
    const bare = new Request("https://tabard.example", { headers: { cookie: "tabard=a" } })
    assert.equal(sessionToken(bare, true), undefined)
    assert.equal(sessionToken(new Request("https://tabard.example"), true), undefined)
  })
})
