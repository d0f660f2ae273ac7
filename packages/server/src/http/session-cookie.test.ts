import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { sessionCookie, sessionToken } from "./session-cookie.ts"

const HTTPS = "https://tabard.example"
const HTTP = "http://127.0.0.1:7070"
const EXPIRES = new Date("2026-11-01T12:00:00.000Z")

describe("a session's cookie", () => {
  it("is bound to this host and to https, where there is https", () => {
    assert.equal(
      sessionCookie("token", EXPIRES, HTTPS),
      "__Host-tabard=token; Path=/; Expires=Sun, 01 Nov 2026 12:00:00 GMT; HttpOnly; Secure; SameSite=Strict",
    )
  })

  it("has no Secure on plain loopback, where a browser would drop it", () => {
    assert.equal(
      sessionCookie("token", EXPIRES, HTTP),
      "tabard-7070=token; Path=/; Expires=Sun, 01 Nov 2026 12:00:00 GMT; HttpOnly; SameSite=Strict",
    )
  })

  it("is another one for each port of a host, so that two Tabards leave each other's sessions alone", () => {
    const request = new Request(HTTP, { headers: { cookie: "tabard-7071=b; tabard-7070=a" } })
    assert.equal(sessionToken(request, HTTP), "a")
    assert.equal(sessionToken(request, "http://127.0.0.1:7071"), "b")
    assert.match(sessionCookie("token", EXPIRES, "http://localhost"), /^tabard-80=/)
  })

  it("is none where it holds what a command line was given", () => {
    const request = new Request(HTTP, { headers: { cookie: "tabard-7070=tbs_of-a-command-line" } })
    assert.equal(sessionToken(request, HTTP), undefined)
  })

  it("is read under its own name alone: one that was set over http is nobody's over https", () => {
    const request = new Request("https://tabard.example", {
      headers: { cookie: "tabard-7070=a; __Host-tabard=b; tabard=c; tabard-7071=d" },
    })
    assert.equal(sessionToken(request, HTTPS), "b")
    assert.equal(sessionToken(request, HTTP), "a")
    const bare = new Request("https://tabard.example", { headers: { cookie: "tabard-7070=a; tabard=b" } })
    assert.equal(sessionToken(bare, HTTPS), undefined)
    assert.equal(sessionToken(new Request(HTTPS), HTTPS), undefined)
  })
})
