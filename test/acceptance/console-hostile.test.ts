import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { after, before, describe, it } from "node:test"
import { fileURLToPath } from "node:url"
import type { Browser, Page } from "playwright-core"
import { answered, chromiumMissing, openBrowser, shoot } from "../world/browser.ts"
import { HOSTILE_MARK, OBEYED } from "../world/hostile-texts.ts"
import { type HostileWorld, makeHostileWorld } from "../world/hostile-world.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"

/** Every address of the console, as it routes them. */
const ROUTES = [
  ...readFileSync(
    fileURLToPath(new URL("../../packages/web/src/routes.ts", import.meta.url)),
    "utf8",
  ).matchAll(/path: "(\/[^"]*)"/g),
].flatMap(([, path]) => path ?? [])

/** Names that a page may read from its address. */
const PARAMETERS = ["q", "search", "state", "tab", "agent", "open", "sort", "refused", "selected", "after"]

/** How many things of a kind are opened one by one. */
const OPENED = 6

describe("a hostile text in the console", { skip: chromiumMissing() }, () => {
  const complaints: string[] = []
  const stack = new AsyncDisposableStack()
  let tabard: RunningTabard
  let world: HostileWorld
  let browser: Browser
  let page: Page
  let isAnswered: () => Promise<void>
  let held = 0

  before(async () => {
    tabard = stack.use(await runTabard())
    world = stack.use(await makeHostileWorld(tabard))
    browser = await openBrowser()
    stack.defer(() => browser.close())
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } })
    const [name = "", value = ""] = world.ann.cookie.split("=")
    await context.addCookies([{ name, value, url: tabard.server.publicUrl }])
    page = await context.newPage()
    isAnswered = answered(page)
    page.setDefaultTimeout(60_000)
    page.on("dialog", async (dialog) => {
      complaints.push(`a dialog: ${dialog.message()}`)
      await dialog.dismiss()
    })
    page.on("console", (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text())
    })
    page.on("pageerror", (error) => complaints.push(`an error: ${error.message}`))
    page.on("request", (request) => {
      const url = request.url()
      if (!url.startsWith(tabard.server.publicUrl) && !url.startsWith("data:"))
        complaints.push(`asked elsewhere: ${url}`)
    })
  })
  after(() => stack.disposeAsync())

  for (const route of ROUTES) {
    it(`is shown and never obeyed at ${route}`, async () => {
      for (const path of await addressesOf(route)) {
        await page.goto(`${tabard.server.publicUrl}${path}`)
        await page.locator("h1").first().waitFor()
        await isAnswered()
        await assertUnobeyed(path)
      }
      await shoot(page, `hostile-${route.replaceAll(/\W+/g, "-")}`)
    })
  }

  it("stands on the pages that were looked at", () => {
    assert.ok(held >= 5, `${held} pages hold any`)
  })

  it("in the address itself is data: a filter, a selection, a page that is none", async () => {
    const text = encodeURIComponent(
      `"><img src=x onerror="window.${OBEYED}=1"><script>window.${OBEYED}=1</script>${HOSTILE_MARK}`,
    )
    for (const route of ROUTES) {
      const path = route.replaceAll(/\$\w+/g, text)
      const search = PARAMETERS.map((name) => `${name}=${text}`).join("&")
      await page.goto(`${tabard.server.publicUrl}${path}?${search}#${text}`)
      await isAnswered()
      await assertUnobeyed(`${path}?…`)
    }
  })

  async function addressesOf(route: string): Promise<readonly string[]> {
    const [, kind = ""] = route.split("/")
    if (!route.includes("$")) return [route]
    const { text } = await world.ask({ path: `/api/v1/${kind}` })
    const { items }: { items: readonly { id: string }[] } = JSON.parse(text)
    const ids = [
      world.agent,
      ...items.filter((item) => JSON.stringify(item).includes(HOSTILE_MARK)).map(({ id }) => id),
    ]
    return ids.slice(0, OPENED).map((id) => route.replaceAll(/\$\w+/g, id))
  }

  async function assertUnobeyed(path: string): Promise<void> {
    const seen = await page.evaluate<Seen>(INSPECT)
    assert.equal(seen.obeyed, false, path)
    assert.deepEqual(seen.live, [], path)
    assert.deepEqual(seen.unseen, [], `${path} holds characters that nobody sees`)
    assert.deepEqual(complaints, [], path)
    if (seen.text.includes(HOSTILE_MARK)) held++
  }
})

/** What a page holds that could have been obeyed. */
interface Seen {
  readonly obeyed: boolean
  readonly live: readonly string[]
  readonly unseen: readonly string[]
  readonly text: string
}

/** Runs in the page. */
const INSPECT = String.raw`(() => {
  const live = []
  const unseen = []
  const hidden = /(?![\n\t])[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u
  const alone = ["script", "iframe", "object", "embed", "base"]
  for (const element of document.querySelectorAll("*")) {
    const tag = element.tagName.toLowerCase()
    if (alone.includes(tag) && !(element.getAttribute("src") ?? "").startsWith("/assets/")) live.push(tag)
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on") || /^(href|src|action|formaction|xlink:href|data)$/.test(name) && /^\s*(javascript|data:text|vbscript)/i.test(value)) live.push(tag + " " + name + "=" + value.slice(0, 60))
      if (/^(title|aria-label|alt|placeholder)$/.test(name) && hidden.test(value)) unseen.push(tag + " " + name + "=" + encodeURI(value.toWellFormed()))
    }
  }
  const text = document.body.innerText
  for (const line of text.split("\n")) if (hidden.test(line)) unseen.push(encodeURI(line.slice(0, 120).toWellFormed()))
  if (hidden.test(document.title)) unseen.push("title " + encodeURI(document.title.toWellFormed()))
  return { obeyed: "${OBEYED}" in window, live, unseen: unseen.slice(0, 10), text }
})()`
